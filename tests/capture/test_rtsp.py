from __future__ import annotations

from app.capture.address import StreamAddress
from app.capture.camera import CameraState
from app.capture.stream_camera import StreamCamera
from tests.capture.rtsp_server import RtspServer
from tests.capture.test_stream_camera import CALM
from tests.capture.witness import Witness


def test_rtsp_camera_is_live_over_one_connection() -> None:
    with RtspServer(640, 480) as server:
        address = StreamAddress.parse(server.url)
        with Witness(StreamCamera(address, patience=CALM)) as witness:
            witness.until_pictures(20)
            frame = witness.camera.newest()

    assert frame is not None
    assert (frame.width_px, frame.height_px) == (640, 480)
    assert witness.sequences == sorted(set(witness.sequences))
    assert {"DESCRIBE", "SETUP", "PLAY"} <= set(server.asked)
    assert CameraState.LOST not in witness.states
