"""Walk through the boxes of ISO base media files: HEIF, and Canon's CR3.

Source: ISO/IEC 14496-12, 4.2 (boxes) and 8.11 (meta, iloc); ISO/IEC 23008-12.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

HEADER: Final = struct.Struct(">I4s")
LONG_SIZE: Final = struct.Struct(">Q")
FULL_BOX_BYTES = 4  # version and flags
TOP_LEVEL: Final = frozenset(
    {b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"wide", b"uuid", b"mpvd", b"moof",
     b"mfra", b"pdin", b"styp", b"sidx", b"etyp"}
)  # fmt: skip
"""Whatever else stands there is no box: some makers leave notes behind the last one."""

MAX_ITEMS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name and where its content is.

    Attributes:
        name: Four bytes.
        at: Where its header begins.
        start: Where its content begins.
        end: Where it ends, as it says; perhaps behind the end of the file.
    """

    name: bytes
    at: int
    start: int
    end: int


def boxes(data: bytes, at: int, end: int) -> Iterator[Box]:
    """The boxes between two positions; ends at the first that makes no sense."""
    while at + HEADER.size <= end:
        size, name = HEADER.unpack_from(data, at)
        start = at + HEADER.size
        if size == 0:  # up to the end
            size = end - at
        elif size == 1:
            if start + LONG_SIZE.size > end:
                return
            (size,) = LONG_SIZE.unpack_from(data, start)
            start += LONG_SIZE.size
        if at + size < start:
            return
        yield Box(name, at, start, at + size)
        at += size


def top_level(data: bytes) -> tuple[list[Box], int]:
    """The boxes of a file, and where what follows them begins."""
    found: list[Box] = []
    for box in boxes(data, 0, len(data)):
        if box.name not in TOP_LEVEL:
            return found, box.at
        found.append(box)
    return found, min(found[-1].end if found else 0, len(data))


def points_past_end(data: bytes) -> bool:
    """Whether a box, or a part of a picture that the boxes describe, lies behind the end."""
    found, _ = top_level(data)
    if any(box.end > len(data) for box in found):
        return True
    metas = (box for box in found if box.name == b"meta")
    return any(end > len(data) for meta in metas for end in _item_ends(data, meta))


def _item_ends(data: bytes, meta: Box) -> Iterator[int]:
    """Where each piece of each item ends in the file."""
    for box in boxes(data, meta.start + FULL_BOX_BYTES, meta.end):
        if box.name == b"iloc" and box.end <= meta.end:
            try:
                yield from _places(_Numbers(data, box.start, box.end))
            except EOFError:
                return


@dataclass(slots=True)
class _Numbers:
    """Big-endian numbers one after the other."""

    data: bytes
    at: int
    end: int

    def take(self, size: int) -> int:
        if self.at + size > self.end:
            raise EOFError
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "big")


def _places(numbers: _Numbers) -> Iterator[int]:
    version = numbers.take(FULL_BOX_BYTES) >> 24
    offset_size, length_size = divmod(numbers.take(1), 16)
    base_size, index_size = divmod(numbers.take(1), 16)
    wide = version >= 2  # noqa: PLR2004 - as the standard counts
    for _ in range(min(numbers.take(4 if wide else 2), MAX_ITEMS)):
        numbers.take(4 if wide else 2)  # the item's number
        method = numbers.take(2) & 0xF if version else 0
        reference = numbers.take(2)
        base = numbers.take(base_size)
        for _ in range(numbers.take(2)):
            numbers.take(index_size if version else 0)
            offset, length = numbers.take(offset_size), numbers.take(length_size)
            if not method and not reference:  # a place in this file
                yield base + offset + length
