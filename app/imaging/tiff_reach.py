"""Tell whether a TIFF file holds all that its directories point to, to its last page.

Source: TIFF 6.0, section 2; Adobe TIFF Technical Note 1 (trees of directories).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.imaging.directories import (
    MAX_DIRECTORIES,
    CutOffError,
    Directory,
    DirectoryError,
    TiffBytes,
)

PLACES: Final = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202))
"""Offsets and byte counts: of strips, of tiles, of a small JPEG."""

SUB_DIRECTORIES: Final = 0x014A
LINKS: Final = (SUB_DIRECTORIES, 0x8769, 0x8825)
"""Directories below one: smaller copies, Exif, position."""

MAX_LINKS: Final = 16


def points_past_end(tiff: TiffBytes) -> bool:
    """Whether a directory, a value or a part of the pixels lies behind the end of the file."""
    try:
        return any(
            directory.cut_off or not pixels_within(directory, len(tiff.data))
            for directory in _all(tiff)
        )
    except CutOffError:
        return True


def pixels_within(directory: Directory, size: int) -> bool:
    """Whether all pixels that a directory points to are in a file of that size."""
    for offsets_tag, counts_tag in PLACES:
        offsets, counts = directory.entries.get(offsets_tag), directory.entries.get(counts_tag)
        if offsets and counts:
            pairs = zip(offsets.integers(), counts.integers(), strict=False)
            if any(offset + count > size for offset, count in pairs):
                return False
    return True


def _all(tiff: TiffBytes) -> Iterator[Directory]:
    """Every directory of the chain and those below them; what is no directory is left out.

    Raises:
        CutOffError: One lies behind the end of the file.
    """
    offset, seen = tiff.first_offset, set[int]()
    while offset and offset not in seen and len(seen) < MAX_DIRECTORIES:
        seen.add(offset)
        try:
            page = tiff.directory(offset)
        except CutOffError:
            raise
        except DirectoryError:
            return
        yield page
        for link in LINKS:
            yield from _below(tiff, page, link)
        if page.without_next:
            raise CutOffError
        offset = page.next_offset


def _below(tiff: TiffBytes, page: Directory, link: int) -> Iterator[Directory]:
    entry = page.entries.get(link)
    for offset in entry.integers()[:MAX_LINKS] if entry else ():
        try:
            yield tiff.directory(offset)
        except CutOffError:
            raise
        except DirectoryError:
            continue
