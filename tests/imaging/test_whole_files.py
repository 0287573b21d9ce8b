"""A file that ends before what it points to is not stored, wherever its copy broke off."""

from __future__ import annotations

import struct

import pytest
from PIL import Image

from app.domain.picture import MetadataKind, Oddity
from app.errors import KnownError
from app.imaging.boxes import boxes, points_past_end
from app.imaging.errors import TruncatedPictureError, UnsupportedPictureError
from app.imaging.file_types import FileType
from app.imaging.inspection import inspect
from app.imaging.raw_file import read_raw_file
from tests.imaging.builders import (
    deep,
    deep_heic,
    dng,
    encoded,
    heic,
    quarters,
    rgb_tiff,
    skin,
    xmp_packet,
)
from tests.imaging.forty_files import SampleFile, forty_files
from tests.imaging.tiff_writer import LONG, SHORT, TiffWriter

WHOLE_WITHOUT_ITS_END = {"trailing.jpg", "two-pictures.mpo.jpg"}
"""Their picture ends earlier; only what stands behind it is lost."""

CUTS = {
    "half": lambda size: size // 2,
    "nine tenths": lambda size: size * 9 // 10,
    "last hundredth": lambda size: size * 99 // 100,
    "nine bytes": lambda size: size - 9,
    "two bytes": lambda size: size - 2,
    "one byte": lambda size: size - 1,
}
SOUND = [
    file
    for file in forty_files()
    if file.refused_code is None and file.name not in WHOLE_WITHOUT_ITS_END
]


def cut_off(whole: bytes, cut: str) -> bytes:
    """What is left of a file; the padding at its end, which nobody would miss, never is."""
    needed = whole.rstrip(b"\0")
    return needed[: CUTS[cut](len(needed))]


def pages(count: int, **options) -> bytes:
    first, *others = (Image.fromarray(skin(seed)) for seed in range(count))
    return encoded(first, "TIFF", save_all=True, append_images=others, **options)


def tiff_with_packet() -> bytes:
    writer = rgb_tiff(quarters())
    writer.tags = {**writer.tags, 0x02BC: (1, xmp_packet("><x/>"))}
    return writer.written()


def directory_first(whole: bytes) -> bytes:
    """The same TIFF with a copy of its only directory in front and its pixels as the last bytes.

    So cameras write them: whoever cuts the file cuts the pixels.
    """
    at = int.from_bytes(whole[4:8], "little")
    count = int.from_bytes(whole[at : at + 2], "little")
    entries = bytearray(whole[at : at + 2 + 12 * count + 4])
    shift = len(entries)
    for place in range(2, 2 + 12 * count, 12):
        tag, type_, number, value = struct.unpack_from("<HHII", entries, place)
        size = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 10: 8}[type_] * number
        if size > 4 or tag == 0x0111:
            struct.pack_into("<I", entries, place + 8, value + shift)
    return b"II*\0\x08\0\0\0" + bytes(entries) + whole[8:at]


@pytest.mark.parametrize("file", SOUND, ids=lambda file: file.name)
@pytest.mark.parametrize("cut", CUTS)
def test_a_file_of_any_format_that_is_cut_off_is_refused(file: SampleFile, cut: str) -> None:
    with pytest.raises(KnownError) as refusal:
        inspect(cut_off(file.data, cut))

    assert refusal.value.code == "IMAGE-003"


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize(
    "whole",
    [
        pages(3),
        pages(2, compression="tiff_lzw"),
        pages(2, compression="jpeg"),
        pages(3, big_tiff=True),
        encoded(Image.fromarray(skin(1)).convert("CMYK"), "TIFF"),
        encoded(Image.fromarray(skin(1)).convert("1"), "TIFF", compression="group4"),
        rgb_tiff(deep(2)).written(),
        directory_first(rgb_tiff(deep(2)).written()),
        tiff_with_packet(),
        deep_heic(),
        dng(3),
    ],
    ids=[
        *("pages", "lzw", "jpeg", "big", "cmyk", "fax", "deep"),
        *("directory-first", "packet", "deep-heic", "dng"),
    ],
)
def test_nothing_else_that_belongs_to_a_file_may_be_missing(whole: bytes, cut: str) -> None:
    inspect(whole)

    with pytest.raises(TruncatedPictureError):
        inspect(cut_off(whole, cut))


def test_raw_pixels_that_reach_behind_the_end_are_refused() -> None:
    """The library takes no notice of a few missing bytes."""
    data = bytearray(directory_first(dng(3)))
    count = data.index(struct.pack("<HHI", 0x0117, LONG, 1)) + 8
    data[count : count + 4] = struct.pack("<I", len(data))

    with pytest.raises(TruncatedPictureError):
        inspect(bytes(data))


