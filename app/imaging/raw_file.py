"""Read what the raw files of cameras hold beside their pixels.

Source: TIFF/EP (ISO 12234-2) and DNG 1.7 for most makers; the places that Fujifilm, Panasonic and
Canon use are described by the projects that read their files.
"""

from __future__ import annotations

import struct
from typing import Final

from app.domain.picture import MetadataKind, Oddity
from app.imaging.boxes import points_past_end
from app.imaging.directories import DirectoryError, read_tiff
from app.imaging.envelope import Envelope
from app.imaging.errors import UnsupportedPictureError
from app.imaging.exif import read_exif, read_position
from app.imaging.facts import Facts
from app.imaging.file_types import FileType, raw_directories
from app.imaging.jpeg_file import read_jpeg_file
from app.imaging.tiff_file import read_packets
from app.imaging.tiff_reach import pixels_within

RAF_PREVIEW: Final = struct.Struct(">84xII")
"""Offset and length of the JPEG in a RAF file."""

RW2_PREVIEW: Final = 0x002E
OWN_PLACES: Final = {FileType.RW2, FileType.ORF}
"""Types whose places of pixels do not mean what they mean in TIFF."""

CANON_HEAD_BYTES: Final = 1 << 20
CANON_GPS: Final = b"CMT4"
CANON_BOXES: Final = (b"CMT1", b"CMT2", CANON_GPS)
"""Boxes with the main, the Exif and the GPS directory, each a TIFF of its own."""


def read_raw_file(data: bytes, type_: FileType) -> Envelope:
    """What a raw file holds beside its pixels."""
    envelope = Envelope(oddities={Oddity.RAW_PREVIEW})
    if type_ is FileType.RAF:
        _read_fuji(data, envelope.facts)
    elif type_ is FileType.CR3:
        envelope.complete = not points_past_end(data)
        _read_canon(data, envelope.facts)
    else:
        _read_directories(data, envelope, exact=type_ not in OWN_PLACES)
    envelope.facts.find(MetadataKind.EMBEDDED_PREVIEW, "raw file", "holds smaller copies")
    return envelope


def _read_directories(data: bytes, envelope: Envelope, *, exact: bool) -> None:
    facts = envelope.facts
    read_exif(data, facts, previews=False)
    try:
        tiff = read_tiff(data)
        first = tiff.directory(tiff.first_offset)
    except DirectoryError:
        return
    if exact:  # the library takes no notice of a few missing bytes
        raw = raw_directories(tiff, first)
        envelope.complete = all(pixels_within(directory, len(data)) for directory in raw)
    read_packets(first, facts)
    if RW2_PREVIEW in first.entries and data.startswith(b"IIU\0"):
        _read_preview(first.entries[RW2_PREVIEW].raw, facts)


def _read_fuji(data: bytes, facts: Facts) -> None:
    try:
        offset, length = RAF_PREVIEW.unpack_from(data)
    except struct.error:
        facts.broken = True
        return
    _read_preview(data[offset : offset + length], facts)


def _read_canon(data: bytes, facts: Facts) -> None:
    head = data[:CANON_HEAD_BYTES]
    for name in CANON_BOXES:
        at = head.find(name)
        if at < 4:  # noqa: PLR2004 - the length stands before the name
            continue
        size = int.from_bytes(head[at - 4 : at], "big")
        block = head[at + 4 : at - 4 + size]
        if name == CANON_GPS:
            read_position(block, facts)
        else:
            read_exif(block, facts, previews=False)


def _read_preview(jpeg: bytes, facts: Facts) -> None:
    """Take over what the camera wrote into the JPEG inside."""
    if not jpeg.startswith(b"\xff\xd8\xff"):
        return
    try:
        inner = read_jpeg_file(jpeg).facts
    except UnsupportedPictureError:
        return
    for finding in inner.findings:
        facts.find(finding.kind, finding.label, finding.value)
    facts.camera_time = facts.camera_time or inner.camera_time
    facts.camera_offset_min = (
        inner.camera_offset_min if facts.camera_offset_min is None else facts.camera_offset_min
    )
    facts.camera_model = facts.camera_model or inner.camera_model
