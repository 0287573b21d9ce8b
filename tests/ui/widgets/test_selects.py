"""Selects speak of values, not of places in a list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.widgets.selects import Menu, Select

CAMERAS = [("room-3", "Room 3 document camera"), ("own", "Built-in camera")]


@pytest.fixture
def select(qtbot):
    made = Select(CAMERAS, "own")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_value_is_chosen(select):
    assert select.value() == "own"
    assert select.currentText() == "Built-in camera"


def test_the_user_choosing_is_told(select, qtbot):
    select.setFocus()

    with qtbot.waitSignal(select.chosen) as caught:
        qtbot.keyClick(select, Qt.Key.Key_Up)

    assert caught.args == ["room-3"]


def test_choosing_from_outside_is_not_told(select, qtbot):
    with qtbot.assertNotEmitted(select.chosen):
        select.set_value("room-3")
        select.set_items(CAMERAS[:1])

    assert select.value() == "room-3"


def test_nothing_may_be_chosen(select, qtbot):
    select.set_value(None)
    assert select.value() is None

    with qtbot.assertNotEmitted(select.chosen):
        select.activated.emit(-1)


def test_a_select_may_be_narrower_than_its_texts(select):
    assert select.minimumSizeHint().width() < select.fontMetrics().horizontalAdvance(CAMERAS[0][1])


def test_its_list_has_rows_for_fingers(select, qtbot):
    select.showPopup()
    qtbot.waitUntil(select.view().isVisible)

    assert select.view().sizeHintForRow(0) >= 40
    select.hidePopup()


def test_a_menu_has_rows_for_fingers(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    menu = Menu(owner)

    action = menu.addAction("Rename")

    assert menu.actionGeometry(action).height() >= 40
