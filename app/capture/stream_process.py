"""The program's hold on one reading process: start it, hear it, copy from it, end it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Self

from app.capture.frame_ring import FrameRing
from app.capture.stream_messages import Ending, Kind, Message

if TYPE_CHECKING:
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from app.capture.address import StreamAddress
    from app.capture.patience import Patience

Reader = Callable[[Connection, "StreamAddress", "Patience"], None]

_GRACE_S = 1.0  # between asking a process to end and ending it


def read(connection: Connection, address: StreamAddress, patience: Patience) -> None:
    """Be the reading process; only there OpenCV is loaded."""
    from app.capture.stream_reader import run  # noqa: PLC0415

    run(connection, address, patience)


class StreamProcess:
    """One attempt to read one camera; used once, as a context.

    Args:
        address: Where the pictures come from.
        patience: For the reader's own time-outs, which stand behind the program's.
        reader: What runs in the process; importable by name.
    """

    def __init__(
        self, address: StreamAddress, patience: Patience, *, reader: Reader = read
    ) -> None:
        # Spawned on every platform: a fork would inherit the open vault. The address travels in a
        # pipe: an argument would be seen by every user of the machine.
        context = multiprocessing.get_context("spawn")
        self._connection, self._theirs = context.Pipe()
        self._process = context.Process(
            target=reader,
            args=(self._theirs, address, patience),
            name="camera-reader",
            daemon=True,
        )
        self._ring: FrameRing | None = None
        self._held: Message | None = None

    def __enter__(self) -> Self:
        self._process.start()
        self._theirs.close()  # so that the end of the process is heard
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.join(_GRACE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        if self._ring is not None:
            self._ring.close()

    def hear(self, timeout_s: float, bell: Connection) -> Message | None:
        """The next message; None after the time-out, or as soon as the bell has been rung.

        Of pictures that wait, only the newest is told. A process that died, or that sends what is
        no message, counts as one that ended.
        """
        if self._held is None and wait([self._connection, bell], timeout_s) != [self._connection]:
            return None
        message, self._held = self._held or self._receive(), None
        while message.kind is Kind.FRAME and self._connection.poll():
            later = self._receive()
            if later.kind is not Kind.FRAME:
                self._held = later
                break
            self.pass_over(message)
            message = later
        return message

    def copy(self, message: Message) -> NDArray[np.uint8]:
        """The picture that a message announced; its slot is free afterwards."""
        assert self._ring is not None, "a picture is announced after its size"
        pixels = self._ring.slot(message.detail).copy()
        pixels.flags.writeable = False
        self.pass_over(message)
        return pixels

    def pass_over(self, message: Message) -> None:
        """Free the slot of a picture that a newer one has overtaken."""
        try:
            self._connection.send_bytes(bytes([message.detail]))
        except OSError:
            return  # it has ended; the next message says so

    def _receive(self) -> Message:
        try:
            message = Message.unpack(self._connection.recv_bytes(maxlength=64))
        except (EOFError, OSError, ValueError):
            return Message(Kind.ENDED, detail=Ending.UNREADABLE)
        if message.kind is Kind.SIZE:
            return self._make_room(message)
        if message.kind is Kind.FRAME and self._ring is None:
            return Message(Kind.ENDED, detail=Ending.UNREADABLE)
        return message

    def _make_room(self, size: Message) -> Message:
        if self._ring is not None:
            return Message(Kind.ENDED, detail=Ending.UNREADABLE)
        try:
            self._ring = FrameRing.create(size.width_px, size.height_px)
            self._connection.send_bytes(self._ring.name.encode("ascii"))
        except OSError:  # no memory for pictures of this size, or the process has ended
            return Message(Kind.ENDED, detail=Ending.UNREADABLE)
        return size
