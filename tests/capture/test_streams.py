from __future__ import annotations

import pytest

from app.capture.camera import CameraState
from app.capture.problems import BadAddressError
from app.capture.streams import Streams
from tests.capture.mjpeg_server import MjpegServer
from tests.capture.test_stream_camera import CALM
from tests.capture.witness import Witness


def test_typed_parts_become_one_address_that_shows_no_password() -> None:
    streams = Streams()

    whole = streams.address(" http://camera:81/v ", "nurse", "p@ss:word/")

    assert whole == "http://nurse:p%40ss%3Aword%2F@camera:81/v"
    assert streams.shown(whole) == "http://camera:81"


def test_address_without_user_stays_as_it_is() -> None:
    assert Streams().address("rtsp://camera/1") == "rtsp://camera/1"


@pytest.mark.parametrize("text", ["", "camera", "file:///videos/arm.avi"])
def test_what_is_no_network_camera_is_refused(text: str) -> None:
    with pytest.raises(BadAddressError):
        Streams().address(text)


def test_camera_is_opened_from_its_whole_address() -> None:
    with MjpegServer() as server:
        server.login = "nurse:p@ss"
        streams = Streams(CALM)
        camera = streams.open(streams.address(server.url, "nurse", "p@ss"))
        with Witness(camera) as witness:
            witness.until_pictures(1)

    assert CameraState.LIVE in witness.states
