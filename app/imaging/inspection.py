"""Look at a picture once, as a whole, before it is stored."""

from __future__ import annotations

from typing import Final

from app.domain.picture import Inspection, Oddity
from app.imaging.admission import admitted
from app.imaging.limits import LARGE_METADATA_BYTES, MAX_PIXELS, THUMBNAIL_SIDE_PX
from app.imaging.pixels import decode
from app.imaging.rendering import encode_jpeg

THUMBNAIL_QUALITY: Final = 85


def inspect(
    data: bytes, *, declared_extension: str = "", max_pixels: int = MAX_PIXELS
) -> Inspection:
    """Decode the whole picture and tell what it is, what it shows and what it carries.

    Args:
        data: The file, untrusted.
        declared_extension: Of its name, with dot; only compared.
        max_pixels: Width times height that is admitted.

    Raises:
        KnownError: One of `app.imaging.errors`; metadata that cannot be read is only a warning.
    """
    type_, envelope = admitted(data, max_pixels=max_pixels)
    facts = envelope.facts
    pixels = decode(
        data,
        type_,
        orientation=facts.orientation,
        max_pixels=max_pixels,
        side_px=THUMBNAIL_SIDE_PX,
    )
    remarks = {
        Oddity.WRONG_EXTENSION: not type_.fits(declared_extension),
        Oddity.LARGE_METADATA: facts.metadata_bytes > LARGE_METADATA_BYTES,
        Oddity.SEVERAL_FRAMES: pixels.frames > 1,
        Oddity.BROKEN_METADATA: facts.broken,
    }
    oddities = (
        envelope.oddities | pixels.oddities | {key for key, holds in remarks.items() if holds}
    )
    return Inspection(
        media_type=type_.media_type,
        extension=type_.extensions[0],
        width_px=pixels.full_size_px[0],
        height_px=pixels.full_size_px[1],
        camera_time=facts.camera_time,
        camera_offset_min=facts.camera_offset_min,
        thumbnail=encode_jpeg(pixels.image, THUMBNAIL_QUALITY).data,
        findings=tuple(facts.findings),
        warnings=tuple(oddity for oddity in Oddity if oddity in oddities),
        camera_model=facts.camera_model,
    )
