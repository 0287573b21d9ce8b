"""What a card may bring: forty files of all formats, six of them broken, for every import test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from app.imaging.sample_photograph import SampleCamera
from tests.imaging.builders import (
    POSITION,
    camera_jpeg,
    deep,
    deep_png,
    dng,
    encoded,
    extended_xmp_jpeg,
    heic,
    jpeg_with_exif,
    png_bomb,
    rgb_tiff,
    skin,
    two_pictures,
)
from tests.imaging.profiles import adobe_rgb_profile
from tests.imaging.tiff_writer import ASCII, UNDEFINED, TiffWriter


@dataclass(frozen=True)
class SampleFile:
    """One file of the collection.

    Attributes:
        name: As on the card.
        data: Its bytes; no two files have the same.
        refused_code: The code of the error with which it is refused; None when it is admitted.
    """

    name: str
    data: bytes
    refused_code: str | None = None


@cache
def forty_files() -> list[SampleFile]:
    """Forty files: 34 that are admitted, 6 that are refused."""
    files = [*_jpegs(), *_upright_jpegs(), *_odd_jpegs(), *_others(), *_broken()]
    assert len(files) == 40
    assert sum(file.refused_code is None for file in files) == 34
    return files


def _jpegs() -> list[SampleFile]:
    grey = Image.fromarray(skin(5)).convert("L")
    camera = SampleCamera(owner="Sam Ple")
    return [
        SampleFile("IMG_0001.JPG", camera_jpeg(1)),
        SampleFile("IMG_0002.JPG", camera_jpeg(2, position=POSITION, camera=camera)),
        SampleFile("progressive.jpg", encoded(skin(4), "JPEG", progressive=True)),
        SampleFile("grey.jpg", encoded(grey, "JPEG")),
    ]


def _upright_jpegs() -> list[SampleFile]:
    return [
        SampleFile(f"orientation {turn}.jpg", camera_jpeg(10 + turn, orientation=turn))
        for turn in range(1, 9)
    ]


def _odd_jpegs() -> list[SampleFile]:
    cmyk = Image.fromarray(skin(20)).convert("CMYK")
    large = TiffWriter({0x010F: (ASCII, "Clinigraph")}, exif={0x927C: (UNDEFINED, b"m" * 65_000)})
    return [
        SampleFile("cmyk.jpg", encoded(cmyk, "JPEG")),
        SampleFile("adobe-rgb.jpg", encoded(skin(21), "JPEG", icc_profile=adobe_rgb_profile())),
        SampleFile("broken-profile.jpg", encoded(skin(22), "JPEG", icc_profile=b"no profile")),
        SampleFile("large-exif.jpg", jpeg_with_exif(large.written(), 23)),
        SampleFile("large-xmp.jpg", extended_xmp_jpeg(24, 1_100_000)),
        SampleFile("trailing.jpg", camera_jpeg(25) + b"a note left behind the picture"),
        SampleFile("two-pictures.mpo.jpg", two_pictures(26)),
        SampleFile("broken-exif.jpg", jpeg_with_exif(b"II*\0\xff\xff\xff\x7f" + bytes(20), 27)),
        SampleFile("really-a-jpeg.png", camera_jpeg(28)),
    ]


def _others() -> list[SampleFile]:
    palette = Image.fromarray(skin(31)).quantize(64)
    see_through = Image.fromarray(skin(32)).convert("RGBA")
    see_through.putalpha(Image.linear_gradient("L").resize(see_through.size))
    frames = [Image.fromarray(skin(seed)) for seed in (40, 41, 42)]
    return [
        SampleFile("skin.png", encoded(skin(30), "PNG")),
        SampleFile("palette.png", encoded(palette, "PNG")),
        SampleFile("see-through.png", encoded(see_through, "PNG")),
        SampleFile("sixteen-bit.png", deep_png(33)),
        SampleFile("lzw.tif", encoded(skin(34), "TIFF", compression="tiff_lzw")),
        SampleFile("deflate.tiff", encoded(skin(35), "TIFF", compression="tiff_adobe_deflate")),
        SampleFile("sixteen-bit.tif", rgb_tiff(deep(36)).written()),
        SampleFile(
            "pages.tif", encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
        ),
        SampleFile("see-through.webp", encoded(see_through, "WEBP")),
        SampleFile(
            "moving.webp", encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
        ),
        SampleFile("skin.webp", encoded(skin(37), "WEBP", quality=90)),
        SampleFile("IMG_0003.HEIC", heic()),
        SampleFile("_DSC0004.DNG", dng(39)),
    ]


def _broken() -> list[SampleFile]:
    chance = np.random.default_rng(6)
    whole = camera_jpeg(50)
    tiff = encoded(skin(51), "TIFF", compression="tiff_lzw")
    return [
        SampleFile("cut-off.jpg", whole[: len(whole) * 2 // 3], "IMAGE-003"),
        SampleFile("empty.jpg", b"", "IMAGE-002"),
        SampleFile("bomb.png", png_bomb(30_000), "IMAGE-004"),
        SampleFile(
            "letter.jpg", b"Dear colleague, this is a letter and no picture.\n", "IMAGE-001"
        ),
        SampleFile("noise.png", chance.bytes(20_000), "IMAGE-001"),
        SampleFile("cut-off.tif", tiff[: len(tiff) // 2], "IMAGE-003"),
    ]
