from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, JpegImagePlugin

from app.domain.rendition import Box, Cover, CoverPattern, Edits
from app.imaging.inspection import inspect
from app.imaging.rendering import WrongEditsError, render, rgb_pixels
from tests.imaging.builders import (
    POSITION,
    camera_jpeg,
    corners,
    dng,
    encoded,
    heic,
    opened,
    quarters,
    skin,
)

WIDTH, HEIGHT = 96, 64
BOXES = st.builds(
    Box,
    st.integers(0, WIDTH - 1),
    st.integers(0, HEIGHT - 1),
    st.integers(1, 60),
    st.integers(1, 60),
)
COVERS = st.lists(st.builds(Cover, BOXES, st.sampled_from(CoverPattern)), min_size=1, max_size=3)


def hidden(pixels: np.ndarray, covers, value: int) -> np.ndarray:
    """The pixels with other content under the covers."""
    chance = np.random.default_rng(value)
    changed = pixels.copy()
    for cover in covers:
        box = cover.box
        part = changed[box.top : box.bottom, box.left : box.right]
        part[...] = chance.integers(0, 256, part.shape, dtype=np.uint8)
    return changed


@given(
    covers=COVERS,
    crop=st.none() | st.builds(Box, st.just(5), st.just(3), st.integers(1, 90), st.integers(1, 60)),
    turns=st.integers(0, 3),
    side_px=st.none() | st.integers(4, 120),
    value=st.integers(0, 1000),
)
def test_what_is_under_a_cover_has_no_influence(covers, crop, turns, side_px, value) -> None:
    shown = skin(1, WIDTH, HEIGHT)
    edits = Edits(crop, turns, tuple(covers))

    one = render(encoded(shown, "PNG"), edits, max_side_px=side_px)
    other = render(encoded(hidden(shown, covers, value), "PNG"), edits, max_side_px=side_px)

    assert one == other


@pytest.mark.parametrize("pattern", CoverPattern)
def test_covers_are_dark_wherever_they_lie(pattern: CoverPattern) -> None:
    white = np.full((200, 300, 3), 255, dtype=np.uint8)
    cover = Cover(Box(40, 20, 100, 90), pattern)

    picture = render(encoded(white, "PNG"), Edits(covers=(cover,)))

    pixels = np.asarray(opened(picture.data))
    assert pixels[22:108, 42:138].max() < 110
    assert pixels[112:, :].min() > 240
    assert pixels[:, 142:].min() > 240


def test_solid_covers_are_near_black() -> None:
    cover = Cover(Box(0, 0, 64, 48))

    picture = render(encoded(quarters(), "PNG"), Edits(covers=(cover,)))

    assert np.all(np.asarray(opened(picture.data)) == 0x1B)


def test_patterns_differ_from_one_another() -> None:
    white = encoded(np.full((100, 100, 3), 255, dtype=np.uint8), "PNG")

    made = {render(white, Edits(covers=(Cover(Box(0, 0, 90, 90), p),))).data for p in CoverPattern}

    assert len(made) == len(CoverPattern)


def test_a_cover_outside_the_picture_hides_nothing() -> None:
    whole = encoded(quarters(), "PNG")

    covered = render(whole, Edits(covers=(Cover(Box(64, 0, 10, 10)),)))

    assert covered == render(whole, Edits())


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (0, ("red", "green", "blue", "white")),
        (1, ("blue", "red", "white", "green")),
        (2, ("white", "blue", "green", "red")),
        (3, ("green", "white", "red", "blue")),
    ],
)
def test_quarter_turns_are_clockwise(turns: int, expected: tuple[str, ...]) -> None:
    picture = render(encoded(quarters(), "PNG"), Edits(quarter_turns=turns))

    assert corners(picture.data) == expected
    assert (picture.width_px, picture.height_px) == ((48, 64) if turns % 2 else (64, 48))


def test_the_crop_is_in_px_of_the_upright_original() -> None:
    lying = np.rot90(quarters(), 1)
    exif = Image.Exif()
    exif[0x0112] = 6

    picture = render(encoded(lying, "PNG", exif=exif), Edits(crop=Box(34, 26, 30, 22)))

    assert (picture.width_px, picture.height_px) == (30, 22)
    assert corners(picture.data) == ("white",) * 4


def test_the_crop_is_cut_at_the_picture() -> None:
    picture = render(encoded(quarters(), "PNG"), Edits(crop=Box(60, 40, 500, 500)))

    assert (picture.width_px, picture.height_px) == (4, 8)


def test_a_crop_outside_the_picture_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(WrongEditsError):
        render(encoded(quarters(), "PNG"), Edits(crop=Box(64, 0, 5, 5)))


@pytest.mark.parametrize("data", [camera_jpeg(80), heic(), dng(81)], ids=["jpeg", "heic", "dng"])
def test_the_same_edits_give_the_same_bytes(data: bytes) -> None:
    edits = Edits(Box(10, 10, 200, 150), 1, (Cover(Box(20, 20, 50, 50), CoverPattern.HATCHED),))

    assert render(data, edits) == render(data, edits)


def test_renditions_hold_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Sam Ple"
    original = encoded(skin(82), "JPEG", comment=b"Sam Ple", exif=exif, dpi=(300, 300))

    for data in (original, camera_jpeg(82, position=POSITION)):
        picture = render(data, Edits())
        assert inspect(picture.data).findings == ()
        assert b"Sam" not in picture.data
        assert set(opened(picture.data).info) == {
            "jfif", "jfif_version", "jfif_unit", "jfif_density",
        }  # fmt: skip


def test_renditions_keep_size_and_full_colour_resolution() -> None:
    picture = render(camera_jpeg(83), Edits())

    image = Image.open(io.BytesIO(picture.data))
    assert (picture.media_type, picture.width_px, picture.height_px) == ("image/jpeg", 320, 240)
    assert isinstance(image, JpegImagePlugin.JpegImageFile)
    assert JpegImagePlugin.get_sampling(image) == 0  # 4:4:4


def test_renditions_look_like_the_original() -> None:
    shown = skin(84).astype(int)

    picture = render(encoded(skin(84), "PNG"), Edits())

    assert np.abs(np.asarray(opened(picture.data)).astype(int) - shown).mean() < 2


@pytest.mark.parametrize(
    ("side_px", "expected"), [(100, (100, 75)), (1000, (320, 240)), (1, (1, 1))]
)
def test_pictures_are_reduced_and_never_enlarged(side_px: int, expected: tuple[int, int]) -> None:
    reduced = render(camera_jpeg(85), Edits(), max_side_px=side_px)

    assert (reduced.width_px, reduced.height_px) == expected


def test_pixels_are_rows_of_rgb() -> None:
    width, height, rgb = rgb_pixels(encoded(quarters(), "PNG"), max_side_px=32)

    assert (width, height, len(rgb)) == (32, 24, 32 * 24 * 3)
    assert tuple(rgb[:3]) == (200, 30, 30)
