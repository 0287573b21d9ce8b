"""Walk through the chunks of a PNG file.

Source: W3C, Portable Network Graphics (Third Edition), sections 5 and 11.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from app.domain.picture import MetadataKind, Oddity
from app.imaging.envelope import Envelope, read_trailing
from app.imaging.exif import read_exif
from app.imaging.facts import Facts
from app.imaging.xmp import MAX_PACKET_BYTES, read_xmp

SIGNATURE_BYTES = 8
CHUNK_OVERHEAD = 12  # length, name, checksum
CHECKSUM_BYTES = 4
DEEP = 16  # bits
METADATA_CHUNKS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
XMP_KEYWORD: Final = "XML:com.adobe.xmp"
OWNER_KEYWORDS: Final = frozenset({"Author", "Copyright", "Artist"})


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Name, content and end of every chunk that is there as a whole."""
    position = SIGNATURE_BYTES
    while position + CHUNK_OVERHEAD <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        end = position + CHUNK_OVERHEAD + size
        if end > len(data):
            return
        yield data[position + 4 : position + 8], data[position + 8 : position + 8 + size], end
        position = end


def read_png_file(data: bytes) -> Envelope:
    """What a PNG file holds beside its pixels; it is incomplete when its pixels were changed."""
    envelope = Envelope(complete=False)
    for name, content, end in chunks(data):
        if name[:1].isupper() and not _sound(name, content, data[end - CHECKSUM_BYTES : end]):
            break
        if name in METADATA_CHUNKS:
            envelope.facts.metadata_bytes += len(content)
        if name == b"IHDR" and content[8:9] == bytes([DEEP]):
            envelope.oddities.add(Oddity.REDUCED_DEPTH)
        elif name == b"eXIf":
            read_exif(content, envelope.facts)
        elif name in {b"tEXt", b"zTXt", b"iTXt"}:
            _read_text(name, content, envelope.facts)
        elif name == b"IEND":
            envelope.complete = True
            read_trailing(data[end:], envelope)
            break
    return envelope


def _sound(name: bytes, content: bytes, checksum: bytes) -> bool:
    """Whether a chunk is what was written; the library does not look at those of pixels."""
    return zlib.crc32(content, zlib.crc32(name)) == int.from_bytes(checksum, "big")


def _read_text(name: bytes, content: bytes, facts: Facts) -> None:
    keyword_bytes, _, rest = content.partition(b"\0")
    keyword = keyword_bytes.decode("latin-1")
    compressed = name == b"zTXt"
    if compressed:
        rest = rest[1:]  # the method; there is one
    elif name == b"iTXt":
        compressed = rest[:1] == b"\1"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]  # language, translated keyword
    if compressed:
        try:
            rest = zlib.decompressobj().decompress(rest, MAX_PACKET_BYTES)
        except zlib.error:
            facts.broken = True
            return
    if keyword == XMP_KEYWORD:
        read_xmp(rest, facts)
        return
    kind = MetadataKind.OWNER if keyword in OWNER_KEYWORDS else MetadataKind.COMMENT
    facts.find(
        kind,
        f"PNG {keyword[:79]}",
        rest.decode("utf-8" if name == b"iTXt" else "latin-1", "replace"),
    )