def test_a_canon_raw_file_whose_last_box_is_cut_off_is_refused() -> None:
    data = b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + struct.pack(">I4s", 40, b"mdat") + bytes(31)

    assert not read_raw_file(data, FileType.CR3).complete
    assert read_raw_file(data + b"\0", FileType.CR3).complete


def test_directories_in_a_loop_are_no_missing_ones() -> None:
    whole = bytearray(rgb_tiff(quarters()).written())
    first = int.from_bytes(whole[4:8], "little")
    following = first + 2 + 12 * int.from_bytes(whole[first : first + 2], "little")
    whole[following : following + 4] = first.to_bytes(4, "little")

    assert inspect(bytes(whole)).width_px == 64


@pytest.mark.parametrize("link", [0x014A, 0x8769, 0x8825])
def test_directories_below_the_first_may_not_be_missing(link: int) -> None:
    writer = rgb_tiff(quarters())
    writer.tags = {**writer.tags, link: (LONG, [10_000_000])}

    with pytest.raises(TruncatedPictureError):
        inspect(writer.written())


@pytest.mark.parametrize("compression", [34712, 34887, 34933, 50001, 50002])
def test_compressions_that_cannot_be_read_are_named_and_not_called_damage(compression) -> None:
    writer = rgb_tiff(quarters())
    writer.tags = {**writer.tags, 0x0103: (SHORT, [compression])}

    with pytest.raises(UnsupportedPictureError):
        inspect(writer.written())


def test_samples_that_cannot_be_read_are_named_and_not_called_damage() -> None:
    writer = rgb_tiff(quarters())
    writer.tags = {**writer.tags, 0x0102: (SHORT, [64] * 3), 0x0153: (SHORT, [3] * 3)}

    with pytest.raises(UnsupportedPictureError):
        inspect(writer.written())


def test_a_tiff_of_sixteen_bits_and_four_inks_is_read() -> None:
    pixels = deep(4)
    height, width, _ = pixels.shape
    tags = {
        **rgb_tiff(pixels).tags,
        0x0106: (SHORT, [5]),
        0x0115: (SHORT, [4]),
        0x0102: (SHORT, [16] * 4),
    }

    inspection = inspect(TiffWriter(tags, pixels=bytes(height * width * 8)).written())

    assert set(inspection.warnings) == {Oddity.REDUCED_DEPTH, Oddity.CONVERTED_COLOUR}


@pytest.mark.parametrize("name", [b"IHDR", b"PLTE", b"IDAT", b"IEND"])
def test_a_png_whose_bytes_do_not_fit_their_checksum_is_refused(name: bytes) -> None:
    whole = bytearray(encoded(Image.fromarray(skin(5)).quantize(64), "PNG"))
    at = whole.index(name)
    size = int.from_bytes(whole[at - 4 : at], "big")
    whole[at + 4 + size] ^= 1

    with pytest.raises(TruncatedPictureError):
        inspect(bytes(whole))


def test_a_note_of_the_maker_behind_a_heic_is_told_and_no_damage() -> None:
    inspection = inspect(heic() + b"SEFHe\0\0\0\1\0\0\0SEFT")

    assert inspection.warnings == (Oddity.TRAILING_DATA,)
    assert MetadataKind.TRAILING_DATA in {finding.kind for finding in inspection.findings}


def test_a_film_inside_a_heic_is_told() -> None:
    film = struct.pack(">I4s", 8 + 100, b"mpvd") + bytes(100)

    inspection = inspect(heic() + film)

    assert ("HEIF film", "100 bytes") in {
        (finding.label, finding.value) for finding in inspection.findings
    }
    with pytest.raises(TruncatedPictureError):
        inspect(heic() + film[:-1])


def test_the_last_box_may_reach_to_the_end_and_a_box_may_have_a_long_size() -> None:
    data = struct.pack(">I4sQ", 1, b"free", 20) + b"abcd" + struct.pack(">I4s", 0, b"mdat") + b"xyz"

    found = list(boxes(data, 0, len(data)))

    assert [(box.name, data[box.start : box.end]) for box in found] == [
        (b"free", b"abcd"),
        (b"mdat", b"xyz"),
    ]
    assert not points_past_end(data)


@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_box_of_an_impossible_size_ends_the_walk(size: int) -> None:
    data = struct.pack(">I4s", size, b"mdat") + bytes(4)

    assert list(boxes(data, 0, len(data))) == []
