from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture.stream_messages import MAX_SIDE, Ending, Kind, Message, size_admitted


@pytest.mark.parametrize(
    "message",
    [
        Message(Kind.READY),
        Message(Kind.SIZE, width_px=3840, height_px=2160),
        Message(Kind.FRAME, detail=2, number=7, time_s=12.5),
        Message(Kind.ENDED, detail=Ending.LOST),
    ],
)
def test_message_survives_the_pipe(message: Message) -> None:
    assert Message.unpack(message.packed()) == message


@pytest.mark.parametrize(
    "message",
    [
        Message(Kind.SIZE, width_px=0, height_px=2160),
        Message(Kind.SIZE, width_px=MAX_SIDE + 1, height_px=1),
        Message(Kind.SIZE, width_px=MAX_SIDE, height_px=MAX_SIDE),
        Message(Kind.FRAME, detail=3),
        Message(Kind.FRAME, time_s=math.nan),
        Message(Kind.ENDED, detail=9),
    ],
)
def test_values_out_of_range_are_refused(message: Message) -> None:
    with pytest.raises(ValueError, match="range"):
        Message.unpack(message.packed())


@given(st.binary(max_size=64))
def test_any_bytes_are_a_message_or_a_value_error(data: bytes) -> None:
    try:
        message = Message.unpack(data)
    except ValueError:
        return

    assert message.kind in Kind


def test_eight_k_is_admitted() -> None:
    assert size_admitted(7680, 4320)
