"""Lists of records open by Enter, act by Space or click, and can be read aloud."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPixmap
from PySide6.QtWidgets import QApplication

from app.ui.design.theme import Appearance, theme
from app.ui.design.tokens import Role
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList


def photograph(colour="#AA8877"):
    made = QPixmap(144, 108)
    made.fill(QColor(colour))
    return made


def records():
    return [
        Row(
            "a",
            "Left forearm, volar",
            "Close-up · 23 Nov 2026",
            photograph(),
            chips=(ChipText("May go", ChipState.GRANTED),),
            trailing="10:42",
        ),
        Row(
            "b",
            "Neck",
            "Context",
            QPixmap(),
            chips=(
                ChipText("Crop changed after consent", ChipState.EXPIRING, "crop"),
                ChipText("Asked", ChipState.NEUTRAL),
            ),
            action="Ask again",
        ),
        Row("c", "Signed in", icon="key-round", subtitle="Dr Lindqvist"),
        Row("d", "Nothing else"),
    ]


@pytest.fixture(params=[False, True], ids=["tall", "compact"])
def rows(qtbot, request):
    made = RowList("Photographs", compact=request.param)
    qtbot.addWidget(made)
    made.rows.set_rows(records())
    made.resize(800, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_rows_have_the_height_of_the_design(rows):
    assert rows.visualRect(rows.rows.index(0)).height() in (75, 48)
    assert rows.sizeHint().height() in (300, 192)


def test_enter_opens_and_space_acts(rows, qtbot):
    rows.pick("b")

    with qtbot.waitSignal(rows.opened) as caught:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert caught.args == ["b"]

    with qtbot.waitSignal(rows.action_requested) as caught:
        qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert caught.args == ["b"]


def test_space_on_a_row_without_action_does_nothing(rows, qtbot):
    rows.pick("a")

    with qtbot.assertNotEmitted(rows.action_requested):
        qtbot.keyClick(rows, Qt.Key.Key_Space)


def test_keys_on_an_empty_list_do_nothing(rows, qtbot):
    rows.rows.set_rows([])

    with qtbot.assertNotEmitted(rows.opened):
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert rows.current_key() is None


def test_walking_is_told(rows, qtbot):
    rows.pick("a")

    with qtbot.waitSignal(rows.picked) as caught:
        qtbot.keyClick(rows, Qt.Key.Key_Down)

    assert caught.args == ["b"]
    assert rows.current_key() == "b"


def test_a_double_click_opens(rows, qtbot):
    spot = rows.visualRect(rows.rows.index(0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    with qtbot.waitSignal(rows.opened) as caught:
        qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    assert caught.args == ["a"]


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_click_on_the_action_acts(rows, qtbot, direction):
    rows.setLayoutDirection(direction)
    box = rows.action_rect(rows.rows.index(1))
    assert box.height() >= 44
    assert (box.center().x() < 400) == (direction == Qt.LayoutDirection.RightToLeft)

    with qtbot.waitSignal(rows.action_requested) as caught:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())

    assert caught.args == ["b"]


def test_a_press_that_slips_off_the_action_does_nothing(rows, qtbot):
    box = rows.action_rect(rows.rows.index(1))
    qtbot.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())

    with qtbot.assertNotEmitted(rows.action_requested):
        qtbot.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_the_action_shows_that_the_pointer_is_on_it(rows, qtbot):
    before = rows.grab().toImage()
    box = rows.action_rect(rows.rows.index(1))

    qtbot.mouseMove(rows.viewport(), box.center())
    qtbot.waitUntil(lambda: rows.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor)

    assert rows.grab().toImage() != before
    rows.leaveEvent(QEvent(QEvent.Type.Leave))
    assert rows.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_row_is_read_as_one_text(rows):
    told = rows.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert told == "Left forearm, volar, Close-up · 23 Nov 2026, May go, 10:42"
    assert rows.rows.index(0).data() == "Left forearm, volar"
    assert rows.rows.index(0).data(Qt.ItemDataRole.FontRole) is None
    assert rows.rows.data(rows.rows.index(99)) is None


def test_a_row_can_change(rows):
    rows.rows.replace(Row("b", "Neck", "Context", chips=(ChipText("Asked"),)))

    assert rows.rows.place_of("b") == 1
    assert rows.action_rect(rows.rows.index(1)).isEmpty()
    with pytest.raises(KeyError):
        rows.rows.replace(Row("z", "Nobody"))


@pytest.mark.parametrize("width", [120, 320, 1200])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_rows_can_be_drawn_in_any_room(rows, width, scale, direction):
    theme().apply(Appearance.DARK, scale=scale)
    rows.setLayoutDirection(direction)
    rows.pick("b")
    rows.setFocus()

    rows.resize(width, 400)

    assert not rows.grab().isNull()


def test_pictures_are_cut_once_and_forgotten_in_time(rows, monkeypatch):
    monkeypatch.setattr("app.ui.widgets.row_delegate._CUT_MOST", 2)
    cut = rows._delegate._cut

    for _ in range(4):
        rows.rows.set_rows([Row("a", "One", picture=photograph())])
        rows.grab()

    assert len(cut) <= 3


def drawn(monkeypatch, rows):
    """Where the delegate draws words and chips: title or chip text to its box, and what is cut."""
    chips, words = {}, {}
    monkeypatch.setattr(
        "app.ui.widgets.row_delegate.draw_chip",
        lambda _painter, box, chip: chips.setdefault(chip.text, []).append(box.left()),
    )
    draw = RowDelegate._draw_line

    def watched(self, painter, line, text, font, role):
        words[text] = line.width() >= QFontMetrics(font).horizontalAdvance(text)
        draw(self, painter, line, text, font, role)

    monkeypatch.setattr(RowDelegate, "_draw_line", watched)
    rows.grab()
    return chips, words


def test_chips_stand_in_one_column_whatever_stands_behind_them(qtbot, monkeypatch):
    rows = RowList("Uses", compact=True)
    qtbot.addWidget(rows)
    yes, no = ChipText("Granted", ChipState.GRANTED), ChipText("Refused", ChipState.REFUSED)
    rows.rows.set_rows(
        [
            Row("a", "Advice", chips=(yes,), trailing="2 of 4 pictures · until 25 Nov 2027"),
            Row("b", "Checking the quality of our work", chips=(no,), trailing="4 pictures"),
            Row("c", "Social media", chips=(no,)),
        ]
    )
    rows.resize(570, 200)

    chips, words = drawn(monkeypatch, rows)

    assert len({*chips["Granted"], *chips["Refused"]}) == 1
    assert all(words.values())


def test_a_name_and_a_number_do_not_give_way_to_a_chip(qtbot, monkeypatch):
    rows = RowList("Patients")
    qtbot.addWidget(rows)
    alert = ChipText("Allergic to adhesive tape", ChipState.EXPIRING)
    name, number = "O'NEILL-FEATHERSTONEHAUGH, Siobhán", "Female · born 2 Nov 1958 · MRN 0042-772"
    rows.rows.set_rows([Row("a", name, number, icon="user", chips=(alert,), action="Choose")])
    rows.resize(568, 200)

    chips, words = drawn(monkeypatch, rows)

    assert words[name]
    assert words[number]
    assert alert.text in chips


def test_no_row_reaches_out_of_the_round_corners(rows):
    rows.pick("a")

    picture = rows.grab().toImage()

    assert picture.pixelColor(2, 2) != theme().color(Role.ACCENT_TINT)
    assert picture.pixelColor(30, 4) == theme().color(Role.ACCENT_TINT)


def test_a_row_that_may_be_shortened_is_told_whole(rows, monkeypatch):
    told = []
    monkeypatch.setattr(
        "app.ui.widgets.row_delegate.QToolTip.showText", lambda _at, text: told.append(text)
    )

    for width in (200, 1200):
        rows.resize(width, 400)
        at = rows.visualRect(rows.rows.index(0)).center()
        QApplication.sendEvent(
            rows.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, rows.mapToGlobal(at))
        )

    assert told == ["Left forearm, volar, Close-up · 23 Nov 2026, May go, 10:42", ""]
