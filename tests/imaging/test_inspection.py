from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from PIL import Image

from app.domain.picture import MetadataFinding, MetadataKind, Oddity
from app.imaging.errors import (
    EmptyFileError,
    FileTooBigError,
    NotAPictureError,
    TooManyPixelsError,
    TruncatedPictureError,
    UnsupportedPictureError,
)
from app.imaging.inspection import inspect
from app.imaging.sample_photograph import SampleCamera, photograph
from tests.imaging import builders
from tests.imaging.builders import camera_jpeg, corners, encoded, opened, quarters, skin
from tests.imaging.tiff_writer import SHORT, TiffWriter

STARTS = {
    "PDF": b"%PDF-1.7\n",
    "GIF": b"GIF89a" + bytes(20),
    "BMP": b"BM" + bytes(60),
    "SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "DICOM": bytes(128) + b"DICM" + bytes(20),
    "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
    "MP4 or MOV (film)": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    "JPEG XL": b"\xff\x0a" + bytes(20),
    "Photoshop": b"8BPS" + bytes(30),
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("container", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_every_orientation_becomes_upright(container: str, orientation: int) -> None:
    lying = dict(zip(range(1, 9), ORIENTED, strict=True))[orientation](quarters())
    exif = Image.Exif()
    exif[0x0112] = orientation

    lossless = {"lossless": True} if container == "WEBP" else {}
    inspection = inspect(encoded(lying, container, exif=exif, quality=95, **lossless))

    assert (inspection.width_px, inspection.height_px) == (64, 48)
    assert corners(inspection.thumbnail) == ("red", "green", "blue", "white")


ORIENTED = (
    lambda upright: upright,
    lambda upright: upright[:, ::-1],
    lambda upright: upright[::-1, ::-1],
    lambda upright: upright[::-1],
    lambda upright: upright.transpose(1, 0, 2),
    lambda upright: np.rot90(upright, 1),
    lambda upright: np.rot90(upright, 2).transpose(1, 0, 2),
    lambda upright: np.rot90(upright, -1),
)
"""How the sensor holds an upright picture under each Exif Orientation."""


def test_the_camera_and_its_clock_are_told() -> None:
    half_past = timezone(timedelta(hours=-3, minutes=-30))
    taken_at = datetime(2026, 3, 9, 14, 5, 59, tzinfo=half_past)

    inspection = inspect(photograph(skin(), taken_at=taken_at))

    assert inspection.camera_time == taken_at.replace(tzinfo=None)
    assert inspection.camera_offset_min == -210
    assert inspection.camera_model == "Clinigraph Sample 24"


def test_what_identifies_someone_is_found() -> None:
    camera = SampleCamera(body_serial="B-1", lens_serial="L-2", owner="Sam Ple")

    inspection = inspect(camera_jpeg(camera=camera, position=(-33.8568, 151.2153)))

    assert set(inspection.findings) == {
        MetadataFinding(MetadataKind.OWNER, "Artist", "Sam Ple"),
        MetadataFinding(MetadataKind.OWNER, "CameraOwnerName", "Sam Ple"),
        MetadataFinding(MetadataKind.SERIAL_NUMBER, "BodySerialNumber", "B-1"),
        MetadataFinding(MetadataKind.SERIAL_NUMBER, "LensSerialNumber", "L-2"),
        MetadataFinding(MetadataKind.POSITION, "GPSInfo", "-33.85680, 151.21530"),
    }


def test_the_thumbnail_is_small_and_bare() -> None:
    large = skin(3, 1500, 1000)

    inspection = inspect(photograph(large, taken_at=builders.TAKEN_AT, position=builders.POSITION))

    thumbnail = opened(inspection.thumbnail)
    assert thumbnail.size == (512, 341)
    assert inspect(inspection.thumbnail).findings == ()
    assert set(thumbnail.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("format_", STARTS)
def test_other_kinds_of_files_are_refused_by_name(format_: str) -> None:
    with pytest.raises(UnsupportedPictureError) as refused:
        inspect(STARTS[format_])

    assert refused.value.facts == {"format": format_}


@pytest.mark.parametrize(
    "data",
    [b"BMI of the patient: 24", b"<html></html>", bytes(5000), b"\xff\xd8", b"\0\0\0\x18", b"RIFF"],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPictureError):
        inspect(data)


def test_a_file_without_bytes_is_refused() -> None:
    with pytest.raises(EmptyFileError):
        inspect(b"")


def test_a_file_that_is_too_big_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.imaging.file_size.MAX_FILE_BYTES", 1_000_000)

    with pytest.raises(FileTooBigError) as refused:
        inspect(bytes(3_500_000))

    assert refused.value.facts == {"megabytes": 3, "limit_megabytes": 1}


@pytest.mark.parametrize("container", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_too_many_pixels_are_refused_before_decoding(container: str) -> None:
    data = encoded(skin(), container)

    with pytest.raises(TooManyPixelsError) as refused:
        inspect(data, max_pixels=320 * 240 - 1)

    assert refused.value.facts == {"width": 320, "height": 240, "limit_megapixels": 0}


@pytest.mark.parametrize("data", [builders.heic(), builders.dng()], ids=["heic", "dng"])
def test_too_many_pixels_are_refused_by_other_libraries_too(data: bytes) -> None:
    with pytest.raises(TooManyPixelsError):
        inspect(data, max_pixels=320 * 240 - 1)


WHOLE = {
    "jpeg": camera_jpeg(60),
    "progressive": encoded(skin(61), "JPEG", progressive=True),
    "png": encoded(skin(62), "PNG"),
    "raw tiff": encoded(skin(63), "TIFF"),
    "lzw tiff": encoded(skin(63), "TIFF", compression="tiff_lzw"),
    "jpeg tiff": encoded(skin(63), "TIFF", compression="jpeg"),
    "webp": encoded(skin(64), "WEBP"),
    "heic": builders.heic(),
    "dng": builders.dng(65),
    "mpo": builders.two_pictures(66)[:-8000],
}


@pytest.mark.parametrize("kept", [0.999, 0.9, 0.5, 0.1])
@pytest.mark.parametrize("kind", WHOLE)
def test_a_cut_anywhere_is_found(kind: str, kept: float) -> None:
    whole = WHOLE[kind]

    with pytest.raises(TruncatedPictureError):
        inspect(whole[: int(len(whole) * kept)])


@pytest.mark.parametrize("missing", [1, 2, 3, 10])
@pytest.mark.parametrize("kind", ["jpeg", "progressive", "png"])
def test_the_last_bytes_count(kind: str, missing: int) -> None:
    with pytest.raises(TruncatedPictureError):
        inspect(WHOLE[kind][:-missing])


def test_a_jpeg_whose_end_was_never_written_is_refused() -> None:
    whole = camera_jpeg(67)
    half = len(whole) // 2

    with pytest.raises(TruncatedPictureError):
        inspect(whole[:half] + bytes(len(whole) - half))


def test_padding_after_a_picture_is_nothing() -> None:
    padded = inspect(camera_jpeg(68) + bytes(4096))

    assert dataclasses.replace(padded) == inspect(camera_jpeg(68))


def test_a_second_picture_is_told() -> None:
    kinds = {finding.kind for finding in inspect(builders.two_pictures(69)).findings}

    assert kinds == {MetadataKind.EMBEDDED_PREVIEW, MetadataKind.TRAILING_DATA}


def test_ten_bit_heic_is_admitted_with_a_remark() -> None:
    inspection = inspect(builders.deep_heic(), declared_extension=".HEIC")

    assert (inspection.width_px, inspection.height_px) == (160, 120)
    assert inspection.warnings == (Oddity.REDUCED_DEPTH,)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_raw_files_are_developed_upright(orientation: int) -> None:
    inspection = inspect(builders.dng(70, orientation))

    sideways = orientation in {6, 8}
    size = (240, 320) if sideways else (320, 240)
    assert (inspection.width_px, inspection.height_px) == size
    assert opened(inspection.thumbnail).size == size


def test_a_raw_file_of_an_unknown_kind_is_refused() -> None:
    odd = builders.rgb_tiff(quarters())
    tags = {**odd.tags, 0x0106: (SHORT, [32803]), 0x0103: (SHORT, [65_001])}

    with pytest.raises((UnsupportedPictureError, TruncatedPictureError)):
        inspect(TiffWriter(tags, pixels=odd.pixels).written())


def test_the_name_of_a_stereo_picture_is_honest() -> None:
    inspection = inspect(builders.two_pictures(1), declared_extension=".MPO")

    assert Oddity.WRONG_EXTENSION not in inspection.warnings
