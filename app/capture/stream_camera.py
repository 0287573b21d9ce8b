"""A network camera, video file or numbered device that keeps itself connected."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from app.capture.camera import CameraState, CameraStatus, Frame
from app.capture.patience import Patience
from app.capture.problems import NoPictureInTimeError
from app.capture.stream_supervisor import StreamSupervisor

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.capture.address import StreamAddress


class StreamCamera:
    """Reads in a process of its own, copies in a thread of its own, keeps the newest picture only.

    Attributes:
        address: Where the pictures come from.
    """

    def __init__(self, address: StreamAddress, *, patience: Patience | None = None) -> None:
        self.address = address
        self._patience = patience or Patience()
        self._changed = threading.Condition()
        self._status = CameraStatus(CameraState.STOPPED)
        self._newest: Frame | None = None
        self._listener: Callable[[], None] | None = None
        self._thread: StreamSupervisor | None = None

    def start(self) -> None:
        """Begin to connect; nothing happens when it has begun already."""
        with self._changed:
            if self._thread is not None:
                return
            self._status = CameraStatus(CameraState.OPENING)
            self._thread = StreamSupervisor(self.address, self._patience, self._publish)
            self._thread.start()

    def stop(self) -> None:
        """End the connection and free all resources; may be started again. Not for a listener."""
        with self._changed:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.end()
            with self._changed:
                self._newest = None
            self._publish(CameraStatus(CameraState.STOPPED), None)

    def retry_now(self) -> None:
        """Do not wait for the next attempt; nothing happens while pictures come."""
        with self._changed:
            if self._thread is not None:
                self._thread.hurry()

    def status(self) -> CameraStatus:
        """State and problem at this moment."""
        with self._changed:
            return self._status

    def newest(self) -> Frame | None:
        """The newest picture since the start; None before the first and after the stop."""
        with self._changed:
            return self._newest

    def listen(self, listener: Callable[[], None] | None) -> None:
        """Call this after each picture and each change of status, on a thread of the camera's."""
        with self._changed:
            self._listener = listener

    def take_still(self, *, timeout_s: float) -> Frame:
        """Wait for the first picture that was not there yet when this was called.

        Raises:
            NoPictureInTimeError: None came within the time.
        """
        pressed_s = time.monotonic()

        def fresh() -> Frame | None:
            frame = self._newest
            return frame if frame is not None and frame.taken_at_s >= pressed_s else None

        with self._changed:
            still = self._changed.wait_for(fresh, timeout_s)
        if still is None:
            raise NoPictureInTimeError(seconds=round(timeout_s))
        return still

    def _publish(self, status: CameraStatus, frame: Frame | None) -> None:
        with self._changed:
            self._status = status
            self._newest = frame or self._newest
            self._changed.notify_all()
            listener = self._listener
        if listener is not None:
            listener()
