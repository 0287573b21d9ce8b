"""The pad: what counts as a signature, with mouse, finger and pen, at any size."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEventPoint, QInputDevice, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.consent import Ink, StrokePoint
from app.ui.design.theme import Appearance, theme
from app.ui.signature.ink_drawing import LINE, width_at
from app.ui.signature.signature_pad import SignaturePad
from app.ui.signature.stroke_recorder import MAX_POINTS, StrokeRecorder

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
WAVE = [(40 + 30 * n, 60 + 25 * (n % 2)) for n in range(12)]


@pytest.fixture
def pad(qtbot):
    made = SignaturePad("Signature of Amara Okafor", "Sign here")
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


@pytest.fixture
def stylus():
    return QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
    )


def draw(pad, points):
    first, *rest = points
    QTest.mousePress(pad, LEFT, pos=QPoint(*first))
    for point in rest:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(*points[-1]))


def pen(pad, device, kind, point, pressure):
    buttons = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    at = QPointF(*point)
    event = QTabletEvent(kind, device, at, at, pressure, 0.0, 0.0, 0.0, 0.0, 0, NONE, LEFT, buttons)
    QApplication.sendEvent(pad, event)
    return event


def pen_stroke(pad, device, points, pressure=0.5):
    pen(pad, device, QEvent.Type.TabletPress, points[0], pressure)
    for point in points[1:]:
        pen(pad, device, QEvent.Type.TabletMove, point, pressure)
    pen(pad, device, QEvent.Type.TabletRelease, points[-1], 0.0)


def touch(pad, device, kind, *points):
    """Fingers as (id, state, x, y)."""
    made = [
        QEventPoint(number, state, QPointF(x, y), QPointF(x, y)) for number, state, x, y in points
    ]
    event = QTouchEvent(kind, device, NONE, made)
    QApplication.sendEvent(pad, event)
    return event


@pytest.fixture
def screen():
    return QTest.createTouchDevice()


def finger_stroke(pad, device, points):
    state = QEventPoint.State
    window = pad.window()
    sequence = QTest.touchEvent(window, device)
    sequence.press(0, QPoint(*points[0]), window)
    sequence.commit()
    for point in points[1:]:
        sequence.move(0, QPoint(*point), window)
        sequence.commit()
    sequence.release(0, QPoint(*points[-1]), window)
    sequence.commit()
    return state


def test_an_empty_pad_does_not_count(pad):
    assert pad.ink() is None
    assert not pad.counts()


def test_a_dot_does_not_count(pad, qtbot):
    qtbot.mouseClick(pad, LEFT, pos=QPoint(100, 100))

    assert pad.ink() is not None
    assert not pad.counts()


def test_a_drawn_name_counts_and_keeps_its_shape(pad, qtbot):
    with qtbot.waitSignal(pad.changed):
        draw(pad, WAVE)

    ink = pad.ink()
    assert pad.counts()
    assert ink.device == "mouse"
    assert ink.aspect == pytest.approx(0.4)
    assert ink.strokes[0][0] == StrokePoint(40 / 500, 60 / 500, 0)
    assert [p.t_ms for p in ink.strokes[0]] == sorted(p.t_ms for p in ink.strokes[0])


def test_two_strokes_stay_two(pad):
    draw(pad, WAVE[:4])
    draw(pad, WAVE[5:])

    assert len(pad.ink().strokes) == 2


def test_the_right_button_draws_nothing(pad, qtbot):
    qtbot.mousePress(pad, Qt.MouseButton.RightButton, pos=QPoint(10, 10))
    qtbot.mouseRelease(pad, Qt.MouseButton.RightButton, pos=QPoint(10, 10))
    QTest.mouseMove(pad, QPoint(60, 60))

    assert pad.ink() is None


def test_a_pen_gives_its_pressure(pad, stylus):
    pen_stroke(pad, stylus, WAVE, pressure=0.7)

    ink = pad.ink()
    assert ink.device == "pen"
    assert pad.counts()
    assert [p.pressure for p in ink.strokes[0]] == pytest.approx([0.7] * len(WAVE))


def test_a_pen_that_hovers_draws_nothing(pad, stylus):
    at = QPointF(50, 50)
    event = QTabletEvent(
        QEvent.Type.TabletMove,
        stylus,
        at,
        at,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0,
        NONE,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
    )

    QApplication.sendEvent(pad, event)

    assert pad.ink() is None


def test_the_mouse_that_follows_a_pen_adds_nothing(pad, stylus):
    pen(pad, stylus, QEvent.Type.TabletPress, WAVE[0], 0.5)

    draw(pad, WAVE)
    pen(pad, stylus, QEvent.Type.TabletRelease, WAVE[0], 0.0)

    assert len(pad.ink().strokes) == 1
    assert len(pad.ink().strokes[0]) == 1


def test_a_finger_draws(pad, screen):
    finger_stroke(pad, screen, WAVE)

    assert pad.ink().device == "touch"
    assert pad.counts()


def test_a_second_finger_draws_nothing(pad, screen):
    state = QEventPoint.State

    touch(pad, screen, QEvent.Type.TouchBegin, (1, state.Pressed, 50, 50))
    touch(
        pad,
        screen,
        QEvent.Type.TouchUpdate,
        (1, state.Updated, 90, 60),
        (2, state.Pressed, 300, 100),
    )
    touch(
        pad,
        screen,
        QEvent.Type.TouchUpdate,
        (1, state.Released, 90, 60),
        (2, state.Updated, 400, 100),
    )
    touch(pad, screen, QEvent.Type.TouchEnd, (2, state.Released, 400, 100))

    assert len(pad.ink().strokes) == 1


def test_a_cancelled_touch_ends_the_stroke(pad, screen):
    state = QEventPoint.State
    touch(pad, screen, QEvent.Type.TouchBegin, (1, state.Pressed, 50, 50))

    touch(pad, screen, QEvent.Type.TouchCancel)
    draw(pad, WAVE)

    assert len(pad.ink().strokes) == 2


def test_clear_takes_everything_back(pad, qtbot):
    draw(pad, WAVE)

    with qtbot.waitSignal(pad.changed):
        pad._clear.click()

    assert pad.ink() is None
    assert pad._clear.isHidden()


def test_delete_clears_too_and_other_keys_do_not(pad, qtbot):
    draw(pad, WAVE)

    qtbot.keyClick(pad, Qt.Key.Key_A)
    kept = pad.counts()
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    qtbot.keyClick(pad, Qt.Key.Key_Delete)

    assert kept
    assert pad.ink() is None


@pytest.mark.parametrize("size", [(250, 100), (1000, 400), (700, 120), (300, 300)])
def test_a_resized_pad_keeps_its_ink(pad, size):
    draw(pad, WAVE)
    before = pad.ink()

    pad.resize(*size)

    assert pad.ink() == before
    assert pad.counts()


def test_one_can_go_on_drawing_beside_ink_of_a_lower_pad(pad):
    draw(pad, WAVE)

    pad.resize(1000, 100)
    draw(pad, [(700, 20), (900, 80)])

    ink = pad.ink()
    assert max(p.x for stroke in ink.strokes for p in stroke) == pytest.approx(1.0)
    assert all(0 <= p.y <= ink.aspect for stroke in ink.strokes for p in stroke)
    assert len(ink.strokes) == 2


def test_the_page_that_goes_ends_the_stroke(pad):
    QTest.mousePress(pad, LEFT, pos=QPoint(*WAVE[0]))

    pad.hide()
    pad.show()
    draw(pad, WAVE)

    assert len(pad.ink().strokes) == 2


def test_points_outside_are_held_at_the_edge(pad):
    draw(pad, [(250, 100), (900, 500)])

    last = pad.ink().strokes[0][-1]
    assert (last.x, last.y) == (1.0, pytest.approx(0.4))


def test_ink_that_was_drawn_before_is_shown_again(pad):
    ink = Ink(((StrokePoint(0.1, 0.1, 0), StrokePoint(0.6, 0.2, 40)),), 0.4, "pen")

    pad.set_ink(ink)
    shown = pad.ink()
    pad.set_ink(None)

    assert shown == ink
    assert pad.ink() is None


def test_the_pad_says_whose_it_is_and_what_else_there_is(pad):
    assert pad.accessibleName() == "Signature of Amara Okafor"
    assert "mark" in pad.accessibleDescription()


def test_ink_is_drawn_in_the_inks_colour(pad):
    blank = pad.grab().toImage()

    draw(pad, WAVE)

    drawn = pad.grab().toImage()
    colour = theme().palette.ink
    assert blank != drawn
    assert any(
        drawn.pixelColor(x, y).name().upper() == colour
        for x in range(40, 380, 2)
        for y in range(55, 90, 2)
    )


def test_it_is_drawn_from_right_to_left_and_in_the_dark(pad, stylus, qapp):
    pen_stroke(pad, stylus, WAVE)
    pad.set_clear_text("مسح")
    pad.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme().apply(Appearance.DARK, scale=2.0)

    assert not pad.grab().isNull()
    assert pad._clear.x() < pad.width() // 2


def test_pressing_harder_draws_wider():
    widths = [width_at(pressure, LINE) for pressure in (0.0, 0.5, 1.0)]

    assert widths == sorted(widths)
    assert width_at(None, LINE) == LINE


def test_points_without_a_stroke_are_no_ink():
    recorder = StrokeRecorder()

    moved = recorder.go_on(StrokePoint(0.1, 0.1, 0))

    assert not moved
    assert recorder.ink() is None


def test_drawing_is_bounded():
    recorder = StrokeRecorder()
    recorder.begin(StrokePoint(0.0, 0.0, 0), "mouse", 0.4)
    for number in range(MAX_POINTS + 10):
        recorder.go_on(StrokePoint((number % 2) * 0.5, 0.1, number))
    recorder.begin(StrokePoint(0.0, 0.0, 0), "mouse", 0.4)

    assert sum(map(len, recorder.strokes)) == MAX_POINTS
