"""On the staff's side Tab goes through the page, its footer, and then what frames them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.frame.footer import FooterBar
from app.ui.frame.main_window import MainWindow
from app.ui.frame.page import Page
from app.ui.frame.rail import Place
from app.ui.widgets.sheet import Sheet


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    qtbot.addWidget(made)
    page = Page("Today")
    page.use_footer("Continue", back="Back")
    for name in ("one", "two"):
        line = QLineEdit()
        line.setObjectName(name)
        page.content.addWidget(line)
    made.register(Place.TODAY, page)
    made.resize(1280, 800)
    made.set_session_open(True)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_page(Place.TODAY)
    qtbot.waitUntil(page.hasFocus)
    return made


def tab(qtbot, window, key=Qt.Key.Key_Tab):
    qtbot.keyClick(window.focusWidget(), key)
    return window.focusWidget().objectName()


def test_tab_leads_through_the_page_to_its_primary_action_and_then_to_the_frame(window, qtbot):
    way = [tab(qtbot, window) for _ in range(5)]

    assert way == ["one", "two", "footer-back", "footer-primary", "close-session"]


def test_shift_and_tab_lead_back(window, qtbot):
    tab(qtbot, window)
    tab(qtbot, window)

    assert tab(qtbot, window, Qt.Key.Key_Backtab) == "one"


def test_the_way_ends_at_the_rail_and_begins_again(window, qtbot):
    way = [tab(qtbot, window) for _ in range(40)]

    rail = [name for name in way if name.startswith("rail-")]
    assert rail
    assert way.count("one") >= 2
    assert way.index(rail[0]) > way.index("close-session")


def test_a_page_without_anything_to_reach_leads_to_the_frame(window, qtbot):
    window.register("plain", QWidget())
    window.set_session_open(False)

    window.show_page("plain")

    assert window.focusNextPrevChild(True)
    assert window.rail.isAncestorOf(window.focusWidget())


def test_a_sheet_gives_the_focus_back(window, qtbot):
    tab(qtbot, window)
    tab(qtbot, window)
    sheet = Sheet("Help", "Close", window)
    sheet.open()
    assert sheet.isAncestorOf(window.focusWidget())

    qtbot.keyClick(sheet, Qt.Key.Key_Escape)

    assert window.focusWidget().objectName() == "two"


def test_who_is_told_of_the_end_of_a_sheet_may_take_the_focus(window, qtbot):
    tab(qtbot, window)
    sheet = Sheet("Find", "Open", window)
    sheet.accepted.connect(window.page(Place.TODAY).setFocus)
    sheet.open()

    sheet.accept()

    assert window.focusWidget() is window.page(Place.TODAY)


def test_under_the_lock_tab_stays_there_and_comes_to_the_footer_last(window, qtbot):
    door, column = QWidget(), QVBoxLayout()
    footer, passphrase = FooterBar(), QLineEdit()
    footer.set_primary("Unlock")
    passphrase.setObjectName("passphrase")
    door.setLayout(column)
    column.addWidget(passphrase)
    column.addWidget(footer)
    window.show_lock(door)
    passphrase.setFocus()

    way = [tab(qtbot, window) for _ in range(3)]

    assert way == ["footer-primary", "passphrase", "footer-primary"]
