"""Fields name their input, say what is wrong with it, and search while one types."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLineEdit

from app.ui.design.theme import theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import Field, SearchField
from app.ui.widgets.numbers import DateField, NumberField


@pytest.fixture
def field(qtbot):
    made = Field("Identifier", QLineEdit(), "Issuer and value")
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_label_names_the_input(field):
    assert field.input.accessibleName() == "Identifier"
    assert field.input.accessibleDescription() == "Issuer and value"


def test_an_error_takes_the_hints_place_and_gives_it_back(field):
    field.set_error("One digit is missing.")

    assert field.error() == "One digit is missing."
    assert field.input.accessibleDescription() == "One digit is missing."
    assert field.input.property("state") == "error"

    field.set_error("")
    assert field.error() == ""
    assert field.input.accessibleDescription() == "Issuer and value"


def test_a_new_hint_does_not_hide_an_error(field):
    field.set_error("Wrong.")

    field.set_hint("Another hint")

    assert field.error() == "Wrong."
    field.set_error("")
    assert field.input.accessibleDescription() == "Another hint"


@pytest.fixture
def search(qtbot):
    made = SearchField("Find or scan a patient")
    qtbot.addWidget(made)
    made.resize(400, 44)
    made.show()
    return made


def test_a_search_begins_when_typing_pauses(qtbot, search):
    with qtbot.waitSignal(search.query_changed) as caught:
        qtbot.keyClicks(search, " oka ")

    assert caught.args == ["oka"]
    assert search.query() == "oka"


def test_a_scan_is_told_at_once(qtbot, search):
    with qtbot.waitSignal(search.submitted) as caught:
        qtbot.keyClicks(search, "0042-771")
        qtbot.keyClick(search, Qt.Key.Key_Return)

    assert caught.args == ["0042-771"]


def test_enter_on_nothing_says_nothing(qtbot, search):
    with qtbot.assertNotEmitted(search.submitted):
        qtbot.keyClick(search, Qt.Key.Key_Return)


def test_the_cross_empties_it(qtbot, search):
    cross = search.findChild(IconButton)
    assert cross.isHidden()
    search.setText("okafor")
    assert not cross.isHidden()

    cross.click()

    assert search.text() == ""
    assert cross.isHidden()


def test_a_search_field_is_mirrored_and_grows(search):
    cross = search.findChild(IconButton)
    assert cross.geometry().right() == search.width() - 1

    search.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert cross.x() == 0

    theme().apply(scale=2.0)
    assert search.textMargins().right() > 36
    assert not search.grab().isNull()


def test_a_number_stays_within_its_bounds(qtbot):
    field = NumberField(0, 120, 34)
    qtbot.addWidget(field)

    field.setValue(200)

    assert field.value() == 120
    assert field.lineEdit().textMargins().left() > 0


def test_a_date_begins_today_or_as_told(qtbot):
    told, today = DateField(QDate(2026, 11, 23)), DateField()
    for field in (told, today):
        qtbot.addWidget(field)

    assert told.date() == QDate(2026, 11, 23)
    assert today.date().isValid()
    assert today.calendarPopup()
