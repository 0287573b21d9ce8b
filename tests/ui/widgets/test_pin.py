"""A PIN is entered by touch or key and never shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.widgets.buttons import Button
from app.ui.widgets.pin import LONGEST, PinPad


@pytest.fixture
def pad(qtbot):
    made = PinPad("Staff PIN")
    qtbot.addWidget(made)
    made.show()
    return made


def press(pad, *digits):
    for digit in digits:
        pad.findChild(Button, f"pin-{digit}").click()


def named(pad, name):
    return next(key for key in pad.findChildren(Button) if key.accessibleName() == name)


def test_touch_enters_a_pin(pad, qtbot):
    press(pad, 4, 0, 1, 9)

    with qtbot.waitSignal(pad.entered) as caught:
        named(pad, "Enter the PIN").click()

    assert caught.args == ["4019"]


def test_hardware_keys_enter_a_pin(pad, qtbot):
    qtbot.keyClicks(pad, "4018")
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    qtbot.keyClicks(pad, "x9")

    with qtbot.waitSignal(pad.entered) as caught:
        qtbot.keyClick(pad, Qt.Key.Key_Return)

    assert caught.args == ["4019"]


def test_a_pin_of_known_length_is_entered_by_its_last_digit(qtbot):
    pad = PinPad("Staff PIN", length=4)
    qtbot.addWidget(pad)
    pad.show()

    with qtbot.waitSignal(pad.entered) as caught:
        press(pad, 1, 2, 3, 4)

    assert caught.args == ["1234"]
    assert named(pad, "Enter the PIN").isHidden()


def test_the_pad_is_empty_after_each_try(pad, qtbot):
    press(pad, 1, 1)
    with qtbot.waitSignal(pad.entered):
        qtbot.keyClick(pad, Qt.Key.Key_Enter)

    with qtbot.assertNotEmitted(pad.entered):
        qtbot.keyClick(pad, Qt.Key.Key_Return)
        named(pad, "Enter the PIN").click()


def test_digits_can_be_erased(pad, qtbot):
    press(pad, 1, 2)
    named(pad, "Erase the last digit").click()
    press(pad, 3)

    with qtbot.waitSignal(pad.entered) as caught:
        qtbot.keyClick(pad, Qt.Key.Key_Return)

    assert caught.args == ["13"]


def test_a_pin_has_an_end(pad, qtbot):
    press(pad, *[7] * (LONGEST + 3))

    with qtbot.waitSignal(pad.entered) as caught:
        qtbot.keyClick(pad, Qt.Key.Key_Return)

    assert caught.args == ["7" * LONGEST]


def test_the_digits_are_nowhere_to_be_read(pad):
    press(pad, 9, 8, 7, 6)

    told = [label.text() for label in pad.findChildren(QLabel)]
    assert not any("9876" in text for text in (*told, pad.accessibleName()))
    assert not pad.grab().isNull()


def test_what_was_wrong_is_said(pad):
    pad.set_message("That was not the PIN.")

    assert pad.accessibleDescription() == "That was not the PIN."


def test_a_locked_pad_takes_nothing(pad, qtbot):
    pad.set_locked(True)
    qtbot.keyClicks(pad, "1234")
    press(pad, 5)
    pad.set_locked(False)

    with qtbot.assertNotEmitted(pad.entered):
        qtbot.keyClick(pad, Qt.Key.Key_Return)


def test_the_pad_can_be_cleared(pad, qtbot):
    press(pad, 1)

    pad.clear()

    with qtbot.assertNotEmitted(pad.entered):
        qtbot.keyClick(pad, Qt.Key.Key_Return)
