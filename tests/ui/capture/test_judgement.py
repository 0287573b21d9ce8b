"""A first look at a picture: it helps, and it treats all skin alike."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from app.imaging.synthetic_skin import Lesion, LesionKind, SkinScene, Tone, synthetic_skin
from app.ui.capture.judgement import Judgement, judge

LESION = Lesion(0.5, 0.5, 0.1, LesionKind.IRREGULAR_MOLE)


def thumbnail(tone=Tone.FAIR, *, blur_px=0.0):
    """A picture as the decoder reduces it."""
    scene = SkinScene(seed=3, width_px=1536, height_px=1152, tone=tone, lesions=(LESION,))
    picture = Image.fromarray(synthetic_skin(scene))
    if blur_px:
        picture = picture.filter(ImageFilter.GaussianBlur(blur_px))
    return np.asarray(picture.resize((512, 384)))


@pytest.mark.parametrize("tone", Tone)
def test_sharp_and_well_lit_skin_of_every_tone_is_in_order(tone):
    assert judge(thumbnail(tone)) is None


@pytest.mark.parametrize("tone", Tone)
def test_a_blur_is_seen_on_skin_of_every_tone(tone):
    assert judge(thumbnail(tone, blur_px=9)) is Judgement.BLURRED


def test_a_dark_and_a_burnt_picture_are_told():
    skin = thumbnail().astype(int)

    assert judge((skin // 6).astype(np.uint8)) is Judgement.DARK
    assert judge(np.minimum(skin * 2, 255).astype(np.uint8)) is Judgement.BRIGHT


def test_a_picture_of_a_few_px_is_not_judged():
    assert judge(np.zeros((2, 2, 3), np.uint8)) is None
