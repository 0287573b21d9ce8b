"""Qt's own pipeline, fed by hand, because this machine has no camera."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QCameraDevice, QVideoFrame, QVideoFrameInput
from pytestqt.qtbot import QtBot

from app.ui.camera.camera_permission import CameraPermission, Permission
from app.ui.camera.capture_session import CaptureSession, image_pixels
from app.ui.camera.video_inputs import VideoInput, VideoInputs

# Offscreen there is no graphics card to convert pictures on; Qt says so and converts them itself.
pytestmark = pytest.mark.qt_log_ignore("No RHI backend", extend=True)

SKIN = 0xFFBE785F


@pytest.fixture
def feed(qtbot: QtBot) -> Iterator[QVideoFrameInput]:
    """Sends pictures of one colour until the end of the test."""
    feed = QVideoFrameInput()
    image = QImage(1922, 1080, QImage.Format.Format_RGB32)
    image.fill(SKIN)
    clock = QTimer()
    clock.timeout.connect(lambda: feed.sendVideoFrame(QVideoFrame(image)))
    feed.destroyed.connect(clock.stop)
    clock.start(20)
    yield feed
    clock.stop()


def test_pictures_of_the_stream_arrive_as_pixels(qtbot: QtBot, feed: QVideoFrameInput) -> None:
    session = CaptureSession(feed)
    with qtbot.waitSignal(session.picture) as told:
        session.start()
    session.stop()

    assert told.args is not None
    pixels = told.args[0]
    assert pixels.shape == (1080, 1922, 3)
    assert pixels[5, 5].tolist() == [190, 120, 95]


def test_still_is_taken_in_memory_at_full_size(qtbot: QtBot, feed: QVideoFrameInput) -> None:
    session = CaptureSession(feed)
    with qtbot.waitSignal(session.picture):
        session.start()
    with qtbot.waitSignal(session.still) as told:
        session.expose()
    session.stop()

    assert told.args is not None
    assert told.args[0].shape == (1080, 1922, 3)


def test_camera_that_is_not_there_gives_nothing_but_an_answer(qtbot: QtBot) -> None:
    session = CaptureSession.open(VideoInput("x", "x", device=QCameraDevice()), None, None)
    session.start()
    with qtbot.waitSignal(session.still_refused):
        session.expose()
    session.stop()


def test_error_of_the_camera_is_told_once_and_no_error_is_none(qtbot: QtBot) -> None:
    session = CaptureSession.open(VideoInput("x", "x", device=QCameraDevice()), None, None)
    told: list[None] = []
    session.failed.connect(lambda: told.append(None))
    session._fail(QCamera.Error.NoError, "")
    session._fail(QCamera.Error.CameraError, "Camera is in use")

    assert len(told) == 1


def test_empty_pictures_are_left_out(qtbot: QtBot) -> None:
    session = CaptureSession(QVideoFrameInput())
    pictures: list[object] = []
    session.picture.connect(pictures.append)
    with qtbot.waitSignal(session.still_refused):
        session._show(QVideoFrame())
        session._hand_over(1, QImage())

    assert pictures == []


def test_pixels_have_no_padding_and_cannot_be_changed(qtbot: QtBot) -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(SKIN)

    pixels = image_pixels(image)

    assert pixels.shape == (2, 3, 3)
    assert pixels.dtype == np.uint8
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0, 0] = 1


def test_this_machine_lists_its_cameras_without_a_warning(qtbot: QtBot) -> None:
    inputs = VideoInputs()

    listed = inputs.listed()

    assert all(one.device is not None for one in listed)
    assert inputs.find("no such camera") is None


def test_system_answers_about_permission(qtbot: QtBot) -> None:
    permission = CameraPermission()
    answers: list[Permission] = []
    permission.ask(lambda: answers.append(permission.now()))
    qtbot.waitUntil(lambda: bool(answers))

    assert answers[0] in set(Permission)
