"""Opening a vault: what is told, and what is not."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from app.ui.door.founding import Founding
from app.ui.door.recover_page import RecoverPage
from app.ui.door.unlock_page import UnlockPage
from app.ui.help import HelpSheet
from tests.ui.door.doorways import PASSPHRASE, press, press_enter, seen, type_in


def wrong(doorway, program, times=1):
    page = program.door_page.page
    for _ in range(times):
        page.show_error(None)
        type_in(program.window, "passphrase", "not the one")
        press_enter(program.window, "passphrase")
        doorway.until(lambda: page.notice() is not None)


def test_the_name_of_the_file_is_all_that_is_shown(doorway):
    program = doorway.start(doorway.vault("Room 3"))

    shown = [label.text() for label in program.door_page.findChildren(QLabel)]
    assert "Room 3" in shown
    assert not any(str(doorway.folder) in text or "Brigid" in text for text in shown)


def test_the_right_passphrase_and_enter_open_the_vault(doorway):
    program = doorway.start(doorway.vault())

    doorway.unlock(program)

    assert program.pages is not None
    assert not program.window.is_locked()
    assert doorway.core.settings.last_vault == str(doorway.folder / "Photographs.clinigraph")


def test_a_wrong_passphrase_is_told_and_the_field_is_empty(doorway):
    program = doorway.start(doorway.vault())

    wrong(doorway, program)

    page = program.door_page.page
    assert "VAULT-001" in [label.text() for label in page.notice().findChildren(QLabel)]
    assert seen(program.window, "passphrase").text() == ""
    assert program.pages is None


def test_after_three_failures_one_waits_and_can_go_on_then(doorway):
    program = doorway.start(doorway.vault())
    wrong(doorway, program, times=3)
    field = seen(program.window, "passphrase")
    assert not field.isEnabled()

    doorway.until(field.isEnabled)

    doorway.unlock(program)
    assert program.pages is not None


def test_the_wait_outlasts_another_look_at_the_door(doorway):
    program = doorway.start(doorway.vault())
    wrong(doorway, program, times=3)

    press(program.window, "use-recovery")
    press(program.window, "recover-back")

    assert not seen(program.window, "passphrase").isEnabled()


def test_a_missing_key_file_is_told_before_anything_is_typed(doorway):
    vault = doorway.vault()
    vault.with_suffix(".clinigraph-keys").unlink()

    program = doorway.start(vault)

    page = program.door_page.page
    doorway.until(lambda: page.notice() is not None)
    texts = [label.text() for label in page.notice().findChildren(QLabel)]
    assert "VAULT-002" in texts
    assert any("Put the file that ends in .clinigraph-keys back" in text for text in texts)


def test_help_of_an_error_opens_its_page(doorway):
    program = doorway.start(doorway.vault())
    wrong(doorway, program)

    program.door_page.page.notice().help_requested.emit("VAULT-001")

    sheet = program.window.findChild(HelpSheet)
    assert sheet.isVisible()
    assert "Caps Lock" in sheet.markdown()


def test_f1_helps_at_the_door(doorway):
    program = doorway.start(doorway.vault())

    program.door_page._help.activated.emit()

    assert "recovery code" in program.window.findChild(HelpSheet).markdown()


def test_a_vault_that_is_open_elsewhere_is_told(doorway):
    vault = doorway.vault()
    other = doorway.core.unlock(vault, bytearray(PASSPHRASE.encode()))
    program = doorway.start(vault)

    type_in(program.window, "passphrase", PASSPHRASE)
    press(program.window, "unlock")

    page = program.door_page.page
    doorway.until(lambda: page.notice() is not None)
    other.close()
    assert "VAULT-008" in [label.text() for label in page.notice().findChildren(QLabel)]


def test_what_is_typed_can_be_looked_at(doorway):
    program = doorway.start(doorway.vault())
    type_in(program.window, "passphrase", "abc")
    field = seen(program.window, "passphrase")

    press(program.window, "passphrase-show")

    assert field.echoMode() is QLineEdit.EchoMode.Normal
    press(program.window, "passphrase-show")
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_caps_lock_is_noticed(doorway):
    program = doorway.start(doorway.vault())
    field = seen(program.window, "passphrase")

    QTest.keyClick(field, Qt.Key.Key_A)
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, field, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier
    )

    assert "Caps Lock" in program.door_page.page._field._below.text()
    QTest.keyClick(field, Qt.Key.Key_CapsLock)
    assert "Caps Lock" not in program.door_page.page._field._below.text()


def test_another_vault_is_chosen_by_either_of_its_files(doorway):
    other = doorway.vault("Second")
    program = doorway.start(doorway.vault("First"))

    press(program.window, "open-other")
    dialog = program.window.findChild(QFileDialog, "vault-file")
    dialog.fileSelected.emit(str(other.with_suffix(".clinigraph-keys")))
    dialog.reject()

    assert isinstance(program.door_page.page, UnlockPage)
    assert seen(program.window, "vault-name").text() == "Second"
    doorway.unlock(program)


def test_from_the_lock_one_reaches_recovery_and_a_new_vault_and_back(doorway):
    program = doorway.start(doorway.vault())

    press(program.window, "use-recovery")
    assert program.door_page.findChild(RecoverPage).isVisible()
    press(program.window, "recover-back")
    press(program.window, "make-new")
    assert program.door_page.findChild(Founding).isVisible()
    press(program.window, "footer-back")

    assert isinstance(program.door_page.page, UnlockPage)


def test_the_vault_that_was_open_last_is_offered(doorway):
    vault = doorway.vault("Yesterday")

    program = doorway.start(last_vault=str(vault))

    assert seen(program.window, "vault-name").text() == "Yesterday"
