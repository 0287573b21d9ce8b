"""Read the tagged directories of TIFF, which Exif and most raw formats use as well.

Source: TIFF 6.0, sections 2 and "Image File Directory"; BigTIFF design, 2007.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

MAX_ENTRIES: Final = 4096
MAX_DIRECTORIES: Final = 1000
TYPE_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8,
                     13: 4, 16: 8, 17: 8, 18: 8, 129: 1}  # fmt: skip
INTEGER_FORMATS: Final = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q",
                          18: "Q"}  # fmt: skip
TIFF_MAGICS: Final = {
    b"*\0": False,
    b"+\0": True,
    b"U\0": False,  # Panasonic RW2
    b"RO": False,  # Olympus ORF
    b"RS": False,  # Olympus ORF
}


class DirectoryError(ValueError):
    """The bytes hold no directory where one should be."""


class CutOffError(DirectoryError):
    """The bytes end before the place where a directory should be, or within it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag: its type, how many values, and their bytes in the file's order."""

    type: int
    count: int
    raw: bytes
    order: str

    def integers(self) -> tuple[int, ...]:
        """The values as integers; none when the type is another."""
        letter = INTEGER_FORMATS.get(self.type)
        if letter is None:
            return ()
        return struct.unpack(
            f"{self.order}{len(self.raw) // struct.calcsize(letter)}{letter}", self.raw
        )

    def integer(self) -> int | None:
        """The first integer."""
        values = self.integers()
        return values[0] if values else None

    def ratios(self) -> tuple[float, ...]:
        """The rational values; a denominator of zero gives zero."""
        letter = {5: "I", 10: "i"}.get(self.type)
        if letter is None:
            return ()
        numbers = struct.unpack(f"{self.order}{len(self.raw) // 8 * 2}{letter}", self.raw)
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return tuple(above / below if below else 0.0 for above, below in pairs)

    def text(self) -> str:
        """The value as text, without padding; UTF-8 first, as Exif 3.0 allows, else Latin-1."""
        raw = self.raw.split(b"\0", 1)[0]
        try:
            return raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            return raw.decode("latin-1").strip()


@dataclass(frozen=True, slots=True)
class Directory:
    """The tags of one directory.

    Attributes:
        entries: By tag number.
        next_offset: Of the following directory; 0 after the last.
        broken: Whether entries were left out because they make no sense.
        cut_off: Whether entries were left out because they point behind the end of the bytes.
        without_next: Whether the bytes end before they say where the following directory is.
    """

    entries: dict[int, Entry]
    next_offset: int = 0
    broken: bool = False
    cut_off: bool = False
    without_next: bool = False


@dataclass(frozen=True, slots=True)
class TiffBytes:
    """Bytes laid out as TIFF, and how to read numbers in them."""

    data: bytes
    order: str
    big: bool
    first_offset: int

    def directory(self, offset: int) -> Directory:
        """The directory at an offset.

        Raises:
            CutOffError: It lies behind the end of the bytes or reaches over it.
            DirectoryError: It has more entries than any directory.
        """
        count_format, entry_format = ("Q", "HHQ8s") if self.big else ("H", "HHI4s")
        count = self._number(count_format, offset)
        start = offset + struct.calcsize(f"={count_format}")
        entry_struct = struct.Struct(f"{self.order}{entry_format}")
        end = start + count * entry_struct.size
        if count > MAX_ENTRIES:
            raise DirectoryError
        if end > len(self.data):
            raise CutOffError
        entries: dict[int, Entry] = {}
        broken = cut_off = False
        for tag, type_, number, inline in entry_struct.iter_unpack(self.data[start:end]):
            raw = self._value(type_, number, inline)
            if raw is None:
                broken = True
                cut_off |= type_ in TYPE_SIZES
            else:
                entries.setdefault(tag, Entry(type_, number, raw, self.order))
        next_offset = self._next(end)
        return Directory(entries, next_offset or 0, broken, cut_off, next_offset is None)

    def chain(self) -> list[Directory]:
        """All directories that follow one another from the first; stops at a loop."""
        found: list[Directory] = []
        seen: set[int] = set()
        offset = self.first_offset
        while offset and offset not in seen and len(found) < MAX_DIRECTORIES:
            seen.add(offset)
            try:
                found.append(self.directory(offset))
            except DirectoryError:
                break
            offset = found[-1].next_offset
        return found

    def _value(self, type_: int, number: int, inline: bytes) -> bytes | None:
        size = TYPE_SIZES.get(type_, 0) * number
        if type_ not in TYPE_SIZES:
            return None
        if size <= len(inline):
            return inline[:size]
        offset = struct.unpack(f"{self.order}{'Q' if self.big else 'I'}", inline)[0]
        if offset + size > len(self.data):
            return None
        return self.data[offset : offset + size]

    def _next(self, end: int) -> int | None:
        try:
            return self._number("Q" if self.big else "I", end)
        except CutOffError:
            return None

    def _number(self, letter: str, offset: int) -> int:
        if offset >= len(self.data):  # a BigTIFF's may be too large for Python, too
            raise CutOffError
        try:
            return int(struct.unpack_from(f"{self.order}{letter}", self.data, offset)[0])
        except struct.error as error:
            raise CutOffError from error


def read_tiff(data: bytes) -> TiffBytes:
    """The way into bytes that begin like a TIFF.

    Raises:
        DirectoryError: They do not.
    """
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    magic = data[2:4] if order == "<" else data[3:1:-1]
    if order is None or magic not in TIFF_MAGICS or len(data) < 16:  # noqa: PLR2004 - BigTIFF's header
        raise DirectoryError
    big = TIFF_MAGICS[magic]
    first = struct.unpack_from(f"{order}{'Q' if big else 'I'}", data, 8 if big else 4)[0]
    return TiffBytes(data, order, big, int(first))
