"""One face for every camera that a screen can show: pictures, states and stills as signals."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import KnownError
from app.ui.camera.problems import StillNotTakenError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STILL_S = 4.0  # a camera that has sent nothing for so long has no still to give


class Frame(Protocol):
    """One picture of a live camera, whole and at full resolution.

    Attributes:
        pixels: uint8[H, W, 3], red green blue, row 0 at the top; not to be changed.
        sequence: Grows by at least one a picture.
        taken_at_s: `time.monotonic()` at or before the picture reached this computer.
    """

    @property
    def pixels(self) -> NDArray[np.uint8]: ...  # noqa: D102
    @property
    def sequence(self) -> int: ...  # noqa: D102
    @property
    def taken_at_s(self) -> float: ...  # noqa: D102


class CameraState(StrEnum):
    """Where a camera stands; the words are those of every camera behind the port.

    Attributes:
        OPENING: The first attempt is under way.
        LIVE: Pictures come.
        NO_PICTURE: Connected, but no picture for a while.
        LOST: Gone, or never there; it is tried again.
        RECONNECTING: Another attempt is under way.
        STOPPED: Nobody wants pictures.
    """

    OPENING = "opening"
    LIVE = "live"
    NO_PICTURE = "no-picture"
    LOST = "lost"
    RECONNECTING = "reconnecting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """State and reason, told together.

    Attributes:
        state: Where the camera stands.
        problem: Why it is not live; None while opening for the first time, live or stopped.
    """

    state: CameraState
    problem: KnownError | None = None


class FrameSource(QObject):
    """A camera on the window's side; lives on the GUI thread and never blocks it.

    Signals:
        picture_arrived: A new picture; older ones that nobody came to see are left out.
            Argument: a Frame.
        status_changed: The state changed. Argument: a CameraStatus.
        still_taken: The picture that was asked for with `take_still`. Argument: a Frame.
        still_failed: No still in time, or the camera went. Argument: a KnownError.
    """

    picture_arrived = Signal(object)
    status_changed = Signal(object)
    still_taken = Signal(object)
    still_failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._status = CameraStatus(CameraState.STOPPED)
        self._newest: Frame | None = None
        self._pressed_s: float | None = None
        self._still_clock = QTimer(self)
        self._still_clock.setSingleShot(True)
        self._still_clock.timeout.connect(self._give_up_still)

    def start(self) -> None:
        """Begin to connect; nothing happens when it has begun already."""
        raise NotImplementedError

    def stop(self) -> None:
        """Let the camera go, so that other programs can have it."""
        raise NotImplementedError

    def retry_now(self) -> None:
        """Do not wait for the next attempt."""
        raise NotImplementedError

    def status(self) -> CameraStatus:
        """State and problem now."""
        return self._status

    def newest(self) -> Frame | None:
        """The newest picture since the start; None before the first and after the stop."""
        return self._newest

    def take_still(self) -> bool:
        """Ask for a full picture that is newer than this moment; one of two signals answers.

        Returns:
            Whether it was asked for: not while another is awaited, nor while nothing is live.
        """
        if self._pressed_s is not None or self._status.state is not CameraState.LIVE:
            return False
        self._pressed_s = time.monotonic()
        self._still_clock.start(round(STILL_S * 1000))
        self._expose()
        return True

    def _expose(self) -> None:
        """Let the camera take a still; the next picture of the stream is one."""

    def _show(self, frame: Frame) -> None:
        self._newest = frame
        self._tell(CameraStatus(CameraState.LIVE))
        self.picture_arrived.emit(frame)

    def _answer_still(self, frame: Frame) -> None:
        """Hand a still over, if one is awaited and this one is not older than the press."""
        if self._pressed_s is None or frame.taken_at_s < self._pressed_s:
            return
        self._pressed_s = None
        self._still_clock.stop()
        self.still_taken.emit(frame)

    def _give_up_still(self) -> None:
        if self._pressed_s is None:
            return
        self._pressed_s = None
        self._still_clock.stop()
        self.still_failed.emit(self._status.problem or StillNotTakenError())

    def _tell(self, status: CameraStatus) -> None:
        if status.state is CameraState.STOPPED:
            self._newest = None
        if status == self._status:
            return
        self._status = status
        self.status_changed.emit(status)
        if status.state in {CameraState.LOST, CameraState.STOPPED}:
            self._give_up_still()
