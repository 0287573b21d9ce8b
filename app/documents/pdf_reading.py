"""Opens a finished PDF again and tells what a reader of it would find."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from app.documents.bidi import levels
from app.documents.design import BOTTOM, RUNNING_HEAD, TOP

SCALE = 1.0  # px for each pt: enough to see whether there is ink
INK = 200  # of 255; anything darker than this was printed
MARK_NAME_BYTES = 128
HEAD_SLACK = 12.0  # pt between the running head and where the body of a page begins

# PDFium serves one thread at a time; its makers ask callers to see to that.
_ONE_AT_A_TIME = Lock()

_SEPARATORS = re.compile(
    r"[-\u00ad\u2010\u2011\ufffe\x02]"
)  # PDFium's sign for a hyphen at a line's end


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


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page as a reader finds it.

    Attributes:
        text: What can be searched and copied.
        body: What lies between head and foot.
        body_text: The text of the body.
        marked: Extent of everything drawn under a name.
    """

    width: float
    height: float
    text: str
    body: Extent
    body_text: str
    marked: dict[str, Extent]
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
    return ReadPage(
        width=width,
        height=height,
        text=text.get_text_range(),
        body=body,
        body_text=text.get_text_bounded(body.left, body.bottom, body.right, body.top),
        marked=_marked(page),
        _pixels=bytes(bitmap.buffer),
        _stride=bitmap.stride,
    )


def _marked(page: pypdfium2.PdfPage) -> dict[str, Extent]:
    found: dict[str, Extent] = {}
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]):
        extent = Extent(*thing.get_bounds())
        for name in _mark_names(thing):
            found[name] = extent.joined(found.get(name, extent))
    return found


def _mark_names(thing: pypdfium2.PdfObject) -> Iterator[str]:
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


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
