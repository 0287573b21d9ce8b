from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from app.capture.address import StreamAddress
from app.capture.patience import Patience
from app.capture.stream_messages import Ending, Kind
from app.capture.stream_process import Reader, StreamProcess
from tests.capture import strange_readers
from tests.capture.witness import PATIENT_S

GONE = (Kind.ENDED, Ending.UNREADABLE)


@pytest.fixture
def bell() -> Iterator[Connection]:
    bell, rope = multiprocessing.Pipe(duplex=False)
    yield bell
    rope.close()
    bell.close()


def a_process(reader: Reader) -> StreamProcess:
    return StreamProcess(StreamAddress.of_device(0), Patience(), reader=reader)


@pytest.mark.parametrize(
    "reader", [strange_readers.speaks_nonsense, strange_readers.announces_before_size]
)
def test_reader_that_breaks_the_rules_counts_as_ended(reader: Reader, bell: Connection) -> None:
    with a_process(reader) as process:
        message = process.hear(PATIENT_S, bell)

    assert message is not None
    assert (message.kind, message.detail) == GONE


def test_size_is_told_once(bell: Connection) -> None:
    with a_process(strange_readers.changes_size) as process:
        first = process.hear(PATIENT_S, bell)
        second = process.hear(PATIENT_S, bell)

    assert first is not None
    assert second is not None
    assert (first.kind, first.width_px) == (Kind.SIZE, 4)
    assert (second.kind, second.detail) == GONE


def test_newest_of_several_pictures_is_told_then_the_end(bell: Connection) -> None:
    with a_process(strange_readers.hurries_and_dies) as process:
        process.hear(PATIENT_S, bell)
        process._process.join(PATIENT_S)
        newest = process.hear(PATIENT_S, bell)
        assert newest is not None
        pixels = process.copy(newest)
        end = process.hear(PATIENT_S, bell)

    assert (newest.kind, newest.number) == (Kind.FRAME, 3)
    assert (pixels == 2).all()
    assert end is not None
    assert (end.kind, end.detail) == GONE


def test_process_that_will_not_end_is_ended(
    bell: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.capture.stream_process._GRACE_S", 0.05)

    with a_process(strange_readers.will_not_die) as process:
        process.hear(PATIENT_S, bell)

    assert not multiprocessing.active_children()


def test_memory_that_cannot_be_had_ends_the_attempt(
    bell: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("app.capture.stream_process.FrameRing.create", full)

    with a_process(strange_readers.changes_size) as process:
        message = process.hear(PATIENT_S, bell)

    assert message is not None
    assert (message.kind, message.detail) == GONE
