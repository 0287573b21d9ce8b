from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.capture import camera as port
from app.capture.address import StreamAddress
from app.capture.stream_camera import StreamCamera
from app.ui.camera import frame_source
from app.ui.camera.frame_source import CameraState
from app.ui.camera.problems import StillNotTakenError, UnpluggedError
from app.ui.camera.stream_source import StreamSource
from tests.capture.mjpeg_server import MjpegServer
from tests.capture.test_stream_camera import CALM
from tests.ui.camera.fakes import FakeForeignCamera, a_frame

LONG_MS = 60_000


@pytest.fixture
def camera() -> FakeForeignCamera:
    return FakeForeignCamera()


@pytest.fixture
def source(qtbot: QtBot, camera: FakeForeignCamera) -> Iterator[StreamSource]:
    source = StreamSource(camera)
    yield source
    source.stop()


def told(source: StreamSource) -> tuple[list[CameraState], list[int]]:
    states: list[CameraState] = []
    sequences: list[int] = []
    source.status_changed.connect(lambda status: states.append(status.state))
    source.picture_arrived.connect(lambda frame: sequences.append(frame.sequence))
    return states, sequences


def test_both_sides_of_the_port_use_the_same_words() -> None:
    assert [*port.CameraState] == [*frame_source.CameraState]


def test_states_and_pictures_become_signals(
    qtbot: QtBot, source: StreamSource, camera: FakeForeignCamera
) -> None:
    states, sequences = told(source)
    source.start()
    camera.send(a_frame(1))
    qtbot.waitUntil(lambda: sequences == [1])
    problem = UnpluggedError()
    camera.lose(problem)
    qtbot.waitUntil(lambda: source.status().problem is problem)
    source.stop()

    assert states == ["opening", "live", "lost", "stopped"]
    assert camera.calls == ("start", "stop")
    assert camera.listener is None
    assert source.newest() is None


def test_pictures_do_not_pile_up_while_the_window_is_busy(
    qtbot: QtBot, source: StreamSource, camera: FakeForeignCamera
) -> None:
    _states, sequences = told(source)
    source.start()

    def shoot() -> None:
        for sequence in range(1, 101):
            camera.send(a_frame(sequence))

    thread = threading.Thread(target=shoot)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(sequences))
    camera.send(a_frame(101))
    qtbot.waitUntil(lambda: sequences[-1] == 101)

    assert sequences == [100, 101]


def test_news_after_the_stop_change_nothing(
    qtbot: QtBot, source: StreamSource, camera: FakeForeignCamera
) -> None:
    states, sequences = told(source)
    source.start()
    camera.send(a_frame(1))
    camera.state, camera.frame = CameraState.STOPPED, None
    source.stop()
    QCoreApplication.processEvents()

    assert sequences == []
    assert states == ["opening", "stopped"]


def test_still_is_the_first_picture_after_the_press(
    qtbot: QtBot, source: StreamSource, camera: FakeForeignCamera
) -> None:
    source.start()
    camera.send(a_frame(1))
    qtbot.waitUntil(lambda: source.newest() is not None)
    with qtbot.waitSignal(source.still_taken) as still:
        assert source.take_still()
        assert not source.take_still()
        camera.send(a_frame(2, late=True))
        qtbot.waitUntil(lambda: source.newest() is camera.frame)
        camera.send(a_frame(3))

    assert still.args is not None
    assert still.args[0].sequence == 3


def test_no_still_without_a_live_picture(source: StreamSource) -> None:
    source.start()

    assert not source.take_still()


def test_camera_that_goes_leaves_no_still_behind(
    qtbot: QtBot, source: StreamSource, camera: FakeForeignCamera
) -> None:
    source.start()
    camera.send(a_frame(1))
    qtbot.waitUntil(lambda: source.newest() is not None)
    problem = UnpluggedError()
    with qtbot.waitSignal(source.still_failed) as failed:
        source.take_still()
        camera.lose(problem)

    assert failed.args == [problem]


def test_still_that_does_not_come_is_given_up(
    qtbot: QtBot,
    source: StreamSource,
    camera: FakeForeignCamera,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(frame_source, "STILL_S", 0.01)
    source.start()
    camera.send(a_frame(1))
    qtbot.waitUntil(lambda: source.newest() is not None)
    with qtbot.waitSignal(source.still_failed) as failed:
        source.take_still()

    assert failed.args is not None
    assert isinstance(failed.args[0], StillNotTakenError)


def test_retry_is_passed_on(source: StreamSource, camera: FakeForeignCamera) -> None:
    source.retry_now()

    assert camera.calls == ("retry",)


def test_network_camera_reaches_the_window_and_gives_a_fresh_still(qtbot: QtBot) -> None:
    with MjpegServer(1280, 720) as server:
        source = StreamSource(StreamCamera(StreamAddress.parse(server.url), patience=CALM))
        with qtbot.waitSignal(source.picture_arrived, timeout=LONG_MS):
            source.start()
        on_screen = source.newest()
        with qtbot.waitSignal(source.still_taken, timeout=LONG_MS) as still:
            assert source.take_still()
        source.stop()

    assert still.args is not None
    frame = still.args[0]
    assert frame.pixels.shape == (720, 1280, 3)
    assert on_screen is not None
    assert frame.sequence > on_screen.sequence
    assert len(frame.pixels.tobytes()) == 1280 * 720 * 3
