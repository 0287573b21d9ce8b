"""Read names, places and serial numbers from an XMP packet.

Source: ISO 16684-1 (XMP); the namespaces of Exif, Adobe's auxiliary schema and Photoshop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from app.domain.picture import MetadataKind
from app.imaging.facts import Facts

MAX_PACKET_BYTES: Final = 64 << 20
RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
TELLING_NAMES: Final = {
    "{http://purl.org/dc/elements/1.1/}creator": MetadataKind.OWNER,
    "{http://purl.org/dc/elements/1.1/}rights": MetadataKind.OWNER,
    "{http://purl.org/dc/elements/1.1/}title": MetadataKind.COMMENT,
    "{http://purl.org/dc/elements/1.1/}description": MetadataKind.COMMENT,
    "{http://purl.org/dc/elements/1.1/}subject": MetadataKind.COMMENT,
    "{http://ns.adobe.com/exif/1.0/}GPSLatitude": MetadataKind.POSITION,
    "{http://ns.adobe.com/exif/1.0/}GPSLongitude": MetadataKind.POSITION,
    "{http://ns.adobe.com/exif/1.0/}UserComment": MetadataKind.COMMENT,
    "{http://ns.adobe.com/exif/1.0/}ImageUniqueID": MetadataKind.SERIAL_NUMBER,
    "{http://ns.adobe.com/exif/1.0/aux/}SerialNumber": MetadataKind.SERIAL_NUMBER,
    "{http://ns.adobe.com/exif/1.0/aux/}LensSerialNumber": MetadataKind.SERIAL_NUMBER,
    "{http://ns.adobe.com/exif/1.0/aux/}OwnerName": MetadataKind.OWNER,
    "{http://cipa.jp/exif/1.0/}BodySerialNumber": MetadataKind.SERIAL_NUMBER,
    "{http://cipa.jp/exif/1.0/}LensSerialNumber": MetadataKind.SERIAL_NUMBER,
    "{http://cipa.jp/exif/1.0/}CameraOwnerName": MetadataKind.OWNER,
    "{http://ns.adobe.com/photoshop/1.0/}City": MetadataKind.POSITION,
    "{http://ns.adobe.com/photoshop/1.0/}CaptionWriter": MetadataKind.OWNER,
    "{http://ns.adobe.com/photoshop/1.0/}Credit": MetadataKind.OWNER,
    "{http://ns.adobe.com/photoshop/1.0/}Headline": MetadataKind.COMMENT,
    "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}Location": MetadataKind.POSITION,
    "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}PersonInImage": MetadataKind.COMMENT,
    "{http://ns.adobe.com/tiff/1.0/}Artist": MetadataKind.OWNER,
    "{http://ns.adobe.com/tiff/1.0/}Copyright": MetadataKind.OWNER,
    "{http://ns.adobe.com/tiff/1.0/}ImageDescription": MetadataKind.COMMENT,
    "{http://ns.adobe.com/xap/1.0/g/img/}image": MetadataKind.EMBEDDED_PREVIEW,
    "{http://ns.google.com/photos/1.0/image/}Data": MetadataKind.EMBEDDED_PREVIEW,
    "{http://ns.google.com/photos/1.0/depthmap/}Data": MetadataKind.EMBEDDED_PREVIEW,
}


def read_xmp(packet: bytes, facts: Facts) -> None:
    """Add what an XMP packet says; what cannot be parsed marks the facts as broken."""
    packet = packet.strip(b"\0 \r\n\t\xef\xbb\xbf")
    if not packet:
        return
    if len(packet) > MAX_PACKET_BYTES or re.search(rb"<!(DOCTYPE|ENTITY)", packet, re.IGNORECASE):
        facts.broken = True  # entities have no place in XMP and can grow without end
        return
    try:
        root = ET.fromstring(packet)  # noqa: S314 - in the child, and without entities
    except (ET.ParseError, ValueError, LookupError):
        facts.broken = True
        return
    for name, value in _properties(root):
        kind = TELLING_NAMES.get(name)
        if kind is None:
            continue
        shown = f"{len(value)} characters" if kind is MetadataKind.EMBEDDED_PREVIEW else value
        facts.find(kind, f"XMP {name.rpartition('}')[2]}", shown)


def _properties(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Names and values; a list's items are joined."""
    for element in root.iter():
        yield from element.attrib.items()
        if element.tag in TELLING_NAMES:
            items = [item.text or "" for item in element.iter(f"{RDF}li")]
            yield element.tag, ", ".join(items) or element.text or ""
