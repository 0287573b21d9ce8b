"""Walk through the directories of a TIFF file, and of raw files built like one.

Source: TIFF 6.0, sections 2, 3 and 8; TIFF/EP (ISO 12234-2); XMP part 3.
"""

from __future__ import annotations

from typing import Final

from app.domain.picture import MetadataKind, Oddity
from app.imaging.directories import Directory, DirectoryError, read_tiff
from app.imaging.envelope import Envelope
from app.imaging.errors import UnsupportedPictureError
from app.imaging.exif import read_exif
from app.imaging.facts import Facts
from app.imaging.file_types import UnadmittedType
from app.imaging.iptc import read_iptc, read_photoshop
from app.imaging.tiff_reach import PLACES, points_past_end
from app.imaging.xmp import read_xmp

SUBFILE_TYPE, BITS_PER_SAMPLE, COMPRESSION = 0x00FE, 0x0102, 0x0103
REDUCED = 1  # bit of NewSubfileType
READABLE: Final = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 32773, 32809, 32946, 34676, 34925, 50000})
"""The compressions that the library was built with."""

XMP, IPTC, PHOTOSHOP = 0x02BC, 0x83BB, 0x8649
ICC_PROFILE, JPEG_TABLES = 0x8773, 0x015B
EIGHT_BITS = 8
NOT_METADATA: Final = frozenset(
    {ICC_PROFILE, JPEG_TABLES} | {tag for pair in PLACES for tag in pair}
)


def read_tiff_file(data: bytes) -> Envelope:
    """What a TIFF file holds beside its pixels.

    Raises:
        UnsupportedPictureError: It is whole, and compressed in a way that cannot be read.
    """
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
    envelope.complete = not points_past_end(tiff)
    compression = first.entries.get(COMPRESSION)
    if envelope.complete and compression and compression.integer() not in READABLE:
        raise UnsupportedPictureError(format=UnadmittedType.UNUSUAL)
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
