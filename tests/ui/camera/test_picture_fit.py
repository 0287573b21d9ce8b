from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from app.ui.camera.capture_session import image_pixels
from app.ui.camera.picture_fit import fitted, scaled


def test_wide_picture_stands_in_the_middle_of_a_tall_room() -> None:
    assert fitted(1920, 1080, QRectF(0, 0, 852, 500)) == QRectF(0, 10, 852, 479)


def test_tall_picture_stands_in_the_middle_of_a_wide_room() -> None:
    assert fitted(100, 200, QRectF(10, 0, 400, 100)) == QRectF(185, 0, 50, 100)


@pytest.mark.parametrize("size", [(64, 36), (50, 31), (31, 17), (300, 200)])
def test_scaling_keeps_the_mean_colour(qapp: object, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(4)
    pixels = rng.integers(0, 255, (144, 256, 3), dtype=np.uint8)

    image = scaled(pixels, *size)

    assert (image.width(), image.height()) == size
    mean = image_pixels(image).reshape(-1, 3).mean(axis=0)
    assert mean == pytest.approx(pixels.reshape(-1, 3).mean(axis=0), abs=4)


def test_halving_loses_no_pixel(qapp: object) -> None:
    pixels = np.zeros((20, 20, 3), np.uint8)
    pixels[::2, ::2] = 200

    image = scaled(pixels, 10, 10)

    assert image_pixels(image)[5, 5].tolist() == pytest.approx([50, 50, 50], abs=3)
