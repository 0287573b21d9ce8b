"""A pen on the pages of a PDF: it measures from the top and from the side where reading starts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import SimpleNamespace
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from app.documents.fonts import LAST_RESORT, Face, Weight
from app.documents.pdf_fonts import EmbeddedFace, outline_path
from app.documents.text import Colour, Line, Lines, Style
from app.domain.paper import PageSize

POINTS = {PageSize.A4: (595.276, 841.89), PageSize.LETTER: (612.0, 792.0)}
RIGHT_TO_LEFT = {"ar", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"}

# The last resort has one weight; this much of an outline, in ems, makes it a strong one.
THICKENING = 0.03

# Where the baseline lies in a line: Inter's own ascender and descender, hhea table, in ems.
ASCENDER, DESCENDER = 0.96875, 0.2412

# A canvas names its first font on each page, and a standard one if it is not told otherwise. A
# paper names only what it embeds, so it starts with a font that ReportLab takes for one of ours.
_NO_FONT = SimpleNamespace(
    fontName="none", _multiByte=1, _dynamicFont=1, face=SimpleNamespace(name="none", builtIn=0)
)
pdfmetrics.registerFont(_NO_FONT)


# What is drawn under these names, each with a number, is looked for when a paper is read back.
PICTURE_MARK, SIGNATURE_MARK = "ConsentPicture", "Handwriting"
ANSWER_MARK, DETAIL_MARK = "Answer", "AnswerInDetail"


class Align(Enum):
    """Where a line stands in its box, by the direction of reading."""

    START = "start"
    END = "end"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a PDF says about itself."""

    title: str
    author: str
    subject: str
    language: str
    made_at: datetime


def reads_right_to_left(language: str) -> bool:
    """Whether a language tag stands for a language that is written from right to left."""
    return language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT


