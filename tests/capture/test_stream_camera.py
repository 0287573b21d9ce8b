from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import cv2
import pytest

from app.capture.address import StreamAddress
from app.capture.camera import Camera, CameraState
from app.capture.patience import Patience
from app.capture.problems import (
    CannotOpenError,
    ConnectionLostError,
    NoPictureInTimeError,
    UnreadablePictureError,
)
from app.capture.stream_camera import StreamCamera
from tests.capture.mjpeg_server import MjpegServer
from tests.capture.numbered_frames import COUNT, RED_SKIN, number_of, numbered
from tests.capture.witness import PATIENT_S, Witness

# A busy machine makes a live camera wait; nothing here waits that is not broken.
CALM = Patience(start_s=PATIENT_S, open_s=PATIENT_S, silence_s=20, lost_s=40, first_pause_s=0.05)


def a_camera(url: str, patience: Patience = CALM) -> StreamCamera:
    return StreamCamera(StreamAddress.parse(url), patience=patience)


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    with MjpegServer() as running:
        yield running


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_camera_goes_from_stopped_over_opening_to_live(server: MjpegServer) -> None:
    camera: Camera = a_camera(server.url)
    before = camera.status()

    with Witness(camera) as witness:
        opening = camera.status()
        live = witness.until_state(CameraState.LIVE)

    assert (before.state, before.problem) == (CameraState.STOPPED, None)
    assert opening.state in {CameraState.OPENING, CameraState.LIVE}
    assert live.problem is None
    assert camera.status().state is CameraState.STOPPED
    assert camera.newest() is None


def test_pictures_are_red_green_blue_and_cannot_be_changed(server: MjpegServer) -> None:
    with Witness(a_camera(server.url)) as witness:
        witness.until_pictures(1)
        frame = witness.camera.newest()

    assert frame is not None
    assert (frame.width_px, frame.height_px) == server.size
    middle = frame.pixels[100:140, 150:170].reshape(-1, 3).mean(axis=0)
    assert middle == pytest.approx(RED_SKIN, abs=12)
    with pytest.raises(ValueError, match="read-only"):
        frame.pixels[0, 0] = 0


def test_full_hd_arrives_in_order_and_never_twice() -> None:
    """How many of thirty a second arrive is measured by the bench `stream`, not here."""
    with MjpegServer(1920, 1080, fps=30) as server, Witness(a_camera(server.url)) as witness:
        witness.until_pictures(20)

    assert witness.sequences == sorted(set(witness.sequences))
    assert server.served >= len(witness.sequences)


def test_only_the_newest_picture_is_kept(server: MjpegServer) -> None:
    camera = a_camera(server.url)
    asleep, awake = threading.Event(), threading.Event()

    def dawdle() -> None:
        if camera.status().state is CameraState.LIVE and not asleep.is_set():
            asleep.set()
            awake.wait(PATIENT_S)

    camera.listen(dawdle)
    camera.start()
    assert asleep.wait(PATIENT_S)
    first, served = camera.newest(), server.served
    with Witness(camera) as witness:
        while server.served < served + 20:
            threading.Event().wait(1 / server.fps)
        awake.set()
        witness.until_pictures(2)

    assert first is not None
    assert witness.sequences[1] - first.sequence >= 15


def test_still_is_newer_than_the_press_of_the_shutter() -> None:
    with MjpegServer(1920, 1080, fps=30) as server:
        camera = a_camera(server.url)
        with Witness(camera) as witness:
            witness.until_pictures(3)
            server.silent = True
            server.until_quiet()
            witness.until(lambda: newest_number(camera) == (server.served - 1) % COUNT)
            served_at_press = server.served
            threading.Timer(0, server.speak).start()
            still = camera.take_still(timeout_s=PATIENT_S)

    assert (number_of(still.pixels) - served_at_press) % COUNT < COUNT // 2
    assert (still.width_px, still.height_px) == (1920, 1080)


def test_still_from_a_stream_at_full_speed_is_not_the_one_on_the_screen() -> None:
    with MjpegServer(1920, 1080, fps=30) as server:
        camera = a_camera(server.url)
        with Witness(camera) as witness:
            witness.until_pictures(3)
            on_screen = camera.newest()
            still = camera.take_still(timeout_s=PATIENT_S)

    assert on_screen is not None
    assert still.sequence > on_screen.sequence
    assert still.taken_at_s > on_screen.taken_at_s


