"""The bundled font files: which of them draws which character, and how a run of text is shaped."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from app.errors import KnownError
from app.paths import resources

LAST_RESORT = "DroidSansFallbackFull"

# Characters that never have a shape of their own and stay with the font of what they follow.
_FOLLOWERS = {"Mn", "Me", "Cf"}


class FontsMissingError(KnownError):
    """The fonts that come with the program are not where they were installed."""

    code = "PAPER-003"
    message = "The fonts for the patient's papers are missing from this installation."
    advice = "Install Clinigraph again; the vault is not touched by that."


class Weight(StrEnum):
    """How heavy a text stands."""

    REGULAR = "regular"
    MEDIUM = "medium"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class _Files:
    latin: str
    others: str


_FILES = {
    Weight.REGULAR: _Files("Inter-Regular", "Regular"),
    Weight.MEDIUM: _Files("Inter-Medium", "Regular"),
    Weight.STRONG: _Files("Inter-SemiBold", "Bold"),
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One placed glyph; lengths in thousandths of an em.

    Attributes:
        id: Number of the glyph in the font file.
        cluster: Index, in the text that was shaped, of the first character that it draws.
    """

    id: int
    cluster: int
    advance: float
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run is shaped.

    Attributes:
        rtl: Whether it is read from right to left.
        language: BCP 47 tag; picks local forms of letters.
        features: OpenType features that are switched on.
    """

    rtl: bool
    language: str
    features: tuple[str, ...] = ()


class Face:
    """One font file, opened once."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.hb_face = hb.Face(hb.Blob(path.read_bytes()))
        self.hb_font = hb.Font(self.hb_face)
        self.per_mille = 1000 / self.hb_face.upem
        # Inter turns "3x4" into a multiplication; a paper shows what was written. Other scripts
        # join by the same feature and keep it.
        self._kept = {"calt": False} if self.name.startswith("Inter-") else {}

    def covers(self, char: str) -> bool:
        """Whether the file draws the character; a mapping to the empty glyph 0 does not count."""
        return bool(self.hb_font.get_nominal_glyph(ord(char)))

    def advance(self, glyph: int) -> float:
        """The width that the font file gives to a glyph, in thousandths of an em."""
        return float(self.hb_font.get_glyph_h_advance(glyph) * self.per_mille)

    def shape(self, text: str, start: int, end: int, manner: Manner) -> list[Glyph]:
        """The glyphs of text[start:end], from left to right, joined as their neighbours ask."""
        buffer = hb.Buffer()
        buffer.add_str(text, start, end - start)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if manner.rtl else "ltr"
        buffer.language = manner.language
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        hb.shape(self.hb_font, buffer, self._kept | dict.fromkeys(manner.features, True))
        scale = self.per_mille
        return [
            Glyph(
                info.codepoint,
                info.cluster,
                at.x_advance * scale,
                at.x_offset * scale,
                at.y_offset * scale,
            )
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]


@lru_cache(maxsize=64)
def load(name: str) -> Face:
    """The face of that file name, without its ending."""
    path = resources() / "fonts" / f"{name}.ttf"
    if not path.is_file():
        raise FontsMissingError
    return Face(path)


@lru_cache(maxsize=8)
def chain(weight: Weight) -> tuple[Face, ...]:
    """The faces of a weight in the order in which they are asked for a character."""
    files = _FILES[weight]
    found = sorted(path.stem for path in (resources() / "fonts").glob(f"*-{files.others}.ttf"))
    widest = f"NotoSans-{files.others}"  # before the fonts of single scripts
    scripts = [name for name in found if not name.startswith("Inter-") and name != widest]
    return tuple(load(name) for name in (files.latin, widest, *scripts, LAST_RESORT))


def follows(char: str) -> bool:
    """Whether a character takes the font of the one before it."""
    return unicodedata.category(char) in _FOLLOWERS


@lru_cache(maxsize=4096)
def face_for(char: str, weight: Weight) -> Face | None:
    """The first face of the weight that draws the character; None when no bundled font does."""
    return next((face for face in chain(weight) if face.covers(char)), None)


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """ISO 15924 tag of the character's script; empty for what all scripts share."""
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    return str(buffer.script or "")


def printable(char: str) -> bool:
    """Whether a character can be drawn, or needs no drawing."""
    return follows(char) or char.isspace() or face_for(char, Weight.REGULAR) is not None
