"""Brings the pictures of a camera that has threads of its own to the window, the newest only."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from app.ui.camera.frame_source import CameraState, CameraStatus, Frame, FrameSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import KnownError


class ForeignStatus(Protocol):
    """State and problem as a camera behind the port tells them."""

    @property
    def state(self) -> str: ...  # noqa: D102 - a word of CameraState
    @property
    def problem(self) -> KnownError | None: ...  # noqa: D102


class ForeignCamera(Protocol):
    """The port: a camera that keeps itself connected and may be asked from any thread.

    It calls its listener on a thread of its own after each picture and each change of status.
    """

    def start(self) -> None: ...  # noqa: D102
    def stop(self) -> None: ...  # noqa: D102
    def retry_now(self) -> None: ...  # noqa: D102
    def status(self) -> ForeignStatus: ...  # noqa: D102
    def newest(self) -> Frame | None: ...  # noqa: D102
    def listen(self, listener: Callable[[], None] | None) -> None: ...  # noqa: D102


class StreamSource(FrameSource):
    """A camera behind the port, as a screen wants it.

    However many pictures come while the window is busy, one event waits for it, and it then takes
    the newest picture.
    """

    _news = Signal()

    def __init__(self, camera: ForeignCamera, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self._waiting = threading.Event()
        self._news.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to connect; nothing happens when it has begun already."""
        self._camera.listen(self._ring)
        self._camera.start()
        self._take()

    def stop(self) -> None:
        """Let the camera go."""
        self._camera.listen(None)
        self._camera.stop()
        self._tell(CameraStatus(CameraState.STOPPED))

    def retry_now(self) -> None:
        """Do not wait for the next attempt."""
        self._camera.retry_now()

    def _ring(self) -> None:
        if not self._waiting.is_set():
            self._waiting.set()
            self._news.emit()

    def _take(self) -> None:
        self._waiting.clear()
        status, frame = self._camera.status(), self._camera.newest()
        state = CameraState(status.state)
        if frame is not None and (self._newest is None or frame.sequence > self._newest.sequence):
            self._show(frame)
            self._answer_still(frame)
        if state is not CameraState.LIVE or self._newest is not None:
            self._tell(CameraStatus(state, status.problem))
