"""The thread that connects a camera, watches the clock, and connects again until it is ended."""

from __future__ import annotations

import logging
import threading
import time
from multiprocessing import Pipe
from typing import TYPE_CHECKING

from app.capture.camera import CameraState, CameraStatus, Frame
from app.capture.problems import (
    CannotOpenError,
    ConnectionLostError,
    NoPictureInTimeError,
    UnreadablePictureError,
)
from app.capture.stream_messages import Ending, Kind, Message
from app.capture.stream_process import StreamProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.capture.address import StreamAddress
    from app.capture.patience import Patience
    from app.errors import KnownError

log = logging.getLogger(__name__)

_PROBLEMS: dict[int, type[KnownError]] = {
    Ending.NOT_OPENED: CannotOpenError,
    Ending.LOST: ConnectionLostError,
    Ending.UNREADABLE: UnreadablePictureError,
}


class StreamSupervisor(threading.Thread):
    """Publishes each picture and each change of status; used once.

    Args:
        address: Where the pictures come from.
        patience: How long to wait for what.
        publish: Called on this thread; the picture is None when only the status changed.
    """

    def __init__(
        self,
        address: StreamAddress,
        patience: Patience,
        publish: Callable[[CameraStatus, Frame | None], None],
    ) -> None:
        super().__init__(name="camera", daemon=True)
        self._address = address
        self._patience = patience
        self._publish = publish
        self._status = CameraStatus(CameraState.OPENING)
        self._ended = threading.Event()
        self._bell, self._rope = Pipe(duplex=False)
        self._base = 0  # sequence at the start of the attempt under way
        self._sequence = 0
        self._due_s = 0.0  # on the monotonic clock: when the attempt under way needs a verdict

    def end(self) -> None:
        """End the thread and wait for it; at most the time that a process takes to end."""
        self._ended.set()
        self.hurry()
        self.join()
        self._bell.close()
        self._rope.close()

    def hurry(self) -> None:
        """Cut a pause short."""
        self._rope.send_bytes(b"!")

    def run(self) -> None:
        """Attempt after attempt."""
        pauses = self._patience.pauses()
        while True:
            before = self._sequence
            problem = self._attempt()
            if problem is None:
                return
            if self._sequence > before:
                pauses = self._patience.pauses()
            log.info("camera not live: %s", problem.code)
            self._say(CameraState.LOST, problem)
            self._bell.poll(next(pauses))
            self._hush()
            if not self._ended.is_set():
                self._say(CameraState.RECONNECTING, problem)

    def _attempt(self) -> KnownError | None:
        """Follow one process to its end; None when nobody wants pictures any more."""
        self._base = self._sequence
        problem: KnownError | None = None
        with StreamProcess(self._address, self._patience) as process:
            self._wait_for(self._patience.start_s)
            while problem is None and not self._ended.is_set():
                message = process.hear(max(0.0, self._due_s - time.monotonic()), self._bell)
                problem = self._judge(message, process)
        return None if self._ended.is_set() else problem

    def _judge(self, message: Message | None, process: StreamProcess) -> KnownError | None:
        if message is None:
            self._hush()
            return self._overdue() if time.monotonic() >= self._due_s else None
        if message.kind is Kind.ENDED:
            return _PROBLEMS[message.detail]()
        if message.kind is Kind.READY:
            self._wait_for(self._patience.open_s)
        if message.kind is Kind.FRAME:
            self._show(message, process)
        return None

    def _overdue(self) -> KnownError | None:
        patience = self._patience
        if self._status.state is CameraState.LIVE:
            self._say(CameraState.NO_PICTURE, _none_for(patience.silence_s))
            self._wait_for(patience.lost_s - patience.silence_s)
            return None
        live_before = self._status.state is CameraState.NO_PICTURE
        return _none_for(patience.lost_s if live_before else patience.open_s)

    def _show(self, message: Message, process: StreamProcess) -> None:
        pixels = process.copy(message)
        self._sequence = max(self._sequence + 1, self._base + message.number)
        taken_at_s = min(message.time_s, time.monotonic())
        self._status = CameraStatus(CameraState.LIVE)
        self._wait_for(self._patience.silence_s)
        self._publish(self._status, Frame(pixels, self._sequence, taken_at_s))

    def _say(self, state: CameraState, problem: KnownError) -> None:
        self._status = CameraStatus(state, problem)
        if not self._ended.is_set():
            self._publish(self._status, None)

    def _wait_for(self, seconds: float) -> None:
        self._due_s = time.monotonic() + seconds

    def _hush(self) -> None:
        while self._bell.poll():
            self._bell.recv_bytes()


def _none_for(seconds: float) -> NoPictureInTimeError:
    return NoPictureInTimeError(seconds=round(seconds))