def newest_number(camera: Camera) -> int:
    frame = camera.newest()
    assert frame is not None
    return number_of(frame.pixels)


def test_no_still_in_time_is_a_known_error(server: MjpegServer) -> None:
    camera = a_camera(server.url)

    with pytest.raises(NoPictureInTimeError) as caught:
        camera.take_still(timeout_s=0)

    assert caught.value.code == "CAMERA-004"


def test_camera_comes_back_after_it_was_unplugged(server: MjpegServer) -> None:
    with Witness(a_camera(server.url)) as witness:
        witness.until_pictures(3)
        server.unplug()
        lost = witness.until_state(CameraState.LOST)
        last = witness.sequences[-1]
        witness.until_state(CameraState.RECONNECTING)
        server.plug_in()
        witness.until_pictures(3)
        back = witness.camera.status()

    assert isinstance(lost.problem, ConnectionLostError)
    assert (back.state, back.problem) == (CameraState.LIVE, None)
    assert witness.sequences[-3] > last
    assert witness.sequences == sorted(set(witness.sequences))


def test_camera_that_is_plugged_in_late_is_found() -> None:
    server = MjpegServer()
    with server:
        url = server.url
    with Witness(a_camera(url)) as witness:
        first = witness.until_state(CameraState.LOST)
        with server:
            witness.until_pictures(1)

    assert isinstance(first.problem, CannotOpenError)


def test_trying_again_at_once_cuts_the_pause_short() -> None:
    endless = Patience(start_s=PATIENT_S, open_s=PATIENT_S, first_pause_s=10 * PATIENT_S)
    server = MjpegServer()
    with server:
        url = server.url
    with Witness(a_camera(url, endless)) as witness:
        witness.until_state(CameraState.LOST)
        with server:
            witness.camera.retry_now()
            witness.until_pictures(1)

    assert CameraState.RECONNECTING in witness.states


def test_trying_again_does_not_disturb_a_live_camera(server: MjpegServer) -> None:
    with Witness(a_camera(server.url)) as witness:
        witness.until_pictures(1)
        witness.camera.retry_now()
        witness.until_pictures(3)

    assert set(witness.states) <= {CameraState.OPENING, CameraState.LIVE, CameraState.STOPPED}


def test_refused_connection_is_said_and_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with Witness(a_camera(f"rtsp://127.0.0.1:{port}/stream")) as witness:
        lost = witness.until_state(CameraState.LOST)
        again = witness.until_state(CameraState.RECONNECTING)

    assert lost.problem is not None
    assert lost.problem.code == "CAMERA-001"
    assert again.problem is lost.problem


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_server_that_never_speaks_is_given_up(silent_port: int, scheme: str) -> None:
    brief = Patience(start_s=PATIENT_S, open_s=0.3, first_pause_s=PATIENT_S)

    with Witness(a_camera(f"{scheme}://127.0.0.1:{silent_port}/", brief)) as witness:
        lost = witness.until_state(CameraState.LOST)

    assert lost.problem is not None
    assert lost.problem.code == "CAMERA-004"


def test_silence_is_said_first_and_given_up_later(server: MjpegServer) -> None:
    brief = Patience(start_s=PATIENT_S, open_s=PATIENT_S, silence_s=0.4, lost_s=1.0)
    with Witness(a_camera(server.url, brief)) as witness:
        witness.until_state(CameraState.LIVE)
        server.silent = True
        witness.until(lambda: CameraState.LOST in witness.states)

    after_live = witness.states[witness.states.index(CameraState.LIVE) :]
    problem = witness.statuses[witness.states.index(CameraState.LOST)].problem
    assert after_live[1:3] == [CameraState.NO_PICTURE, CameraState.LOST]
    assert isinstance(problem, NoPictureInTimeError)
    assert problem.facts == {"seconds": 1}


def test_picture_after_silence_makes_the_camera_live_again(server: MjpegServer) -> None:
    brief = Patience(start_s=PATIENT_S, open_s=PATIENT_S, silence_s=0.4, lost_s=PATIENT_S)
    with Witness(a_camera(server.url, brief)) as witness:
        witness.until_state(CameraState.LIVE)
        server.silent = True
        witness.until_state(CameraState.NO_PICTURE)
        server.silent = False
        live = witness.until_state(CameraState.LIVE)

    assert live.problem is None
    assert CameraState.LOST not in witness.states


