"""Frames and fields: the alphabet between the program and the process that decodes.

Integers, lengths and bytes only: no pickle, no class names. A frame is a code (one byte), the
length of the body (eight bytes) and the body.

Sources are best buffered: `io.BufferedReader` reads a long body into its place, while an unbuffered
file reserves the whole length anew for each part that a pipe gives.
"""

from __future__ import annotations

import struct
from typing import Final, Protocol

HEADER: Final = struct.Struct("<BQ")
NUMBER: Final = struct.Struct("<q")
NOTHING: Final = -(1 << 62)
"""Stands for None where a number is expected."""


class FrameError(Exception):
    """The bytes are not what they should be, or they end early."""


class Source(Protocol):
    """Where frames come from."""

    def read(self, size: int, /) -> bytes | None:
        """At most `size` bytes; nothing at the end."""
        ...


class Target(Protocol):
    """Where frames go to."""

    def write(self, data: bytes | memoryview, /) -> int | None:
        """How many bytes were taken."""
        ...


def send(target: Target, code: int, body: bytes = b"") -> None:
    """Write one frame.

    Raises:
        OSError: Nobody listens any more.
    """
    for part in (HEADER.pack(code, len(body)), body):
        rest = memoryview(part)
        while rest:
            rest = rest[target.write(rest) or 0 :]


def receive(source: Source, max_bytes: int) -> tuple[int, bytes]:
    """Read one frame.

    Raises:
        EOFError: The source ended before the frame began.
        FrameError: The source ended within it, or the body would be longer than `max_bytes`.
    """
    header = _exactly(source, HEADER.size)
    if not header:
        raise EOFError
    if len(header) != HEADER.size:
        raise FrameError
    code, size = HEADER.unpack(header)
    if size > max_bytes:
        raise FrameError
    body = _exactly(source, size)
    if len(body) != size:
        raise FrameError
    return code, body


def _exactly(source: Source, size: int) -> bytes:
    parts: list[bytes] = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts) if len(parts) != 1 else parts[0]


class Writer:
    """Put values into a body, one after another."""

    def __init__(self) -> None:
        self.body = bytearray()

    def numbers(self, *values: int | None) -> None:
        """Eight bytes each."""
        for value in values:
            self.body += NUMBER.pack(NOTHING if value is None else value)

    def data(self, value: bytes) -> None:
        """A length and the bytes."""
        self.numbers(len(value))
        self.body += value

    def text(self, value: str) -> None:
        """A length and UTF-8; what cannot be encoded becomes a question mark."""
        self.data(value.encode("utf-8", "replace"))


class Reader:
    """Take values from a body in the same order; anything missing is a `FrameError`."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._position = 0

    def number(self, low: int, high: int) -> int:
        """One integer from `low` to `high`, both included."""
        value = self.optional_number(low, high)
        if value is None:
            raise FrameError
        return value

    def optional_number(self, low: int, high: int) -> int | None:
        """One integer from `low` to `high`, or nothing."""
        value: int = NUMBER.unpack(self._take(NUMBER.size))[0]
        if value == NOTHING:
            return None
        if not low <= value <= high:
            raise FrameError
        return value

    def data(self) -> bytes:
        """Bytes with their length before them."""
        return self._take(self.number(0, len(self._body)))

    def text(self) -> str:
        """UTF-8 with its length before it."""
        try:
            return self.data().decode("utf-8")
        except UnicodeDecodeError as error:
            raise FrameError from error

    def end(self) -> None:
        """Nothing may follow."""
        if self._position != len(self._body):
            raise FrameError

    def _take(self, size: int) -> bytes:
        taken = self._body[self._position : self._position + size]
        if len(taken) != size:
            raise FrameError
        self._position += size
        return taken
