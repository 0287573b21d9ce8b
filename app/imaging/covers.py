"""Burn covers in: made of constants and positions, never of what they hide."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.domain.rendition import Box, Cover, CoverPattern

GROUND: Final = 0x1B
"""Near-black, the same in all three channels."""

LINE: Final = 0x4F
"""Of the pattern; dark as well, so that a cover never outshines the lesion beside it."""

STEPS_ACROSS: Final = 60
"""Pattern steps along the longest side of the picture."""

MIN_STEP_PX: Final = 8


def burn_in(image: Image.Image, covers: tuple[Cover, ...]) -> None:
    """Replace every covered pixel, in place; parts outside the picture are left out."""
    step_px = max(MIN_STEP_PX, max(image.size) // STEPS_ACROSS)
    for cover in covers:
        box = cover.box.within(*image.size)
        if box is not None:
            image.paste(Image.fromarray(drawn(box, cover.pattern, step_px)), (box.left, box.top))


def drawn(box: Box, pattern: CoverPattern, step_px: int) -> NDArray[np.uint8]:
    """The pixels of a cover as uint8[height, width], from its position alone."""
    rows = np.arange(box.top, box.bottom)[:, None]
    columns = np.arange(box.left, box.right)[None, :]
    pixels = np.full((box.height, box.width), GROUND, dtype=np.uint8)
    if pattern is CoverPattern.HATCHED:
        pixels[(rows + columns) % step_px < step_px // 4] = LINE
    elif pattern is CoverPattern.CHECKED:
        pixels[(rows // step_px + columns // step_px) % 2 == 0] = LINE
    return pixels
