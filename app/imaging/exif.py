"""Read what Exif says about the camera, the place and the people.

Source: CIPA DC-008-2023 (Exif 3.0), section 4.6; tags XP…: Microsoft, "Photo metadata policies".
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from app.domain.picture import MetadataKind
from app.imaging.directories import Directory, DirectoryError, Entry, TiffBytes, read_tiff
from app.imaging.facts import Facts

MAKE, MODEL, ORIENTATION = 0x010F, 0x0110, 0x0112
EXIF_DIRECTORY, GPS_DIRECTORY = 0x8769, 0x8825
DATE_TIME_ORIGINAL, DATE_TIME_DIGITIZED = 0x9003, 0x9004
OFFSET_TIME_ORIGINAL, OFFSET_TIME_DIGITIZED, OFFSET_TIME = 0x9011, 0x9012, 0x9010
MAKER_NOTE, USER_COMMENT = 0x927C, 0x9286
THUMBNAIL_OFFSET, THUMBNAIL_LENGTH = 0x0201, 0x0202
GPS_LATITUDE_REF, GPS_LATITUDE, GPS_LONGITUDE_REF, GPS_LONGITUDE = 1, 2, 3, 4
LAST_ORIENTATION: Final = 8

TELLING_TAGS: Final = {
    0x010D: (MetadataKind.COMMENT, "DocumentName"),
    0x010E: (MetadataKind.COMMENT, "ImageDescription"),
    0x013B: (MetadataKind.OWNER, "Artist"),
    0x013C: (MetadataKind.OWNER, "HostComputer"),
    0x8298: (MetadataKind.OWNER, "Copyright"),
    0x9C9B: (MetadataKind.COMMENT, "XPTitle"),
    0x9C9C: (MetadataKind.COMMENT, "XPComment"),
    0x9C9D: (MetadataKind.OWNER, "XPAuthor"),
    0x9C9E: (MetadataKind.COMMENT, "XPKeywords"),
    0x9C9F: (MetadataKind.COMMENT, "XPSubject"),
    0xA420: (MetadataKind.SERIAL_NUMBER, "ImageUniqueID"),
    0xA430: (MetadataKind.OWNER, "CameraOwnerName"),
    0xA431: (MetadataKind.SERIAL_NUMBER, "BodySerialNumber"),
    0xA435: (MetadataKind.SERIAL_NUMBER, "LensSerialNumber"),
    0xA436: (MetadataKind.COMMENT, "ImageTitle"),
    0xA437: (MetadataKind.OWNER, "Photographer"),
    0xA438: (MetadataKind.OWNER, "ImageEditor"),
    0xC62F: (MetadataKind.SERIAL_NUMBER, "CameraSerialNumber"),
    USER_COMMENT: (MetadataKind.COMMENT, "UserComment"),
}
WIDE_TEXT_TAGS: Final = range(0x9C9B, 0x9CA0)
COMMENT_CODES: Final = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"\0" * 8: "utf-8"}


def read_exif(block: bytes, facts: Facts, *, previews: bool = True) -> None:
    """Add what an Exif block says; what cannot be read marks the facts as broken.

    Args:
        block: From the byte-order mark on; a whole TIFF file is such a block too.
        facts: Where it is written to.
        previews: Whether the second directory describes a thumbnail, as in Exif, and not a page.
    """
    try:
        tiff = read_tiff(block)
        first = tiff.directory(tiff.first_offset)
    except DirectoryError:
        facts.broken = True
        return
    inner = _linked(tiff, first, EXIF_DIRECTORY, facts)
    entries = {**first.entries, **inner.entries}
    facts.broken |= first.broken or inner.broken
    _read_camera(entries, facts)
    _read_telling(entries, facts)
    _read_position(_linked(tiff, first, GPS_DIRECTORY, facts), facts)
    if previews:
        _read_thumbnail(tiff, first, facts)


def read_position(block: bytes, facts: Facts) -> None:
    """Add where the picture was taken, from a block whose first directory is the GPS directory."""
    try:
        tiff = read_tiff(block)
        _read_position(tiff.directory(tiff.first_offset), facts)
    except DirectoryError:
        facts.broken = True


def _linked(tiff: TiffBytes, first: Directory, tag: int, facts: Facts) -> Directory:
    entry = first.entries.get(tag)
    offset = entry.integer() if entry else None
    if offset is None:
        return Directory({})
    try:
        return tiff.directory(offset)
    except DirectoryError:
        facts.broken = True
        return Directory({})


def _read_camera(entries: dict[int, Entry], facts: Facts) -> None:
    if ORIENTATION in entries:
        value = entries[ORIENTATION].integer()
        if value is not None and 1 <= value <= LAST_ORIENTATION:
            facts.orientation = value
        else:
            facts.broken = True
    make = _text(entries, MAKE)
    model = _text(entries, MODEL)
    known = model.lower().startswith(make.lower())
    facts.camera_model = (model if known else f"{make} {model}").strip()[:100] or facts.camera_model
    for when, offset in (
        (DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL),
        (DATE_TIME_DIGITIZED, OFFSET_TIME_DIGITIZED),
    ):
        if facts.camera_time is None and when in entries:
            facts.camera_time = _time(_text(entries, when), facts)
            stated = _text(entries, offset) or _text(entries, OFFSET_TIME)
            facts.camera_offset_min = _offset_min(stated) if facts.camera_time else None


def _text(entries: dict[int, Entry], tag: int) -> str:
    return entries[tag].text() if tag in entries else ""


def _time(text: str, facts: Facts) -> datetime | None:
    """The time of "2026:03:09 14:05:59"; blanks or zeros mean that the clock was never set."""
    numbers = re.fullmatch(r"(\d{4})\D(\d\d)\D(\d\d)\D(\d\d)\D(\d\d)\D(\d\d).*", text)
    if numbers is None:
        facts.broken |= bool(text.strip(" :"))
        return None
    year, month, day, hour, minute, second = (int(number) for number in numbers.groups())
    if not year:
        return None
    try:
        return datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - zone unknown
    except ValueError:
        facts.broken = True
        return None


def _offset_min(text: str) -> int | None:
    """Minutes of "+02:00"."""
    parts = re.fullmatch(r"([+-])(\d\d):?([0-5]\d)", text)
    if parts is None:
        return 0 if text == "Z" else None
    minutes = int(parts[2]) * 60 + int(parts[3])
    return -minutes if parts[1] == "-" else minutes


def _read_telling(entries: dict[int, Entry], facts: Facts) -> None:
    for tag, (kind, label) in TELLING_TAGS.items():
        if tag in entries:
            facts.find(kind, label, _value(tag, entries[tag]))
    if MAKER_NOTE in entries:  # makers keep serial numbers there, each in a form of its own
        size = len(entries[MAKER_NOTE].raw)
        facts.find(MetadataKind.SERIAL_NUMBER, "MakerNote", f"{size} bytes")


def _value(tag: int, entry: Entry) -> str:
    if tag in WIDE_TEXT_TAGS:
        return entry.raw.decode("utf-16-le", "replace").split("\0", 1)[0]
    if tag == USER_COMMENT:
        code = COMMENT_CODES.get(entry.raw[:8])
        wide = "utf-16-le" if entry.order == "<" else "utf-16-be"
        encoding = wide if code == "utf-16" else code or "latin-1"
        return entry.raw[8:].decode(encoding, "replace").strip("\0 ")
    return entry.text()


def _read_position(gps: Directory, facts: Facts) -> None:
    if not set(gps.entries) - {0}:  # the version alone says nothing
        return
    latitude = _degrees(gps, GPS_LATITUDE, GPS_LATITUDE_REF, "S")
    longitude = _degrees(gps, GPS_LONGITUDE, GPS_LONGITUDE_REF, "W")
    known = latitude is not None and longitude is not None
    value = f"{latitude:.5f}, {longitude:.5f}" if known else "position data without coordinates"
    facts.find(MetadataKind.POSITION, "GPSInfo", value)


def _degrees(gps: Directory, tag: int, reference: int, negative: str) -> float | None:
    ratios = gps.entries[tag].ratios() if tag in gps.entries else ()
    if not ratios:
        return None
    degrees = float(sum(part / (1, 60, 3600)[place] for place, part in enumerate(ratios[:3])))
    return -degrees if _text(gps.entries, reference).upper() == negative else degrees


def _read_thumbnail(tiff: TiffBytes, first: Directory, facts: Facts) -> None:
    if not first.next_offset:
        return
    try:
        second = tiff.directory(first.next_offset)
    except DirectoryError:
        facts.broken = True
        return
    length = second.entries.get(THUMBNAIL_LENGTH)
    if THUMBNAIL_OFFSET in second.entries and length:
        facts.find(MetadataKind.EMBEDDED_PREVIEW, "Exif thumbnail", f"{length.integer()} bytes")
