"""Walk through the segments of a JPEG file.

Source: ITU-T T.81, annex B; CIPA DC-008 (Exif, APP1); XMP part 3 (APP1); CIPA DC-007 (MPF, APP2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.domain.picture import MetadataKind
from app.imaging.envelope import Envelope, read_trailing
from app.imaging.errors import UnsupportedPictureError
from app.imaging.exif import read_exif
from app.imaging.file_types import UnadmittedType
from app.imaging.iptc import read_photoshop
from app.imaging.xmp import read_xmp

START_OF_SCAN, END_OF_IMAGE, COMMENT = 0xDA, 0xD9, 0xFE
APPLICATION = range(0xE0, 0xF0)
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
EXIF: Final = b"Exif\0"
XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
EXTENDED_XMP_HEADER = 32 + 4 + 4  # digest, full length, offset; XMP part 3, 1.1.3.1
PHOTOSHOP: Final = b"Photoshop 3.0\0"
MULTI_PICTURE: Final = b"MPF\0"
PROFILE: Final = b"ICC_PROFILE\0"
NEXT_MARKER: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
EIGHT_BITS = 8


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker and what belongs to it.

    Attributes:
        marker: Its second byte.
        body: After the length.
        end: Position after the segment.
    """

    marker: int
    body: bytes
    end: int


def segments(data: bytes) -> Iterator[Segment]:
    """All segments from the start to the end of the image, without the coded pixels."""
    position = 2
    while found := NEXT_MARKER.search(data, position):
        marker, position = data[found.start() + 1], found.end()
        if marker == END_OF_IMAGE:
            yield Segment(marker, b"", position)
            return
        size = int.from_bytes(data[position : position + 2], "big")
        body = data[position + 2 : position + size]
        position = min(position + max(size, 2), len(data))
        yield Segment(marker, body, position)


def read_jpeg_file(data: bytes) -> Envelope:
    """What a JPEG file holds beside its pixels.

    Raises:
        UnsupportedPictureError: The samples do not have eight bits.
    """
    envelope = Envelope(complete=False)
    extended: list[bytes] = []
    for segment in segments(data):
        if segment.marker in APPLICATION or segment.marker == COMMENT:
            _read_segment(segment, envelope, extended)
        elif segment.marker in FRAMES and segment.body[:1] != bytes([EIGHT_BITS]):
            raise UnsupportedPictureError(format=UnadmittedType.UNUSUAL)
        elif segment.marker == END_OF_IMAGE:
            envelope.complete = True
            read_trailing(data[segment.end :], envelope)
    if extended:
        read_xmp(b"".join(extended), envelope.facts)
    return envelope


def _read_segment(segment: Segment, envelope: Envelope, extended: list[bytes]) -> None:
    facts, body = envelope.facts, segment.body
    if not body.startswith(PROFILE):
        facts.metadata_bytes += len(body)
    if segment.marker == COMMENT:
        facts.find(MetadataKind.COMMENT, "Comment", body.decode("utf-8", "replace"))
    elif body.startswith(EXIF):
        read_exif(body[len(EXIF) + 1 :], facts)
    elif body.startswith(XMP):
        read_xmp(body[len(XMP) :], facts)
    elif body.startswith(EXTENDED_XMP):
        extended.append(body[len(EXTENDED_XMP) + EXTENDED_XMP_HEADER :])
    elif body.startswith(PHOTOSHOP):
        read_photoshop(body[len(PHOTOSHOP) :], facts)
    elif body.startswith(MULTI_PICTURE):
        facts.find(MetadataKind.EMBEDDED_PREVIEW, "MPF", "the file holds more than one picture")
