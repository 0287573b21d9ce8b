"""Generated pictures that carry their own number, so that a test can tell which one arrived."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

BITS = 6
COUNT = 1 << BITS
BLOCK = 32  # px; a whole number of JPEG blocks
RED_SKIN = (190, 120, 95)  # red green blue: a swap of channels shows at once


def numbered(number: int, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """uint8[H, W, 3], red green blue, with the number as black and white squares on top."""
    ramp = np.linspace(-20, 20, width_px, dtype=np.float32)[None, :, None]
    waves = 10 * np.sin(np.arange(height_px, dtype=np.float32) / 3)[:, None, None]
    picture: NDArray[np.uint8]
    picture = np.clip(np.array(RED_SKIN, np.float32) + ramp + waves, 0, 255).astype(np.uint8)
    for bit in range(BITS):
        white = number >> bit & 1
        picture[:BLOCK, bit * BLOCK : (bit + 1) * BLOCK] = 255 * white
    return picture


def number_of(pixels: NDArray[np.uint8]) -> int:
    """The number that a picture carries."""
    centres = [pixels[BLOCK // 2, bit * BLOCK + BLOCK // 2, 1] > 127 for bit in range(BITS)]
    return sum(int(white) << bit for bit, white in enumerate(centres))


def as_jpeg(pixels: NDArray[np.uint8], quality: int = 85) -> bytes:
    """The picture as a baseline JPEG."""
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    assert done
    return data.tobytes()
