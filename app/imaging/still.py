"""Turn one frame of a live camera into the file that is stored as the original."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

STILL_QUALITY: Final = 95
MAX_JPEG_SIDE_PX: Final = 65_535
"""Sixteen bits for each side; ITU-T T.81, B.2.2."""


def encode_still(
    rgb: bytes, width_px: int, height_px: int, *, quality: int = STILL_QUALITY
) -> bytes:
    """A JPEG of a frame, with full colour resolution and no metadata.

    The frame comes from a camera driver as pixels, so this needs no child process.

    Args:
        rgb: Rows from the top, three bytes a pixel, no padding.
        width_px: Of the frame.
        height_px: Of the frame.
        quality: 1 to 95.

    Raises:
        ValueError: The bytes do not fit the size, or the size does not fit JPEG.
    """
    encoded = io.BytesIO()
    _picture(rgb, width_px, height_px).save(encoded, "JPEG", quality=quality, subsampling="4:4:4")
    return encoded.getvalue()


def encode_lossless(rgb: bytes, width_px: int, height_px: int) -> bytes:
    """A PNG of pixels that came without a file, and no metadata.

    Raises:
        ValueError: The bytes do not fit the size, or the size is not admitted.
    """
    encoded = io.BytesIO()
    _picture(rgb, width_px, height_px).save(encoded, "PNG")
    return encoded.getvalue()


class StillFiles:
    """The port `Stills`."""

    def from_camera(self, rgb: bytes, width_px: int, height_px: int) -> bytes:
        """A frame of a live camera, as JPEG."""
        return encode_still(rgb, width_px, height_px)

    def from_clipboard(self, rgb: bytes, width_px: int, height_px: int) -> bytes:
        """Pasted pixels, as PNG."""
        return encode_lossless(rgb, width_px, height_px)


def _picture(rgb: bytes, width_px: int, height_px: int) -> Image.Image:
    if not (0 < width_px <= MAX_JPEG_SIDE_PX and 0 < height_px <= MAX_JPEG_SIDE_PX):
        msg = "a still has 1 to 65535 px on each side"
        raise ValueError(msg)
    if len(rgb) != width_px * height_px * 3:
        msg = "a still has three bytes a pixel"
        raise ValueError(msg)
    return Image.frombuffer("RGB", (width_px, height_px), rgb, "raw", "RGB", 0, 1)
