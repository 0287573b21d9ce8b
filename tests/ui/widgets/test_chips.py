"""Chips say a state with icon, word and colour."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from app.ui.design.theme import Appearance, theme
from app.ui.widgets.chips import (
    Chip,
    ChipRow,
    ChipState,
    ChipText,
    FilterChip,
    chip_line,
    chip_size,
)

CONSENTS = [
    ChipText("Care record", ChipState.GRANTED),
    ChipText("Local teaching", ChipState.GRANTED),
    ChipText("Publication", ChipState.REFUSED),
    ChipText("until Nov 2028", ChipState.EXPIRING, tip="Ends in 20 days"),
]


@pytest.mark.parametrize(
    "state",
    [
        ChipState.GRANTED,
        ChipState.REFUSED,
        ChipState.EXPIRING,
        ChipState.WITHDRAWN,
        ChipState.DANGER,
    ],
)
def test_a_state_has_an_icon_of_its_own(state):
    signs = [ChipText("x", other).sign() for other in ChipState]

    assert signs.count(ChipText("x", state).sign()) == 1


def test_an_icon_can_be_chosen_or_left_out():
    assert ChipText("Crop changed", ChipState.EXPIRING, "crop").sign() == "crop"
    assert ChipText("+2", ChipState.EXPIRING, "").sign() == ""


@pytest.mark.parametrize("appearance", list(Appearance))
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_state_is_drawn_differently(qtbot, appearance, direction):
    theme().apply(appearance)
    pictures = []
    for state in ChipState:
        chip = Chip("Teaching", state, "tag")
        qtbot.addWidget(chip)
        chip.setLayoutDirection(direction)
        chip.resize(chip.sizeHint())
        pictures.append(chip.grab().toImage())

    assert all(one != other for one, other in pairwise(pictures))


def test_a_chip_grows_with_the_scale(qtbot):
    chip = Chip("Teaching", ChipState.GRANTED)
    qtbot.addWidget(chip)
    before = chip.sizeHint()

    theme().apply(scale=2.0)

    assert chip.sizeHint().height() == 2 * before.height()
    assert chip.minimumSizeHint() == chip.sizeHint()


def test_a_chip_can_say_something_else(qtbot):
    chip = Chip("Teaching", ChipState.GRANTED)
    qtbot.addWidget(chip)

    chip.show_chip(ChipText("Withdrawn", ChipState.WITHDRAWN, tip="4 Oct 2026"))

    assert (chip.text(), chip.toolTip()) == ("Withdrawn", "4 Oct 2026")
    assert chip.chip().state is ChipState.WITHDRAWN


def test_a_small_chip_leaves_the_icon_out(qapp):
    chip = ChipText("Sharp", ChipState.GRANTED)

    assert chip_size(chip, small=True).width() < chip_size(chip).width()


@pytest.fixture
def row(qtbot):
    made = ChipRow()
    qtbot.addWidget(made)
    made.set_chips(CONSENTS)
    made.show()
    return made


def test_all_chips_are_shown_when_there_is_room(row):
    row.resize(row.sizeHint())

    assert row.visible_chips() == [chip.text for chip in CONSENTS]


def test_chips_without_room_are_counted_and_named_in_the_tip(row):
    row.resize(row.sizeHint().width() // 2, 24)

    shown = row.visible_chips()
    rest = next(chip for chip in row.findChildren(Chip) if chip.text().startswith("+"))
    assert 0 < len(shown) < len(CONSENTS)
    assert rest.text() == f"+{len(CONSENTS) - len(shown)}"
    assert rest.toolTip().endswith("until Nov 2028")
    assert not rest.isHidden()


def test_without_any_room_only_the_count_is_left(row):
    row.resize(row.minimumSizeHint())

    assert row.visible_chips() == []


def test_a_row_follows_direction_and_scale(row, qapp):
    row.resize(row.sizeHint())
    first = next(chip for chip in row.findChildren(Chip) if chip.text() == "Care record")
    assert first.x() == 0

    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert first.geometry().right() == row.width() - 1

    theme().apply(scale=2.0)
    assert len(row.visible_chips()) < len(CONSENTS)


def test_new_chips_take_the_place_of_the_old(row, qtbot):
    row.set_chips([ChipText("Nothing yet")])
    row.resize(row.sizeHint())

    assert row.visible_chips() == ["Nothing yet"]


def test_an_empty_row_asks_for_nothing(qtbot):
    made = ChipRow()
    qtbot.addWidget(made)

    assert made.sizeHint().width() == 0
    assert made.minimumSizeHint().width() == 0


def test_a_filter_is_switched_by_touch_and_key(qtbot):
    chip = FilterChip("Teaching granted", "graduation-cap")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    chip.show()
    off = chip.grab().toImage()

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    assert chip.isChecked()
    assert chip.grab().toImage() != off
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert not chip.isChecked()
    assert chip.sizeHint().height() >= 44
    assert chip.minimumSizeHint() == chip.sizeHint()


def test_a_filter_without_icon_gets_a_tick_when_it_is_on(qtbot):
    chip = FilterChip("2026")
    qtbot.addWidget(chip)
    before = chip.sizeHint().width()

    chip.setChecked(True)

    assert chip.sizeHint().width() > before
    assert not chip.grab().isNull()


def test_a_line_of_chips(qtbot):
    line = chip_line([Chip("One"), Chip("Two")])

    assert line.count() == 3


def test_the_first_chip_is_shortened_before_it_is_only_counted(qtbot):
    row = ChipRow()
    qtbot.addWidget(row)
    alert = "Allergic to adhesive tape, latex and chlorhexidine"
    row.set_chips([ChipText(alert, ChipState.EXPIRING), ChipText("Care record")])
    row.resize(220, 24)
    row.show()

    [first] = [chip for chip in row.findChildren(Chip) if chip.text() == alert]

    assert first.isVisible()
    assert first.width() < first.sizeHint().width()
    assert first.geometry().right() < 220
    assert first.toolTip() == alert
    assert row.visible_chips() == [alert]
    row.resize(900, 24)
    assert first.width() == first.sizeHint().width()
    assert first.toolTip() == ""
