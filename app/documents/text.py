"""Sets text into lines: direction, choice of font, shaping and breaking, for every script alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.bidi import levels, prevailing, visual_order
from app.documents.fonts import Face, Glyph, Manner, Weight, face_for, follows, printable, script_of

Colour = str  # "#16202B"

_OPENING = {"Ps", "Pi"}
_CLOSING = set("、。，．！？：；」』）】》〉〕”’…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_IDEOGRAPHIC = {"Hani", "Hira", "Kana", "Bopo", "Yiii"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks.

    Attributes:
        size: In pt.
        leading: From line to line, in pt.
        colour: "#rrggbb".
        features: OpenType features that are switched on, such as "tnum".
    """

    weight: Weight
    size: float
    leading: float
    colour: Colour
    features: tuple[str, ...] = ()

    def with_colour(self, colour: Colour) -> Style:
        """The same in another colour."""
        return replace(self, colour=colour)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring glyphs of one face in one direction.

    Attributes:
        text: The characters of the run, in the order in which they are read.
        glyphs: From left to right; their clusters count from the start of `text`.
    """

    face: Face
    text: str
    rtl: bool
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its runs from left to right.

    Attributes:
        width: In pt, without the space at its end.
    """

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Lines:
    """A text that has been set."""

    style: Style
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """In pt."""
        return len(self.lines) * self.style.leading

    @property
    def width(self) -> float:
        """Of the longest line, in pt."""
        return max((line.width for line in self.lines), default=0.0)

    def cut(self, count: int) -> tuple[Lines, Lines]:
        """The first lines and the rest."""
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])


@dataclass(frozen=True, slots=True)
class _Item:
    """A stretch of a paragraph with one face, one script and one level."""

    start: int
    end: int
    face: Face
    level: int


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets text for one language.

    Attributes:
        language: BCP 47 tag; picks local forms of letters.
        width: The measure that is used when none is given, in pt.
    """

    language: str
    width: float

    def set(self, text: str, style: Style, width: float | None = None) -> Lines:
        """The text in lines no wider than a width in pt; a newline begins a new line."""
        measure = self.width if width is None else width
        lines: list[Line] = []
        for paragraph in text.splitlines() or [""]:
            lines += self._paragraph(visible(paragraph), style, measure)
        return Lines(style, tuple(lines))

    def _paragraph(self, text: str, style: Style, width: float) -> Iterator[Line]:
        found = levels(text, base=prevailing(text))
        items = list(_items(text, found.of, style.weight))
        advances = self._advances(text, items, style)
        per_mille = 1000 / style.size
        for start, end in _break(text, advances, width * per_mille):
            shown = start + len(text[start:end].rstrip())
            runs = tuple(self._runs(text, items, found.base, (start, shown), style))
            total = sum(glyph.advance for run in runs for glyph in run.glyphs)
            yield Line(runs, total / per_mille)

    def _advances(self, text: str, items: Sequence[_Item], style: Style) -> list[float | None]:
        """The width at each start of a cluster; None inside a cluster, where no line may end."""
        advances: list[float | None] = [None] * len(text)
        for item in items:
            for glyph in self._shape(text, item, style):
                advances[glyph.cluster] = (advances[glyph.cluster] or 0.0) + glyph.advance
        return advances

    def _shape(self, text: str, item: _Item, style: Style) -> list[Glyph]:
        manner = Manner(bool(item.level % 2), self.language, style.features)
        return item.face.shape(text, item.start, item.end, manner)

    def _runs(
        self, text: str, items: Sequence[_Item], base: int, line: tuple[int, int], style: Style
    ) -> Iterator[Run]:
        """The runs of one line from left to right."""
        start, end = line
        parts = [
            replace(item, start=max(item.start, start), end=min(item.end, end))
            for item in items
            if item.start < end and item.end > start
        ]
        of = [part.level for part in parts for _ in range(part.start, part.end)]
        owner = [part for part in parts for _ in range(part.start, part.end)]
        for part in dict.fromkeys(owner[at] for at in visual_order(text[start:end], of, base)):
            glyphs = self._shape(text, part, style)
            counted = tuple(replace(glyph, cluster=glyph.cluster - part.start) for glyph in glyphs)
            yield Run(part.face, text[part.start : part.end], bool(part.level % 2), counted)


def visible(text: str) -> str:
    """The text with spaces for tabs and controls, and with U+XXXX for what no font can draw."""
    return "".join(_visible(char) for char in unicodedata.normalize("NFC", text))


def _visible(char: str) -> str:
    if unicodedata.category(char) == "Cc" or (
        char.isspace() and not face_for(char, Weight.REGULAR)
    ):
        return " "
    return char if printable(char) else f"[U+{ord(char):04X}]"


def _items(text: str, of: Sequence[int], weight: Weight) -> Iterator[_Item]:
    item: _Item | None = None
    script = ""
    for at, char in enumerate(text):
        kept = item is not None and (follows(char) or (char.isspace() and item.face.covers(char)))
        face = item.face if item is not None and kept else _face(char, weight)
        own = "" if kept else script_of(char)
        joins = item is not None and item.face is face and item.level == of[at]
        if item is not None and joins and (own in {script, ""} or not script):
            item = replace(item, end=at + 1)
            script = script or own
            continue
        if item is not None:
            yield item
        item, script = _Item(at, at + 1, face, of[at]), own
    if item is not None:
        yield item


def _face(char: str, weight: Weight) -> Face:
    face = face_for(char, weight) or face_for(" ", weight)
    assert face is not None, "visible() has replaced what no font draws"
    return face


def _break(text: str, advances: Sequence[float | None], width: float) -> Iterator[tuple[int, int]]:
    """Start and end of each line; a word that is too long is broken between clusters."""
    start, fits, used = 0, None, 0.0
    for at, char in enumerate(text):
        if at > start and advances[at] is not None and not _leans(char):
            if _may_break(text, at):
                fits = at
            if used + (advances[at] or 0.0) > width and not char.isspace():
                end = at if fits is None else fits
                yield start, end
                start, fits = end, None
                used = sum(advance or 0.0 for advance in advances[start:at])
        used += advances[at] or 0.0
    yield start, len(text)


def _leans(char: str) -> bool:
    """Whether a character is a mark on the one before it."""
    return unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"}


def _word(text: str, at: int) -> str:
    """What stands between the spaces around a character."""
    return text[text.rfind(" ", 0, at) + 1 :].split(" ", maxsplit=1)[0]


def _may_break(text: str, at: int) -> bool:
    """Whether a line may begin at that character. Source: the common cases of UAX 14."""
    before, after = text[at - 1], text[at]
    if before in " \u200b":
        return after not in " \u200b"
    if before in "-\u2010\u2013\u2014":
        return after.isalpha() and text[at - 2 : at - 1].isalpha() and "@" not in _word(text, at)
    if after in _CLOSING or unicodedata.category(before) in _OPENING:
        return False
    return script_of(before) in _IDEOGRAPHIC or script_of(after) in _IDEOGRAPHIC
