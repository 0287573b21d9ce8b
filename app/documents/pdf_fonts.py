"""Puts the glyphs that a paper uses into its PDF, and the text that each of them stands for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from app.documents.fonts import Face, Glyph
from app.documents.text import Run

MAX_MAPPINGS = 100  # entries in one bfchar section; Adobe Technical Note 5014
DROPPED_TABLES = (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"STAT", b"meta", b"kern")
FLAG_SYMBOLIC = 4  # ISO 32000-1, table 123
BLANK_WIDTH = 10  # in thousandths of an em: what has no width is passed over by PDFium
MARK_STEP = 30  # in thousandths of an em: keeps a mark's character left of the letter it follows
STEM_WIDTH = 88  # of Inter Regular; a viewer that has the font file does not use it

Point = tuple[float, float]

_HEADER = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_FOOTER = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


@dataclass(frozen=True, slots=True)
class Outline:
    """A glyph that is drawn as a shape, because the text layer has its character elsewhere.

    Attributes:
        glyph: Number in the font file.
        x: From the start of the run, in pt, to the right.
        y: From the baseline, in pt, upwards.
    """

    glyph: int
    x: float
    y: float


class EmbeddedFace:
    """The glyphs of one face in one document, each with the text that it stands for.

    A composite font with two-byte codes (ISO 32000-1, 9.7). A code is one glyph with one meaning,
    numbered by first use, so that what was shaped is what is shown and what was written is what is
    read back, in any script. ReportLab embeds it when the document is complete.

    Text that is read from right to left is stored from left to right with one character a code, as
    programs that extract text expect it; they put the order right again by themselves.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.space = face.hb_font.get_nominal_glyph(ord(" ")) or 0
        self._codes: dict[tuple[int, str, bool], int] = {}

    def show(self, run: Run, size: float) -> tuple[str, list[Outline]]:
        """The operators that show a run whose origin and font are set, and what they leave out."""
        pen = _Operators(self, size)
        if run.rtl:
            for text, glyphs in _clusters(run):
                _show_backwards(pen, text, glyphs)
        else:
            for word in _words(_clusters(run)):
                _show_word(pen, word)
        return pen.text(), pen.outlines

    def code(self, glyph: int, text: str, *, blank: bool = False) -> int:
        """The code of a glyph that stands for a text; a blank one has next to no width."""
        return self._codes.setdefault((glyph, text, blank), len(self._codes) + 1)

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802 - ReportLab calls it by this name
        """Add the font's objects to the document; ReportLab calls it before it writes."""
        tag = hashlib.sha256(repr(sorted(self._codes)).encode()).hexdigest()
        letters = "".join(chr(ord("A") + int(digit, 16)) for digit in tag[:6])
        base = pdfdoc.PDFName(f"{letters}+{self.face.name}")
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(document, base),
                "W": self._widths(),
                "CIDToGIDMap": self._stream(document, "map", self._glyph_map()),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": base,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray(
                    [document.Reference(descendant, f"{self.name}.cid")]
                ),
                "ToUnicode": self._stream(document, "text", self._to_unicode()),
            }
        )
        fonts = document.idToObject[pdfdoc.BasicFonts].dict
        fonts[self.name] = document.Reference(font, self.name)

    def _descriptor(self, document: pdfdoc.PDFDocument, base: pdfdoc.PDFObject) -> pdfdoc.PDFObject:
        extents = self.face.hb_font.get_font_extents("ltr")
        scale = self.face.per_mille
        ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
        entries = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": base,
            "Flags": FLAG_SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray([-1000, descent, 3000, ascent]),
            "ItalicAngle": 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": ascent,
            "StemV": STEM_WIDTH,
            "FontFile2": self._stream(document, "file", self._plan().execute().blob.data),
        }
        return document.Reference(pdfdoc.PDFDictionary(entries), f"{self.name}.descriptor")

    def _stream(self, document: pdfdoc.PDFDocument, what: str, content: bytes) -> pdfdoc.PDFObject:
        stream = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
        if what == "file":
            stream.dictionary["Length1"] = len(content)
        return document.Reference(stream, f"{self.name}.{what}")

    def _plan(self) -> hb.SubsetPlan:
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyph for glyph, _, _ in self._codes)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in DROPPED_TABLES)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        return hb.SubsetPlan(self.face.hb_face, wanted)

    def _glyph_map(self) -> bytes:
        """The number in the subset of each code, two bytes each."""
        renumbered = self._plan().old_to_new_glyph_mapping
        numbers = [0, *(renumbered[glyph] for glyph, _, _ in self._codes)]
        return b"".join(int(number).to_bytes(2, "big") for number in numbers)

    def _widths(self) -> pdfdoc.PDFObject:
        widths = [
            BLANK_WIDTH if blank else round(self.face.advance(glyph), 3)
            for glyph, _, blank in self._codes
        ]
        return pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)])

    def _to_unicode(self) -> bytes:
        lines = [
            f"<{code:04X}> <{_utf16(text)}>" for (_, text, _), code in self._codes.items() if text
        ]
        sections = [lines[at : at + MAX_MAPPINGS] for at in range(0, len(lines), MAX_MAPPINGS)]
        body = "".join(
            f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in sections
        )
        return (_HEADER + body + _FOOTER).encode("ascii")


