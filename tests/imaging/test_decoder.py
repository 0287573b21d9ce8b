from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.rendition import Box, Cover, CoverPattern, Edits
from app.imaging.child_process import CHILD_FLAG, child_command, child_environment
from app.imaging.decoder import ChildDecoder
from app.imaging.errors import (
    DecoderCrashedError,
    DecoderTimeoutError,
    EmptyFileError,
    FileTooBigError,
    OutOfMemoryError,
)
from app.imaging.rendering import render, rgb_pixels
from tests.imaging.builders import camera_jpeg, png_bomb

FAULTY = (sys.executable, "-s", "-P", "-B", "-m", "tests.imaging.faulty_child")
GOOD = camera_jpeg(1)


@pytest.fixture
def probe(tmp_path: Path) -> Path:
    return tmp_path / "written by the child"


@pytest.fixture
def faulty(probe: Path) -> Iterator[ChildDecoder]:
    with ChildDecoder(processes=1, command=[*FAULTY, str(probe), "3000"]) as decoder:
        yield decoder


def pid(decoder: ChildDecoder) -> int:
    process = decoder._children[0]._process
    assert process is not None
    return process.pid


def test_renditions_from_the_child_are_those_of_the_code_in_it(decoder: ChildDecoder) -> None:
    covers = tuple(Cover(Box(9 * n, 7, 40, 30), p) for n, p in enumerate(CoverPattern))
    edits = Edits(Box(3, 2, 200, 150), 3, covers)

    picture = decoder.render(GOOD, edits, max_side_px=150)

    assert picture == render(GOOD, edits, max_side_px=150)
    assert decoder.render(GOOD, edits) == render(GOOD, edits)


def test_previews_and_pixels_are_reduced(decoder: ChildDecoder) -> None:
    preview = decoder.preview(GOOD, max_side_px=100)
    pixels = decoder.pixels(GOOD, max_side_px=100)

    assert preview == render(GOOD, Edits(), max_side_px=100)
    assert pixels == rgb_pixels(GOOD, max_side_px=100)


def test_a_crop_outside_the_picture_is_a_mistake_of_the_caller(decoder: ChildDecoder) -> None:
    with pytest.raises(ValueError, match="crop"):
        decoder.render(GOOD, Edits(crop=Box(5000, 0, 5, 5)))

    assert decoder.inspect(GOOD).width_px == 320


def test_no_process_is_asked_about_what_needs_no_look_inside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.imaging.file_size.MAX_FILE_BYTES", 100)

    with ChildDecoder(command=["/nonexistent"]) as decoder:
        with pytest.raises(EmptyFileError):
            decoder.inspect(b"")
        with pytest.raises(FileTooBigError):
            decoder.inspect(bytes(101))


@pytest.mark.parametrize("fault", ["crash", "killed", "fail", "babble", "flood", "foreign code"])
def test_a_process_that_fails_costs_one_picture(faulty: ChildDecoder, fault: str) -> None:
    with pytest.raises(DecoderCrashedError):
        faulty.inspect(b"do:" + fault.encode())

    assert faulty.inspect(GOOD).width_px == 320


def test_a_process_that_hangs_is_ended() -> None:
    with ChildDecoder(processes=1, timeout_s=3, command=[*FAULTY, "", "3000"]) as decoder:
        decoder.inspect(GOOD)
        hanging = pid(decoder)

        with pytest.raises(DecoderTimeoutError) as ended:
            decoder.inspect(b"do:hang")

        assert ended.value.facts == {"seconds": 3}
        assert decoder.inspect(GOOD).width_px == 320
        assert pid(decoder) != hanging


def test_a_process_that_is_killed_between_two_pictures_is_replaced(faulty: ChildDecoder) -> None:
    faulty.inspect(GOOD)
    process = faulty._children[0]._process
    assert process is not None
    process.kill()
    process.wait()

    assert faulty.inspect(GOOD).width_px == 320


