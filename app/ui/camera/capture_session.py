"""One run of one local camera through Qt: its pictures, its stills, its failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QCamera,
    QImageCapture,
    QMediaCaptureSession,
    QVideoFrame,
    QVideoFrameInput,
    QVideoSink,
)

from app.ui.camera.video_inputs import PictureFormat, VideoInput, qt_format

if TYPE_CHECKING:
    from numpy.typing import NDArray


class CaptureSession(QObject):
    """Runs until it is stopped or fails; used once.

    Signals:
        picture: A picture of the stream. Argument: uint8[H, W, 3], red green blue.
        still: The answer to `expose`. Argument: the same.
        still_refused: `expose` gave nothing.
        failed: The camera does not start, or has stopped.
    """

    picture = Signal(object)
    still = Signal(object)
    still_refused = Signal()
    failed = Signal()

    def __init__(self, source: QCamera | QVideoFrameInput, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        source.setParent(self)
        self._sink = QVideoSink(self)
        self._stills = QImageCapture(self)
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(self._sink)
        self._session.setImageCapture(self._stills)
        if isinstance(source, QCamera):
            self._session.setCamera(source)
            source.errorOccurred.connect(self._fail)
        else:
            self._session.setVideoFrameInput(source)
        self._last_start_us = -1
        self._sink.videoFrameChanged.connect(self._show)
        self._stills.imageCaptured.connect(self._hand_over)
        self._stills.errorOccurred.connect(self._refuse)

    @classmethod
    def open(
        cls, video_input: VideoInput, size: PictureFormat | None, parent: QObject | None
    ) -> CaptureSession:
        """A session with a camera at this computer, in the size asked for where it is offered."""
        assert video_input.device is not None, "a real camera has a handle"
        camera = QCamera(video_input.device)
        chosen = qt_format(video_input.device, size) if size is not None else None
        if chosen is not None:
            camera.setCameraFormat(chosen)
        return cls(camera, parent)

    def start(self) -> None:
        """Switch the camera on; pictures or `failed` follow, and on some systems neither."""
        if isinstance(self._source, QCamera):
            self._source.start()

    def stop(self) -> None:
        """Switch the camera off."""
        self._sink.videoFrameChanged.disconnect(self._show)
        if isinstance(self._source, QCamera):
            self._source.stop()

    def expose(self) -> None:
        """Take a still in memory; no file is written."""
        if self._stills.capture() < 0:
            self.still_refused.emit()

    def _show(self, _frame: QVideoFrame) -> None:
        # Frames wait in the event queue while the window is busy; only the sink's is the newest.
        frame = self._sink.videoFrame()
        if not frame.isValid() or frame.startTime() == self._last_start_us != -1:
            return
        self._last_start_us = frame.startTime()
        image = frame.toImage()
        if not image.isNull():
            self.picture.emit(image_pixels(image))

    def _hand_over(self, _id: int, image: QImage) -> None:
        if image.isNull():
            self.still_refused.emit()
        else:
            self.still.emit(image_pixels(image))

    def _refuse(self, *_: object) -> None:
        self.still_refused.emit()

    def _fail(self, error: QCamera.Error, _text: str) -> None:
        if error != QCamera.Error.NoError:
            self.failed.emit()


def image_pixels(image: QImage) -> NDArray[np.uint8]:
    """A copy of a picture as uint8[H, W, 3], red green blue, read-only."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height, stride = rgb.width(), rgb.height(), rgb.bytesPerLine()
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(height, stride)
    pixels = rows[:, : width * 3].reshape(height, width, 3).copy()
    pixels.flags.writeable = False
    return pixels
