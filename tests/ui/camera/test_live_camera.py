from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.errors import KnownError
from app.ui.camera.camera_permission import Permission
from app.ui.camera.frame_source import CameraState
from app.ui.camera.live_camera import LiveCamera, LivePatience
from app.ui.camera.problems import (
    CameraBusyError,
    CameraStoppedError,
    NoCameraFoundError,
    NoPermissionError,
    StillNotTakenError,
    UnpluggedError,
)
from app.ui.camera.video_inputs import PictureFormat, VideoInput
from tests.ui.camera.fakes import HD, LARGE, WEBCAM, FakeInputs, FakePermission, FakeSessions

NEVER = LivePatience(10**8, 10**8, 10**8, 10**8)
SOON = LivePatience(1, 1, 1, 1)


class Bench:
    """A camera with everything around it under the test's thumb."""

    def __init__(self, *plugged: VideoInput, patience: LivePatience = NEVER) -> None:
        self.inputs = FakeInputs(*plugged)
        self.sessions = FakeSessions()
        self.permission = FakePermission()
        self.camera = LiveCamera(self.inputs, WEBCAM.id, name=WEBCAM.name)
        self.camera._open_session = self.sessions  # type: ignore[assignment]
        self.camera._permission = self.permission
        self.camera._patience = patience
        self.states: list[CameraState] = []
        self.camera.status_changed.connect(lambda status: self.states.append(status.state))

    def lost(self) -> type[KnownError]:
        assert self.camera.status().state is CameraState.LOST
        return type(self.camera.status().problem)  # type: ignore[return-value]


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(*plugged: VideoInput, patience: LivePatience = NEVER) -> Bench:
        made.append(Bench(*plugged, patience=patience))
        return made[-1]

    yield make
    for one in made:
        one.camera.stop()


