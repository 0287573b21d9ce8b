"""Puts the glyphs that a paper uses into its PDF, and the text that each of them stands for."""

from __future__ import annotations

import hashlib

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from app.documents.fonts import Face, Glyph
from app.documents.text import Run

MAX_MAPPINGS = 100  # entries in one bfchar section; Adobe Technical Note 5014
DROPPED_TABLES = (b"GSUB", b"GPOS", b"GDEF", b"DSIG", b"STAT", b"meta", b"kern")
FLAG_SYMBOLIC = 4  # ISO 32000-1, table 123
STEM_WIDTH = 88  # of Inter Regular; a viewer that has the font file does not use it

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


class EmbeddedFace:
    """The glyphs of one face in one document, numbered in the order of their first use.

    A composite font with two-byte codes (ISO 32000-1, 9.7): the code is the number of the glyph,
    so that what was shaped is what is shown, in any script. ReportLab embeds it with the document.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes: dict[int, int] = {}
        self._texts: dict[int, str] = {}

    def show(self, run: Run, size: float) -> str:
        """The operators that show a run whose origin and font are set."""
        pen = _Operators(self.face, size)
        for start, glyphs in _clusters(run.glyphs):
            text = _cluster_text(run, start)
            plain = len(glyphs) == 1 and self._text_of(glyphs[0].id, text) == text
            if not plain:
                pen.begin_actual(text)
            for glyph in glyphs:
                pen.glyph(self._code(glyph.id), glyph)
            if not plain:
                pen.end_actual()
        return pen.text()

    def _code(self, glyph: int) -> int:
        return self._codes.setdefault(glyph, len(self._codes) + 1)

    def _text_of(self, glyph: int, text: str) -> str:
        """What the glyph means everywhere in the document: the first text that it drew alone."""
        return self._texts.setdefault(self._code(glyph), text)

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
        wanted.glyph_set.update(self._codes)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in DROPPED_TABLES)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        return hb.SubsetPlan(self.face.hb_face, wanted)

    def _glyph_map(self) -> bytes:
        """The number in the subset of each code, two bytes each."""
        renumbered = self._plan().old_to_new_glyph_mapping
        numbers = [0, *(renumbered[glyph] for glyph in self._codes)]
        return b"".join(int(number).to_bytes(2, "big") for number in numbers)

    def _widths(self) -> pdfdoc.PDFObject:
        widths = [round(self.face.advance(glyph), 3) for glyph in self._codes]
        return pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)])

    def _to_unicode(self) -> bytes:
        lines = [f"<{code:04X}> <{_utf16(text)}>" for code, text in sorted(self._texts.items())]
        sections = [lines[at : at + MAX_MAPPINGS] for at in range(0, len(lines), MAX_MAPPINGS)]
        body = "".join(
            f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in sections
        )
        return (_HEADER + body + _FOOTER).encode("ascii")


class _Operators:
    """Collects the text-showing operators of one run."""

    def __init__(self, face: Face, size: float) -> None:
        self._face = face
        self._size = size
        self._done: list[str] = []
        self._shown: list[str] = []
        self._rise = 0.0

    def glyph(self, code: int, glyph: Glyph) -> None:
        """Show one glyph, moved to where shaping wants it and with the advance that it wants."""
        if glyph.dy != self._rise:
            self._flush()
            self._rise = glyph.dy
            self._done.append(f"{_number(glyph.dy * self._size / 1000)} Ts")
        self._move(glyph.dx)
        self._shown.append(f"<{code:04X}>")
        self._move(glyph.advance - self._face.advance(glyph.id) - glyph.dx)

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

    def _move(self, per_mille: float) -> None:
        if abs(per_mille) > 0.001:  # noqa: PLR2004 - a thousandth of a thousandth of an em
            self._shown.append(_number(-per_mille))

    def _flush(self) -> None:
        if self._shown:
            self._done.append(f"[{''.join(self._shown)}] TJ".replace("><", ""))
            self._shown = []


def _clusters(glyphs: tuple[Glyph, ...]) -> list[tuple[int, list[Glyph]]]:
    """The glyphs by the first character that they draw, still from left to right."""
    found: list[tuple[int, list[Glyph]]] = []
    for glyph in glyphs:
        if found and found[-1][0] == glyph.cluster:
            found[-1][1].append(glyph)
        else:
            found.append((glyph.cluster, [glyph]))
    return found


def _cluster_text(run: Run, start: int) -> str:
    """The characters that a cluster draws."""
    later = [glyph.cluster for glyph in run.glyphs if glyph.cluster > start]
    return run.text[start : min(later, default=len(run.text))]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
