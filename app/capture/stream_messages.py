"""What the reading process and the program tell one another: numbers of fixed size, no objects.

The reading process parses untrusted bytes; nothing it sends is unpickled or believed unchecked.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

_LAYOUT = struct.Struct("<BBIIQd")  # kind, detail, width, height, number, time

MAX_SIDE = 16_384  # px
MAX_PIXELS = 8192 * 6144  # 50 million: half as much again as 8K television
SLOTS = 3  # one being written, one announced, one being copied


class Kind(IntEnum):
    """What a message of the reading process tells."""

    READY = 1
    SIZE = 2
    FRAME = 3
    ENDED = 4


class Ending(IntEnum):
    """Why the reading process gave up."""

    NOT_OPENED = 1
    LOST = 2
    UNREADABLE = 3


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the reading process.

    Attributes:
        kind: What it tells.
        detail: The slot of a frame, or the Ending.
        width_px: With SIZE.
        height_px: With SIZE.
        number: With FRAME: pictures read so far, counting those nobody had room for.
        time_s: With FRAME: `time.monotonic()` before it was read.
    """

    kind: Kind
    detail: int = 0
    width_px: int = 0
    height_px: int = 0
    number: int = 0
    time_s: float = 0.0

    def packed(self) -> bytes:
        """The message as bytes."""
        return _LAYOUT.pack(
            self.kind, self.detail, self.width_px, self.height_px, self.number, self.time_s
        )

    @classmethod
    def unpack(cls, data: bytes) -> Self:
        """Check and read a message.

        Raises:
            ValueError: No message, or values that no honest reader sends.
        """
        if len(data) != _LAYOUT.size:
            msg = "a message has one size"
            raise ValueError(msg)
        kind, *rest = _LAYOUT.unpack(data)
        message = cls(Kind(kind), *rest)
        message._check()
        return message

    def _check(self) -> None:
        honest = {
            Kind.READY: True,
            Kind.SIZE: size_admitted(self.width_px, self.height_px),
            Kind.FRAME: self.detail < SLOTS and self.time_s == self.time_s,  # not NaN
            Kind.ENDED: self.detail in list(Ending),
        }
        if not honest[self.kind]:
            msg = "a message holds values in their range"
            raise ValueError(msg)


def size_admitted(width_px: int, height_px: int) -> bool:
    """Whether pictures of this size are taken at all."""
    return (
        0 < width_px <= MAX_SIDE
        and 0 < height_px <= MAX_SIDE
        and width_px * height_px <= MAX_PIXELS
    )