def test_camera_becomes_live_with_its_first_picture(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.camera.start()
    it.sessions.last.send(90)
    frame = it.camera.newest()
    it.camera.stop()

    assert it.states == ["opening", "live", "stopped"]
    assert frame is not None
    assert frame.pixels[0, 0].tolist() == [90, 90, 90]
    assert it.sessions.last.done == ["start", "stop"]
    assert len(it.sessions.opened) == 1
    assert it.camera.newest() is None


def test_largest_smooth_size_is_taken_unless_another_is_chosen(
    bench: Callable[..., Bench],
) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.camera.set_format(LARGE)
    it.camera.set_format(None)

    assert [session.size for session in it.sessions.opened] == [HD, LARGE, HD]
    assert it.camera.formats() == (LARGE, HD)
    assert it.sessions.opened[0].done == ["start", "stop"]


def test_size_chosen_before_the_start_opens_nothing(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.set_format(PictureFormat(640, 480, 30))

    assert it.sessions.opened == []


def test_still_comes_from_the_camera_and_not_from_the_stream(
    bench: Callable[..., Bench], qtbot: QtBot
) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.send(1)
    with qtbot.waitSignal(it.camera.still_taken) as still:
        assert it.camera.take_still()
        it.sessions.last.send(2)
        it.sessions.last.still.emit(it.camera.newest().pixels * 0 + 77)  # type: ignore[union-attr]

    assert "expose" in it.sessions.last.done
    assert still.args is not None
    assert still.args[0].pixels[0, 0, 0] == 77


def test_refused_still_is_said(bench: Callable[..., Bench], qtbot: QtBot) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.send()
    with qtbot.waitSignal(it.camera.still_failed) as failed:
        it.camera.take_still()
        it.sessions.last.still_refused.emit()

    assert failed.args is not None
    assert isinstance(failed.args[0], StillNotTakenError)


def test_no_camera_at_all_is_said(bench: Callable[..., Bench]) -> None:
    it = bench()
    it.camera.start()

    assert it.lost() is NoCameraFoundError
    assert it.camera.formats() == ()


def test_other_camera_than_the_chosen_is_not_used(bench: Callable[..., Bench]) -> None:
    it = bench(VideoInput("usb-9", "Webcam"))
    it.camera.start()

    assert it.lost() is UnpluggedError
    assert it.sessions.opened == []


def test_camera_plugged_in_late_is_seen(bench: Callable[..., Bench]) -> None:
    it = bench()
    it.camera.start()
    it.inputs.plug(WEBCAM)
    it.sessions.last.send()

    assert it.states == ["opening", "lost", "reconnecting", "live"]


def test_camera_is_known_again_in_another_socket(bench: Callable[..., Bench]) -> None:
    it = bench()
    it.camera.start()
    it.inputs.plug(VideoInput("usb-7", WEBCAM.name))

    assert it.sessions.last.video_input.id == "usb-7"


def test_one_of_two_twins_is_not_guessed(bench: Callable[..., Bench]) -> None:
    it = bench(VideoInput("usb-7", WEBCAM.name), VideoInput("usb-8", WEBCAM.name))
    it.camera.start()

    assert it.lost() is UnpluggedError


def test_unplugging_and_plugging_in_needs_no_restart(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.send()
    it.inputs.plug()
    lost = it.lost()
    it.inputs.plug(WEBCAM)
    it.sessions.last.send()

    assert lost is UnpluggedError
    assert it.states == ["opening", "live", "lost", "reconnecting", "live"]
    assert len(it.sessions.opened) == 2


def test_another_camera_coming_changes_nothing(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.send()
    it.inputs.plug(WEBCAM, VideoInput("usb-2", "Other"))

    assert it.states == ["opening", "live"]


def test_change_of_devices_does_not_start_a_stopped_camera(bench: Callable[..., Bench]) -> None:
    it = bench()
    it.inputs.plug(WEBCAM)
    it.inputs.plug()

    assert it.states == []


def test_camera_that_never_starts_is_held_by_another_program(
    bench: Callable[..., Bench], qtbot: QtBot
) -> None:
    it = bench(WEBCAM)
    it.camera._patience = LivePatience(1, 10**8, 10**8, 10**8)
    it.camera.start()
    qtbot.waitUntil(lambda: it.camera.status().state is CameraState.LOST)

    assert it.lost() is CameraBusyError


def test_failure_before_the_first_picture_means_busy(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.failed.emit()

    assert it.lost() is CameraBusyError


def test_failure_while_live_means_stopped_and_is_tried_again(
    bench: Callable[..., Bench], qtbot: QtBot
) -> None:
    it = bench(WEBCAM)
    it.camera._patience = LivePatience(10**8, 10**8, 10**8, 1)
    it.camera.start()
    it.sessions.last.send()
    it.sessions.last.failed.emit()
    lost = it.lost()
    qtbot.waitUntil(lambda: len(it.sessions.opened) == 2)

    assert lost is CameraStoppedError
    assert it.camera.status().state is CameraState.RECONNECTING


def test_failure_of_a_camera_that_has_gone_means_unplugged(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.send()
    it.inputs.plugged = []
    it.sessions.last.failed.emit()

    assert it.lost() is UnpluggedError


def test_failure_when_permission_was_taken_back(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.permission.answer = Permission.DENIED
    it.sessions.last.failed.emit()

    assert it.lost() is NoPermissionError


def test_silence_is_said_then_the_camera_is_opened_anew(
    bench: Callable[..., Bench], qtbot: QtBot
) -> None:
    it = bench(WEBCAM)
    it.camera._patience = LivePatience(10**8, 1, 1, 10**8)
    it.camera.start()
    it.sessions.last.send()
    qtbot.waitUntil(lambda: it.camera.status().state is CameraState.LOST)

    assert it.states == ["opening", "live", "no-picture", "lost"]
    assert it.lost() is CameraStoppedError


def test_missing_camera_is_waited_for_quietly(bench: Callable[..., Bench], qtbot: QtBot) -> None:
    it = bench(patience=SOON)
    it.camera.start()
    qtbot.waitUntil(it.camera._clock.isActive)
    it.inputs.plugged = [WEBCAM]  # the system forgot to tell
    qtbot.waitUntil(lambda: bool(it.sessions.opened))

    assert it.states[:3] == ["opening", "lost", "reconnecting"]


def test_denied_permission_is_said(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.permission.answer = Permission.DENIED
    it.camera.start()

    assert it.lost() is NoPermissionError
    assert it.sessions.opened == []


def test_system_asks_first_and_the_camera_opens_after_the_answer(
    bench: Callable[..., Bench],
) -> None:
    it = bench(WEBCAM)
    it.permission.answer = Permission.UNASKED
    it.camera.start()
    before = len(it.sessions.opened)
    it.permission.answer = Permission.GRANTED
    it.permission.asked[0]()
    it.permission.asked[0]()

    assert (before, len(it.sessions.opened)) == (0, 1)


def test_answer_after_the_stop_opens_nothing(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.permission.answer = Permission.UNASKED
    it.camera.start()
    it.camera.stop()
    it.permission.answer = Permission.GRANTED
    it.permission.asked[0]()

    assert it.sessions.opened == []
    assert it.states == ["opening", "stopped"]


def test_trying_again_does_not_disturb_a_live_camera(bench: Callable[..., Bench]) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.send()
    it.camera.retry_now()

    assert len(it.sessions.opened) == 1


def test_stopping_a_camera_that_awaits_a_still_says_so(
    bench: Callable[..., Bench], qtbot: QtBot
) -> None:
    it = bench(WEBCAM)
    it.camera.start()
    it.sessions.last.send()
    it.camera.take_still()
    with qtbot.waitSignal(it.camera.still_failed):
        it.camera.stop()

    assert not it.camera.take_still()