def test_camera_with_a_password_opens_with_it_and_not_without(server: MjpegServer) -> None:
    server.login = "nurse:p@ss"
    address = StreamAddress.parse(server.url)

    with Witness(StreamCamera(address, patience=CALM)) as without:
        refused = without.until_state(CameraState.LOST)
    with Witness(
        StreamCamera(address.with_credentials("nurse", "p@ss"), patience=CALM)
    ) as with_password:
        with_password.until_pictures(1)

    assert isinstance(refused.problem, CannotOpenError)


def test_password_reaches_no_log_and_no_output(
    server: MjpegServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    server.body = b"--next\r\nContent-Type: image/jpeg\r\n\r\nnot a picture"
    address = StreamAddress.parse(server.url).with_credentials("nurse", "s3cret")

    with Witness(StreamCamera(address, patience=CALM)) as witness:
        lost = witness.until_state(CameraState.LOST)

    printed = capfd.readouterr()
    assert isinstance(lost.problem, CannotOpenError)
    assert "s3cret" not in caplog.text + printed.out + printed.err + str(lost.problem)
    assert printed.err == ""


def test_playlist_that_names_a_file_is_not_followed(server: MjpegServer, tmp_path: Path) -> None:
    video = a_video(tmp_path / "arm.avi", pictures=10)
    server.body = f"#EXTM3U\n#EXTINF:1,\nfile://{video}\n#EXT-X-ENDLIST\n".encode()

    with Witness(a_camera(server.url)) as witness:
        lost = witness.until_state(CameraState.LOST)

    assert isinstance(lost.problem, CannotOpenError)
    assert witness.sequences == []


def test_video_file_plays_again_and_again(tmp_path: Path) -> None:
    video = a_video(tmp_path / "arm.avi", pictures=5)

    with Witness(StreamCamera(StreamAddress.of_file(video), patience=CALM)) as witness:
        witness.until_pictures(12)

    assert set(witness.states) <= {CameraState.OPENING, CameraState.LIVE, CameraState.STOPPED}


def test_file_that_is_no_video_is_said(tmp_path: Path) -> None:
    (tmp_path / "arm.avi").write_bytes(b"RIFF" + b"\0" * 100)

    with Witness(StreamCamera(StreamAddress.of_file(tmp_path / "arm.avi"), patience=CALM)) as it:
        lost = it.until_state(CameraState.LOST)

    assert isinstance(lost.problem, CannotOpenError)


def test_device_that_is_not_there_is_said() -> None:
    with Witness(StreamCamera(StreamAddress.of_device(63), patience=CALM)) as witness:
        lost = witness.until_state(CameraState.LOST)

    assert isinstance(lost.problem, CannotOpenError)


def test_crash_of_the_reading_process_does_not_harm_the_program(server: MjpegServer) -> None:
    with Witness(a_camera(server.url)) as witness:
        witness.until_pictures(1)
        (reader,) = [p for p in active_children() if p.name == "camera-reader"]
        reader.kill()
        witness.until(lambda: CameraState.LOST in witness.states)
        problem = witness.statuses[witness.states.index(CameraState.LOST)].problem
        witness.until_state(CameraState.LIVE)

    assert isinstance(problem, UnreadablePictureError)


def test_starting_twice_and_stopping_twice_change_nothing(server: MjpegServer) -> None:
    camera = a_camera(server.url)
    with Witness(camera) as witness:
        camera.start()
        witness.until_pictures(1)
        readers = len(active_children())
        camera.stop()
        camera.stop()
        camera.retry_now()

    assert readers == 1
    assert not active_children()
    assert not [thread for thread in threading.enumerate() if thread.name == "camera"]


def test_stopped_camera_starts_again(server: MjpegServer) -> None:
    camera = a_camera(server.url)
    with Witness(camera) as first:
        first.until_pictures(1)
    with Witness(camera) as second:
        second.until_pictures(1)

    assert second.states[-1] is CameraState.STOPPED


def a_video(path: Path, *, pictures: int) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (320, 240))
    for number in range(pictures):
        writer.write(cv2.cvtColor(numbered(number, 320, 240), cv2.COLOR_RGB2BGR))
    writer.release()
    return path
