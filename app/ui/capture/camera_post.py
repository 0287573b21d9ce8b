"""The camera that is on: opened as chosen, let go when the page leaves, asked for stills."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clinical_image import ImageSource
from app.errors import KnownError
from app.services.intake import Arrival
from app.services.ports import Stills
from app.ui.camera.frame_source import CameraState, CameraStatus, Frame, FrameSource
from app.ui.camera.viewfinder import Viewfinder
from app.ui.capture.cameras import Cameras
from app.ui.capture.offers import Offer


class CameraPost(QObject):
    """Owns the source of the live picture.

    Signals:
        live_changed: Whether a picture can be taken now. Argument: can it.
        shot: A photograph was taken. Argument: the Offer.
        failed: No photograph, or no camera. Argument: the exception.
    """

    live_changed = Signal(bool)
    shot = Signal(object)
    failed = Signal(Exception)

    def __init__(
        self,
        cameras: Cameras | None,
        viewfinder: Viewfinder,
        stills: Stills,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cameras = cameras
        self._viewfinder = viewfinder
        self._stills = stills
        self._source: FrameSource | None = None
        self._wanted = False

    def has_camera(self) -> bool:
        """Whether a camera is chosen, live or not."""
        return self._source is not None

    def start(self) -> None:
        """Switch the chosen camera on."""
        self._wanted = True
        if self._source is None and self._cameras is not None:
            self._open(self._cameras)
        if self._source is not None:
            self._source.start()

    def stop(self) -> None:
        """Let the camera go, so that other programs can have it."""
        self._wanted = False
        if self._source is not None:
            self._source.stop()

    def change(self) -> None:
        """Another camera was chosen."""
        self._close()
        if self._wanted:
            self.start()

    def take(self) -> None:
        """Take a photograph; `shot` or `failed` answers, nothing does while one is awaited."""
        if self._source is not None:
            self._source.take_still()

    def _open(self, cameras: Cameras) -> None:
        try:
            self._source = cameras.open(self)
        except KnownError as error:
            self.failed.emit(error)
            return
        if self._source is not None:
            self._source.still_taken.connect(self._hand_over)
            self._source.still_failed.connect(self.failed)
            self._source.status_changed.connect(self._tell_status)
        self._viewfinder.watch(self._source)

    def _close(self) -> None:
        source, self._source = self._source, None
        self._viewfinder.watch(None)
        if source is not None:
            source.stop()
            source.deleteLater()
        self.live_changed.emit(False)  # noqa: FBT003 - a signal's argument

    def _tell_status(self, status: CameraStatus) -> None:
        self.live_changed.emit(status.state is CameraState.LIVE)

    def _hand_over(self, frame: Frame) -> None:
        assert self._cameras is not None
        height, width = frame.pixels.shape[:2]
        source = self._cameras.source()
        read = partial(_encoded, self._stills, frame, width, height, source)
        self.shot.emit(Offer(self.tr("Photograph"), read, at_once=True))


def _encoded(
    stills: Stills, frame: Frame, width_px: int, height_px: int, source: ImageSource
) -> Arrival:
    return Arrival(stills.from_camera(frame.pixels.tobytes(), width_px, height_px), source, ".jpg")