class _Operators:
    """Collects the text-showing operators of one run."""

    def __init__(self, font: EmbeddedFace, size: float) -> None:
        self.outlines: list[Outline] = []
        self._font = font
        self._size = size
        self._done: list[str] = []
        self._shown: list[str] = []
        self._rise = 0.0
        self._x = 0.0  # in thousandths of an em from the start of the run

    def glyph(self, glyph: Glyph, text: str) -> None:
        """Show one glyph, moved to where shaping wants it and with the advance that it wants."""
        if glyph.dy != self._rise:
            self._flush()
            self._rise = glyph.dy
            self._done.append(f"{_number(glyph.dy * self._size / 1000)} Ts")
        self.move(glyph.dx)
        self._shown.append(f"<{self._font.code(glyph.id, text):04X}>")
        self._x += (natural := self._font.face.advance(glyph.id))
        self.move(glyph.advance - natural - glyph.dx)

    def blank(self, char: str) -> None:
        """A character that another glyph shows: it is there to be read only."""
        self._shown.append(f"<{self._font.code(self._font.space, char, blank=True):04X}>")
        self._x += BLANK_WIDTH

    def outline(self, glyph: Glyph) -> None:
        """Have a glyph drawn as a shape where the pen is."""
        x, y = (self._x + glyph.dx) * self._size / 1000, glyph.dy * self._size / 1000
        self.outlines.append(Outline(glyph.id, x, y))

    def move(self, per_mille: float) -> None:
        """Move to the right by thousandths of an em."""
        if abs(per_mille) > 0.001:  # noqa: PLR2004 - a thousandth of a thousandth of an em
            self._shown.append(_number(-per_mille))
            self._x += per_mille

    def begin_actual(self, text: str) -> None:
        """Say which characters the following glyphs stand for (ISO 32000-1, 14.9.4)."""
        self._flush()
        self._done.append(f"/Span <</ActualText <FEFF{_utf16(text)}>>> BDC")

    def end_actual(self) -> None:
        """End what begin_actual began."""
        self._flush()
        self._done.append("EMC")

    def text(self) -> str:
        """All operators; the rise is back at zero."""
        self._flush()
        if self._rise:
            self._done.append("0 Ts")
        return " ".join(self._done)

    def _flush(self) -> None:
        if self._shown:
            self._done.append(f"[{''.join(self._shown)}] TJ".replace("><", ""))
            self._shown = []


_Cluster = tuple[str, list[Glyph]]


