"""The window shows pages, and what covers it lets nothing through."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.domain.encounter import Step
from app.ui.frame.main_window import MainWindow
from app.ui.frame.page import Page
from app.ui.frame.rail import Place
from app.ui.widgets.sheet import Sheet

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    qtbot.addWidget(made)
    made.register(Place.TODAY, Page("Today", help_page="today"))
    made.register(Place.LIBRARY, QWidget())
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_page(Place.TODAY)
    return made


def test_the_title_never_names_a_patient(window):
    window.banner.set_patient("OKAFOR, Amara", "Female · 34 y")
    window.set_session_open(True)

    assert window.windowTitle() == "Clinigraph"


def test_a_page_is_shown_and_marked(window):
    window.show_page(Place.LIBRARY)

    assert window.current_name() == Place.LIBRARY
    assert window.page(Place.LIBRARY).isVisible()
    with pytest.raises(KeyError):
        window.show_page("nowhere")


def test_a_page_takes_the_focus_or_hands_it_on(window, qtbot):
    page, field = Page("Patients"), QLineEdit()
    page.content.addWidget(field)
    page.setFocusProxy(field)
    window.register(Place.PATIENTS, page)

    window.show_page(Place.PATIENTS)

    qtbot.waitUntil(field.hasFocus)


def test_two_pages_cannot_have_one_name(window):
    page = Page("Today again")

    with pytest.raises(AssertionError):
        window.register(Place.TODAY, page)

    page.deleteLater()


def test_a_window_without_pages_has_no_name_to_tell(qtbot):
    made = MainWindow()
    qtbot.addWidget(made)

    assert made.current_name() == ""


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Qt.Key.Key_1, Place.TODAY),
        (Qt.Key.Key_2, Place.PATIENTS),
        (Qt.Key.Key_3, Place.LIBRARY),
        (Qt.Key.Key_4, Place.RELEASE),
        (Qt.Key.Key_5, Place.ACTIVITY),
    ],
)
def test_places_have_keys(window, qtbot, key, place):
    with qtbot.waitSignal(window.place_requested) as caught:
        qtbot.keyClick(window, key, CONTROL)

    assert caught.args == [place]


def test_lock_find_and_help_have_keys(window, qtbot):
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    with qtbot.waitSignal(window.find_requested):
        qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    with qtbot.waitSignal(window.help_requested) as caught:
        qtbot.keyClick(window, Qt.Key.Key_F1)

    assert caught.args == ["today"]


def test_help_on_a_page_without_help_opens_the_beginning(window, qtbot):
    window.show_page(Place.LIBRARY)

    with qtbot.waitSignal(window.help_requested) as caught:
        qtbot.keyClick(window, Qt.Key.Key_F1)

    assert caught.args == [""]


def test_banner_and_steps_are_there_while_a_session_is_open(window):
    assert not window.banner.isVisible()
    assert not window.session_open()

    window.set_session_open(True)

    assert window.banner.isVisible()
    assert window.steps.isVisible()
    assert window.session_open()


def test_what_the_parts_want_is_told(window, qtbot):
    window.steps.set_step(Step.CHECK)

    with qtbot.waitSignal(window.close_session_requested):
        window.banner.close_button.click()
    with qtbot.waitSignal(window.step_requested) as caught:
        window.steps.step_chosen.emit(Step.BEFORE)
    assert caught.args == [Step.BEFORE]
    with qtbot.waitSignal(window.undo_requested):
        window.toast.undo_requested.emit()


def test_the_patients_side_covers_everything(window, qtbot):
    window.set_session_open(True)
    side = QLabel("Your photographs from today")

    window.show_patient_side(side)

    assert window.on_patient_side()
    assert side.isVisible()
    assert not window.banner.isVisible()
    assert not window.rail.isVisible()
    with qtbot.assertNotEmitted(window.place_requested):
        qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert not window.close()

    assert window.leave_patient_side() is side
    assert window.banner.isVisible()
    side.deleteLater()


def test_another_patients_side_replaces_the_first(window):
    first, second = QLabel("one"), QLabel("two")
    window.show_patient_side(first)

    window.show_patient_side(second)

    assert second.isVisible()
    assert first.parent() is None
    first.deleteLater()
    window.leave_patient_side().deleteLater()


def test_the_lock_covers_the_patients_side_too(window, qtbot):
    side = QLabel("Your photographs from today")
    window.show_patient_side(side)

    window.show_lock(QLabel("Locked"))

    assert window.is_locked()
    assert not side.isVisible()
    window.unlock()
    assert not window.is_locked()
    assert side.isVisible()
    window.leave_patient_side().deleteLater()


def test_locking_twice_leaves_one_lock(window, qtbot):
    first = QLabel("Locked")
    window.show_lock(first)

    with qtbot.waitSignal(first.destroyed):
        window.show_lock(QLabel("Locked again"))

    assert window.is_locked()


def test_no_key_of_the_staff_works_while_it_is_locked(window, qtbot):
    window.show_lock(QLabel("Locked"))

    with qtbot.assertNotEmitted(window.find_requested):
        qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)

    window.unlock()
    with qtbot.waitSignal(window.find_requested):
        qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)


def test_an_open_question_holds_the_keys_but_not_the_locks(window, qtbot):
    sheet = Sheet("Why accept it?", "Accept", window)
    sheet.open()

    with (
        qtbot.assertNotEmitted(window.place_requested),
        qtbot.assertNotEmitted(window.find_requested),
    ):
        qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
        qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    sheet.reject()


def test_the_lock_covers_an_open_question(window, qtbot):
    sheet = Sheet("Why accept it?", "Accept", window.page(Place.TODAY))
    sheet.open()
    assert sheet.isVisible()

    window.show_lock(QLabel("Locked"))
    assert not sheet.isVisible()

    window.unlock()
    assert sheet.isVisible()
    sheet.reject()


def test_a_question_on_the_patients_side_belongs_to_it(window, qtbot):
    side = QWidget()
    window.show_patient_side(side)

    sheet = Sheet("Staff PIN", "Leave", window)
    sheet.open()

    assert side.isAncestorOf(sheet)
    sheet.reject()
    window.leave_patient_side().deleteLater()


def test_leaving_without_a_patients_side_gives_nothing(window):
    assert window.leave_patient_side() is None


def test_closing_is_told(window, qtbot):
    with qtbot.waitSignal(window.closing):
        window.close()


def test_the_page_has_the_keys_when_the_screen_is_handed_back(window, qtbot):
    page = window.page(Place.TODAY)
    page.use_footer("Continue")
    window.show_patient_side(QLineEdit())

    window.leave_patient_side().deleteLater()

    qtbot.waitUntil(page.hasFocus)
    with qtbot.waitSignal(page.primary_requested):
        qtbot.keyClick(page, Qt.Key.Key_Return)


def test_a_title_that_comes_later_stands_where_any_title_stands(window):
    early, late = Page("Today"), Page()
    late.set_title("Today")
    for name, page in (("early", early), ("late", late)):
        page.content.addStretch(1)
        window.register(name, page)
        window.show_page(name)
        page.layout().activate()

    assert late.title.geometry().top() == early.title.geometry().top() == 24


def test_enter_is_the_primary_action_also_when_what_had_the_focus_is_off(window, qtbot):
    page = window.page(Place.TODAY)
    page.use_footer("Continue")
    line = QLineEdit()
    page.content.addWidget(line)
    line.setFocus()
    page.setEnabled(False)
    window.rail.setEnabled(False)
    page.setEnabled(True)
    assert window.focusWidget() is None

    with qtbot.waitSignal(page.primary_requested):
        qtbot.keyClick(window, Qt.Key.Key_Return)

    assert page.hasFocus()
