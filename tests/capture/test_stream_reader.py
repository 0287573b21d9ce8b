"""The reader itself, here in a thread of this process instead of in a process of its own."""

from __future__ import annotations

import multiprocessing
import threading
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.capture import stream_reader
from app.capture.address import StreamAddress
from app.capture.frame_ring import FrameRing
from app.capture.patience import Patience
from app.capture.stream_messages import SLOTS, Ending, Kind, Message
from tests.capture.mjpeg_server import MjpegServer
from tests.capture.numbered_frames import number_of
from tests.capture.test_stream_camera import a_video
from tests.capture.witness import PATIENT_S


class Reading:
    """A reader at work, and the program's end of its pipe."""

    def __init__(self, address: StreamAddress) -> None:
        self.here, there = multiprocessing.Pipe()
        arguments = (there, address, Patience())
        self.thread = threading.Thread(target=stream_reader.serve, args=arguments)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.here.close()
        self.thread.join(PATIENT_S)
        assert not self.thread.is_alive()

    def hear(self) -> Message:
        assert self.here.poll(PATIENT_S)
        return Message.unpack(self.here.recv_bytes())

    def hear_the_end(self) -> Message:
        while (message := self.hear()).kind is Kind.FRAME:
            self.here.send_bytes(bytes([message.detail]))
        return message

    def make_room(self) -> FrameRing:
        size = self.hear()
        assert size.kind is Kind.SIZE
        ring = FrameRing.create(size.width_px, size.height_px)
        self.here.send_bytes(ring.name.encode())
        return ring


@pytest.fixture
def video(tmp_path: Path) -> StreamAddress:
    return StreamAddress.of_file(a_video(tmp_path / "arm.avi", pictures=4))


def test_reader_says_ready_size_and_pictures_in_order(video: StreamAddress) -> None:
    with Reading(video) as reading:
        ready = reading.hear()
        ring = reading.make_room()
        frames, numbers = [], []
        for _ in range(6):
            frames.append(reading.hear())
            numbers.append(number_of(ring.slot(frames[-1].detail)))
            reading.here.send_bytes(bytes([frames[-1].detail]))
    ring.close()

    assert ready.kind is Kind.READY
    assert [frame.number for frame in frames] == [1, 2, 3, 4, 5, 6]
    assert [(later - first) % 4 for first, later in pairwise(numbers)] == [1] * 5


def test_pictures_without_a_free_slot_are_passed_over(video: StreamAddress) -> None:
    with Reading(video) as reading:
        reading.hear()
        ring = reading.make_room()
        taken = [reading.hear() for _ in range(SLOTS)]
        assert not reading.here.poll(0.2)
        reading.here.send_bytes(bytes([taken[0].detail]))
        later = reading.hear()
    ring.close()

    assert later.number > SLOTS + 1
    assert later.detail == taken[0].detail


def test_reader_ends_when_the_network_camera_goes() -> None:
    with MjpegServer() as server, Reading(StreamAddress.parse(server.url)) as reading:
        reading.hear()
        ring = reading.make_room()
        reading.hear()
        server.unplug()
        end = reading.hear_the_end()
    ring.close()

    assert (end.kind, end.detail) == (Kind.ENDED, Ending.LOST)


def test_picture_of_absurd_size_is_refused(
    video: StreamAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.capture.stream_messages.MAX_PIXELS", 320 * 240 - 1)

    with Reading(video) as reading:
        reading.hear()
        end = reading.hear()

    assert (end.kind, end.detail) == (Kind.ENDED, Ending.UNREADABLE)


@pytest.mark.parametrize("address", [StreamAddress.of_device(63)], ids=str)
def test_nothing_there_is_said(address: StreamAddress) -> None:
    with Reading(address) as reading:
        reading.hear()
        end = reading.hear()

    assert (end.kind, end.detail) == (Kind.ENDED, Ending.NOT_OPENED)


class ShrinkingDriver:
    """A device whose second picture is smaller; FFmpeg's pictures are scaled to the first."""

    def __init__(self) -> None:
        self._side = 17

    def grab(self) -> bool:
        self._side -= 1
        return True

    def retrieve(self):
        return True, np.zeros((self._side, self._side, 3), np.uint8)


def test_change_of_size_ends_the_attempt() -> None:
    here, there = multiprocessing.Pipe()
    ring = FrameRing.create(16, 16)

    ending = stream_reader._announce(there, ShrinkingDriver(), ring, is_file=False)  # type: ignore[arg-type]

    announced = Message.unpack(here.recv_bytes())
    here.close()
    there.close()
    ring.close()
    assert announced.kind is Kind.FRAME
    assert ending is Ending.LOST


def test_file_that_gives_nothing_after_its_start_ends_the_attempt() -> None:
    here, there = multiprocessing.Pipe()
    ring = FrameRing.create(16, 16)

    ending = stream_reader._announce(there, cv2.VideoCapture(), ring, is_file=True)

    here.close()
    there.close()
    ring.close()
    assert ending is Ending.LOST


def test_reader_ends_when_the_program_has_gone(video: StreamAddress) -> None:
    with Reading(video) as reading:
        reading.hear()
        ring = reading.make_room()
        reading.hear()
    ring.close()

    assert not reading.thread.is_alive()