def _clusters(run: Run) -> list[_Cluster]:
    """The glyphs from left to right, each group with the characters that it draws."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    found: list[tuple[int, list[Glyph]]] = []
    for glyph in run.glyphs:
        if not found or found[-1][0] != glyph.cluster:
            found.append((glyph.cluster, []))
        found[-1][1].append(glyph)
    return [(run.text[start : ends[start]], glyphs) for start, glyphs in found]


def _words(clusters: list[_Cluster]) -> list[list[_Cluster]]:
    """The clusters by words; each space is a word of its own."""
    words: list[list[_Cluster]] = [[]]
    for cluster in clusters:
        if cluster[0].isspace():
            words += [[cluster], []]
        else:
            words[-1].append(cluster)
    return [word for word in words if word]


def _show_word(pen: _Operators, word: list[_Cluster]) -> None:
    """A word from left to right; one whose glyphs are not its letters in a row says what it is."""
    plain = all(len(glyphs) == 1 and not (glyphs[0].dx or glyphs[0].dy) for _, glyphs in word)
    if not plain:
        pen.begin_actual("".join(text for text, _ in word))
    for text, glyphs in word:
        for number, glyph in enumerate(glyphs):
            pen.glyph(glyph, "" if number else text)
    if not plain:
        pen.end_actual()


def _show_backwards(pen: _Operators, text: str, glyphs: list[Glyph]) -> None:
    """One group of glyphs of a text that is read from right to left, its last character first."""
    body = next((glyph for glyph in glyphs if glyph.advance), None)
    for glyph in glyphs:
        if glyph is not body:
            pen.outline(glyph)
    if body is None:
        pen.move(-MARK_STEP)
        for char in reversed(text):
            pen.blank(char)
        pen.move(MARK_STEP - BLANK_WIDTH * len(text))
        return
    pen.glyph(body, text[-1:])
    step = body.advance / len(text)
    pen.move(step - body.advance)
    for char in reversed(text[:-1]):
        pen.blank(char)
        pen.move(step - BLANK_WIDTH)


def outline_path(face: Face, outline: Outline, size: float, left: float, bottom: float) -> str:
    """The operators that fill an outline of a run that starts at left, bottom, in pt."""
    scale = face.per_mille * size / 1000
    path = _Path(left + outline.x, bottom + outline.y, scale)
    face.hb_font.draw_glyph_with_pen(outline.glyph, path)
    return " ".join([*path.operators, "f"]) if path.operators else ""


class _Path:
    """Takes a glyph's shape from HarfBuzz and gives it as operators of a PDF."""

    def __init__(self, left: float, bottom: float, scale: float) -> None:
        self.operators: list[str] = []
        self._place = left, bottom, scale
        self._last = (0.0, 0.0)

    def moveTo(self, point: Point) -> None:  # noqa: N802 - HarfBuzz calls it by this name
        """Begin a contour."""
        self._add("m", point)

    def lineTo(self, point: Point) -> None:  # noqa: N802 - as above
        """A straight line."""
        self._add("l", point)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:  # noqa: N802 - as above
        """A cubic curve, which HarfBuzz wants to be able to ask for."""
        self._add("c", first, second, end)

    def qCurveTo(self, control: Point, end: Point) -> None:  # noqa: N802 - as above
        """A quadratic curve, as the cubic one that has the same shape."""
        (x, y), (u, v), (s, t) = self._last, control, end
        first = (x + 2 * (u - x) / 3, y + 2 * (v - y) / 3)
        second = (s + 2 * (u - s) / 3, t + 2 * (v - t) / 3)
        self.curveTo(first, second, end)

    def closePath(self) -> None:  # noqa: N802 - as above
        """End a contour."""
        self.operators.append("h")

    def _add(self, operator: str, *points: Point) -> None:
        left, bottom, scale = self._place
        numbers = (f"{_number(left + x * scale)} {_number(bottom + y * scale)}" for x, y in points)
        self.operators.append(f"{' '.join(numbers)} {operator}")
        self._last = points[-1]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
