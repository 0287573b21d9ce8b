"""Walk through the directories of a TIFF file, and of raw files built like one.

Source: TIFF 6.0, sections 2, 3 and 8; TIFF/EP (ISO 12234-2); XMP part 3.
"""

from __future__ import annotations

from typing import Final

from app.domain.picture import MetadataKind, Oddity
from app.imaging.directories import Directory, DirectoryError, read_tiff
from app.imaging.envelope import Envelope
from app.imaging.exif import read_exif
from app.imaging.facts import Facts
from app.imaging.iptc import read_iptc, read_photoshop
from app.imaging.xmp import read_xmp

SUBFILE_TYPE, BITS_PER_SAMPLE = 0x00FE, 0x0102
REDUCED = 1  # bit of NewSubfileType
PLACES: Final = ((0x0111, 0x0117), (0x0144, 0x0145))
"""Offsets and byte counts: of strips, of tiles."""

XMP, IPTC, PHOTOSHOP = 0x02BC, 0x83BB, 0x8649
ICC_PROFILE, JPEG_TABLES = 0x8773, 0x015B
EIGHT_BITS = 8
NOT_METADATA: Final = frozenset(
    {ICC_PROFILE, JPEG_TABLES} | {tag for pair in PLACES for tag in pair}
)


def read_tiff_file(data: bytes) -> Envelope:
    """What a TIFF file holds beside its pixels."""
    envelope = Envelope()
    try:
        tiff = read_tiff(data)
    except DirectoryError:
        return Envelope(complete=False)
    pages = tiff.chain()
    if not pages:
        return Envelope(complete=False)
    first = pages[0]
    read_exif(data, envelope.facts, previews=False)
    read_packets(first, envelope.facts)
    envelope.complete = _within(first, len(data))
    depth = first.entries.get(BITS_PER_SAMPLE)
    if depth and max(depth.integers(), default=EIGHT_BITS) > EIGHT_BITS:
        envelope.oddities.add(Oddity.REDUCED_DEPTH)
    for page in pages[1:]:
        subfile = page.entries.get(SUBFILE_TYPE)
        if subfile and (subfile.integer() or 0) & REDUCED:
            envelope.facts.find(MetadataKind.EMBEDDED_PREVIEW, "TIFF reduced page", "a small copy")
        else:
            envelope.oddities.add(Oddity.SEVERAL_FRAMES)
    return envelope


def read_packets(directory: Directory, facts: Facts) -> None:
    """Add what the packets of other standards in a directory say."""
    facts.metadata_bytes += sum(
        len(entry.raw) for tag, entry in directory.entries.items() if tag not in NOT_METADATA
    )
    for tag, read in ((XMP, read_xmp), (IPTC, read_iptc), (PHOTOSHOP, read_photoshop)):
        if tag in directory.entries:
            read(directory.entries[tag].raw, facts)


def _within(directory: Directory, size: int) -> bool:
    """Whether all pixels that the directory points to are in the file."""
    for offsets_tag, counts_tag in PLACES:
        offsets, counts = directory.entries.get(offsets_tag), directory.entries.get(counts_tag)
        if offsets and counts:
            pairs = zip(offsets.integers(), counts.integers(), strict=False)
            return all(offset + count <= size for offset, count in pairs)
    return not directory.broken  # no places at all: the library judges, unless the tag was cut off
