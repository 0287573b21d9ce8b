from __future__ import annotations

import dataclasses
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.picture import EncodedPicture, Inspection, MetadataFinding, MetadataKind, Oddity
from app.domain.rendition import Box, Cover, CoverPattern, Edits
from app.imaging import wire
from app.imaging.child import WORK, answered, serve
from app.imaging.errors import TooManyPixelsError, UnsupportedPictureError
from app.imaging.file_types import FileType, UnadmittedType
from app.imaging.frames import FrameError, Reader, Writer, receive, send
from app.imaging.inspection import inspect
from app.imaging.wire import Job, Request, Result
from tests.imaging.builders import camera_jpeg

BOXES = st.builds(Box, *[st.integers(0, 1 << 20)] * 2, *[st.integers(1, 1 << 20)] * 2)
EDITS = st.builds(
    Edits,
    st.none() | BOXES,
    st.integers(0, 3),
    st.lists(st.builds(Cover, BOXES, st.sampled_from(CoverPattern)), max_size=4).map(tuple),
)
REQUESTS = st.builds(
    Request,
    st.sampled_from(Job),
    st.binary(max_size=50),
    st.integers(1, 1 << 33),
    st.none() | st.integers(1, 9000),
    st.text(max_size=10),
    EDITS,
)
FINDINGS = st.builds(
    MetadataFinding, st.sampled_from(MetadataKind), st.text(max_size=20), st.text(max_size=20)
)
INSPECTIONS = st.sampled_from(FileType).flatmap(
    lambda type_: st.builds(
        Inspection,
        st.just(type_.media_type),
        st.just(type_.extensions[0]),
        st.integers(1, 1 << 20),
        st.integers(1, 1 << 20),
        st.none() | st.datetimes().map(lambda at: at.replace(microsecond=0)),
        st.none() | st.integers(-1439, 1439),
        st.binary(max_size=50),
        st.lists(FINDINGS, max_size=3).map(tuple),
        st.lists(st.sampled_from(Oddity), max_size=3, unique=True).map(tuple),
        st.text(max_size=20),
    )
)


@given(REQUESTS)
def test_requests_arrive_as_they_were_sent(request_) -> None:
    pipe = io.BytesIO()
    wire.send_request(pipe, request_)
    pipe.seek(0)

    assert wire.receive_request(pipe) == request_


@given(INSPECTIONS)
def test_inspections_arrive_as_they_were_made(inspection) -> None:
    assert wire.unpack_inspection(wire.pack_inspection(inspection)) == inspection


@given(st.binary(max_size=300))
def test_nonsense_is_told_from_an_answer(body) -> None:
    for unpack in (wire.unpack_inspection, wire.unpack_picture, wire.unpack_pixels):
        with pytest.raises(FrameError):
            unpack(body)


@given(st.data())
def test_a_changed_answer_is_refused_or_stays_within_bounds(data) -> None:
    body = bytearray(wire.pack_inspection(inspect(camera_jpeg())))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, 200))] = data.draw(st.integers(0, 255))

    try:
        inspection = wire.unpack_inspection(bytes(body))
    except FrameError:
        return

    assert inspection.width_px > 0
    assert all(len(finding.value) <= 200 for finding in inspection.findings)


def test_pixels_must_fit_their_size() -> None:
    body = wire.pack_pixels(4, 4, bytes(47))

    with pytest.raises(FrameError):
        wire.unpack_pixels(body)


def test_a_day_that_does_not_exist_is_refused() -> None:
    inspection = dataclasses.replace(inspect(camera_jpeg()), camera_time=datetime(2026, 3, 31))  # noqa: DTZ001
    body = bytearray(wire.pack_inspection(inspection))
    month = 3 * 8 + 8 + 8
    assert body[month] == 3
    body[month] = 2

    with pytest.raises(FrameError):
        wire.unpack_inspection(bytes(body))


@pytest.mark.parametrize("format_", UnadmittedType)
def test_refusals_arrive_with_their_facts(format_: UnadmittedType) -> None:
    for error in (
        UnsupportedPictureError(format=format_.value),
        TooManyPixelsError(width=30_000, height=40_000, limit_megapixels=200),
    ):
        arrived = wire.unpack_refusal(*wire.pack_refusal(error))
        assert (type(arrived), arrived.facts) == (type(error), error.facts)


def test_every_refusal_has_the_number_of_its_code() -> None:
    assert all(error.code == f"IMAGE-{number:03}" for number, error in wire.REFUSALS.items())


def test_a_picture_arrives_as_it_was_made() -> None:
    picture = EncodedPicture(b"jpeg", "image/jpeg", 3, 2)

    assert wire.unpack_picture(wire.pack_picture(picture)) == picture


def test_an_answer_that_is_too_long_is_not_read() -> None:
    pipe = io.BytesIO()
    send(pipe, 0, bytes(100))
    pipe.seek(0)

    with pytest.raises(FrameError):
        receive(pipe, 99)


@pytest.mark.parametrize("kept", [3, 9, 50])
def test_an_answer_that_ends_early_is_refused(kept: int) -> None:
    pipe = io.BytesIO()
    send(pipe, 0, bytes(100))

    with pytest.raises(FrameError):
        receive(io.BytesIO(pipe.getvalue()[:kept]), 100)


def test_texts_that_are_no_unicode_are_refused() -> None:
    writer = Writer()
    writer.data(b"\xff\xfe")

    with pytest.raises(FrameError):
        Reader(bytes(writer.body)).text()


def test_a_number_must_be_there_and_in_range() -> None:
    writer = Writer()
    writer.numbers(None, 5)
    reader = Reader(bytes(writer.body))

    with pytest.raises(FrameError):
        reader.number(0, 9)
    with pytest.raises(FrameError):
        reader.number(6, 9)


def test_the_child_serves_until_its_input_ends() -> None:
    requests, answers = io.BytesIO(), io.BytesIO()
    pixels = Request(Job.PIXELS, camera_jpeg(), 10**8, 32)
    for request in (pixels, Request(Job.RENDER, camera_jpeg(), 10**8, 32)):
        wire.send_request(requests, request)
    requests.seek(0)

    serve(requests, answers)

    answers.seek(0)
    code, body = receive(answers, 10**6)
    assert (code, wire.unpack_pixels(body)[:2]) == (Result.DONE, (32, 24))
    assert wire.unpack_picture(receive(answers, 10**6)[1]).width_px == 32


def test_the_child_answers_a_mistake_of_the_caller_with_a_code() -> None:
    edits = Edits(crop=Box(9000, 0, 1, 1))

    answer = answered(Request(Job.RENDER, camera_jpeg(), 10**8, edits=edits))

    assert answer == (Result.WRONG_EDITS, b"")


def test_the_child_answers_lack_of_memory_with_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(_: Request) -> bytes:
        raise MemoryError

    monkeypatch.setitem(WORK, Job.INSPECT, greedy)

    assert answered(Request(Job.INSPECT, b"x", 1)) == (7, b"")
