"""What is made from a clinical image by crop, rotation and covers; consent is given for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import BlobId, FactId, ImageId, RenditionId, Sha256
from app.domain.stamp import Stamp


class CoverPattern(StrEnum):
    """How a cover is filled; never with anything computed from the pixels under it."""

    SOLID = "solid"
    HATCHED = "hatched"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px of the upright original (row 0 at the top, before any turn).

    Attributes:
        left: First column.
        top: First row.
        width: At least 1.
        height: At least 1.
    """

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.left < 0 or self.top < 0 or self.width < 1 or self.height < 1:
            msg = "a box lies inside the picture and has an area"
            raise ValueError(msg)

    @property
    def right(self) -> int:
        """First column after the box."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """First row after the box."""
        return self.top + self.height

    def within(self, width_px: int, height_px: int) -> Box | None:
        """The part inside a picture of that size; None when there is none."""
        right, bottom = min(self.right, width_px), min(self.bottom, height_px)
        if self.left >= right or self.top >= bottom:
            return None
        return Box(self.left, self.top, right - self.left, bottom - self.top)


@dataclass(frozen=True, slots=True)
class Cover:
    """A box that hides what is under it."""

    box: Box
    pattern: CoverPattern = CoverPattern.SOLID


@dataclass(frozen=True, slots=True)
class Edits:
    """All that is done to the upright original, in this order: covers, crop, quarter turns.

    Attributes:
        crop: What is kept; None keeps all.
        quarter_turns: Clockwise, 0 to 3.
        covers: Burnt in before the crop, so that a cover never moves.
    """

    crop: Box | None = None
    quarter_turns: int = 0
    covers: tuple[Cover, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.quarter_turns <= 3:  # noqa: PLR2004 - four quarters make a turn
            msg = "quarter turns run from 0 to 3"
            raise ValueError(msg)

    @property
    def empty(self) -> bool:
        """Whether the rendition shows the whole original as it stands."""
        return self == Edits()


class Identifiable(StrEnum):
    """May the person be recognised? Unsure counts as yes."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"

    @property
    def counts_as_identifiable(self) -> bool:
        """Whether the stricter rules apply (R21)."""
        return self is not Identifiable.NO


class Resolution(StrEnum):
    """How a finding was settled."""

    STRIPPED = "stripped"
    COVERED = "covered"
    CROPPED = "cropped"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class SettledFinding:
    """A finding of the check and what was done about it.

    Attributes:
        key: Kind and field of the finding, "position/GPSLatitude".
        reason: Asked for when it was accepted.
    """

    key: str
    resolution: Resolution
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the check before the patient sees it found about one rendition.

    Attributes:
        identifiable: May the person be recognised?
        findings: Every finding with its answer.
    """

    id: FactId
    rendition: RenditionId
    identifiable: Identifiable
    findings: tuple[SettledFinding, ...]
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Rendition:
    """One picture as it is shown, agreed to and, perhaps, released.

    Attributes:
        sha256: Of the encoded bytes in `blob`; the hash that a consent lists.
        width_px: Of the encoded picture.
        height_px: Of the encoded picture.
        covered: Whether something of the original is hidden (said to the patient).
    """

    id: RenditionId
    image: ImageId
    edits: Edits
    sha256: Sha256
    blob: BlobId
    media_type: str
    width_px: int
    height_px: int
    stamp: Stamp

    @property
    def covered(self) -> bool:
        """Whether something of the original is hidden."""
        return bool(self.edits.covers)
