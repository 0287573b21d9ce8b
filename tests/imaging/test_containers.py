from __future__ import annotations

import struct
import zlib

import pytest

from app.domain.picture import MetadataFinding, MetadataKind, Oddity
from app.imaging.errors import TruncatedPictureError, UnsupportedPictureError
from app.imaging.facts import Facts
from app.imaging.file_types import FileType, recognise
from app.imaging.inspection import inspect
from app.imaging.iptc import read_photoshop
from app.imaging.jpeg_file import read_jpeg_file
from app.imaging.raw_file import read_raw_file
from app.imaging.tiff_file import read_tiff_file
from app.imaging.webp_file import read_webp_file
from app.imaging.xmp import read_xmp
from tests.imaging.builders import (
    camera_jpeg,
    encoded,
    iptc_block,
    png_chunk,
    quarters,
    rgb_tiff,
    skin,
    with_chunks,
    with_segments,
    xmp_packet,
)
from tests.imaging.tiff_writer import ASCII, LONG, SHORT, UNDEFINED, TiffWriter

PNG = encoded(quarters(), "PNG")
JPEG = encoded(quarters(), "JPEG")
EXIF = TiffWriter({0x0110: (ASCII, "X1")}, exif={0xA431: (ASCII, "S-1")}).written()
SERIAL = MetadataFinding(MetadataKind.SERIAL_NUMBER, "BodySerialNumber", "S-1")
CREATOR = xmp_packet(
    "><dc:creator><rdf:Seq><rdf:li>Sam</rdf:li><rdf:li>Kim</rdf:li></rdf:Seq></dc:creator>"
)
CREATORS = MetadataFinding(MetadataKind.OWNER, "XMP creator", "Sam, Kim")


def told(findings) -> set[tuple[str, str, str]]:
    return {(finding.kind.value, finding.label, finding.value) for finding in findings}


@pytest.mark.parametrize(
    ("chunk", "expected"),
    [
        (png_chunk(b"tEXt", b"Author\0Sam"), ("owner", "PNG Author", "Sam")),
        (png_chunk(b"tEXt", b"Comment\0caf\xe9"), ("comment", "PNG Comment", "café")),
        (
            png_chunk(b"zTXt", b"Copyright\0\0" + zlib.compress(b"Kim")),
            ("owner", "PNG Copyright", "Kim"),
        ),
        (
            png_chunk(b"iTXt", b"Title\0\0\0en\0Titel\0" + "Zoë".encode()),
            ("comment", "PNG Title", "Zoë"),
        ),
        (
            png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(CREATOR)),
            ("owner", "XMP creator", "Sam, Kim"),
        ),
        (png_chunk(b"eXIf", EXIF), ("serial-number", "BodySerialNumber", "S-1")),
    ],
)
def test_texts_in_png_are_told(chunk: bytes, expected: tuple[str, str, str]) -> None:
    inspection = inspect(with_chunks(PNG, chunk))

    assert told(inspection.findings) == {expected}


def test_text_in_png_that_cannot_be_unpacked_does_not_hide_the_picture() -> None:
    chunk = png_chunk(b"zTXt", b"Comment\0\0no deflate stream")

    assert Oddity.BROKEN_METADATA in inspect(with_chunks(PNG, chunk)).warnings


def test_data_after_the_end_of_a_png_are_told() -> None:
    inspection = inspect(PNG + JPEG)

    assert inspection.warnings == (Oddity.TRAILING_DATA,)
    assert {finding.kind for finding in inspection.findings} == {
        MetadataKind.TRAILING_DATA,
        MetadataKind.EMBEDDED_PREVIEW,
    }


def test_large_metadata_in_png_are_told() -> None:
    packet = xmp_packet(f"><dc:rights>{'r' * 1_500_000}</dc:rights>")
    chunk = png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet)

    assert Oddity.LARGE_METADATA in inspect(with_chunks(PNG, chunk)).warnings


def test_comments_captions_and_previews_in_jpeg_are_told() -> None:
    photoshop = b"Photoshop 3.0\0" + iptc_block(caption="naevus", byline="Sam", city="Ulm")
    photoshop += b"8BIM\x04\x0c\0\0" + struct.pack(">I", 3) + b"abc\0"
    jpeg = with_segments(JPEG, photoshop, marker=0xED)
    jpeg = with_segments(jpeg, b"left arm", marker=0xFE)

    assert told(inspect(jpeg).findings) == {
        ("comment", "Comment", "left arm"),
        ("comment", "IPTC Caption", "naevus"),
        ("owner", "IPTC By-line", "Sam"),
        ("position", "IPTC City", "Ulm"),
        ("embedded-preview", "Photoshop thumbnail", "3 bytes"),
    }


