"""What inspecting untrusted bytes gives back: made by the decoder, judged by the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Oddity(StrEnum):
    """Something odd about bytes that are stored all the same."""

    WRONG_EXTENSION = "wrong-extension"
    TRAILING_DATA = "trailing-data"
    LARGE_METADATA = "large-metadata"
    CONVERTED_COLOUR = "converted-colour"
    REDUCED_DEPTH = "reduced-depth"
    SEVERAL_FRAMES = "several-frames"
    RAW_PREVIEW = "raw-preview"
    BROKEN_PROFILE = "broken-profile"
    BROKEN_METADATA = "broken-metadata"


class MetadataKind(StrEnum):
    """What metadata can tell about a person or a device."""

    POSITION = "position"
    SERIAL_NUMBER = "serial-number"
    OWNER = "owner"
    COMMENT = "comment"
    EMBEDDED_PREVIEW = "embedded-preview"
    TRAILING_DATA = "trailing-data"


@dataclass(frozen=True, slots=True)
class MetadataFinding:
    """Something in the file beside the pixels that may identify someone.

    Attributes:
        kind: What it tells.
        label: Name of the field as the standard names it, e.g. "BodySerialNumber".
        value: Shown to staff, kept in the vault only; cut to 200 characters.
    """

    kind: MetadataKind
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """One photograph as the decoder saw it, upright.

    Attributes:
        media_type: From the content, never from the name: "image/jpeg", "image/x-adobe-dng", …
        extension: The customary one for the media type, with dot.
        width_px: After orientation.
        height_px: After orientation.
        camera_time: As the camera's clock said, zone unknown.
        camera_offset_min: Minutes east of UTC, where the file says so (Exif OffsetTimeOriginal).
        thumbnail: A JPEG, upright, sRGB, longest side at most 512 px, no metadata.
        findings: What the metadata tells.
        warnings: What is odd.
    """

    media_type: str
    extension: str
    width_px: int
    height_px: int
    camera_time: datetime | None
    camera_offset_min: int | None
    thumbnail: bytes
    findings: tuple[MetadataFinding, ...] = ()
    warnings: tuple[Oddity, ...] = ()
    camera_model: str = field(default="")


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """A picture made by us: upright, sRGB, eight bits, no metadata at all.

    Attributes:
        data: The encoded bytes.
        media_type: "image/png" or "image/jpeg".
        width_px: Of the encoded picture.
        height_px: Of the encoded picture.
    """

    data: bytes
    media_type: str
    width_px: int
    height_px: int
