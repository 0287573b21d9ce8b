"""Boxes mean the same px of the original, whatever the screen shows of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from app.domain.rendition import Box
from app.ui.check.box_drag import BoxDrag, Grip, grip_at, grips
from app.ui.check.geometry import (
    BLEED_PX,
    LEAST_PX,
    Lens,
    Whole,
    as_box,
    as_rect,
    covered_share,
    moved_box,
)

ROOM = QRectF(12, 12, 828, 424)
WHOLE = Whole(4000, 3000)
shares = st.floats(0.01, 0.99)
crops = st.builds(
    Box, st.integers(0, 1500), st.integers(0, 1000), st.integers(64, 2400), st.integers(64, 1900)
)
lenses = st.builds(
    Lens,
    crops,
    st.integers(0, 3),
    st.floats(1.0, 8.0),
    st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
)


@given(lenses, shares, shares)
def test_a_point_comes_back_through_crop_turn_and_zoom(lens, across, down):
    shown = lens.shown
    point = QPointF(shown.left + shown.width * across, shown.top + shown.height * down)

    there = lens.from_original(point, ROOM)
    back = lens.to_original(there, ROOM)

    assert abs(back.x() - point.x()) < 1e-3
    assert abs(back.y() - point.y()) < 1e-3


@pytest.mark.parametrize(
    ("turns", "corner"),
    [(0, "top left"), (1, "top right"), (2, "bottom right"), (3, "bottom left")],
)
def test_a_turn_takes_the_first_corner_clockwise(turns, corner):
    lens = Lens(WHOLE.box, turns)
    picture = lens.picture(ROOM)

    at = lens.from_original(QPointF(0, 0), ROOM)

    corners = {
        "top left": picture.topLeft(),
        "top right": picture.topRight(),
        "bottom right": picture.bottomRight(),
        "bottom left": picture.bottomLeft(),
    }
    assert (at - corners[corner]).manhattanLength() < 1e-6


@given(crops, st.integers(0, 3))
def test_the_whole_part_is_seen_at_first(crop, turns):
    picture = Lens(crop, turns).picture(ROOM)

    assert ROOM.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(picture)
    assert picture.width() > ROOM.width() - 1e-6 or picture.height() > ROOM.height() - 1e-6


@given(crops, st.integers(0, 3), st.floats(1.1, 6.0))
def test_the_point_under_the_pointer_stays_while_zooming(crop, turns, factor):
    lens = Lens(crop, turns)
    middle = lens.picture(ROOM).center()

    nearer = lens.zoomed(factor, middle, ROOM)

    before, after = lens.to_original(middle, ROOM), nearer.to_original(middle, ROOM)
    assert (before - after).manhattanLength() < 1e-3
    assert nearer.zoom == pytest.approx(factor)


def test_zooming_out_ends_with_the_whole():
    lens = Lens(WHOLE.box).zoomed(4, QPointF(100, 100), ROOM)

    assert lens.zoomed(0.01, QPointF(5, 5), ROOM) == Lens(WHOLE.box)


def test_moving_stays_on_the_picture():
    lens = Lens(WHOLE.box).zoomed(4, ROOM.center(), ROOM)

    far = lens.moved(QPointF(1e6, -1e6))

    assert far.middle == (1 - 0.5 / 4, 0.5 / 4)


def test_a_box_holds_every_px_that_was_drawn_over():
    box = as_box(QRectF(10.6, 20.2, 30.1, 40.9), WHOLE.box)

    assert box == Box(10, 20, 31, 42)


def test_a_cover_is_wider_than_what_was_drawn_and_stays_inside():
    inside = as_box(QRectF(100, 100, 50, 50), WHOLE.box, grow_px=BLEED_PX)
    corner = as_box(QRectF(-40, -40, 60, 60), WHOLE.box, grow_px=BLEED_PX)

    assert inside == Box(92, 92, 66, 66)
    assert corner == Box(0, 0, 28, 28)


def test_a_slip_of_the_hand_is_no_box():
    assert as_box(QRectF(100, 100, LEAST_PX - 2, 300), WHOLE.box) is None
    assert as_box(QRectF(-100, -100, 50, 50), WHOLE.box) is None


def test_a_box_drawn_backwards_is_the_same_box():
    assert as_box(QRectF(QPointF(140, 160), QPointF(100, 100)), WHOLE.box) == Box(100, 100, 40, 60)


def test_a_moved_box_keeps_its_size_at_the_edge():
    assert moved_box(Box(100, 100, 300, 200), QPointF(1e6, -1e6), WHOLE.box) == Box(
        3700, 0, 300, 200
    )


def test_the_share_that_is_hidden():
    whole = Box(0, 0, 1000, 1000)

    assert covered_share((Box(0, 0, 100, 100),), whole) == pytest.approx(0.01)
    assert covered_share((Box(900, 900, 500, 500),), whole) == pytest.approx(0.01)
    assert covered_share((whole, whole), whole) == 1.0


@pytest.mark.parametrize("grip", [grip for grip in Grip if grip is not Grip.INSIDE])
def test_every_grip_moves_its_edges_and_no_other(grip):
    box = Box(1000, 1000, 800, 600)
    held = grips(box)[grip]

    rect = BoxDrag(box, grip, held, held + QPointF(40, 30)).rect(WHOLE.box)

    across, down = grip.value
    left, right = (40 if across == 0 else 0), (40 if across == 1 else 0)
    top, bottom = (30 if down == 0 else 0), (30 if down == 1 else 0)
    assert rect == QRectF(QPointF(1000 + left, 1000 + top), QPointF(1800 + right, 1600 + bottom))


@pytest.mark.parametrize("grip", [grip for grip in Grip if grip is not Grip.INSIDE])
def test_no_grip_turns_a_box_inside_out_or_leaves_the_picture(grip):
    box = Box(1000, 1000, 800, 600)

    for by in (QPointF(1e5, 1e5), QPointF(-1e5, -1e5)):
        rect = BoxDrag(box, grip, QPointF(), by).rect(WHOLE.box)
        assert rect.width() >= LEAST_PX
        assert rect.height() >= LEAST_PX
        assert as_rect(WHOLE.box).contains(rect)


def test_corners_are_held_before_edges_and_edges_before_the_inside():
    box = Box(100, 100, 40, 40)

    assert grip_at(box, QPointF(103, 98), 10) is Grip.TOP_LEFT
    assert grip_at(box, QPointF(121, 103), 10) is Grip.TOP
    assert grip_at(box, QPointF(120, 120), 5) is Grip.INSIDE
    assert grip_at(box, QPointF(300, 300), 10) is None


def test_a_box_is_moved_by_its_inside():
    drag = BoxDrag(Box(100, 100, 300, 200), Grip.INSIDE, QPointF(150, 150), QPointF(170, 190))

    assert drag.rect(WHOLE.box) == QRectF(120, 140, 300, 200)
