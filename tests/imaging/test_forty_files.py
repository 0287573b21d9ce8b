from __future__ import annotations

import hashlib
import io
from pathlib import PurePath

import numpy as np
import pytest
from PIL import Image

from app.domain.picture import Oddity
from app.errors import KnownError
from app.imaging.decoder import ChildDecoder
from app.imaging.inspection import inspect
from tests.imaging.builders import opened
from tests.imaging.forty_files import SampleFile, forty_files

GOOD = [file for file in forty_files() if file.refused_code is None]
BROKEN = [file for file in forty_files() if file.refused_code is not None]
ODD = {
    "cmyk.jpg": {Oddity.CONVERTED_COLOUR},
    "broken-profile.jpg": {Oddity.BROKEN_PROFILE},
    "large-xmp.jpg": {Oddity.LARGE_METADATA},
    "trailing.jpg": {Oddity.TRAILING_DATA},
    "two-pictures.mpo.jpg": {Oddity.TRAILING_DATA},
    "broken-exif.jpg": {Oddity.BROKEN_METADATA},
    "really-a-jpeg.png": {Oddity.WRONG_EXTENSION},
    "sixteen-bit.png": {Oddity.REDUCED_DEPTH},
    "sixteen-bit.tif": {Oddity.REDUCED_DEPTH},
    "pages.tif": {Oddity.SEVERAL_FRAMES},
    "moving.webp": {Oddity.SEVERAL_FRAMES},
    "_DSC0004.DNG": {Oddity.RAW_PREVIEW},
}


def name(file: SampleFile) -> str:
    return file.name


@pytest.mark.parametrize("file", GOOD, ids=name)
def test_good_files_are_admitted_with_a_thumbnail(file: SampleFile) -> None:
    extension = PurePath(file.name).suffix

    inspection = inspect(file.data, declared_extension=extension)

    thumbnail = Image.open(io.BytesIO(inspection.thumbnail))
    assert (thumbnail.format, thumbnail.mode, max(thumbnail.size)) == ("JPEG", "RGB", 320)
    assert thumbnail.size == (inspection.width_px, inspection.height_px)
    assert set(inspection.warnings) == ODD.get(file.name, set())


@pytest.mark.parametrize("file", BROKEN, ids=name)
def test_broken_files_are_refused_with_their_code(file: SampleFile, decoder: ChildDecoder) -> None:
    with pytest.raises(KnownError) as here:
        inspect(file.data)
    with pytest.raises(KnownError) as from_child:
        decoder.inspect(file.data)

    assert here.value.code == from_child.value.code == file.refused_code
    assert str(here.value) == str(from_child.value)


def test_the_child_tells_the_same_as_the_code_in_it(decoder: ChildDecoder) -> None:
    told = [decoder.inspect(file.data, declared_extension=".jpg") for file in GOOD]

    assert told == [inspect(file.data, declared_extension=".jpg") for file in GOOD]


def test_no_two_files_are_the_same() -> None:
    hashes = {hashlib.sha256(file.data).digest() for file in forty_files()}

    assert len(hashes) == len({file.name for file in forty_files()}) == 40


def test_all_files_of_the_collection_are_small() -> None:
    assert sum(len(file.data) for file in forty_files()) < 6_000_000


def test_thumbnails_show_what_the_file_shows() -> None:
    skin_brown = np.array((205, 165, 145))

    averages = {file.name: average(inspect(file.data).thumbnail) for file in GOOD}

    for name_, seen in averages.items():
        assert np.abs(seen - skin_brown).max() < 60, name_


def average(jpeg: bytes) -> np.ndarray:
    small = opened(jpeg).resize((1, 1), Image.Resampling.BOX)
    return np.asarray(small, dtype=float)
