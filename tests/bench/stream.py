"""A network camera at 1080p and thirty pictures a second: how many of those served arrive."""

from __future__ import annotations

from pathlib import Path

from app.capture.address import StreamAddress
from app.capture.stream_camera import StreamCamera
from tests.bench.figure import Figure
from tests.capture.mjpeg_server import MjpegServer
from tests.capture.witness import Witness


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Counted, not timed: pictures that arrived of pictures that were served."""
    assert folder.is_dir()
    with MjpegServer(1920, 1080, fps=30) as server:
        camera = StreamCamera(StreamAddress.parse(server.url))
        with Witness(camera) as witness:
            witness.until_pictures(5)
            served, told = server.served, len(witness.sequences)
            witness.until(lambda: server.served >= served + (75 if quick else 300))
            served, told = server.served - served, len(witness.sequences) - told
    return [Figure("MJPEG 1080p30: pictures told of pictures served", told / served, "×", 28 / 30)]
