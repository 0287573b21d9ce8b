from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms

from app.domain.picture import Oddity
from app.imaging.colour import flatten, to_srgb
from app.imaging.errors import UnsupportedPictureError
from app.imaging.inspection import inspect
from tests.imaging.builders import encoded, opened
from tests.imaging.profiles import adobe_rgb_profile, grey_profile


def plain(mode: str, value) -> Image.Image:
    return Image.new(mode, (16, 16), value)


def first(image: Image.Image):
    return image.getpixel((0, 0))


def test_wide_colours_come_through_their_profile() -> None:
    green = plain("RGB", (60, 180, 60))

    converted = to_srgb(green, adobe_rgb_profile())

    red, _, blue = first(converted.image)
    assert red == 0  # outside of sRGB: more saturated than the same numbers would be
    assert blue < 60
    assert converted.oddities == set()


def test_srgb_is_left_as_it_is() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = plain("RGB", (12, 34, 56))

    assert to_srgb(picture, profile).image is picture


def test_grey_profiles_count() -> None:
    converted = to_srgb(plain("L", 128), grey_profile())

    assert first(converted.image) == pytest.approx((188, 188, 188), abs=3)


@pytest.mark.parametrize("profile", [b"no profile", grey_profile(), adobe_rgb_profile()[:200]])
def test_an_unfit_profile_is_left_out_and_told(profile: bytes) -> None:
    converted = to_srgb(plain("RGB", (12, 34, 56)), profile)

    assert first(converted.image) == (12, 34, 56)
    assert converted.oddities == {Oddity.BROKEN_PROFILE}


def test_print_colours_are_converted_and_told() -> None:
    inspection = inspect(encoded(plain("CMYK", (0, 255, 255, 0)), "JPEG"))

    assert inspection.warnings == (Oddity.CONVERTED_COLOUR,)
    red, green, blue = first(opened(inspection.thumbnail))
    assert red > 200
    assert max(green, blue) < 60


def test_lab_is_converted_and_told() -> None:
    converted = to_srgb(plain("LAB", (255, 128, 128)), b"")

    assert first(converted.image) == pytest.approx((255, 255, 255), abs=2)
    assert converted.oddities == {Oddity.CONVERTED_COLOUR}


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (plain("RGBA", (10, 20, 30, 0)), (255, 255, 255)),
        (plain("LA", (100, 255)), (100, 100, 100)),
        (plain("1", 1), 255),
        (plain("P", 0), (0, 0, 0)),
    ],
    ids=["transparent", "grey with alpha", "black and white", "palette"],
)
def test_other_pixel_formats_become_plain(image: Image.Image, expected) -> None:
    assert first(flatten(image).image) == expected


def test_a_transparent_palette_colour_becomes_white() -> None:
    image = plain("P", 3)
    image.info["transparency"] = 3

    assert first(flatten(image).image) == (255, 255, 255)


def test_deep_grey_keeps_its_upper_bits() -> None:
    deep = Image.fromarray(np.full((4, 4), 0x80FF, dtype=np.uint16))

    flat = flatten(deep)

    assert first(flat.image) == 0x80
    assert flat.oddities == {Oddity.REDUCED_DEPTH}


@pytest.mark.parametrize("mode", ["I", "F"])
def test_numbers_without_a_scale_are_refused(mode: str) -> None:
    with pytest.raises(UnsupportedPictureError):
        inspect(encoded(plain(mode, 7), "TIFF"))
