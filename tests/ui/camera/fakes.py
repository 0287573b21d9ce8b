"""Cameras that do as they are told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.capture.problems import BadAddressError
from app.errors import KnownError
from app.ui.camera.camera_permission import CameraPermission, Permission
from app.ui.camera.frame_source import CameraState, CameraStatus, FrameSource
from app.ui.camera.live_camera import LiveFrame
from app.ui.camera.video_inputs import PictureFormat, VideoInput, VideoInputs

HD = PictureFormat(1920, 1080, 30)
LARGE = PictureFormat(4000, 3000, 5)
WEBCAM = VideoInput("usb-1", "Clinic Cam", (LARGE, HD))


def a_frame(
    sequence: int = 1, *, size: tuple[int, int] = (64, 36), value: int = 128, late: bool = False
) -> LiveFrame:
    """One picture of one grey; `late` is from before anybody pressed anything."""
    pixels: NDArray[np.uint8] = np.full((size[1], size[0], 3), value, np.uint8)
    return LiveFrame(pixels, sequence, 0.0 if late else time.monotonic())


class FakeInputs(VideoInputs):
    """Cameras are plugged in and pulled out by the test."""

    def __init__(self, *plugged: VideoInput) -> None:
        super().__init__()
        self.plugged = list(plugged)

    def listed(self) -> tuple[VideoInput, ...]:
        return tuple(self.plugged)

    def plug(self, *plugged: VideoInput) -> None:
        self.plugged = list(plugged)
        self.changed.emit()


class FakeSession(QObject):
    """Stands where Qt's pipeline would."""

    picture = Signal(object)
    still = Signal(object)
    still_refused = Signal()
    failed = Signal()

    def __init__(
        self, video_input: VideoInput, size: PictureFormat | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.video_input, self.size = video_input, size
        self.done: list[str] = []

    def start(self) -> None:
        self.done.append("start")

    def stop(self) -> None:
        self.done.append("stop")

    def expose(self) -> None:
        self.done.append("expose")

    def send(self, value: int = 128) -> None:
        self.picture.emit(a_frame(value=value).pixels)


class FakeSessions:
    """Opens sessions and keeps them."""

    def __init__(self) -> None:
        self.opened: list[FakeSession] = []

    def __call__(
        self, video_input: VideoInput, size: PictureFormat | None, parent: QObject | None
    ) -> FakeSession:
        assert parent is not None
        self.opened.append(FakeSession(video_input, size, parent))
        return self.opened[-1]

    @property
    def last(self) -> FakeSession:
        return self.opened[-1]


class FakePermission(CameraPermission):
    """Answers as the test says."""

    def __init__(self, answer: Permission = Permission.GRANTED) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[Callable[[], None]] = []

    def now(self) -> Permission:
        return self.answer

    def ask(self, answered: Callable[[], None]) -> None:
        self.asked.append(answered)


@dataclass
class FakeForeignCamera:
    """A camera behind the port; the test is its thread."""

    state: CameraState = CameraState.STOPPED
    problem: KnownError | None = None
    frame: LiveFrame | None = None
    listener: Callable[[], None] | None = None
    calls: tuple[str, ...] = ()

    def start(self) -> None:
        self.calls += ("start",)
        self.state = CameraState.OPENING

    def stop(self) -> None:
        self.calls += ("stop",)

    def retry_now(self) -> None:
        self.calls += ("retry",)

    def status(self) -> CameraStatus:
        return CameraStatus(self.state, self.problem)

    def newest(self) -> LiveFrame | None:
        return self.frame

    def listen(self, listener: Callable[[], None] | None) -> None:
        self.listener = listener

    def send(self, frame: LiveFrame) -> None:
        self.frame, self.state, self.problem = frame, CameraState.LIVE, None
        self.tell()

    def lose(self, problem: KnownError) -> None:
        self.state, self.problem = CameraState.LOST, problem
        self.tell()

    def tell(self) -> None:
        if self.listener is not None:
            self.listener()


class FakeSource(FrameSource):
    """A source that shows what the test gives it."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    def start(self) -> None:
        self.calls.append("start")

    def stop(self) -> None:
        self._tell(CameraStatus(CameraState.STOPPED))

    def retry_now(self) -> None:
        self.calls.append("retry")

    def send(self, frame: LiveFrame) -> None:
        self._show(frame)
        self._answer_still(frame)

    def tell(self, state: CameraState, problem: KnownError | None = None) -> None:
        self._tell(CameraStatus(state, problem))


class FakeDoor:
    """Opens cameras that do as they are told."""

    def __init__(self) -> None:
        self.opened: list[FakeForeignCamera] = []
        self.problem = BadAddressError()

    def address(self, text: str, user: str = "", password: str = "") -> str:
        if text == "bad":
            raise self.problem
        return "|".join(filter(None, [text, user, password]))

    def open(self, address: str) -> FakeForeignCamera:
        self.opened.append(FakeForeignCamera())
        return self.opened[-1]
