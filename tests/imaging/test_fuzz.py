"""Three hundred damaged files: each gives a result or an error that is known."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.imaging.decoder import ChildDecoder
from app.imaging.exif import read_exif, read_position
from app.imaging.facts import Facts
from app.imaging.inspection import inspect
from app.imaging.iptc import read_iptc, read_photoshop
from app.imaging.xmp import read_xmp
from tests.imaging.builders import jpeg_with_exif, xmp_packet
from tests.imaging.forty_files import forty_files
from tests.imaging.tiff_writer import ASCII, SHORT, UNDEFINED, TiffWriter

MUTATIONS = 300
SMALL_BYTES = 100_000
SOUND_EXIF = TiffWriter(
    {0x010F: (ASCII, "Clinigraph"), 0x0112: (SHORT, [6])},
    exif={0x9003: (ASCII, "2026:03:09 14:05:59"), 0x9286: (UNDEFINED, b"ASCII\0\0\0note")},
    gps={1: (ASCII, "N"), 2: (5, [(51, 1), (30, 1), (0, 1)]), 4: (5, [(0, 1), (7, 1), (0, 0)])},
    thumbnail=b"\xff\xd8\xff\xd9",
).written()


def damaged(data: bytes, chance: np.random.Generator) -> bytes:
    """The data with some bytes changed, cut out, repeated or put in."""
    changed = bytearray(data)
    for _ in range(int(chance.integers(1, 9))):
        at = int(chance.integers(0, len(changed)))
        size = int(chance.integers(1, 65))
        match int(chance.integers(0, 5)):
            case 0:
                changed[at] = int(chance.integers(0, 256))
            case 1:
                changed[at] ^= 1 << int(chance.integers(0, 8))
            case 2 if len(changed) > 2 * size:
                del changed[at : at + size]
            case 3:
                changed[at:at] = changed[at : at + size]
            case _:
                changed[at : at + size] = chance.bytes(size)
    return bytes(changed)


def test_damaged_files_never_end_the_program(decoder: ChildDecoder) -> None:
    chance = np.random.default_rng(7)
    whole = [file.data for file in forty_files() if 0 < len(file.data) < SMALL_BYTES]
    outcomes: dict[str, int] = {}

    for number in range(MUTATIONS):
        try:
            outcome = decoder.inspect(damaged(whole[number % len(whole)], chance)).media_type
        except KnownError as error:
            outcome = error.code
        outcomes[outcome] = outcomes.get(outcome, 0) + 1

    assert sum(outcomes.values()) == MUTATIONS
    assert outcomes["image/jpeg"] > 20
    assert outcomes["IMAGE-003"] > 20
    assert outcomes.get("IMAGE-006", 0) < MUTATIONS // 20


@given(st.binary(max_size=200), st.integers(0, len(SOUND_EXIF)), st.integers(0, 30))
def test_broken_exif_never_refuses_a_picture(garbage: bytes, at: int, removed: int) -> None:
    block = SOUND_EXIF[:at] + garbage + SOUND_EXIF[at + removed :]

    inspection = inspect(jpeg_with_exif(block))

    assert {inspection.width_px, inspection.height_px} == {320, 240}


@given(st.binary(max_size=300))
def test_no_metadata_reader_raises(garbage: bytes) -> None:
    for read in (read_exif, read_position, read_xmp, read_iptc, read_photoshop):
        read(garbage, Facts())
        read(b"II*\0\x08\0\0\0" + garbage, Facts())
        read(b"8BIM\x04\x04\0\0" + garbage, Facts())
        read(b"\x1c\x02" + garbage, Facts())


@given(st.text(max_size=100))
def test_no_xmp_packet_raises(inside: str) -> None:
    read_xmp(xmp_packet(inside), Facts())
