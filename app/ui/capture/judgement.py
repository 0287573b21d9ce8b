"""A first look at a picture as it arrives: too dark, too bright, blurred; help, never a proof."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Measured on painted skin of all tones, 512 px wide. The brightest parts are judged and not the
# mean, which would call dark skin a dark picture.
DARK_BELOW = 48  # 98th percentile of luminance, 0 to 255
BURNT_ABOVE = 250  # luminance in which nothing is told apart any more
BURNT_SHARE = 0.25  # of the picture
BLURRED_BELOW = 2.6  # variance of the Laplacian; in focus even the darkest skin has 8
_LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601


class Judgement(StrEnum):
    """What is probably wrong with a picture."""

    DARK = "dark"
    BRIGHT = "bright"
    BLURRED = "blurred"


def judge(pixels: NDArray[np.uint8]) -> Judgement | None:
    """What is probably wrong with a small picture: uint8[H, W, 3], red green blue."""
    if min(pixels.shape[:2]) < 3:  # noqa: PLR2004 - the Laplacian needs neighbours
        return None
    luma = pixels.astype(np.float32) @ np.array(_LUMA, np.float32)
    if float(np.percentile(luma, 98)) < DARK_BELOW:
        return Judgement.DARK
    if float((luma > BURNT_ABOVE).mean()) > BURNT_SHARE:
        return Judgement.BRIGHT
    if float(_laplacian(luma).var()) < BLURRED_BELOW:
        return Judgement.BLURRED
    return None


def _laplacian(luma: NDArray[np.float32]) -> NDArray[np.float32]:
    middle = luma[1:-1, 1:-1]
    return 4 * middle - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:]
