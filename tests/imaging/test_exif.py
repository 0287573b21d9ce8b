from __future__ import annotations

from datetime import datetime

import pytest

from app.domain.picture import MetadataFinding, MetadataKind
from app.imaging.directories import Directory, DirectoryError, read_tiff
from app.imaging.exif import read_exif, read_position
from app.imaging.facts import Facts
from tests.imaging.tiff_writer import ASCII, LONG, RATIONAL, SHORT, UNDEFINED, TiffWriter


def facts_of(block: bytes) -> Facts:
    facts = Facts()
    read_exif(block, facts)
    return facts


def first_directory(block: bytes) -> Directory:
    tiff = read_tiff(block)
    return tiff.directory(tiff.first_offset)


def exif_of(tag: int, type_: int, value) -> Facts:
    return facts_of(TiffWriter({}, exif={tag: (type_, value)}).written())


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders_are_read(order: str) -> None:
    writer = TiffWriter(
        {0x010F: (ASCII, "Maker"), 0x0110: (ASCII, "Maker X1"), 0x0112: (SHORT, [6])},
        exif={0x9003: (ASCII, "2026:03:09 14:05:59"), 0x9011: (ASCII, "+05:45")},
        gps={
            1: (ASCII, "S"),
            2: (RATIONAL, [(33, 1), (51, 1), (24, 1)]),
            3: (ASCII, "E"),
            4: (RATIONAL, [(151, 1), (12, 1), (55, 1)]),
        },
        thumbnail=b"\xff\xd8\xff\xd9",
        order=order,
    )

    facts = facts_of(writer.written())

    assert facts.camera_time == datetime(2026, 3, 9, 14, 5, 59)  # noqa: DTZ001
    assert (facts.camera_offset_min, facts.orientation) == (345, 6)
    assert facts.camera_model == "Maker X1"
    assert facts.findings == [
        MetadataFinding(MetadataKind.POSITION, "GPSInfo", "-33.85667, 151.21528"),
        MetadataFinding(MetadataKind.EMBEDDED_PREVIEW, "Exif thumbnail", "4 bytes"),
    ]
    assert not facts.broken


@pytest.mark.parametrize(
    ("tag", "type_", "value", "kind", "shown"),
    [
        (0x9286, UNDEFINED, b"ASCII\0\0\0left arm", MetadataKind.COMMENT, "left arm"),
        (0x9286, UNDEFINED, b"UNICODE\0" + "çok".encode("utf-16-le"), MetadataKind.COMMENT, "çok"),
        (0x9286, UNDEFINED, bytes(8) + b"plain\0\0", MetadataKind.COMMENT, "plain"),
        (0x9286, UNDEFINED, b"JIS\0\0\0\0\0ab", MetadataKind.COMMENT, "ab"),
        (0x9C9D, 1, "Zoë".encode("utf-16-le") + b"\0\0", MetadataKind.OWNER, "Zoë"),
        (0x9C9C, 1, "a note".encode("utf-16-le"), MetadataKind.COMMENT, "a note"),
        (0x8298, ASCII, b"\xa9 Sam\0", MetadataKind.OWNER, "© Sam"),
        (0x013C, ASCII, "Sam's computer", MetadataKind.OWNER, "Sam's computer"),
        (0x010E, ASCII, "two\nlines\x1b[31m", MetadataKind.COMMENT, "two lines [31m"),
        (0xC62F, ASCII, "77", MetadataKind.SERIAL_NUMBER, "77"),
        (0x927C, UNDEFINED, b"Maker" * 9, MetadataKind.SERIAL_NUMBER, "45 bytes"),
        (0xA436, ASCII, "t" * 500, MetadataKind.COMMENT, "t" * 200),
    ],
)
def test_texts_of_all_kinds_are_told(tag, type_, value, kind, shown) -> None:
    facts = exif_of(tag, type_, value)

    assert [(finding.kind, finding.value) for finding in facts.findings] == [(kind, shown)]


@pytest.mark.parametrize("text", ["    :  :     :  :  ", "0000:00:00 00:00:00", ""])
def test_a_clock_that_was_never_set_is_no_time(text: str) -> None:
    facts = exif_of(0x9003, ASCII, text)

    assert facts.camera_time is None
    assert not facts.broken


