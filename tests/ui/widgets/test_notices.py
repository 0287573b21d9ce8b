"""Notices, empty screens, toasts, progress, wheels and sheets say what they should and go again."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.errors import KnownError
from app.ui.design.theme import Appearance, theme
from app.ui.design.tokens import Role
from app.ui.widgets.buttons import Button, DangerButton
from app.ui.widgets.notices import EmptyState, Notice, Tone
from app.ui.widgets.progress import Dots, ProgressStrip
from app.ui.widgets.sheet import Sheet, ask
from app.ui.widgets.signs import Busy, Sign
from app.ui.widgets.text import Label
from app.ui.widgets.toast import Toast


class SampleError(KnownError):
    """Raised by nobody."""

    code = "APP-000"
    message = "{count} pictures could not be read."
    advice = "Take them again."


def part(widget, kind, name=""):
    return widget.findChild(kind, name)


def named(widget, text):
    return next(button for button in widget.findChildren(Button) if button.text() == text)


def test_an_error_says_what_happened_what_to_do_and_where_help_is(qtbot):
    notice = Notice.for_error(SampleError(count=2))
    qtbot.addWidget(notice)

    assert notice.title() == "2 pictures could not be read."
    assert notice.text() == "Take them again."
    with qtbot.waitSignal(notice.help_requested) as caught:
        named(notice, "Help").click()
    assert caught.args == ["APP-000"]


def test_a_notice_that_may_be_closed_goes(qtbot):
    notice = Notice(Tone.INFO, "Saved.", closable=True)
    qtbot.addWidget(notice)
    notice.show()

    with qtbot.waitSignal(notice.closed):
        next(b for b in notice.findChildren(Button) if b.accessibleName() == "Close").click()

    assert notice.isHidden()


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.HIGH_CONTRAST])
def test_a_notice_can_be_drawn_and_change(qtbot, tone, appearance):
    theme().apply(appearance)
    notice = Notice(tone, "One")
    qtbot.addWidget(notice)

    notice.set_message("Two", "and why")

    assert (notice.title(), notice.accessibleDescription()) == ("Two", "and why")
    assert not notice.grab().isNull()


def test_an_empty_screen_offers_what_fills_it(qtbot):
    empty = EmptyState("images", "No photographs yet", "They will stand here.", "Begin a session")
    qtbot.addWidget(empty)
    empty.resize(600, 400)
    empty.show()

    with qtbot.waitSignal(empty.acted):
        empty.button.click()

    empty.set_text("Nothing found", "Try fewer filters.")
    theme().apply(scale=1.5)
    assert not empty.grab().isNull()


@pytest.fixture
def host(qtbot):
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_toast_says_what_was_done_and_offers_undo(qtbot, host):
    toast = Toast(host)
    assert toast.isHidden()

    toast.tell("Neck was dropped", undo=True)

    assert not toast.isHidden()
    assert toast.text() == "Neck was dropped"
    assert not toast.grab().isNull()
    with qtbot.waitSignal(toast.undo_requested):
        part(toast, QPushButton).click()
    assert toast.isHidden()


def test_a_toast_goes_by_itself(qtbot, host):
    toast = Toast(host)

    toast.tell("Saved", shown_ms=1)

    qtbot.waitUntil(toast.isHidden)


def test_a_toast_stays_while_the_pointer_is_on_it(qtbot, host):
    toast = Toast(host)
    toast.tell("Saved", shown_ms=50)

    point = QPointF(1, 1)
    toast.enterEvent(QEnterEvent(point, point, point))
    assert not toast._clock.isActive()

    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast._clock.isActive()


def test_a_toast_keeps_its_place_when_the_window_grows(qtbot, host):
    toast = Toast(host)
    toast.tell("Saved")

    host.resize(1000, 700)

    qtbot.waitUntil(lambda: abs(toast.geometry().center().x() - 500) <= 1)


def test_the_toasts_button_shows_its_focus(qtbot, host):
    toast = Toast(host)
    toast.tell("Saved", undo=True)
    button = part(toast, QPushButton)
    before = button.grab().toImage()

    button.setFocus()

    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != before


def test_progress_tells_what_and_how_far(qtbot):
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()

    strip.begin("Importing from the card")
    strip.report(3, 40)

    words = [label.text() for label in strip.findChildren(type(strip._count))]
    assert "Importing from the card" in words
    assert "3 of 40" in words
    with qtbot.waitSignal(strip.cancel_requested):
        part(strip, Button, "progress-cancel").click()
    assert not part(strip, Button, "progress-cancel").isEnabled()
    strip.finish()
    assert strip.isHidden()


def test_work_that_cannot_be_cancelled_offers_no_cancel(qtbot):
    strip = ProgressStrip()
    qtbot.addWidget(strip)

    strip.begin("Closing the vault", cancellable=False)

    assert part(strip, Button, "progress-cancel").isHidden()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_dots_count_the_questions(qtbot, direction):
    dots = Dots(6)
    qtbot.addWidget(dots)
    dots.setLayoutDirection(direction)
    dots.resize(dots.sizeHint())
    before = dots.grab().toImage()

    dots.set_position(2, 6)

    assert dots.accessibleName() == "Question 3 of 6"
    assert dots.grab().toImage() != before


def test_the_wheel_turns_while_it_is_to_be_seen(qtbot):
    wheel = Busy("Reading the card")
    qtbot.addWidget(wheel)
    wheel.resize(wheel.sizeHint())
    wheel.show()
    first = wheel.grab().toImage()

    qtbot.waitUntil(lambda: wheel.grab().toImage() != first)

    wheel.hide()
    assert not wheel._clock.isActive()


def test_a_sign_can_change(qtbot):
    sign = Sign("circle", Role.INK_3)
    qtbot.addWidget(sign)
    sign.resize(sign.sizeHint())
    before = sign.grab().toImage()

    sign.set_sign("circle-check", Role.GRANTED)

    assert sign.grab().toImage() != before
    theme().apply(scale=2.0)
    assert sign.sizeHint().width() == 40


@pytest.fixture
def sheet(host, qtbot):
    below = QLineEdit()
    QVBoxLayout(host).addWidget(below)
    made = Sheet("Why accept it?", "Accept", host, text="Say it in a sentence.")
    made.body.addWidget(QLineEdit())
    made.open()
    qtbot.waitUntil(made.isVisible)
    return made


def test_a_sheet_stands_in_the_middle_of_its_window(sheet, host):
    assert not sheet.isWindow()
    assert sheet.window() is host
    assert abs(sheet.geometry().center().x() - host.rect().center().x()) <= 1
    assert not host.grab().isNull()


def test_a_sheet_moves_with_the_window(sheet, host, qtbot):
    host.resize(1200, 800)

    qtbot.waitUntil(lambda: abs(sheet.geometry().center().x() - 600) <= 1)


def test_a_sheet_begins_at_what_is_to_be_filled_in(sheet, qtbot):
    field = sheet.findChild(QLineEdit)

    qtbot.waitUntil(field.hasFocus)


def test_focus_stays_inside_a_sheet(sheet, qtbot):
    field = sheet.findChild(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    seen = []
    for _ in range(8):
        sheet.focusNextPrevChild(True)
        seen.append(sheet.window().focusWidget())
    sheet.focusNextPrevChild(False)

    assert all(sheet.isAncestorOf(widget) for widget in seen)
    assert {sheet.primary, sheet.secondary, field} <= set(seen)


@pytest.mark.parametrize(
    ("key", "signal"), [(Qt.Key.Key_Return, "accepted"), (Qt.Key.Key_Escape, "rejected")]
)
def test_enter_accepts_and_escape_rejects(sheet, qtbot, key, signal):
    scrim, layer = sheet._scrim, sheet.parentWidget()
    assert scrim.parentWidget() is layer, "a sheet inside its scrim would be freed twice"
    told = []
    getattr(sheet, signal).connect(lambda: told.append(signal))

    qtbot.keyClick(sheet, key)

    assert told == [signal]
    qtbot.waitUntil(lambda: not isValid(sheet) and not isValid(scrim))


def test_enter_does_nothing_while_the_primary_button_is_off(sheet, qtbot):
    sheet.primary.setEnabled(False)

    with qtbot.assertNotEmitted(sheet.accepted):
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
        qtbot.keyClick(sheet, Qt.Key.Key_A)


def test_asking_names_the_deed_and_does_it(host, qtbot):
    done = []

    sheet = ask(host, "Erase 3 photographs?", "For ever.", "Erase 3", lambda: done.append(3))

    assert isinstance(sheet.primary, DangerButton)
    qtbot.waitUntil(sheet.secondary.hasFocus)  # what changes nothing is one Enter away
    sheet.primary.click()
    assert done == [3]


def test_a_sheet_without_text_and_secondary_begins_at_the_primary_button(host, qtbot):
    sheet = Sheet("Done", "Good", host)
    sheet.secondary.hide()

    sheet.open()

    qtbot.waitUntil(sheet.primary.hasFocus)
    sheet.accept()


def test_an_empty_screen_keeps_all_its_words_in_a_narrow_place(qtbot):
    theme().apply(scale=2.0)
    empty = EmptyState("users", "Nobody is here yet", "Enter the first one: a name will do.")
    qtbot.addWidget(empty)
    empty.resize(300, 600)
    empty.show()

    words = [label for label in empty.findChildren(Label) if label.text()]

    assert len(words) == 2
    for label in words:
        assert empty.rect().contains(label.geometry())
        assert label.height() >= label.heightForWidth(label.width())
