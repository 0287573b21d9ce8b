"""A photograph as it came, and the facts about it that may be corrected later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import BlobId, EncounterId, FactId, ImageId, PatientId, Sha256
from app.domain.picture import MetadataFinding, Oddity
from app.domain.stamp import Stamp


class ImageSource(StrEnum):
    """How a picture came in."""

    LIVE_CAMERA = "live-camera"
    STREAM_CAMERA = "stream-camera"
    FILE = "file"
    DROPPED = "dropped"
    PASTED = "pasted"
    COMMAND_LINE = "command-line"


class Laterality(StrEnum):
    """Side of a paired body part. Source: DICOM PS3.3 C.7.6.1.1.1, Image Laterality."""

    LEFT = "L"
    RIGHT = "R"
    BOTH = "B"
    UNPAIRED = "U"


class View(StrEnum):
    """How near the picture was taken (R33)."""

    CONTEXT = "context"
    CLOSE_UP = "close-up"
    DERMOSCOPIC = "dermoscopic"


class Sensitivity(StrEnum):
    """Who may see the picture at all."""

    ORDINARY = "ordinary"
    INTIMATE = "intimate"
    SAFEGUARDING = "safeguarding"
    FORENSIC = "forensic"


class ImageState(StrEnum):
    """What became of a picture; nothing is removed by any of them."""

    KEPT = "kept"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class ClinicalImage:
    """What never changes about a photograph.

    Attributes:
        sha256: Of the bytes as they came.
        byte_count: Of the bytes as they came.
        extension: Customary for the media type, with dot.
        width_px: Upright.
        height_px: Upright.
        camera_time: The camera's clock, zone unknown.
        camera_offset_min: Minutes east of UTC, where the file says so.
        received: When it reached this vault, by whom, where.
        original: Blob of the bytes as they came.
        thumbnail: Blob of a small JPEG.
    """

    id: ImageId
    sha256: Sha256
    byte_count: int
    media_type: str
    extension: str
    width_px: int
    height_px: int
    source: ImageSource
    camera_time: datetime | None
    camera_offset_min: int | None
    camera_model: str
    received: Stamp
    original: BlobId
    thumbnail: BlobId
    findings: tuple[MetadataFinding, ...] = ()
    warnings: tuple[Oddity, ...] = ()


class ImageFactKind(StrEnum):
    """What may be said, and corrected, about a picture.

    VIEWER_NAMED, VIEWER_REMOVED: Who may see it while it is protected; the value is their id.
    """

    PATIENT = "patient"
    ENCOUNTER = "encounter"
    BODY_SITE = "body-site"
    LATERALITY = "laterality"
    VIEW = "view"
    SENSITIVITY = "sensitivity"
    STATE = "state"
    VIEWER_NAMED = "viewer-named"
    VIEWER_REMOVED = "viewer-removed"


@dataclass(frozen=True, slots=True)
class ImageFact:
    """One thing said about a picture at one time; the newest of its kind rules.

    Attributes:
        value: An id, a code or a word of the vocabulary of its kind; empty takes the fact back.
        reason: Asked for where something is corrected.
    """

    id: FactId
    image: ImageId
    kind: ImageFactKind
    value: str
    stamp: Stamp
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FiledImage:
    """A picture with every fact about it, in the order in which the vault recorded them."""

    image: ClinicalImage
    facts: tuple[ImageFact, ...]

    def latest(self, kind: ImageFactKind) -> str:
        """The newest value of a kind; empty when nothing was said."""
        return next((f.value for f in reversed(self.facts) if f.kind is kind), "")

    @property
    def id(self) -> ImageId:
        """The picture's id."""
        return self.image.id

    @property
    def patient(self) -> PatientId | None:
        """Whose picture it is, as filed now."""
        return PatientId(value) if (value := self.latest(ImageFactKind.PATIENT)) else None

    @property
    def encounter(self) -> EncounterId | None:
        """The visit it belongs to; None in quarantine."""
        return EncounterId(value) if (value := self.latest(ImageFactKind.ENCOUNTER)) else None

    @property
    def in_quarantine(self) -> bool:
        """Whether it waits for a visit."""
        return self.encounter is None

    @property
    def body_site(self) -> str:
        """Code of the body site; empty when not said."""
        return self.latest(ImageFactKind.BODY_SITE)

    @property
    def laterality(self) -> Laterality | None:
        """The side, when said."""
        return Laterality(value) if (value := self.latest(ImageFactKind.LATERALITY)) else None

    @property
    def view(self) -> View | None:
        """The view, when said."""
        return View(value) if (value := self.latest(ImageFactKind.VIEW)) else None

    @property
    def sensitivity(self) -> Sensitivity:
        """Ordinary unless said otherwise."""
        return Sensitivity(self.latest(ImageFactKind.SENSITIVITY) or Sensitivity.ORDINARY)

    @property
    def state(self) -> ImageState:
        """Kept unless said otherwise."""
        return ImageState(self.latest(ImageFactKind.STATE) or ImageState.KEPT)


def kept(images: Iterable[FiledImage]) -> tuple[FiledImage, ...]:
    """Those that are neither superseded nor discarded."""
    return tuple(image for image in images if image.state is ImageState.KEPT)
