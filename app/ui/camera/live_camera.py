"""A camera at this computer that keeps itself live: plugged in late, pulled out, held by others."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from app.ui.camera.camera_permission import CameraPermission, Permission
from app.ui.camera.capture_session import CaptureSession
from app.ui.camera.frame_source import CameraState, CameraStatus, FrameSource
from app.ui.camera.problems import (
    CameraBusyError,
    CameraStoppedError,
    NoCameraFoundError,
    NoPermissionError,
    UnpluggedError,
)
from app.ui.camera.video_inputs import PictureFormat, VideoInput, VideoInputs, best_format

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.errors import KnownError


@dataclass(frozen=True, slots=True)
class LiveFrame:
    """One picture of a local camera; see `Frame`."""

    pixels: NDArray[np.uint8]
    sequence: int
    taken_at_s: float


@dataclass(frozen=True, slots=True)
class LivePatience:
    """Times in ms.

    Attributes:
        open_ms: To the first picture; some cameras focus and adjust before it.
        silence_ms: Without a picture before the screen says so.
        lost_ms: From there until the camera is opened anew.
        pause_ms: Between two attempts.
    """

    open_ms: int = 8000
    silence_ms: int = 2000
    lost_ms: int = 4000
    pause_ms: int = 3000


class OpenSession(Protocol):
    """How a session with a camera is made."""

    def __call__(  # noqa: D102
        self, video_input: VideoInput, size: PictureFormat | None, parent: QObject | None
    ) -> CaptureSession: ...


class LiveCamera(FrameSource):
    """A local camera through Qt, with the states and signals of every other camera.

    Args:
        inputs: The cameras at this computer.
        wanted: The id of the one to use; it may be plugged in later.
        name: Its name, by which it is known again in another socket.
        size: The picture size, None for the largest that is smooth.
    """

    def __init__(
        self,
        inputs: VideoInputs,
        wanted: str,
        *,
        name: str = "",
        size: PictureFormat | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._inputs = inputs
        self._wanted, self._name, self._size = wanted, name, size
        self._patience = LivePatience()
        self._permission = CameraPermission(self)
        self._open_session: OpenSession = CaptureSession.open
        self._session: CaptureSession | None = None
        self._sequence = 0
        self._started_s = 0.0
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._overdue)
        inputs.changed.connect(self._recount)

    def start(self) -> None:
        """Begin to connect; nothing happens when it has begun already."""
        if self._status.state is CameraState.STOPPED:
            self._tell(CameraStatus(CameraState.OPENING))
            self._attempt()

    def stop(self) -> None:
        """Let the camera go, so that other programs can have it."""
        self._close()
        self._tell(CameraStatus(CameraState.STOPPED))

    def retry_now(self) -> None:
        """Do not wait for the next attempt."""
        if self._status.state is CameraState.LOST:
            self._tell(CameraStatus(CameraState.RECONNECTING, self._status.problem))
            self._attempt()

    def formats(self) -> tuple[PictureFormat, ...]:
        """The picture sizes that the camera offers, largest first; none while it is not there."""
        found = self._inputs.find(self._wanted, self._name)
        return found.formats if found is not None else ()

    def set_format(self, size: PictureFormat | None) -> None:
        """Use this picture size, None for the largest that is smooth; restarts a live camera."""
        self._size = size
        if self._status.state is not CameraState.STOPPED:
            self._close()
            self._tell(CameraStatus(CameraState.RECONNECTING))
            self._attempt()

    def _attempt(self) -> None:
        self._close()
        permission = self._permission.now()
        if permission is Permission.UNASKED:
            self._permission.ask(self._permitted)
            return
        found = self._inputs.find(self._wanted, self._name)
        if found is None:
            seen_before = self._sequence > 0 or bool(self._inputs.listed())
            self._lose(UnpluggedError() if seen_before else NoCameraFoundError())
        elif permission is Permission.DENIED:
            self._lose(NoPermissionError())
        else:
            self._name = found.name
            self._open(found)

    def _permitted(self) -> None:
        if self._status.state is not CameraState.STOPPED and self._session is None:
            self._attempt()

    def _open(self, found: VideoInput) -> None:
        session = self._open_session(found, self._size or best_format(found.formats), self)
        self._session = session
        session.picture.connect(self._show_pixels)
        session.still.connect(self._answer_pixels)
        session.still_refused.connect(self._refuse_still)
        session.failed.connect(self._fail)
        self._clock.start(self._patience.open_ms)
        session.start()

    def _close(self) -> None:
        self._clock.stop()
        session, self._session = self._session, None
        if session is not None:
            session.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            session.stop()
            session.deleteLater()

    def _show_pixels(self, pixels: NDArray[np.uint8]) -> None:
        self._sequence += 1
        self._clock.start(self._patience.silence_ms)
        self._show(LiveFrame(pixels, self._sequence, time.monotonic()))

    def _expose(self) -> None:
        if self._session is not None:
            self._session.expose()

    def _answer_pixels(self, pixels: NDArray[np.uint8]) -> None:
        self._answer_still(LiveFrame(pixels, self._sequence, time.monotonic()))

    def _refuse_still(self) -> None:
        self._give_up_still()

    def _overdue(self) -> None:
        if self._status.state is CameraState.LIVE:
            self._tell(CameraStatus(CameraState.NO_PICTURE, CameraStoppedError()))
            self._clock.start(self._patience.lost_ms)
        elif self._status.state is not CameraState.LOST:
            self._fail()
        elif self._inputs.find(self._wanted, self._name) is not None:
            self.retry_now()
        else:
            self._clock.start(self._patience.pause_ms)

    def _fail(self) -> None:
        was_live = self._status.state in {CameraState.LIVE, CameraState.NO_PICTURE}
        if self._inputs.find(self._wanted, self._name) is None:
            self._lose(UnpluggedError())
        elif self._permission.now() is Permission.DENIED:
            self._lose(NoPermissionError())
        else:
            self._lose(CameraStoppedError() if was_live else CameraBusyError())

    def _lose(self, problem: KnownError) -> None:
        self._close()
        self._tell(CameraStatus(CameraState.LOST, problem))
        self._clock.start(self._patience.pause_ms)

    def _recount(self) -> None:
        """A camera came or went: perhaps this one."""
        there = self._inputs.find(self._wanted, self._name) is not None
        if there:
            self.retry_now()
        elif self._session is not None:
            self._lose(UnpluggedError())
