"""Reads one camera with OpenCV in a process of its own, so that no camera can harm the program.

FFmpeg's parsers and camera drivers meet whatever the network sends; a crash or a hang ends here.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import cv2

from app.capture.address import StreamAddress, Transport
from app.capture.frame_ring import FrameRing
from app.capture.stream_messages import SLOTS, Ending, Kind, Message, size_admitted

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from app.capture.patience import Patience

# Only what cameras send: a playlist that names other files or hosts is never followed.
_PROTOCOLS = {
    Transport.RTSP: "tcp",
    Transport.RTSPS: "tcp,tls",
    Transport.HTTP: "http,tcp",
    Transport.HTTPS: "https,tls,tcp",
    Transport.FILE: "file",
}
_FORMATS = "mpjpeg,mjpeg,rtsp,h264,hevc,mpegts,avi,mov,mp4,matroska,webm"
_QUIET = "-8"  # AV_LOG_QUIET; an address with its password would stand in what FFmpeg prints
_BACKSTOP_MS = 1500  # a second and a half for each of the program's, which ends this process itself
_WANTED_WIDTH, _WANTED_HEIGHT = 3840, 2160  # a driver answers with the nearest it has


def run(connection: Connection, address: StreamAddress, patience: Patience) -> None:
    """Be the reading process: give up what is not needed, then read until told otherwise."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - the null device is no path
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold pictures
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    serve(connection, address, patience)


def serve(connection: Connection, address: StreamAddress, patience: Patience) -> None:
    """Read the camera and announce its pictures until it ends or the other side has gone."""
    try:
        connection.send_bytes(Message(Kind.READY).packed())
        ending = _read(connection, address, patience)
        if ending is not None:
            connection.send_bytes(Message(Kind.ENDED, detail=ending).packed())
    except (EOFError, OSError):
        return  # the program has closed its end: it wants no more pictures
    finally:
        connection.close()


def _read(connection: Connection, address: StreamAddress, patience: Patience) -> Ending | None:
    capture = _open(address, patience)
    try:
        if not capture.isOpened() or not capture.grab():
            return Ending.NOT_OPENED
        shape = capture.retrieve()[1].shape
        if len(shape) != 3 or not size_admitted(shape[1], shape[0]):  # noqa: PLR2004 - H, W, 3
            return Ending.UNREADABLE
        size = Message(Kind.SIZE, width_px=shape[1], height_px=shape[0])
        connection.send_bytes(size.packed())
        ring = FrameRing.attach(connection.recv_bytes().decode("ascii"), shape[1], shape[0])
        try:
            return _announce(connection, capture, ring, is_file=address.transport is Transport.FILE)
        finally:
            ring.close()
    finally:
        capture.release()


def _open(address: StreamAddress, patience: Patience) -> cv2.VideoCapture:
    capture = cv2.VideoCapture()
    if address.transport is Transport.DEVICE:
        capture.open(int(address.target), cv2.CAP_ANY)
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WANTED_WIDTH)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _WANTED_HEIGHT)
        return capture
    os.environ["OPENCV_FFMPEG_LOGLEVEL"] = _QUIET
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = (
        f"protocol_whitelist;{_PROTOCOLS[address.transport]}|format_whitelist;{_FORMATS}"
        "|rtsp_transport;tcp|fflags;nobuffer|flags;low_delay"
    )
    options = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, int(patience.open_s * _BACKSTOP_MS)),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, int(patience.lost_s * _BACKSTOP_MS)),
        *(cv2.CAP_PROP_N_THREADS, 1),  # several threads decode several pictures late
    ]
    capture.open(address.target, cv2.CAP_FFMPEG, options)
    return capture


def _announce(
    connection: Connection, capture: cv2.VideoCapture, ring: FrameRing, *, is_file: bool
) -> Ending | None:
    """Read and announce until the camera ends; pictures that find no free slot are passed over."""
    free = set(range(SLOTS))
    number = 0
    clock = _FileClock(capture) if is_file else None
    while True:
        began_s = time.monotonic()
        if not capture.grab():
            if clock is None or not clock.rewind():
                return Ending.LOST
            continue
        number += 1
        if clock is not None:
            clock.wait()
        while connection.poll():
            free.add(connection.recv_bytes()[0])
        if not free:
            continue
        picture = capture.retrieve()[1]
        slot = free.pop()
        if picture.shape != ring.slot(slot).shape:
            return Ending.LOST  # a driver changed its size: the next attempt meets the new one
        cv2.cvtColor(picture, cv2.COLOR_BGR2RGB, dst=ring.slot(slot))
        announcement = Message(Kind.FRAME, detail=slot, number=number, time_s=began_s)
        connection.send_bytes(announcement.packed())


class _FileClock:
    """Plays a video file in its own time, again and again."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture
        self._start_s = time.monotonic()
        self._read_since_start = 0

    def wait(self) -> None:
        """Until the picture that was just read is due."""
        self._read_since_start += 1
        due_s = self._start_s + self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        time.sleep(max(0.0, due_s - time.monotonic()))

    def rewind(self) -> bool:
        """Go back to the start; False when the last round gave no picture."""
        if self._read_since_start == 0:
            return False
        self._start_s, self._read_since_start = time.monotonic(), 0
        return bool(self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0))
