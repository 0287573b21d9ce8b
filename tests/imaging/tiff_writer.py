"""A small writer of TIFF files, for what Pillow cannot write: raw data, odd and broken tags."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SIGNED_RATIONAL = 1, 2, 3, 4, 5, 7, 10
FORMATS = {BYTE: "B", SHORT: "H", LONG: "I"}
EXIF_DIRECTORY, GPS_DIRECTORY = 0x8769, 0x8825
STRIP_OFFSETS, STRIP_BYTE_COUNTS = 0x0111, 0x0117


@dataclass
class TiffWriter:
    """Tags as {number: (type, values)}; texts and bytes as they are, rationals as pairs."""

    tags: Mapping[int, tuple[int, object]]
    exif: Mapping[int, tuple[int, object]] = field(default_factory=dict)
    gps: Mapping[int, tuple[int, object]] = field(default_factory=dict)
    thumbnail: bytes = b""
    pixels: bytes = b""
    order: str = "<"

    def written(self) -> bytes:
        mark = b"II*\0" if self.order == "<" else b"MM\0*"
        data = bytearray(mark + bytes(4))
        tags: dict[int, tuple[int, object]] = dict(self.tags)
        if self.exif:
            tags[EXIF_DIRECTORY] = (LONG, [self._directory(data, self.exif)])
        if self.gps:
            tags[GPS_DIRECTORY] = (LONG, [self._directory(data, self.gps)])
        if self.pixels:
            tags[STRIP_OFFSETS] = (LONG, [self._placed(data, self.pixels)])
            tags[STRIP_BYTE_COUNTS] = (LONG, [len(self.pixels)])
        following = 0
        if self.thumbnail:
            place = self._placed(data, self.thumbnail)
            second = {0x0201: (LONG, [place]), 0x0202: (LONG, [len(self.thumbnail)])}
            following = self._directory(data, second)
        first = self._directory(data, tags, following)
        struct.pack_into(f"{self.order}I", data, 4, first)
        return bytes(data)

    def _directory(self, data: bytearray, tags, following: int = 0) -> int:
        entries = bytearray()
        for tag, (type_, values) in sorted(tags.items()):
            raw, count = self._value(type_, values)
            inline = raw.ljust(4, b"\0")
            if len(raw) > 4:
                inline = struct.pack(f"{self.order}I", self._placed(data, raw))
            entries += struct.pack(f"{self.order}HHI", tag, type_, count) + inline
        head = struct.pack(f"{self.order}H", len(tags))
        return self._placed(data, head + entries + struct.pack(f"{self.order}I", following))

    def _placed(self, data: bytearray, raw: bytes) -> int:
        if len(data) % 2:
            data += b"\0"
        place = len(data)
        data += raw
        return place

    def _value(self, type_: int, values) -> tuple[bytes, int]:
        if isinstance(values, str):
            raw = values.encode() + b"\0"
            return raw, len(raw)
        if isinstance(values, bytes):
            return values, len(values)
        if type_ in {RATIONAL, SIGNED_RATIONAL}:
            numbers = [number for pair in values for number in pair]
            letter = "I" if type_ == RATIONAL else "i"
            return struct.pack(f"{self.order}{len(numbers)}{letter}", *numbers), len(values)
        return struct.pack(f"{self.order}{len(values)}{FORMATS[type_]}", *values), len(values)
