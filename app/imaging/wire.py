"""What the program asks the process that decodes, and what that answers, as fields of frames.

The child may be taken over by what it decodes, so every answer is read with bounds; anything
unexpected is a `FrameError`, which the program treats like a crash.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from enum import IntEnum
from typing import Final

from app.domain.picture import EncodedPicture, Inspection, MetadataFinding, MetadataKind, Oddity
from app.domain.rendition import Box, Cover, CoverPattern, Edits
from app.errors import KnownError
from app.imaging.errors import (
    NotAPictureError,
    OutOfMemoryError,
    TooManyPixelsError,
    TruncatedPictureError,
    UnsupportedPictureError,
)
from app.imaging.file_types import FileType, UnadmittedType
from app.imaging.frames import FrameError, Reader, Source, Target, Writer, receive, send
from app.imaging.limits import FINDING_CHARACTERS, MAX_FILE_BYTES, MAX_FINDINGS

MAX_REQUEST_BYTES: Final = 1 << 20
MAX_INSPECTION_BYTES: Final = 4 << 20
MAX_PICTURE_BYTES: Final = 1 << 30
MAX_NUMBER: Final = 1 << 40
MINUTES_A_DAY: Final = 24 * 60

TYPES: Final = tuple(FileType)
UNADMITTED: Final = tuple(UnadmittedType)
KINDS: Final = tuple(MetadataKind)
ODDITIES: Final = tuple(Oddity)
PATTERNS: Final = tuple(CoverPattern)
NO_EDITS: Final = Edits()


class Job(IntEnum):
    """What the child is asked to do."""

    INSPECT = 1
    RENDER = 2
    PIXELS = 3


class Result(IntEnum):
    """What the child answers; other codes are refusals."""

    DONE = 0
    READY = 200
    WRONG_EDITS = 201


REFUSALS: Final[dict[int, type[KnownError]]] = {
    1: NotAPictureError,
    3: TruncatedPictureError,
    4: TooManyPixelsError,
    7: OutOfMemoryError,
    8: UnsupportedPictureError,
}
"""By the number in the error's code; the other errors are raised without asking the child."""


@dataclass(frozen=True, slots=True)
class Request:
    """One job with all that it needs."""

    job: Job
    data: bytes
    max_pixels: int
    max_side_px: int | None = None
    declared_extension: str = ""
    edits: Edits = NO_EDITS


def send_request(target: Target, request: Request) -> None:
    """Send what to do, then the file in a frame of its own, so that nobody has to cut it out.

    Raises:
        OSError: Nobody listens any more.
    """
    send(target, request.job, pack_request(request))
    send(target, request.job, request.data)


def receive_request(source: Source) -> Request:
    """The next request.

    Raises:
        EOFError: The source ended.
        FrameError: It ended within a frame, or the fields make no sense.
    """
    code, fields = receive(source, MAX_REQUEST_BYTES)
    _, data = receive(source, MAX_FILE_BYTES)
    return unpack_request(code, fields, data)


def pack_request(request: Request) -> bytes:
    """A request, all but the file itself."""
    writer = Writer()
    writer.numbers(request.max_pixels, request.max_side_px)
    writer.text(request.declared_extension)
    edits = request.edits
    writer.numbers(edits.quarter_turns, len(edits.covers), edits.crop is not None)
    if edits.crop is not None:
        _pack_box(writer, edits.crop)
    for cover in edits.covers:
        _pack_box(writer, cover.box)
        writer.numbers(PATTERNS.index(cover.pattern))
    return bytes(writer.body)


def unpack_request(code: int, fields: bytes, data: bytes) -> Request:
    """The request of two frames."""
    reader = Reader(fields)
    max_pixels = reader.number(1, MAX_NUMBER)
    max_side_px = reader.optional_number(1, MAX_NUMBER)
    extension = reader.text()
    turns = reader.number(0, 3)
    covers = reader.number(0, MAX_NUMBER)
    crop = _unpack_box(reader) if reader.number(0, 1) else None
    edits = Edits(crop, turns, tuple(_unpack_cover(reader) for _ in range(covers)))
    reader.end()
    return Request(Job(code), data, max_pixels, max_side_px, extension, edits)


def _pack_box(writer: Writer, box: Box) -> None:
    writer.numbers(box.left, box.top, box.width, box.height)


def _unpack_box(reader: Reader) -> Box:
    left, top = reader.number(0, MAX_NUMBER), reader.number(0, MAX_NUMBER)
    return Box(left, top, reader.number(1, MAX_NUMBER), reader.number(1, MAX_NUMBER))


def _unpack_cover(reader: Reader) -> Cover:
    box = _unpack_box(reader)
    return Cover(box, PATTERNS[reader.number(0, len(PATTERNS) - 1)])


