"""Read captions and names that press photographers' programs write.

Source: IPTC-NAA Information Interchange Model 4.2, chapter 6; Adobe Photoshop file formats,
"Image Resource Blocks".
"""

from __future__ import annotations

from typing import Final

from app.domain.picture import MetadataKind
from app.imaging.facts import Facts

BLOCK_SIGNATURE: Final = b"8BIM"
IPTC_BLOCK = 0x0404
THUMBNAIL_BLOCKS = (0x0409, 0x040C)
HEADER_BYTES = 5
LONG_FORM = 0x8000
RECORDS: Final = {
    5: (MetadataKind.COMMENT, "IPTC ObjectName"),
    25: (MetadataKind.COMMENT, "IPTC Keywords"),
    80: (MetadataKind.OWNER, "IPTC By-line"),
    90: (MetadataKind.POSITION, "IPTC City"),
    92: (MetadataKind.POSITION, "IPTC Sublocation"),
    110: (MetadataKind.OWNER, "IPTC Credit"),
    116: (MetadataKind.OWNER, "IPTC CopyrightNotice"),
    120: (MetadataKind.COMMENT, "IPTC Caption"),
    122: (MetadataKind.OWNER, "IPTC Writer"),
}


def read_photoshop(blocks: bytes, facts: Facts) -> None:
    """Add what image resource blocks say."""
    position = 0
    while blocks[position : position + 4] == BLOCK_SIGNATURE:
        number = int.from_bytes(blocks[position + 4 : position + 6], "big")
        name = blocks[position + 6 : position + 7]
        start = position + 6 + (1 + (name[0] if name else 0) + 1) // 2 * 2  # padded to even
        size = int.from_bytes(blocks[start : start + 4], "big")
        body = blocks[start + 4 : start + 4 + size]
        if number == IPTC_BLOCK:
            read_iptc(body, facts)
        elif number in THUMBNAIL_BLOCKS:
            facts.find(MetadataKind.EMBEDDED_PREVIEW, "Photoshop thumbnail", f"{size} bytes")
        position = start + 4 + (size + 1) // 2 * 2


def read_iptc(records: bytes, facts: Facts) -> None:
    """Add what IPTC records say."""
    position = 0
    while records[position : position + 1] == b"\x1c" and position + HEADER_BYTES <= len(records):
        record, number = records[position + 1], records[position + 2]
        size = int.from_bytes(records[position + 3 : position + 5], "big")
        if size & LONG_FORM:  # longer than any text that is shown
            return
        start = position + HEADER_BYTES
        if record == 2 and number in RECORDS:  # noqa: PLR2004 - the application record
            kind, label = RECORDS[number]
            facts.find(kind, label, records[start : start + size].decode("utf-8", "replace"))
        position = start + size
