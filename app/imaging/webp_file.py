"""Walk through the chunks of a WebP file.

Source: RFC 9649, section 2 (container), 2.7; RFC 6386, section 9.1 (VP8 frame header).
"""

from __future__ import annotations

from typing import Final

from app.imaging.envelope import Envelope, read_trailing
from app.imaging.exif import read_exif
from app.imaging.xmp import read_xmp

RIFF_HEADER_BYTES = 12
CHUNK_HEADER_BYTES = 8
EXIF_PREFIX: Final = b"Exif\0\0"  # some writers leave it on
FOURTEEN_BITS = 0x3FFF


def read_webp_file(data: bytes) -> Envelope:
    """What a WebP file holds beside its pixels."""
    end = CHUNK_HEADER_BYTES + int.from_bytes(data[4:8], "little")
    envelope = Envelope(complete=end <= len(data))
    position = RIFF_HEADER_BYTES
    while position + CHUNK_HEADER_BYTES <= min(end, len(data)):
        name = data[position : position + 4]
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        content = data[position + CHUNK_HEADER_BYTES : position + CHUNK_HEADER_BYTES + size]
        _read_chunk(name, content, envelope)
        position += CHUNK_HEADER_BYTES + size + size % 2
    read_trailing(data[end + end % 2 :], envelope)
    return envelope


def _read_chunk(name: bytes, content: bytes, envelope: Envelope) -> None:
    if name == b"EXIF":
        envelope.facts.metadata_bytes += len(content)
        read_exif(content.removeprefix(EXIF_PREFIX), envelope.facts)
    elif name == b"XMP ":
        envelope.facts.metadata_bytes += len(content)
        read_xmp(content, envelope.facts)
    elif envelope.size_px is None:
        envelope.size_px = _size_px(name, content)


def _size_px(name: bytes, content: bytes) -> tuple[int, int] | None:
    if name == b"VP8X":
        width, height = content[4:7], content[7:10]
        return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
    if name == b"VP8 ":
        width, height = content[6:8], content[8:10]
        sides = (int.from_bytes(side, "little") & FOURTEEN_BITS for side in (width, height))
        return next(sides), next(sides)
    if name == b"VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return (bits & FOURTEEN_BITS) + 1, (bits >> 14 & FOURTEEN_BITS) + 1
    return None
