"""Settings hold at once, are kept, and ask for what they need."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.staff import Role
from app.services import clinic as clinics
from app.settings import Settings, load
from app.ui.design.theme import Appearance, theme
from app.ui.help import HelpSheet
from app.ui.preferences import Preferences
from app.ui.settings_page.settings_page import SettingsPage
from app.ui.widgets.sheet import Sheet
from tests.ui.door.doorways import LONG_MS, NAME, PASSPHRASE, press, seen, type_in

HELP = Path(__file__).parents[3] / "resources" / "help" / "settings.md"
NEW = "seven quiet lamps"


@pytest.fixture
def at_settings(doorway):
    """Give the program with its settings on screen: at_settings(pin="")."""

    def begin(*, pin="2468", approved=False):
        program = doorway.start(doorway.vault(pin=pin, approved=approved))
        doorway.unlock(program)
        program.pages.go("settings")
        page = program.pages.settings
        doorway.until(lambda: page.clinic.form.name.text() != "")
        return program

    return begin


def stored_clinic(program):
    with program.pages.room.workplace.vault.reading() as records:
        return records.people.clinic()


def said(program):
    return program.window.toast.text()


def choose(program, group, value):
    seen(program.window, group).button(value).click()


def test_theme_and_size_hold_at_once_and_are_kept(doorway, at_settings):
    program = at_settings()

    choose(program, "theme", "dark")
    choose(program, "text-size", "150")

    assert (theme().appearance, theme().scale) == (Appearance.DARK, 1.5)
    kept = load(doorway.core.settings_file)
    assert (kept.theme, kept.font_percent) == ("dark", 150)


def test_the_workstation_keeps_its_id_when_something_is_set(doorway, at_settings):
    program = at_settings()

    choose(program, "paper", "letter")

    kept = load(doorway.core.settings_file)
    assert kept.workstation == program.pages.room.desk.workstation
    assert kept.paper == "letter"


def test_lock_time_and_the_left_hand_are_kept(doorway, at_settings):
    program = at_settings()
    page = program.pages.settings

    page.workstation.minutes.setValue(3)
    seen(program.window, "left-handed").click()

    kept = load(doorway.core.settings_file)
    assert (kept.idle_minutes, kept.left_handed) == (3, True)
    assert program.idle._minutes == 3


@pytest.mark.logs("could not be written")
def test_settings_that_cannot_be_kept_hold_and_are_told(qtbot):
    def refuse(_settings):
        raise OSError

    preferences = Preferences(Settings(), refuse)

    with qtbot.waitSignal(preferences.not_kept), qtbot.waitSignal(preferences.changed):
        preferences.change(paper="a4")

    assert preferences.settings.paper == "a4"


def test_the_clinic_is_changed_and_keeps_its_approvals(doorway, at_settings):
    program = at_settings(approved=True)
    type_in(program.window, "clinic-department", "Plastic surgery")

    press(program.window, "clinic-save")

    doorway.until(lambda: "stored" in said(program))
    clinic = stored_clinic(program)
    assert clinic.department == "Plastic surgery"
    assert len(clinic.approvals) == 1


def test_a_clinic_without_contact_is_not_stored(at_settings):
    program = at_settings()
    type_in(program.window, "clinic-contact", "")

    press(program.window, "clinic-save")

    assert stored_clinic(program).contact != ""
    assert "contact" in program.pages.settings.clinic.form._contact.error()


def test_what_is_being_typed_outlives_another_look(doorway, at_settings):
    program = at_settings()
    type_in(program.window, "clinic-department", "Plastic surgery")

    with doorway.qtbot.waitSignal(program.pages.room.runner.busy_changed):
        program.pages.settings.refresh()
    doorway.until(lambda: not program.pages.room.runner.is_busy())

    assert seen(program.window, "clinic-department").text() == "Plastic surgery"


def test_a_form_is_approved_when_it_was_read_to_its_end(doorway, at_settings):
    program = at_settings()
    forms = program.pages.settings.forms
    key = program.pages.room.workplace.forms.forms[0].text_sha256
    forms.list.action_requested.emit(key)
    sheet = program.window.findChild(Sheet, "form-sheet")
    assert not sheet.primary.isEnabled()
    bar = seen(program.window, "form-text").verticalScrollBar()
    bar.setValue(bar.maximum())

    sheet.primary.click()

    doorway.until(lambda: "Approved" in said(program))
    approval = stored_clinic(program).approval(key)
    assert approval is not None
    assert approval.by == NAME
    forms.read(key)
    assert not program.window.findChildren(Sheet, "form-sheet")[-1].primary.isVisible()


def test_a_pin_is_set_where_there_was_none(doorway, at_settings):
    program = at_settings(pin="")
    press(program.window, "change-pin")
    type_in(program.window, "new-pin", "13579")
    seen(program.window, "sheet-primary").click()
    assert seen(program.window, "new-pin-again")
    type_in(program.window, "new-pin-again", "13579")

    press(program.window, "sheet-primary")

    doorway.until(lambda: "PIN is set" in said(program))
    room = program.pages.room
    assert room.workplace.pins.matches("13579", room.desk.staff.pin_verifier)
    assert seen(program.window, "change-pin").text() == "Change…"


def change_passphrase(program, old, new=NEW):
    press(program.window, "change-passphrase")
    type_in(program.window, "old-passphrase", old)
    type_in(program.window, "new-passphrase", new)
    type_in(program.window, "new-passphrase-again", new)
    press(program.window, "sheet-primary")


def test_the_new_passphrase_opens_and_the_old_does_not(doorway, at_settings):
    program = at_settings()
    change_passphrase(program, PASSPHRASE)
    doorway.until(lambda: "passphrase is changed" in said(program))
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.lock()
    page = program.door_page.page

    type_in(program.window, "passphrase", PASSPHRASE)
    press(program.window, "unlock")
    doorway.until(lambda: page.notice() is not None)

    doorway.unlock(program, NEW)


def test_changing_needs_the_present_passphrase(doorway, at_settings):
    program = at_settings()

    change_passphrase(program, "not the one")

    page = program.pages.settings
    doorway.until(lambda: page._notice is not None)
    assert page._notice._code == "VAULT-001"
    change_passphrase(program, PASSPHRASE, "short")
    assert "at least 8" in page.person._new._first.error()


def test_a_new_recovery_code_replaces_the_old(doorway, at_settings):
    program = at_settings()
    person = program.pages.settings.person
    press(program.window, "renew-recovery")
    press(program.window, "sheet-primary")
    doorway.until(lambda: person._step is not None)
    groups = person._step.ask_back._groups
    press(program.window, "sheet-primary")
    for number in person._step.ask_back.asked:
        type_in(program.window, f"asked-group-{number}", groups[number - 1])

    press(program.window, "sheet-primary")

    assert "new recovery code" in said(program)
    assert groups != doorway.groups
    vault = doorway.folder / "Photographs.clinigraph"
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.lock()
    doorway.core.unlock_with_recovery(vault, "-".join(groups), bytearray(b"x" * 8)).close()


def test_others_than_administrators_read_only(doorway, qtbot, at_settings):
    program = at_settings()
    room = program.pages.room
    staff = room.desk.staff
    room.set_staff(type(staff)(staff.id, staff.name, Role.CLINICIAN, staff.pin_verifier))
    page = SettingsPage(room, program.preferences, doorway.core, program.pages.backups)
    qtbot.addWidget(page)

    assert not page.clinic.form.isEnabled()
    assert page.clinic._save.isHidden()
    assert not page.person._recovery.isEnabled()
    refused: list[Exception] = []
    page.clinic.failed.connect(refused.append)
    page.clinic.form.set_clinic(stored_clinic(program))
    page.clinic._store()
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert page._notice is not None
    assert page._notice._code == "SESSION-001"


def test_licences_and_help_are_one_press_away(at_settings):
    program = at_settings()

    press(program.window, "about-licences")

    sheet = program.window.findChild(HelpSheet)
    assert "SQLCipher" in sheet.markdown()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    press(program.window, "about-help")
    assert "settings" in program.window.findChildren(HelpSheet)[-1].markdown().casefold()


def test_cards_stand_in_one_column_when_the_text_is_large(at_settings):
    program = at_settings()

    choose(program, "text-size", "200")

    columns = program.pages.settings._columns
    assert columns.direction() is columns.Direction.TopToBottom


def test_every_setting_is_in_the_help():
    written = set(re.findall(r"`(\w+)`", HELP.read_text(encoding="utf-8")))

    assert {field.name for field in fields(Settings)} <= written


def test_set_pin_refuses_what_is_too_short():
    with pytest.raises(clinics.WeakPinError):
        clinics.check_pin("12")