def test_iptc_records_that_are_too_long_end_the_reading() -> None:
    facts = Facts()
    records = b"\x1c\x02\x78\x80\x04" + bytes(20)

    read_photoshop(b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records, facts)

    assert facts.findings == []


def test_xmp_in_jpeg_is_told() -> None:
    packet = xmp_packet(' aux:SerialNumber="77" exif:GPSLatitude="51,30N">')

    inspection = inspect(with_segments(JPEG, b"http://ns.adobe.com/xap/1.0/\0" + packet))

    assert told(inspection.findings) == {
        ("serial-number", "XMP SerialNumber", "77"),
        ("position", "XMP GPSLatitude", "51,30N"),
    }


@pytest.mark.parametrize(
    "packet",
    [
        b"<x:xmpmeta>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        b"<?xml version='1.0' encoding='no-such'?><x/>",
    ],
)
def test_xmp_that_cannot_be_read_is_broken_metadata(packet: bytes) -> None:
    facts = Facts()

    read_xmp(packet, facts)

    assert facts.broken


def test_twelve_bit_jpegs_are_refused_by_name() -> None:
    frame = JPEG.index(b"\xff\xc0")
    deep = JPEG[: frame + 4] + b"\x0c" + JPEG[frame + 5 :]

    with pytest.raises(UnsupportedPictureError):
        inspect(deep)


def test_a_jpeg_without_end_is_incomplete() -> None:
    assert not read_jpeg_file(JPEG[:-2]).complete


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("extended", [True, False])
def test_the_size_of_webp_is_known_before_a_library_opens_it(lossless, extended) -> None:
    exif = {"exif": EXIF} if extended else {}

    envelope = read_webp_file(encoded(quarters(), "WEBP", lossless=lossless, **exif))

    assert envelope.size_px == (64, 48)
    assert envelope.complete


def test_metadata_in_webp_are_told() -> None:
    webp = encoded(quarters(), "WEBP", exif=b"Exif\0\0" + EXIF, xmp=CREATOR)

    inspection = inspect(webp + b"left over")

    assert {SERIAL, CREATORS} <= set(inspection.findings)
    assert inspection.warnings == (Oddity.TRAILING_DATA,)


def test_metadata_in_tiff_are_told() -> None:
    writer = rgb_tiff(quarters(), exif={0xA431: (ASCII, "S-1")})
    writer.tags = {
        **writer.tags,
        0x02BC: (1, CREATOR),
        0x83BB: (UNDEFINED, b"\x1c\x02\x50\0\x03Kim"),
        0x8649: (1, iptc_block(caption="naevus")),
    }

    inspection = inspect(writer.written())

    assert {SERIAL, CREATORS} <= set(inspection.findings)
    assert ("owner", "IPTC By-line", "Kim") in told(inspection.findings)
    assert ("comment", "IPTC Caption", "naevus") in told(inspection.findings)


def test_a_small_copy_in_tiff_is_a_preview_and_no_page() -> None:
    whole = bytearray(rgb_tiff(quarters()).written())
    second = len(whole) + len(whole) % 2
    whole += bytes(len(whole) % 2) + struct.pack("<HHHIII", 1, 0x00FE, LONG, 1, 1, 0)
    first = int.from_bytes(whole[4:8], "little")
    entries = int.from_bytes(whole[first : first + 2], "little")
    following = first + 2 + 12 * entries
    whole[following : following + 4] = second.to_bytes(4, "little")

    envelope = read_tiff_file(bytes(whole))

    assert [finding.kind for finding in envelope.facts.findings] == [MetadataKind.EMBEDDED_PREVIEW]
    assert envelope.oddities == set()


@pytest.mark.parametrize(
    "data", [b"II*\0", b"II*\0\xff\xff\xff\xff" + bytes(40), TiffWriter({}).written()]
)
def test_a_tiff_without_a_picture_is_refused(data: bytes) -> None:
    with pytest.raises(TruncatedPictureError):
        inspect(data)


MAKERS = {
    "NIKON CORPORATION": FileType.NEF,
    "SONY": FileType.ARW,
    "RICOH IMAGING COMPANY, LTD.  ": FileType.PEF,
    "SAMSUNG": FileType.SRW,
    "Hasselblad": FileType.OTHER_RAW,
}


@pytest.mark.parametrize("make", MAKERS)
def test_raw_files_are_told_by_maker_and_colour_filters(make: str) -> None:
    head = {0x010F: (ASCII, make), 0x0106: (SHORT, [32803])}

    assert recognise(TiffWriter(head).written()) is MAKERS[make]


