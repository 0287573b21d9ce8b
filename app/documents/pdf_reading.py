"""Opens a finished PDF again and tells what a reader of it would find."""

from __future__ import annotations

import ctypes
import hashlib
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.lib.utils import ImageReader

from app.documents.bidi import levels
from app.documents.design import BOTTOM, RUNNING_HEAD, TOP

SCALE = 1.0  # px for each pt: enough to see whether there is ink
INK = 200  # of 255; anything darker than this was printed
MARK_NAME_BYTES = 128
JPEG_START = b"\xff\xd8\xff"
HEAD_SLACK = 12.0  # pt between the running head and where the body of a page begins

# PDFium serves one thread at a time; its makers ask callers to see to that.
_ONE_AT_A_TIME = Lock()

_SEPARATORS = re.compile(
    r"[-\u00ad\u2010\u2011\ufffe\x02]"
)  # PDFium's sign for a hyphen at a line's end


_Named = tuple[pypdfium2.PdfObject, list[str]]


@dataclass(frozen=True, slots=True)
class Extent:
    """Where something lies on a page, in pt from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def joined(self, other: Extent) -> Extent:
        """The smallest extent that holds both."""
        return Extent(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def inside(self, other: Extent) -> bool:
        """Whether nothing of it lies outside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    @property
    def proportion(self) -> float:
        """Width by height."""
        return (self.right - self.left) / max(self.top - self.bottom, 0.001)


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture as it lies in the file.

    Attributes:
        fingerprint: As `picture_fingerprint` gives it.
        proportion: Width by height, of its pixels.
    """

    fingerprint: str
    proportion: float


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page as a reader finds it.

    Attributes:
        text: What can be searched and copied.
        body: What lies between head and foot.
        body_text: The text of the body.
        printed: Extent of everything on the page.
        marked: Extent of every line and picture drawn under a name.
        texts: Text written under a name, without its spaces.
        pictures: Each under its name.
    """

    width: float
    height: float
    text: str
    body: Extent
    body_text: str
    printed: Extent
    marked: dict[str, Extent]
    texts: dict[str, str]
    pictures: dict[str, ReadPicture]
    _pixels: bytes = field(repr=False)
    _stride: int = field(repr=False)

    def has_ink(self, extent: Extent) -> bool:
        """Whether anything is printed there."""
        first, last = self.height - extent.top, self.height - extent.bottom
        for row in range(max(0, int(first)), min(int(self.height), int(last) + 1)):
            start = row * self._stride + max(0, int(extent.left))
            if (
                min(self._pixels[start : row * self._stride + int(extent.right) + 1], default=255)
                < INK
            ):
                return True
        return False


@contextmanager
def opened(data: bytes) -> Iterator[list[ReadPage]]:
    """The pages of a PDF.

    Raises:
        pypdfium2.PdfiumError: It is none, or a page cannot be loaded.
    """
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
        yield [_read(page, number) for number, page in enumerate(document)]


def _read(page: pypdfium2.PdfPage, number: int) -> ReadPage:
    width, height = page.get_size()
    top = TOP if number == 0 else TOP + RUNNING_HEAD - HEAD_SLACK
    body = Extent(0, BOTTOM, width, height - top)
    bitmap = page.render(scale=SCALE, grayscale=True)
    text = page.get_textpage()
    things = [(thing, list(names_on(thing))) for thing in page.get_objects()]
    return ReadPage(
        width=width,
        height=height,
        text=text.get_text_range(),
        body=body,
        body_text=text.get_text_bounded(body.left, body.bottom, body.right, body.top),
        printed=_together(Extent(*thing.get_bounds()) for thing, _ in things),
        marked=_marked(things),
        texts=_texts(things, text),
        pictures={
            name: _picture(thing)
            for thing, names in things
            if isinstance(thing, pypdfium2.PdfImage)
            for name in names
        },
        _pixels=bytes(bitmap.buffer),
        _stride=bitmap.stride,
    )


def _together(extents: Iterable[Extent]) -> Extent:
    return reduce(Extent.joined, extents, Extent(math.inf, math.inf, -math.inf, -math.inf))


def _marked(things: list[_Named]) -> dict[str, Extent]:
    found: dict[str, Extent] = {}
    for thing, names in things:
        if thing.type in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
            extent = Extent(*thing.get_bounds())
            found |= {name: extent.joined(found.get(name, extent)) for name in names}
    return found


def _texts(things: list[_Named], page: pypdfium2.PdfTextPage) -> dict[str, str]:
    found: dict[str, str] = {}
    for thing, names in things:
        if names and thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            words = flat(_text_of(thing, page))
            found |= {name: found.get(name, "") + words for name in names}
    return found


def _text_of(thing: pypdfium2.PdfObject, page: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(
        thing, page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _picture(thing: pypdfium2.PdfImage) -> ReadPicture:
    width, height = thing.get_px_size()
    data = bytes(thing.get_data(decode_simple=True))  # a JPEG stays as it is
    return ReadPicture(hashlib.sha256(data).hexdigest(), width / height)


def picture_fingerprint(data: bytes) -> str:
    """SHA-256 of a JPEG as it is, and of a PNG's pixels: what a PDF keeps of either."""
    kept = data if data.startswith(JPEG_START) else ImageReader(io.BytesIO(data)).getRGBData()
    return hashlib.sha256(kept).hexdigest()


def names_on(thing: pypdfium2.PdfObject) -> Iterator[str]:
    """The names under which something was drawn."""
    for number in range(pdfium.FPDFPageObj_CountMarks(thing)):
        mark = pdfium.FPDFPageObj_GetMark(thing, number)
        buffer, length = (ctypes.c_ushort * MARK_NAME_BYTES)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        yield bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0")


def flat(text: str) -> str:
    """The text for comparing: one form of each character, no spaces, no hyphens, no controls."""
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


def found(wanted: str, page_text: str) -> bool:
    """Whether a text stands in a page's flattened text.

    Where both directions of reading meet, programs that extract text disagree about the order of
    the words and about the place of vowel signs; then every word is looked for by itself, bare.
    """
    if not any(levels(wanted).of):
        return flat(wanted) in page_text
    words = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in wanted).split()
    letters = _bare(page_text)
    return all(_bare(flat(word)) in letters for word in words)


def same(wanted: str, read: str) -> bool:
    """Whether a text that was read is another one, neither more nor less.

    Where both directions of reading meet, the order of the letters does not count (see `found`).
    """
    if any(levels(wanted).of):
        return sorted(_bare(flat(wanted))) == sorted(_bare(flat(read)))
    return flat(wanted) == flat(read)


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
