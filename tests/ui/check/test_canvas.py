"""The canvas: what is drawn with the pointer or the keys is told in px of the original."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest

from app.domain.rendition import Box, Cover, CoverPattern, Edits
from app.ui.check.canvas import CheckCanvas, Tool
from app.ui.check.cover_pattern import GROUND
from app.ui.check.geometry import BLEED_PX, Whole
from app.ui.design.theme import Appearance, theme

WHOLE = Whole(4000, 3000)
COVER = Cover(Box(400, 400, 600, 400))
LEFT = Qt.MouseButton.LeftButton


class Told:
    def __init__(self, canvas):
        self.drawn: list[Cover] = []
        self.changed: list[tuple[int, Cover | None]] = []
        self.cropped: list[Box] = []
        self.picked: list[int] = []
        canvas.cover_drawn.connect(self.drawn.append)
        canvas.cover_changed.connect(lambda place, cover: self.changed.append((place, cover)))
        canvas.crop_changed.connect(self.cropped.append)
        canvas.picked.connect(self.picked.append)


@pytest.fixture
def canvas(qtbot):
    made = CheckCanvas()
    qtbot.addWidget(made)
    made.resize(852, 448)
    preview = QImage(800, 600, QImage.Format.Format_RGB32)
    preview.fill(QColor("#C89A7A"))
    made.set_picture(preview, WHOLE)
    made.show()
    return made


@pytest.fixture
def told(canvas):
    return Told(canvas)


def at(canvas, x, y):
    return canvas.from_original(x, y).toPoint()


def drag(canvas, start, end, button=LEFT):
    """From a point of the original to another, with the pointer."""
    a, b = at(canvas, *start), at(canvas, *end)
    QTest.mousePress(canvas, button, pos=a)
    QTest.mouseMove(canvas, (a + b) / 2)
    QTest.mouseMove(canvas, b)
    QTest.mouseRelease(canvas, button, pos=b)


def near(box, left, top, right, bottom, *, tolerance):
    edges = (box.left - left, box.top - top, box.right - right, box.bottom - bottom)
    return max(abs(edge) for edge in edges) <= tolerance


def px_of_screen(canvas):
    """How many px of the original one px of the screen is."""
    one = canvas.to_original(QPointF(1, 0)) - canvas.to_original(QPointF(0, 0))
    return abs(one.x()) + abs(one.y())


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("crop", [None, Box(800, 600, 2400, 1800)])
@pytest.mark.parametrize("nearer", [1.0, 3.0])
def test_a_cover_lies_where_it_was_drawn(canvas, told, turns, crop, nearer):
    canvas.set_edits(Edits(crop, turns))
    canvas.set_tool(Tool.COVER)
    canvas.zoom(nearer, canvas.from_original(1900, 1400))

    drag(canvas, (1800, 1300), (2000, 1500))

    [cover] = told.drawn
    slack = px_of_screen(canvas) + 1
    wide = BLEED_PX
    assert near(cover.box, 1800 - wide, 1300 - wide, 2000 + wide, 1500 + wide, tolerance=slack)
    assert cover.box.left <= 1800 - wide + slack


def test_drawing_over_the_edge_covers_to_the_edge(canvas, told):
    canvas.set_tool(Tool.COVER)

    drag(canvas, (3900, 2900), (4300, 3300))

    assert (told.drawn[0].box.right, told.drawn[0].box.bottom) == (4000, 3000)


def test_a_click_draws_nothing(canvas, told):
    canvas.set_tool(Tool.COVER)

    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 2000, 1500))

    assert told.drawn == []


def test_covers_take_the_pattern(canvas, told):
    canvas.set_tool(Tool.COVER)
    canvas.set_pattern(CoverPattern.CHECKED)

    drag(canvas, (1800, 1300), (2200, 1700))

    assert told.drawn[0].pattern is CoverPattern.CHECKED
    assert told.changed == []


def test_a_cover_is_picked_moved_and_resized(canvas, told):
    canvas.set_edits(Edits(covers=(COVER,)))
    canvas.set_tool(Tool.COVER)
    slack = px_of_screen(canvas) + 1

    drag(canvas, (700, 600), (900, 700))
    drag(canvas, (1000, 800), (1200, 1000))

    assert told.picked == [0]
    [(place, moved), (_place, resized)] = told.changed
    assert place == 0
    assert near(moved.box, 600, 500, 1200, 900, tolerance=slack)
    assert near(resized.box, 400, 400, 1200, 1000, tolerance=slack)


def test_beside_the_picture_nothing_is_taken_hold_of(canvas, told):
    canvas.set_edits(Edits(Box(2000, 1500, 400, 300), covers=(COVER,)))
    canvas.set_tool(Tool.COVER)

    QTest.mousePress(canvas, LEFT, pos=QPoint(3, 200))
    QTest.mouseMove(canvas, QPoint(8, 260))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(8, 260))

    assert (told.drawn, told.changed, told.picked) == ([], [], [])


def test_a_press_elsewhere_lets_go(canvas, told):
    canvas.set_edits(Edits(covers=(COVER,)))
    canvas.set_tool(Tool.COVER)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 700, 600))

    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 3000, 2000))

    assert told.picked == [0, -1]


def test_the_pattern_of_a_picked_cover_changes(canvas, told):
    canvas.set_edits(Edits(covers=(COVER,)))
    canvas.set_tool(Tool.COVER)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 700, 600))

    canvas.set_pattern(CoverPattern.HATCHED)

    assert told.changed == [(0, Cover(COVER.box, CoverPattern.HATCHED))]


@pytest.mark.parametrize("turns", range(4))
def test_arrow_keys_move_a_cover_as_it_is_seen(canvas, told, turns):
    canvas.set_edits(Edits(None, turns, (COVER,)))
    canvas.set_tool(Tool.COVER)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 700, 600))
    before = canvas.from_original(COVER.box.left, COVER.box.top)

    QTest.keyClick(canvas, Qt.Key.Key_Right)

    [(_place, cover)] = told.changed
    after = canvas.from_original(cover.box.left, cover.box.top)
    assert after.x() > before.x()
    assert abs(after.y() - before.y()) < 1


def test_shift_and_arrows_resize_and_delete_takes_away(canvas, told):
    canvas.set_edits(Edits(covers=(COVER,)))
    canvas.set_tool(Tool.COVER)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 700, 600))

    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)

    assert told.changed == [(0, Cover(Box(400, 400, 600, 440))), (0, None)]


def test_a_cover_at_the_edge_does_not_move_out(canvas, told):
    corner = Cover(Box(0, 0, 400, 400))
    canvas.set_edits(Edits(covers=(corner,)))
    canvas.set_tool(Tool.COVER)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, 200, 200))

    QTest.keyClick(canvas, Qt.Key.Key_Left)

    assert told.changed == []


def test_a_cover_can_be_made_without_a_pointer(canvas, told):
    canvas.set_tool(Tool.COVER)

    canvas.add_cover()

    assert near(told.drawn[0].box, 1500, 1312, 2500, 1688, tolerance=1)


def test_cropping_shows_all_and_tells_what_is_kept(canvas, told):
    canvas.set_edits(Edits(Box(1000, 1000, 2000, 1500), 1))

    canvas.set_tool(Tool.CROP)
    slack = px_of_screen(canvas) + 1
    drag(canvas, (1000, 1000), (500, 700))

    assert canvas.lens().shown == WHOLE.box
    assert near(told.cropped[0], 500, 700, 3000, 2500, tolerance=slack)


def test_the_first_crop_is_drawn_from_anywhere(canvas, told):
    canvas.set_tool(Tool.CROP)
    slack = px_of_screen(canvas) + 1

    drag(canvas, (1000, 1000), (3000, 2000))

    assert near(told.cropped[0], 1000, 1000, 3000, 2000, tolerance=slack)


def test_a_crop_is_moved_by_its_inside(canvas, told):
    canvas.set_edits(Edits(Box(1000, 1000, 2000, 1500)))
    canvas.set_tool(Tool.CROP)
    slack = px_of_screen(canvas) + 1

    drag(canvas, (2000, 1700), (2300, 1900))

    assert near(told.cropped[0], 1300, 1200, 3300, 2700, tolerance=slack)


def test_a_slip_crops_nothing(canvas, told):
    canvas.set_tool(Tool.CROP)

    QTest.mousePress(canvas, LEFT, pos=at(canvas, 2000, 1500))
    QTest.mouseMove(canvas, at(canvas, 2000, 1500) + QPoint(1, 1))
    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, 2000, 1500) + QPoint(1, 1))

    assert told.cropped == []


def test_the_wheel_goes_nearer_and_the_picture_is_moved(canvas):
    where = QPointF(426, 224)
    wheel = QWheelEvent(
        where,
        where,
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    canvas.wheelEvent(wheel)
    near_now = canvas.lens()

    drag(canvas, (2000, 1500), (2200, 1500))

    assert near_now.zoom == pytest.approx(1.25**2)
    assert canvas.lens().middle[0] < near_now.middle[0]


def test_keys_and_double_click_zoom(canvas):
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    nearer = canvas.lens().zoom
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    back = canvas.lens().zoom
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(426, 224))
    near_now = canvas.lens().zoom
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(426, 224))

    assert (nearer, back, near_now, canvas.lens().zoom) == (1.25, 1.0, 3.0, 1.0)


def test_a_new_size_or_crop_is_seen_whole(canvas):
    canvas.zoom(4)

    canvas.set_edits(Edits(Box(100, 100, 800, 800)))

    assert canvas.lens().zoom == 1
    assert canvas.lens().shown == Box(100, 100, 800, 800)


def test_covers_hide_what_is_under_them(canvas):
    canvas.set_edits(Edits(covers=(COVER,)))

    seen = canvas.grab().toImage()

    assert seen.pixelColor(at(canvas, 700, 600)) == GROUND
    assert seen.pixelColor(at(canvas, 2000, 2000)) == QColor("#C89A7A")
    assert seen.pixelColor(3, 224) == QColor("#777777")


@pytest.mark.parametrize("pattern", CoverPattern)
@pytest.mark.parametrize("tool", Tool)
def test_every_tool_draws_every_pattern(canvas, pattern, tool):
    canvas.set_edits(Edits(Box(200, 200, 3000, 2500), 1, (Cover(COVER.box, pattern),)))
    canvas.set_tool(tool)
    QTest.mousePress(canvas, LEFT, pos=at(canvas, 1500, 1500))
    QTest.mouseMove(canvas, at(canvas, 2000, 1900))
    before = canvas.grab().toImage()

    QTest.mouseRelease(canvas, LEFT, pos=at(canvas, 2000, 1900))
    theme().apply(Appearance.DARK)

    assert not before.isNull()


def test_without_a_picture_there_is_only_the_ground(canvas, told):
    canvas.set_picture(QImage(), Whole(1, 1))
    canvas.set_tool(Tool.COVER)

    drag(canvas, (0, 0), (1, 1))

    assert told.drawn == []
    assert canvas.grab().toImage().pixelColor(426, 224) == QColor("#777777")
