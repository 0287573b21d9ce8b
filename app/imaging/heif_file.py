"""Read and decode HEIC and other HEIF pictures with libheif.

Source: ISO/IEC 23008-12; what the boxes mean is left to the library. It fills up parts of a picture
that are not there, so whether all is there is looked at before.
"""

from __future__ import annotations

import io

import pi_heif
from PIL import Image

from app.domain.picture import MetadataKind, Oddity
from app.imaging.boxes import points_past_end, top_level
from app.imaging.envelope import Envelope, read_trailing
from app.imaging.exif import read_exif
from app.imaging.xmp import read_xmp

pi_heif.options.DECODE_THREADS = 2
EIGHT_BITS = 8
EXIF_PREFIX = b"Exif\0\0"
FILMS = {b"moov", b"mpvd"}  # a sequence; the film that some phones put beside a still picture


def open_heif(data: bytes) -> pi_heif.HeifFile:
    """The file with its sizes; nothing is decoded yet."""
    return pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)


def read_heif_file(data: bytes) -> Envelope:
    """What a HEIF file holds beside its pixels.

    Raises:
        ValueError: As the library: the container makes no sense.
    """
    if points_past_end(data):
        return Envelope(complete=False)
    heif = open_heif(data)
    envelope = Envelope()
    info = heif.info
    exif, xmp = info.get("exif") or b"", info.get("xmp") or b""
    envelope.facts.metadata_bytes = len(exif) + len(xmp)
    if exif:
        read_exif(exif.removeprefix(EXIF_PREFIX), envelope.facts)
    read_xmp(xmp, envelope.facts)
    if info.get("bit_depth", EIGHT_BITS) > EIGHT_BITS:
        envelope.oddities.add(Oddity.REDUCED_DEPTH)
    if len(heif) > 1:
        envelope.oddities.add(Oddity.SEVERAL_FRAMES)
    for name in ("thumbnails", "depth_images", "aux"):
        if info.get(name):
            envelope.facts.find(
                MetadataKind.EMBEDDED_PREVIEW, f"HEIF {name.replace('_', ' ')}", "a further picture"
            )
    _read_boxes(data, envelope)
    return envelope


def _read_boxes(data: bytes, envelope: Envelope) -> None:
    found, end = top_level(data)
    for box in found:
        if box.name in FILMS:
            size = f"{box.end - box.start} bytes"
            envelope.facts.find(MetadataKind.EMBEDDED_PREVIEW, "HEIF film", size)
    read_trailing(data[end:], envelope)


def decode_heif(heif: pi_heif.HeifFile) -> Image.Image:
    """The main picture, turned upright by the library.

    The library follows the container's rotation; Exif Orientation has no force in HEIF.
    """
    image: Image.Image = heif.to_pillow()
    return image