def test_more_memory_than_set_aside_is_refused(faulty: ChildDecoder) -> None:
    with pytest.raises(OutOfMemoryError):
        faulty.inspect(b"do:memory")

    assert faulty.inspect(GOOD).width_px == 320


def test_a_bomb_that_the_pixel_limit_admits_meets_the_memory_limit() -> None:
    with ChildDecoder(processes=1, command=[*FAULTY, "", "600"]) as decoder:
        with pytest.raises(OutOfMemoryError):
            decoder.inspect(png_bomb(13_000))

        assert decoder.inspect(GOOD).width_px == 320


def test_the_child_inherits_nothing_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATIENT", "Sam Ple")

    environment = child_environment()

    assert "PATIENT" not in environment
    assert "HOME" not in environment


def test_starting_in_advance_does_not_wait_for_the_processes() -> None:
    with ChildDecoder() as decoder:
        decoder.warm_up()
        decoder.warm_up()

        assert decoder.inspect(GOOD).width_px == 320


@pytest.mark.logs("could not be started")
def test_a_process_that_cannot_start_is_told_when_it_is_needed() -> None:
    with ChildDecoder(processes=1, command=[sys.executable, "-c", "raise SystemExit"]) as decoder:
        decoder.warm_up()

        with pytest.raises(DecoderCrashedError):
            decoder.inspect(GOOD)


def test_a_missing_program_is_a_crash_of_the_decoder() -> None:
    with (
        ChildDecoder(command=["/nonexistent/python"]) as decoder,
        pytest.raises(DecoderCrashedError),
    ):
        decoder.inspect(GOOD)


def test_processes_are_replaced_after_some_pictures() -> None:
    with ChildDecoder(processes=1, jobs_per_child=2) as decoder:
        pids = []
        for _ in range(2):
            decoder.inspect(GOOD)
            pids.append(decoder._children[0]._process)

        assert pids[0] is not None
        assert pids[1] is None


def test_two_lanes_work_side_by_side(decoder: ChildDecoder) -> None:
    pictures = [camera_jpeg(seed) for seed in range(100, 112)]

    with ThreadPoolExecutor(4) as lanes:
        found = list(lanes.map(decoder.inspect, pictures))

    assert found == [decoder.inspect(picture) for picture in pictures]


def test_closing_gives_up_the_picture_that_is_being_decoded(faulty: ChildDecoder) -> None:
    faulty.inspect(GOOD)

    with ThreadPoolExecutor(1) as lane:
        job = lane.submit(faulty.inspect, b"do:hang")
        while faulty._idle and not job.done():
            time.sleep(0.001)
        faulty.close()

        assert isinstance(job.exception(), DecoderCrashedError)


def test_a_closed_decoder_starts_nothing(faulty: ChildDecoder) -> None:
    faulty.close()

    with pytest.raises(DecoderCrashedError):
        faulty.inspect(GOOD)


def test_no_process_and_no_thread_is_left_behind() -> None:
    with ChildDecoder() as decoder:
        decoder.warm_up()
        decoder.inspect(GOOD)
        processes = [child._process for child in decoder._children]

    assert all(process is None or process.returncode is not None for process in processes)
    assert not [thread for thread in threading.enumerate() if thread.name == "decoder-start"]


def test_the_child_ends_when_the_program_is_gone() -> None:
    ended = subprocess.run(
        child_command(), check=False, input=b"", env=child_environment(), capture_output=True
    )

    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_program_itself_loads_no_codec() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import app.imaging.decoder, sys; print(*sys.modules)"],
        check=True,
        env=child_environment(),
        capture_output=True,
        text=True,
    )

    loaded = {name.partition(".")[0] for name in told.stdout.split()}
    assert not loaded & {"PIL", "numpy", "cv2", "pi_heif", "rawpy", "PySide6"}


def test_a_frozen_program_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert child_command() == (sys.executable, CHILD_FLAG)