def pack_inspection(inspection: Inspection) -> bytes:
    """The body of the answer to INSPECT."""
    writer = Writer()
    type_ = next(type_ for type_ in TYPES if type_.media_type == inspection.media_type)
    writer.numbers(TYPES.index(type_), inspection.width_px, inspection.height_px)
    at = inspection.camera_time
    parts = (at.year, at.month, at.day, at.hour, at.minute, at.second) if at else ()
    writer.numbers(len(parts), *parts, inspection.camera_offset_min)
    writer.text(inspection.camera_model)
    writer.numbers(len(inspection.warnings), *map(ODDITIES.index, inspection.warnings))
    writer.numbers(len(inspection.findings))
    for finding in inspection.findings:
        writer.numbers(KINDS.index(finding.kind))
        writer.text(finding.label)
        writer.text(finding.value)
    writer.data(inspection.thumbnail)
    return bytes(writer.body)


def unpack_inspection(body: bytes) -> Inspection:
    """The answer to INSPECT."""
    reader = Reader(body)
    type_ = TYPES[reader.number(0, len(TYPES) - 1)]
    width_px, height_px = reader.number(1, MAX_NUMBER), reader.number(1, MAX_NUMBER)
    camera_time = _unpack_time(reader)
    offset_min = reader.optional_number(-MINUTES_A_DAY, MINUTES_A_DAY)
    model = reader.text()[:FINDING_CHARACTERS]
    count = reader.number(0, len(ODDITIES))
    oddities = tuple(ODDITIES[reader.number(0, len(ODDITIES) - 1)] for _ in range(count))
    count = reader.number(0, MAX_FINDINGS)
    findings = tuple(_unpack_finding(reader) for _ in range(count))
    thumbnail = reader.data()
    reader.end()
    return Inspection(
        type_.media_type, type_.extensions[0], width_px, height_px, camera_time, offset_min,
        thumbnail, findings, oddities, model,
    )  # fmt: skip


def _unpack_time(reader: Reader) -> datetime | None:
    if not reader.number(0, 6):
        return None
    year, month, day = reader.number(MINYEAR, MAXYEAR), reader.number(1, 12), reader.number(1, 31)
    hour, minute, second = reader.number(0, 23), reader.number(0, 59), reader.number(0, 59)
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - zone unknown
    except ValueError as error:
        raise FrameError from error


def _unpack_finding(reader: Reader) -> MetadataFinding:
    kind = KINDS[reader.number(0, len(KINDS) - 1)]
    label, value = reader.text()[:FINDING_CHARACTERS], reader.text()[:FINDING_CHARACTERS]
    return MetadataFinding(kind, label, value)


def pack_picture(picture: EncodedPicture) -> bytes:
    """The body of the answer to RENDER: always a JPEG."""
    writer = Writer()
    writer.numbers(picture.width_px, picture.height_px)
    writer.data(picture.data)
    return bytes(writer.body)


def unpack_picture(body: bytes) -> EncodedPicture:
    """The answer to RENDER."""
    reader = Reader(body)
    width_px, height_px = reader.number(1, MAX_NUMBER), reader.number(1, MAX_NUMBER)
    data = reader.data()
    reader.end()
    return EncodedPicture(data, "image/jpeg", width_px, height_px)


def pack_pixels(width_px: int, height_px: int, rgb: bytes) -> bytes:
    """The body of the answer to PIXELS."""
    writer = Writer()
    writer.numbers(width_px, height_px)
    writer.data(rgb)
    return bytes(writer.body)


def unpack_pixels(body: bytes) -> tuple[int, int, bytes]:
    """The answer to PIXELS: three bytes a pixel, no more and no fewer."""
    reader = Reader(body)
    width_px, height_px = reader.number(1, MAX_NUMBER), reader.number(1, MAX_NUMBER)
    rgb = reader.data()
    reader.end()
    if len(rgb) != width_px * height_px * 3:
        raise FrameError
    return width_px, height_px, rgb


def pack_refusal(error: KnownError) -> tuple[int, bytes]:
    """Code and body of a refusal; facts are numbers, names of formats by their place."""
    writer = Writer()
    if isinstance(error, UnsupportedPictureError):
        writer.numbers(UNADMITTED.index(UnadmittedType(str(error.facts["format"]))))
    elif isinstance(error, TooManyPixelsError):
        facts = error.facts
        writer.numbers(*(int(facts[n]) for n in ("width", "height", "limit_megapixels")))
    return int(error.code.rpartition("-")[2]), bytes(writer.body)


def unpack_refusal(code: int, body: bytes) -> KnownError:
    """The error that the child met."""
    error = REFUSALS.get(code)
    if error is None:
        raise FrameError
    reader = Reader(body)
    if error is UnsupportedPictureError:
        format_ = UNADMITTED[reader.number(0, len(UNADMITTED) - 1)]
        return UnsupportedPictureError(format=format_.value)
    if error is TooManyPixelsError:
        width, height = reader.number(0, MAX_NUMBER), reader.number(0, MAX_NUMBER)
        limit = reader.number(0, MAX_NUMBER)
        return TooManyPixelsError(width=width, height=height, limit_megapixels=limit)
    return error()
