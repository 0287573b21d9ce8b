from __future__ import annotations

import numpy as np
import pytest

from app.imaging.inspection import inspect
from app.imaging.still import StillFiles, encode_still
from tests.imaging.builders import opened, skin


def test_a_still_shows_the_frame_and_nothing_else() -> None:
    frame = skin(90)

    still = encode_still(frame.tobytes(), 320, 240)

    shown = np.asarray(opened(still)).astype(int)
    assert np.abs(shown - frame).mean() < 2
    inspection = inspect(still, declared_extension=".jpg")
    assert (inspection.findings, inspection.warnings) == ((), ())


def test_better_quality_is_larger() -> None:
    frame = skin(90).tobytes()

    assert len(encode_still(frame, 320, 240, quality=50)) < len(encode_still(frame, 320, 240))


@pytest.mark.parametrize(
    ("rgb", "width_px", "height_px"),
    [(b"", 0, 0), (bytes(11), 2, 2), (bytes(13), 2, 2), (bytes(3 * 65_536), 65_536, 1)],
)
def test_a_frame_must_fit_its_size(rgb: bytes, width_px: int, height_px: int) -> None:
    with pytest.raises(ValueError, match="a still has"):
        encode_still(rgb, width_px, height_px)


def test_pasted_pixels_lose_nothing_and_are_known_again() -> None:
    pixels = skin(91)

    first = StillFiles().from_clipboard(pixels.tobytes(), 320, 240)
    second = StillFiles().from_clipboard(pixels.tobytes(), 320, 240)

    assert np.array_equal(np.asarray(opened(first)), pixels)
    assert first == second
    assert inspect(first, declared_extension=".png").warnings == ()


def test_a_frame_becomes_a_jpeg() -> None:
    still = StillFiles().from_camera(skin(92).tobytes(), 320, 240)

    assert inspect(still).media_type == "image/jpeg"