@pytest.mark.parametrize("text", ["2026:13:40 10:00:00", "yesterday"])
def test_an_impossible_time_is_broken_metadata(text: str) -> None:
    facts = exif_of(0x9003, ASCII, text)

    assert facts.camera_time is None
    assert facts.broken


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("-03:30", -210), ("+0100", 60), ("Z", 0), ("local", None), ("   :  ", None)],
)
def test_offsets_are_minutes_east(text: str, minutes: int | None) -> None:
    exif = {0x9003: (ASCII, "2026:03:09 14:05:59"), 0x9010: (ASCII, text)}

    facts = facts_of(TiffWriter({}, exif=exif).written())

    assert facts.camera_offset_min == minutes


def test_the_time_of_digitising_stands_in() -> None:
    facts = exif_of(0x9004, ASCII, "2026:03:09 14:05:60")

    assert facts.camera_time == datetime(2026, 3, 9, 14, 5, 59)  # noqa: DTZ001


@pytest.mark.parametrize("value", [0, 9, 65_535])
def test_an_impossible_orientation_is_broken_metadata(value: int) -> None:
    facts = facts_of(TiffWriter({0x0112: (SHORT, [value])}).written())

    assert (facts.orientation, facts.broken) == (1, True)


def test_position_data_without_coordinates_is_told() -> None:
    facts = facts_of(TiffWriter({}, gps={29: (ASCII, "2026:03:09")}).written())

    assert facts.findings[0].value == "position data without coordinates"


def test_the_version_of_position_data_says_nothing() -> None:
    facts = facts_of(TiffWriter({}, gps={0: (1, b"\2\3\0\0")}).written())

    assert facts.findings == []


def test_a_block_may_begin_with_the_position() -> None:
    facts = Facts()

    read_position(TiffWriter({1: (ASCII, "N"), 2: (RATIONAL, [(9, 1)])}).written(), facts)

    assert facts.findings[0].kind is MetadataKind.POSITION


@pytest.mark.parametrize(
    "tags",
    [
        {0x8769: (LONG, [1 << 30])},
        {0x8825: (LONG, [1 << 30])},
        {0x0110: (99, b"abcd")},
    ],
    ids=["inner directory", "position", "unknown type"],
)
def test_what_points_outside_is_broken_metadata(tags) -> None:
    assert facts_of(TiffWriter(tags).written()).broken


def test_a_thumbnail_directory_outside_is_broken_metadata() -> None:
    block = bytearray(TiffWriter({0x0112: (SHORT, [1])}).written())
    block[-4:] = b"\xff\xff\xff\x7f"

    assert facts_of(bytes(block)).broken


def test_findings_are_told_once_and_end_somewhere() -> None:
    facts = Facts()

    for number in range(300):
        facts.find(MetadataKind.COMMENT, "Comment", str(number // 2))

    assert len(facts.findings) == 100
    assert len(set(facts.findings)) == 100


def test_big_tiff_is_read_too() -> None:
    block = b"II+\0\x08\0\0\0" + (16).to_bytes(8, "little")
    block += (1).to_bytes(8, "little")
    block += b"\x12\x01\x03\0" + (1).to_bytes(8, "little") + (6).to_bytes(8, "little")

    assert facts_of(block + bytes(8)).orientation == 6


def test_directories_in_a_ring_end() -> None:
    block = bytearray(TiffWriter({0x0112: (SHORT, [1])}).written())
    block[-4:] = block[4:8]

    assert len(read_tiff(bytes(block)).chain()) == 1


@pytest.mark.parametrize("block", [b"", b"II*\0", b"XX*\0" + bytes(20), b"II*\0" + b"\xff" * 20])
def test_bytes_that_are_no_directory_are_told(block: bytes) -> None:
    with pytest.raises(DirectoryError):
        first_directory(block)


def test_values_of_another_type_are_no_numbers() -> None:
    entry = first_directory(TiffWriter({0x010F: (ASCII, "text")}).written()).entries[0x010F]

    assert (entry.integer(), entry.ratios()) == (None, ())


@pytest.mark.parametrize("offset", [2**63, 2**64 - 1, 1 << 40])
def test_a_directory_beyond_what_can_be_addressed_is_none(offset: int) -> None:
    block = b"II+\0\x08\0\0\0" + offset.to_bytes(8, "little") + bytes(40)

    with pytest.raises(DirectoryError):
        first_directory(block)

    facts_of(block)
