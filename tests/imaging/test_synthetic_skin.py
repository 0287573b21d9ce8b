from __future__ import annotations

import dataclasses
import time

import numpy as np
import pytest

from app.imaging.synthetic_skin import Lesion, LesionKind, SkinScene, Tone, synthetic_skin

SMALL = SkinScene(seed=3, width_px=240, height_px=180)


def painted(**changes) -> np.ndarray:
    return synthetic_skin(dataclasses.replace(SMALL, **changes))


def roughness(picture: np.ndarray) -> float:
    return float(np.abs(np.diff(picture.astype(int), axis=0)).mean())


def test_the_same_scene_gives_the_same_pixels() -> None:
    assert np.array_equal(synthetic_skin(SMALL), synthetic_skin(SMALL))
    assert not np.array_equal(synthetic_skin(SMALL), painted(seed=4))


def test_a_picture_of_the_design_size_is_quick() -> None:
    synthetic_skin(SMALL)
    started = time.process_time()

    picture = synthetic_skin()

    assert time.process_time() - started < 0.6  # twice what is asked for, for busy machines
    assert picture.shape == (900, 1200, 3)


@pytest.mark.parametrize("kind", LesionKind)
@pytest.mark.parametrize("tone", Tone)
def test_lesions_can_be_seen_on_every_tone(tone: Tone, kind: LesionKind) -> None:
    bare = painted(tone=tone, lesions=(), hairs=0).astype(int)

    marked = painted(tone=tone, lesions=(Lesion(kind=kind, radius=0.2),), hairs=0).astype(int)

    middle = np.s_[80:100, 110:130]
    assert np.abs(marked[middle] - bare[middle]).mean() > 6
    assert np.abs(marked[:5, :5] - bare[:5, :5]).mean() == 0


def test_tones_run_from_light_to_dark() -> None:
    brightness = [painted(tone=tone).mean() for tone in Tone]

    assert brightness == sorted(brightness, reverse=True)


@pytest.mark.parametrize(("x", "y"), [(-1, 0.5), (0, 0), (1, 1), (0.5, 2)])
def test_lesions_may_lie_across_the_border_or_outside(x: float, y: float) -> None:
    assert painted(lesions=(Lesion(x, y, 0.1),)).shape == (180, 240, 3)


def test_hair_blur_and_exposure_show() -> None:
    plain = painted(hairs=0).astype(int)

    assert np.abs(painted(hairs=30).astype(int) - plain).mean() > 0.2
    assert roughness(painted(blur_px=6)) < roughness(plain)
    assert painted(exposure=0.4).mean() < plain.mean() * 0.5
    assert painted(blur_px=0).shape == plain.shape