def test_raw_data_in_a_sub_directory_count() -> None:
    inner = TiffWriter({0x0106: (SHORT, [32803])}).written()
    place = int.from_bytes(inner[4:8], "little")
    directory = struct.pack("<HHHIIHHII", 2, 0x010F, ASCII, 4, int.from_bytes(b"SONY", "little"),
                            0x014A, LONG, 2, len(inner) + 30)  # fmt: skip
    data = inner[:4] + struct.pack("<I", len(inner)) + inner[8:] + directory
    data = data.ljust(len(inner) + 30, b"\0") + struct.pack("<II", place, 1 << 30)

    assert recognise(data) is FileType.ARW


def test_a_tiff_that_a_camera_wrote_is_no_raw_file() -> None:
    head = {0x010F: (ASCII, "NIKON CORPORATION"), 0x0106: (SHORT, [2])}

    assert recognise(TiffWriter(head).written()) is FileType.TIFF


@pytest.mark.parametrize(
    ("start", "type_"),
    [
        (b"II*\0\x10\0\0\0CR\2\0", FileType.CR2),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", FileType.CR3),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", FileType.HEIC),
        (b"\0\0\0\x14ftypmif1\0\0\0\0mif1", FileType.HEIF),
        (b"FUJIFILMCCD-RAW 0201", FileType.RAF),
        (b"IIRO\x08\0\0\0", FileType.ORF),
        (b"IIU\0\x18\0\0\0", FileType.RW2),
    ],
)
def test_raw_and_heif_files_are_told_by_their_first_bytes(start: bytes, type_: FileType) -> None:
    assert recognise(start + bytes(16)) is type_


def test_fuji_keeps_its_metadata_in_the_jpeg_inside() -> None:
    jpeg = camera_jpeg(position=(1, 2))
    head = b"FUJIFILMCCD-RAW ".ljust(84, b"0") + struct.pack(">II", 92, len(jpeg))

    facts = read_raw_file(head + jpeg, FileType.RAF).facts

    assert facts.camera_model == "Clinigraph Sample 24"
    assert facts.camera_time is not None
    assert MetadataKind.POSITION in {finding.kind for finding in facts.findings}


@pytest.mark.parametrize("inside", [b"", b"no jpeg", b"\xff\xd8\xff\xc0\0\x05\x0c\0\0"])
def test_a_fuji_file_without_a_sound_jpeg_has_no_metadata(inside: bytes) -> None:
    head = b"FUJIFILMCCD-RAW ".ljust(84, b"0") + struct.pack(">II", 92, len(inside))

    facts = read_raw_file(head + inside, FileType.RAF).facts

    assert facts.camera_time is None
    assert read_raw_file(head[:50], FileType.RAF).facts.broken


def test_panasonic_keeps_its_metadata_in_the_jpeg_inside() -> None:
    block = TiffWriter({0x002E: (UNDEFINED, camera_jpeg())}).written()

    facts = read_raw_file(b"IIU\0" + block[4:], FileType.RW2).facts

    assert facts.camera_model == "Clinigraph Sample 24"


def test_canon_keeps_its_metadata_in_three_boxes() -> None:
    main = TiffWriter({0x010F: (ASCII, "Canon"), 0x0110: (ASCII, "Canon EOS X")}).written()
    inner = TiffWriter({0xA431: (ASCII, "S-1"), 0x9003: (ASCII, "2026:03:09 14:05:59")}).written()
    place = TiffWriter({1: (ASCII, "N"), 29: (ASCII, "2026:03:09")}).written()
    boxes = (b"CMT1", main), (b"CMT2", inner), (b"CMT4", place)
    data = b"\0\0\0\x18ftypcrx \0\0\0\1crx isom"
    data += b"".join(struct.pack(">I", len(body) + 8) + name + body for name, body in boxes)

    facts = read_raw_file(data, FileType.CR3).facts

    assert facts.camera_model == "Canon EOS X"
    assert facts.camera_time is not None
    assert SERIAL in facts.findings
    assert MetadataKind.POSITION in {finding.kind for finding in facts.findings}


@pytest.mark.parametrize(
    "start", [b"FUJIFILMCCD-RAW ", b"IIU\0\x18\0\0\0", b"\0\0\0\x18ftypcrx \0\0\0\1crx isom"]
)
def test_raw_files_that_are_not_whole_are_refused(start: bytes) -> None:
    with pytest.raises((TruncatedPictureError, UnsupportedPictureError)):
        inspect(start + skin().tobytes()[:5000])
