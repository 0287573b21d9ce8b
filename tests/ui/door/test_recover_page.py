"""The recovery code opens the vault when the passphrase is forgotten."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.door.doorways import LONG_MS, press, seen, type_in

NEW = "seven quiet lamps"


def codes(page):
    return [label.text() for label in page.notice().findChildren(QLabel)]


def at_recovery(doorway):
    program = doorway.start(doorway.vault())
    press(program.window, "use-recovery")
    return program, program.door_page.page


def paste(program, text):
    QApplication.clipboard().setText(text)
    seen(program.window, "code-group-1").paste()


def focused():
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def other_than(character):
    return "7" if character != "7" else "8"


def test_the_code_is_typed_through_its_groups(doorway):
    program, page = at_recovery(doorway)

    for letter in "".join(doorway.groups).lower():
        QTest.keyClicks(focused(), letter)

    assert page.code.code() == "-".join(doorway.groups)
    assert page.notice() is None
    assert seen(program.window, "new-passphrase").hasFocus()


def test_the_code_and_a_new_passphrase_open_the_vault(doorway):
    program, _page = at_recovery(doorway)
    paste(program, "-".join(doorway.groups))
    type_in(program.window, "new-passphrase", NEW)
    type_in(program.window, "new-passphrase-again", NEW)

    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        press(program.window, "recover")

    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.lock()
    doorway.unlock(program, NEW)


def test_a_mistyped_group_is_named_and_marked(doorway):
    program, page = at_recovery(doorway)
    groups = list(doorway.groups)
    groups[4] = groups[4][:2] + other_than(groups[4][2]) + groups[4][3]

    paste(program, "".join(groups))

    assert "VAULT-010" in codes(page)
    assert seen(program.window, "code-group-5").property("state") == "error"
    assert seen(program.window, "code-group-5").hasFocus()
    assert not page._recover.isEnabled()


def test_mending_the_group_takes_the_error_away(doorway):
    program, page = at_recovery(doorway)
    wrong = other_than(doorway.groups[0][0]) + "".join(doorway.groups)[1:]
    paste(program, wrong)

    type_in(program.window, "code-group-1", doorway.groups[0])

    assert page.notice() is None
    assert page._recover.isEnabled()


def test_a_code_of_another_vault_is_refused(doorway):
    doorway.vault("Other")
    foreign = doorway.groups
    program, page = at_recovery(doorway)
    paste(program, " ".join(foreign))
    type_in(program.window, "new-passphrase", NEW)
    type_in(program.window, "new-passphrase-again", NEW)

    press(program.window, "recover")

    doorway.until(lambda: page.notice() is not None)
    assert "VAULT-013" in codes(page)
    assert program.pages is None


def test_the_two_passphrases_have_to_be_the_same(doorway):
    program, page = at_recovery(doorway)
    paste(program, "".join(doorway.groups))
    type_in(program.window, "new-passphrase", NEW)
    type_in(program.window, "new-passphrase-again", NEW + "x")

    press(program.window, "recover")

    assert "not the same" in page.passphrase._again.error()
    assert program.pages is None


def test_backspace_goes_back_over_empty_groups(doorway):
    program, page = at_recovery(doorway)
    seen(program.window, "code-group-2").setFocus()

    QTest.keyClick(focused(), Qt.Key.Key_Backspace)

    assert seen(program.window, "code-group-1").hasFocus()
    page.code.clear()
    assert not page.code.is_full()
