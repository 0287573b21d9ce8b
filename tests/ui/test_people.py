"""Several people and one window: signing in, coming back by PIN, switching, and managing people."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app import paths
from app.domain.staff import Right, Role, role_table
from app.services import encounters, patients, staffing
from app.ui.design.theme import theme
from app.ui.frame.rail import Place, initials
from app.ui.people.role_words import right_name, role_name
from app.ui.settings_page.role_sheet import RoleSheet
from app.ui.widgets.row_model import ROW_ROLE
from tests.builders import demographics
from tests.ui.door.doorways import (
    LONG_MS,
    NAME,
    PASSPHRASE,
    PIN,
    a_doorway,
    press,
    press_enter,
    seen,
    type_in,
)

BEN, BENS = "Ben Okafor", "nine geese fly south"


@pytest.fixture
def doorway(qtbot, tmp_path):
    with a_doorway(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def shared(doorway):
    """A vault of two people, locked."""
    path = doorway.vault()
    place = doorway.core.unlock(path, bytearray(PASSPHRASE.encode()))
    secret = bytearray(BENS.encode())
    uow = place.vault.unit_of_work()
    staffing.add(uow, place.desk, place.slots, BEN, Role.PHOTOGRAPHER, secret)
    place.close()
    doorway.core.forget_pins()
    return path


def sign_in(doorway, program, name, passphrase):
    doorway.until(lambda: shows(program, "user-name"))
    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "user-name", name)
        type_in(program.window, "passphrase", passphrase)
        press_enter(program.window, "passphrase")


def shows(program, name):
    return any(w.isVisible() for w in program.window.findChildren(object, name))


def who(program):
    return program.pages.room.desk.staff.name


def rows(listed):
    model = listed.rows
    return [model.data(model.index(n), ROW_ROLE) for n in range(model.rowCount())]


def lock_idle(doorway, program):
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.idle.idle.emit()


# signing in


def test_one_person_is_asked_for_the_passphrase_alone(doorway):
    program = doorway.start(doorway.vault())

    assert not shows(program, "user-name")
    doorway.unlock(program)


def test_several_people_are_asked_for_their_name_and_none_is_filled_in(doorway, shared):
    program = doorway.start(shared)

    sign_in(doorway, program, "ben OKAFOR", BENS)

    assert who(program) == BEN
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.lock()
    doorway.until(lambda: shows(program, "user-name"))
    assert seen(program.window, "user-name").text() == ""
    said = [label.text() for label in program.door_page.findChildren(QLabel)]
    assert not any("Ben" in text or "Byrne" in text for text in said)


def test_enter_in_the_name_leads_to_the_passphrase(doorway, shared):
    program = doorway.start(shared)
    doorway.until(lambda: shows(program, "user-name"))
    type_in(program.window, "user-name", BEN)

    press_enter(program.window, "user-name")

    assert seen(program.window, "passphrase").hasFocus()
    assert not seen(program.window, "unlock").isEnabled()


@pytest.mark.parametrize("typed", [("Nobody", BENS), (BEN, "wrong horse")])
def test_what_was_wrong_is_not_told(doorway, shared, typed):
    program = doorway.start(shared)
    doorway.until(lambda: shows(program, "user-name"))
    type_in(program.window, "user-name", typed[0])
    type_in(program.window, "passphrase", typed[1])

    press_enter(program.window, "passphrase")

    page = program.door_page.page
    doorway.until(lambda: page.notice() is not None)
    assert page.notice()._code == "VAULT-001"


def test_the_recovery_code_asks_for_the_administrators_name(doorway, shared):
    program = doorway.start(shared)
    press(program.window, "use-recovery")
    page = program.door_page.page
    page.show_right()

    assert shows(program, "recover-name")


# coming back by PIN


def test_after_an_idle_lock_the_pin_brings_back(doorway):
    program = doorway.unlocked()
    lock_idle(doorway, program)
    assert seen(program.window, "unlock-pin").hasFocus()
    assert not shows(program, "passphrase")
    assert not any(NAME in label.text() for label in program.door_page.findChildren(QLabel))

    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "unlock-pin", PIN)
        press_enter(program.window, "unlock-pin")

    assert who(program) == NAME


def test_five_wrong_pins_leave_the_passphrase(doorway):
    program = doorway.unlocked()
    lock_idle(doorway, program)
    page = program.door_page.page
    for code in (*["STAFF-007"] * 4, "STAFF-008"):
        page.show_error(None)
        type_in(program.window, "unlock-pin", "1111")
        press_enter(program.window, "unlock-pin")
        doorway.until(lambda: page.notice() is not None)
        assert page.notice()._code == code

    assert not page.asks_pin()
    doorway.unlock(program)


def test_the_passphrase_is_one_press_away(doorway):
    program = doorway.unlocked()
    lock_idle(doorway, program)

    press(program.window, "use-passphrase")

    assert seen(program.window, "passphrase").hasFocus()
    doorway.unlock(program)


@pytest.mark.parametrize("how", ["by hand", "asleep", "never set"])
def test_other_locks_take_the_passphrase_only(doorway, how):
    program = doorway.unlocked(**({"pin_hours": 0} if how == "never set" else {}))
    if how == "never set":
        doorway.core.change_settings(program.preferences.settings)
        doorway.core.pin_desk.welcome(program.pages.room.desk.staff.id)
    signals = {"by hand": program.window.lock_requested, "asleep": program.idle.woken}
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        signals.get(how, program.idle.idle).emit()

    assert not program.door_page.page.asks_pin()
    assert not shows(program, "unlock-pin")


# switching


def switch(doorway, program, name=BEN):
    """Two taps: who works here, then the person."""
    press(program.window, "rail-person")
    doorway.until(lambda: shows(program, "switch-people"))
    people = seen(program.window, "switch-people")
    doorway.until(lambda: rows(people))
    (row,) = [row for row in rows(people) if row.title == name]
    people.pick(row.key)


def test_switching_takes_two_taps_and_a_passphrase_and_the_vault_stays_open(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, NAME, PASSPHRASE)
    vault = program.pages.room.workplace.vault
    assert seen(program.window, "rail-person").accessibleName() == f"{NAME} · Administrator"
    assert seen(program.window, "rail-activity")
    switch(doorway, program)

    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "switch-passphrase", BENS)
        press_enter(program.window, "switch-passphrase")

    assert who(program) == BEN
    assert program.pages.room.workplace.vault is vault
    assert f"{BEN} is signed in" in program.window.toast.text()
    assert seen(program.window, "rail-person").text() == "BO"
    assert not shows(program, "rail-activity")
    program.pages.go(Place.ACTIVITY)
    assert program.window.current_name() != Place.ACTIVITY


def test_a_wrong_passphrase_changes_nobody(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, NAME, PASSPHRASE)
    switch(doorway, program)
    type_in(program.window, "switch-passphrase", "wrong horse")

    press(program.window, "sheet-primary")

    sheet = seen(program.window, "switch-sheet")
    doorway.until(lambda: sheet._notice is not None)
    assert sheet._notice._code == "VAULT-001"
    assert who(program) == NAME


def test_who_was_there_comes_back_with_the_pin_and_to_their_session(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, NAME, PASSPHRASE)
    visit = begun_visit(program)
    program.pages.resume_session(visit)
    doorway.until(lambda: program.pages.unfinished() == visit)
    switch(doorway, program)
    said = [label.text() for label in seen(program.window, "switch-sheet").findChildren(QLabel)]
    assert any(f"stays with {NAME}" in text for text in said)
    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "switch-passphrase", BENS)
        press_enter(program.window, "switch-passphrase")
    assert program.pages.unfinished() is None

    switch(doorway, program, NAME)
    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "switch-pin", PIN)
        press_enter(program.window, "switch-pin")

    assert who(program) == NAME
    doorway.until(lambda: program.pages.unfinished() == visit)


def test_after_five_wrong_pins_switching_takes_the_passphrase(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, NAME, PASSPHRASE)
    switch(doorway, program)
    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "switch-passphrase", BENS)
        press_enter(program.window, "switch-passphrase")
    switch(doorway, program, NAME)
    sheet = seen(program.window, "switch-sheet")
    for code in (*["STAFF-007"] * 4, "STAFF-008"):
        sheet._say(None)
        type_in(program.window, "switch-pin", "1111")
        press_enter(program.window, "switch-pin")
        doorway.until(lambda: sheet._notice is not None)
        assert sheet._notice._code == code

    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "switch-passphrase", PASSPHRASE)
        press_enter(program.window, "switch-passphrase")

    assert who(program) == NAME


def test_instead_of_the_pin_the_passphrase_will_do(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, NAME, PASSPHRASE)
    switch(doorway, program)
    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        type_in(program.window, "switch-passphrase", BENS)
        press_enter(program.window, "switch-passphrase")
    switch(doorway, program, NAME)

    press(program.window, "switch-instead")

    assert seen(program.window, "switch-passphrase").hasFocus()
    assert not shows(program, "switch-pin")


def begun_visit(program):
    """A session with a new patient, as the services begin it."""
    place = program.pages.room.workplace

    def begin():
        uow = place.vault.unit_of_work()
        patient = patients.create(uow, place.desk, demographics())
        return encounters.begin(uow, place.desk, patient.id).id

    return program.pages.room.runner.run(begin, lambda _: None).result()


def test_one_person_has_nobody_to_switch_to(doorway):
    program = doorway.unlocked()

    press(program.window, "rail-person")

    doorway.until(lambda: shows(program, "switch-sheet"))
    sheet = seen(program.window, "switch-sheet")
    doorway.until(sheet._nobody.isVisible)
    assert not sheet.primary.isEnabled()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Dr Helen Marsh", "HM"),
        ("Helen", "H"),
        ("陳大文", "陳"),
        ("", ""),
        ("Ana de la Cruz", "LC"),
    ],
)
def test_a_name_is_two_letters_in_the_rail(name, short):
    assert initials(name) == short


# managing people


@pytest.fixture
def settings(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, NAME, PASSPHRASE)
    program.pages.go(Place.SETTINGS)
    people = program.pages.settings.people
    doorway.until(lambda: rows(people.list))
    return program


def listed(program):
    return {row.title: row for row in rows(program.pages.settings.people.list)}


def open_person(program, name=BEN):
    card = program.pages.settings.people
    card.list.action_requested.emit(listed(program)[name].key)
    return seen(program.window, "person-sheet")


def test_a_person_is_added_and_signs_in(doorway, settings):
    press(settings.window, "add-person")
    type_in(settings.window, "person-name", "Joy Mbeki")
    type_in(settings.window, "person-passphrase", "seven quiet lamps")
    type_in(settings.window, "person-passphrase-again", "seven quiet lamps")
    press(settings.window, "sheet-primary")
    assert shows(settings, "add-person-sheet")  # no role is chosen yet
    seen(settings.window, "person-role").button(Role.READER.value).click()

    press(settings.window, "sheet-primary")

    doorway.until(lambda: "Joy Mbeki" in listed(settings))
    assert "Joy Mbeki can sign in now" in settings.window.toast.text()
    with doorway.qtbot.waitSignal(settings.locked, timeout=LONG_MS):
        settings.lock()
    sign_in(doorway, settings, "Joy Mbeki", "seven quiet lamps")
    assert settings.pages.room.desk.staff.role is Role.READER


def test_a_name_that_is_taken_is_told_in_the_sheet(doorway, settings):
    press(settings.window, "add-person")
    type_in(settings.window, "person-name", "BEN OKAFOR")
    type_in(settings.window, "person-passphrase", "seven quiet lamps")
    type_in(settings.window, "person-passphrase-again", "seven quiet lamps")
    seen(settings.window, "person-role").button(Role.READER.value).click()

    press(settings.window, "sheet-primary")

    sheet = seen(settings.window, "add-person-sheet")
    doorway.until(lambda: sheet._notice is not None)
    assert sheet._notice._code == "STAFF-003"


def test_a_role_is_changed(doorway, settings):
    sheet = open_person(settings)
    assert not sheet.primary.isEnabled()
    seen(settings.window, "person-role").button(Role.CLINICIAN.value).click()

    press(settings.window, "sheet-primary")

    doorway.until(lambda: listed(settings)[BEN].subtitle == "Clinician")


def test_access_ends_and_comes_back_with_a_new_passphrase(doorway, settings):
    open_person(settings)
    press(settings.window, "person-end")
    press(settings.window, "sheet-primary")
    doorway.until(lambda: [c.text for c in listed(settings)[BEN].chips] == ["No access"])

    open_person(settings)
    press(settings.window, "person-back")
    type_in(settings.window, "person-passphrase", "seven quiet lamps")
    type_in(settings.window, "person-passphrase-again", "seven quiet lamps")
    press(settings.window, "sheet-primary")

    doorway.until(lambda: listed(settings)[BEN].chips == ())
    with doorway.qtbot.waitSignal(settings.locked, timeout=LONG_MS):
        settings.lock()
    sign_in(doorway, settings, BEN, "seven quiet lamps")


def test_a_forgotten_passphrase_is_reset(doorway, settings):
    open_person(settings)
    press(settings.window, "person-reset")
    type_in(settings.window, "person-passphrase", "seven quiet lamps")
    type_in(settings.window, "person-passphrase-again", "seven quiet lamps")

    press(settings.window, "sheet-primary")

    doorway.until(lambda: "can sign in now" in settings.window.toast.text())
    with doorway.qtbot.waitSignal(settings.locked, timeout=LONG_MS):
        settings.lock()
    sign_in(doorway, settings, BEN, "seven quiet lamps")


def test_one_does_not_change_oneself(settings):
    assert listed(settings)[NAME].action == ""
    card = settings.pages.settings.people
    card.list.opened.emit(listed(settings)[NAME].key)

    sheet = seen(settings.window, "person-sheet")
    assert not sheet.primary.isVisible()
    assert not shows(settings, "person-end")


def test_others_than_administrators_see_the_list_only(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, BEN, BENS)
    program.pages.go(Place.SETTINGS)
    doorway.until(lambda: rows(program.pages.settings.people.list))

    assert {row.action for row in rows(program.pages.settings.people.list)} == {""}
    assert not shows(program, "add-person")
    program.pages.settings.people.list.opened.emit(listed(program)[NAME].key)
    assert not shows(program, "person-sheet")


# the role table


def test_settings_show_the_table_of_the_domain(qtbot, settings):
    press(settings.window, "show-roles")

    sheet = seen(settings.window, "role-sheet")
    for row in role_table():
        for role in Role:
            cell = sheet.findChild(object, f"{row.right.value}/{role.value}")
            assert cell.accessibleName() == ("Yes" if role in row.roles else "No")


def test_the_help_shows_the_table_of_the_domain():
    page = (paths.resources() / "help" / "people.md").read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    head = "| " + " | ".join(["", *map(role_name, Role)]).strip() + " |"
    wanted = [
        "| "
        + " | ".join([right_name(row.right), *("✓" if r in row.roles else "–" for r in Role)])
        + " |"
        for row in role_table()
    ]

    assert [line for line in wanted if line not in lines] == []
    assert [line for line in lines if "✓" in line and line not in wanted] == []
    assert any(head.strip("| ") in line for line in lines)


def test_every_right_and_role_has_a_name():
    assert len({right_name(right) for right in Right}) == len(Right)
    assert len({role_name(role) for role in Role}) == len(Role)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_table_fits_its_window(qtbot, settings, scale):
    theme().apply(scale=scale)
    sheet = RoleSheet(settings.pages.settings)
    sheet.open()

    assert sheet.width() <= settings.window.width()
    assert sheet.height() <= settings.window.height()


def test_no_name_is_kept_in_the_settings(doorway, shared):
    program = doorway.start(shared)
    sign_in(doorway, program, NAME, PASSPHRASE)

    kept = Path(doorway.core.settings_file).read_text("utf-8")

    assert not any(word in kept for word in ("Byrne", "Okafor"))
