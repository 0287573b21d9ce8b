"""Notes what a camera told, and waits until it has told something."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self

from app.capture.camera import Camera, CameraState, CameraStatus

PATIENT_S = 60.0  # only a broken program waits so long


class Witness:
    """Starts a camera, notes each status once and each picture, and stops the camera at the end.

    Attributes:
        statuses: Each change of state, in order.
        sequences: Numbers of the pictures that were told.
    """

    def __init__(self, camera: Camera) -> None:
        self.camera = camera
        self.statuses: list[CameraStatus] = []
        self.sequences: list[int] = []
        self._told = threading.Condition()

    def __enter__(self) -> Self:
        self.camera.listen(self._note)
        self.camera.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.camera.stop()
        self.camera.listen(None)

    @property
    def states(self) -> list[CameraState]:
        return [status.state for status in self.statuses]

    def until(self, happened: Callable[[], object]) -> None:
        with self._told:
            assert self._told.wait_for(happened, PATIENT_S), self.statuses[-5:]

    def until_state(self, *states: CameraState) -> CameraStatus:
        self.until(lambda: self.camera.status().state in states)
        return next(status for status in reversed(self.statuses) if status.state in states)

    def until_pictures(self, count: int) -> None:
        wanted = len(self.sequences) + count
        self.until(lambda: len(self.sequences) >= wanted)

    def _note(self) -> None:
        status, frame = self.camera.status(), self.camera.newest()
        with self._told:
            if not self.statuses or self.statuses[-1].state is not status.state:
                self.statuses.append(status)
            if frame is not None and frame.sequence not in self.sequences[-1:]:
                self.sequences.append(frame.sequence)
            self._told.notify_all()
