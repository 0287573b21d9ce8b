"""What became of each thing that was offered, and how that is said on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.clinical_image import FiledImage
from app.domain.picture import Oddity
from app.errors import KnownError


class Ending(StrEnum):
    """How an offer ended."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One offer that is settled.

    Attributes:
        key: Of the placeholder in the strip.
        name: For the screen only.
        image: The picture; None when it was refused.
        thumbnail: Our own small JPEG; empty when it was refused.
        error: Why it was refused.
        warnings: What is odd about a stored picture.
        other_patient: It was there before, filed under somebody else.
    """

    key: str
    name: str
    ending: Ending
    image: FiledImage | None = None
    thumbnail: bytes = b""
    error: KnownError | None = None
    warnings: tuple[Oddity, ...] = ()
    other_patient: bool = False

    @property
    def remarkable(self) -> bool:
        """Whether the user should hear of it."""
        return self.ending is not Ending.STORED or bool(self.warnings)


def outcome_text(outcome: Outcome) -> str:
    """One sentence about what became of it, with what is odd."""
    if outcome.error is not None:
        return outcome.error.message.format(**outcome.error.facts)
    if outcome.other_patient:
        return _tr("It is in the vault already, under another patient.")
    if outcome.ending is Ending.DUPLICATE:
        return _tr("It is in the vault already; nothing was stored twice.")
    said = [oddity_text(oddity) for oddity in outcome.warnings]
    return " ".join(said) or _tr("Stored.")


def oddity_text(oddity: Oddity) -> str:
    """What is odd about a picture that was stored all the same."""
    return {
        Oddity.WRONG_EXTENSION: _tr("Its name says another kind of file than it is."),
        Oddity.TRAILING_DATA: _tr("Something follows the picture in the file."),
        Oddity.LARGE_METADATA: _tr("It carries unusually many notes beside the picture."),
        Oddity.CONVERTED_COLOUR: _tr("Its colours were made for print and are shown converted."),
        Oddity.REDUCED_DEPTH: _tr("It has finer tones than a screen shows."),
        Oddity.SEVERAL_FRAMES: _tr("It holds several pictures; the first is used."),
        Oddity.RAW_PREVIEW: _tr("A raw file: the camera's own preview is shown."),
        Oddity.BROKEN_PROFILE: _tr("Its colour profile is damaged; colours may be a little off."),
        Oddity.BROKEN_METADATA: _tr("Its notes (time, camera) could not be read whole."),
    }[oddity]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outcomes", text)