class Sheet:
    """The pages of one PDF.

    x runs from the side where reading starts, y from the top edge; both in pt.
    """

    def __init__(self, page: PageSize, about: Particulars) -> None:
        self.width, self.height = POINTS[page]
        self.rtl = reads_right_to_left(about.language)
        self._buffer = io.BytesIO()
        self._canvas: Any = Canvas(
            self._buffer,
            pagesize=(self.width, self.height),
            invariant=1,
            pageCompression=1,
            initialFontName=_NO_FONT.fontName,
            pdfVersion=(1, 7),
            lang=about.language,
        )
        self._fonts: dict[str, EmbeddedFace] = {}
        self._describe(about)

    def _describe(self, about: Particulars) -> None:
        canvas = self._canvas
        canvas.setTitle(about.title)
        canvas.setAuthor(about.author)
        canvas.setSubject(about.subject)
        canvas.setCreator("Clinigraph")
        canvas.setProducer("Clinigraph")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        offset = about.made_at.strftime("%z")
        made = f"{about.made_at:D:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
        canvas.setDateFormatter(lambda *_: made)

    def next_page(self) -> None:
        """End this page; the next drawing begins another."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The whole file; nothing can be drawn afterwards."""
        self._canvas.save()
        return self._buffer.getvalue()

    @contextmanager
    def marked(self, name: str) -> Iterator[None]:
        """Name what is drawn meanwhile, so that reading back finds it (ISO 32000-1, 14.6)."""
        self._canvas.addLiteral(f"/{name} BMC")
        yield
        self._canvas.addLiteral("EMC")

    def left(self, x: float, width: float) -> float:
        """The distance from the left edge of something as wide as that."""
        return self.width - x - width if self.rtl else x

    def text(
        self, lines: Lines, x: float, y: float, width: float, align: Align = Align.START
    ) -> None:
        """Draw set lines in a box of a width, the first line's box beginning at y."""
        style = lines.style
        drop = (style.leading + (ASCENDER - DESCENDER) * style.size) / 2
        for number, line in enumerate(lines.lines):
            start = self._line_start(line, x, width, align)
            self._line(line, style, start, y + number * style.leading + drop)

    def _line_start(self, line: Line, x: float, width: float, align: Align) -> float:
        slack = width - line.width
        from_start = {Align.START: 0.0, Align.CENTRE: slack / 2, Align.END: slack}[align]
        return self.left(x + from_start, line.width)

    def _line(self, line: Line, style: Style, left: float, baseline: float) -> None:
        red, green, blue = HexColor(style.colour).rgb()
        bottom, size = self.height - baseline, style.size
        ink = f"{red:.3f} {green:.3f} {blue:.3f} rg"
        words, shapes = [f"BT {ink} 1 0 0 1 {left:.2f} {bottom:.2f} Tm"], [ink]
        x = left
        for run in line.runs:
            font = self._font(run.face)
            shown, outlines = font.show(run, size)
            if style.weight is Weight.STRONG and run.face.name == LAST_RESORT:
                shown = f"2 Tr {size * THICKENING:.2f} w {ink.upper()} {shown} 0 Tr"
            words.append(f"/{font.name} {size:g} Tf {shown}")
            shapes += [outline_path(run.face, outline, size, x, bottom) for outline in outlines]
            x += sum(glyph.advance for glyph in run.glyphs) * size / 1000
        self._canvas.addLiteral(" ".join([*words, "ET"]))
        if len(shapes) > 1:
            self._canvas.addLiteral(" ".join(shapes))

    def _font(self, face: Face) -> EmbeddedFace:
        known = self._fonts.get(face.name)
        if known is None:
            known = self._fonts[face.name] = EmbeddedFace(face, f"T{len(self._fonts) + 1}")
            # ReportLab's own way for fonts that are complete only at the end.
            self._canvas._doc.delayedFonts.append(known)  # noqa: SLF001
        return known

    def box(
        self, x: float, y: float, width: float, height: float, fill: Colour, *, radius: float = 0
    ) -> None:
        """Fill a rectangle."""
        self._canvas.setFillColor(HexColor(fill))
        bottom = self.height - y - height
        self._canvas.roundRect(self.left(x, width), bottom, width, height, radius, stroke=0, fill=1)

    def frame(
        self, x: float, y: float, width: float, height: float, colour: Colour, *, radius: float = 0
    ) -> None:
        """Outline a rectangle with a thin line."""
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(0.75)
        bottom = self.height - y - height
        self._canvas.roundRect(self.left(x, width), bottom, width, height, radius, stroke=1, fill=0)

    def rule(
        self,
        x: float,
        y: float,
        width: float,
        colour: Colour,
        *,
        thick: float = 0.5,
        dash: float = 0,
    ) -> None:
        """A horizontal line."""
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(thick)
        self._canvas.setDash([dash, dash] if dash else [])
        left, level = self.left(x, width), self.height - y
        self._canvas.line(left, level, left + width, level)
        self._canvas.setDash([])

    def way(self, points: Iterable[tuple[float, float]], colour: Colour, thick: float) -> None:
        """A line through points that are given from the left edge and the top, in pt."""
        path = self._canvas.beginPath()
        for number, (left, y) in enumerate(points):
            (path.lineTo if number else path.moveTo)(left, self.height - y)
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(thick)
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def disc(self, x: float, y: float, diameter: float, fill: Colour) -> None:
        """A filled circle in a box that begins at x, y."""
        self._canvas.setFillColor(HexColor(fill))
        radius = diameter / 2
        centre = self.left(x, diameter) + radius
        self._canvas.circle(centre, self.height - y - radius, radius, stroke=0, fill=1)

    def ring(self, x: float, y: float, diameter: float, colour: Colour) -> None:
        """A circle of a thin line in a box that begins at x, y."""
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(1)
        radius = diameter / 2
        centre = self.left(x, diameter) + radius
        self._canvas.circle(centre, self.height - y - radius, radius - 0.5, stroke=1, fill=0)

    def code(self, modules: Sequence[Sequence[bool]], x: float, y: float, size: float) -> None:
        """A bar code of squares, the first row at the top."""
        step = size / len(modules)
        left, top = self.left(x, size), self.height - y
        path = self._canvas.beginPath()
        for row, squares in enumerate(modules):
            for column, dark in enumerate(squares):
                if dark:
                    path.rect(left + column * step, top - (row + 1) * step, step, step)
        self._canvas.setFillColor(HexColor("#000000"))
        self._canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """A JPEG or PNG, whole and undistorted, in the middle of a box."""
        self._canvas.drawImage(
            ImageReader(io.BytesIO(data)),
            self.left(x, width),
            self.height - y - height,
            width,
            height,
            preserveAspectRatio=True,
            anchor="c",
        )
