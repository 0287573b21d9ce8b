"""How every paper looks: the colours of the light palette, the sizes of type and the grid."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.fonts import Weight
from app.documents.text import Style

INK, INK_2, INK_3 = "#16202B", "#4A5868", "#5E6C80"
LINE, SUNKEN, PICTURE_GROUND = "#D8DEE6", "#F1F3F6", "#E9E9E9"
ACCENT, ACCENT_TINT = "#0B6E75", "#E3F1F2"
GRANTED, GRANTED_TINT = "#19764A", "#E6F4EC"
REFUSED, REFUSED_TINT = "#5B6472", "#EDEFF2"
WHITE = "#FFFFFF"

TITLE = Style(Weight.STRONG, 21, 27, INK)
HEADING = Style(Weight.STRONG, 13, 18, INK)
LEAD = Style(Weight.STRONG, 12, 17, INK)
STRONG = Style(Weight.STRONG, 10.5, 15, INK)
BODY = Style(Weight.REGULAR, 10.5, 15, INK)
QUIET = Style(Weight.REGULAR, 10.5, 15, INK_2)
SMALL = Style(Weight.REGULAR, 9, 12.5, INK_2)
SMALL_STRONG = Style(Weight.STRONG, 9, 12.5, INK)
TINY = Style(Weight.REGULAR, 8, 11, INK_3)
DIGITS = Style(Weight.REGULAR, 8.5, 12.5, INK_2, features=("tnum",))
# Inter's "ss02" and "zero" tell 0 from O and 1 from l and I.
CODE = Style(Weight.STRONG, 23, 30, INK, features=("tnum", "zero", "ss02"))
LARGE = Style(Weight.REGULAR, 13, 19, INK)

MARGIN = 54.0  # at the sides
TOP, BOTTOM = 46.0, 62.0  # the footer stands inside the lower one
RUNNING_HEAD = 30.0  # from the second page on
GUTTER = 16.0
SECTION_GAP = 24.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The width between the side margins of a page.

    Attributes:
        x: Where it begins, in pt from the side where reading starts.
        width: In pt.
    """

    x: float
    width: float

    def column(self, number: int, of: int, gutter: float = GUTTER) -> tuple[float, float]:
        """X and width of one of several equal columns, counted from 0."""
        width = (self.width - gutter * (of - 1)) / of
        return self.x + number * (width + gutter), width
