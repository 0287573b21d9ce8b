"""Backups in the window: by themselves, by hand, tried out, restored."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.domain.backup import BackupTimeliness
from app.domain.staff import Role
from app.services import backups
from app.store.backup import sets
from app.ui.settings_page.restore_sheet import RestoreSheet
from app.ui.widgets.sheet import open_sheet
from tests.ui.door.doorways import LONG_MS, PASSPHRASE, press, seen


@pytest.fixture
def at_work(doorway, stick):
    """Give the program with a folder for backups: at_work(backup_days=0)."""

    def begin(**settings):
        chosen = {"backup_folder": str(stick), "backup_days": 0} | settings
        program = doorway.unlocked(**chosen)
        doorway.until(lambda: program.pages.backups.standing is not None)
        program.pages.go("settings")
        return program

    return begin


def events(program, action):
    with program.pages.room.workplace.vault.reading() as records:
        found = [json.loads(record.body) for record in records.audit.newest(limit=50)]
    return [record for record in found if record["action"] == action]


def points(stick):
    return sets.listed(stick)


def back_up(doorway, program):
    press(program.window, "backup-now")
    doorway.until(lambda: not program.pages.backups.running)
    doorway.until(lambda: program.pages.backups.standing.last is not None)


def test_due_backup_is_made_by_itself_and_recorded(doorway, stick, at_work):
    program = at_work(backup_days=1)
    keeper = program.pages.backups
    assert keeper.standing.timeliness is BackupTimeliness.OVERDUE

    keeper._soon.timeout.emit()
    doorway.until(lambda: keeper.standing.timeliness is BackupTimeliness.FRESH)
    keeper._timer.timeout.emit()
    doorway.until(lambda: not program.pages.room.runner.is_busy())

    (point,) = points(stick)
    (recorded,) = events(program, "vault.backed-up")
    assert recorded["details"]["point"] == point.id
    assert program.pages._reminder.isHidden()
    assert not program.window.toast.isVisible()


def test_nothing_is_made_without_a_schedule(doorway, stick, at_work):
    program = at_work(backup_days=0)

    program.pages.backups._soon.timeout.emit()
    doorway.until(lambda: not program.pages.room.runner.is_busy())

    assert list(stick.iterdir()) == []
    program.pages.go("today")
    assert program.pages._reminder.isHidden()


def test_overdue_backup_is_told_on_today_and_leads_to_the_settings(doorway, stick, at_work):
    program = at_work(backup_days=1)
    stick.rmdir()
    program.pages.go("today")
    reminder = program.pages._reminder
    assert "No backup" in reminder.notice.title()

    program.pages.backups.keep()
    doorway.until(lambda: program.pages.backups.failure is not None)

    assert "cannot be reached" in reminder.notice.text()
    assert not program.notices.codes()
    doorway.until(lambda: events(program, "vault.backed-up"))
    (recorded,) = events(program, "vault.backed-up")
    assert recorded["details"] == {"code": "BACKUP-001"}
    reminder.notice.acted.emit()
    assert program.window.current_name() == "settings"


def test_backup_by_hand(doorway, stick, at_work):
    program = at_work()

    back_up(doorway, program)

    assert len(points(stick)) == 1
    assert "Backed up and read back" in program.window.toast.text()
    assert "None yet" not in str(program.pages.settings.backup._lines())


def test_backup_that_fails_is_told_with_advice(doorway, stick, at_work):
    program = at_work()
    stick.rmdir()

    press(program.window, "backup-now")
    card = program.pages.settings.backup
    doorway.until(lambda: card.notice() is not None)

    assert card.notice()._code == "BACKUP-001"
    helped = []
    program.pages.settings.help_requested.connect(helped.append)
    card.notice().help_requested.emit("BACKUP-001")
    assert helped == ["BACKUP-001"]


def test_fault_of_ours_while_points_are_listed_is_not_swallowed(at_work, doorway, monkeypatch):
    program = at_work()
    back_up(doorway, program)
    told = []
    program.pages.room.runner.failed.disconnect()
    program.pages.room.runner.failed.connect(told.append)

    def broken(_backups, _folder):
        raise RuntimeError

    monkeypatch.setattr("app.store.backup.of_vault.SealedVaultBackups.points", broken)
    press(program.window, "backup-restore")

    doorway.until(lambda: told)
    assert [type(error) for error in told] == [RuntimeError]


def test_rehearsal_says_the_result(doorway, at_work):
    program = at_work()
    back_up(doorway, program)
    card = program.pages.settings.backup

    press(program.window, "backup-test")
    doorway.until(lambda: card.notice() is not None)

    assert "can be restored" in card.notice().title()
    doorway.until(lambda: events(program, "vault.backup-rehearsed"))
    folder = Path(program.preferences.settings.last_vault).parent
    assert not list(folder.glob(".clinigraph-test-restore-*"))


def test_rehearsal_of_a_damaged_backup(doorway, stick, at_work):
    program = at_work()
    back_up(doorway, program)
    file = next(stick.rglob("rows-*.segment"))
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    card = program.pages.settings.backup

    press(program.window, "backup-test")
    doorway.until(lambda: card.notice() is not None)

    assert card.notice()._code == "BACKUP-007"


def test_restore_beside_the_open_vault(doorway, at_work, tmp_path):
    program = at_work()
    back_up(doorway, program)

    press(program.window, "backup-restore")
    doorway.until(lambda: open_sheet(program.window) is not None)
    sheet = open_sheet(program.window)
    assert isinstance(sheet, RestoreSheet)
    assert sheet.place.name.text() == "Photographs restored"
    sheet.primary.click()
    card = program.pages.settings.backup
    doorway.until(lambda: card.notice() is not None)

    assert "Photographs restored" in card.notice().title()
    restored = tmp_path / "Photographs restored.clinigraph"
    workplace = doorway.core.unlock(restored, bytearray(PASSPHRASE.encode()))
    try:
        with workplace.vault.reading() as records:
            bodies = [record.body for record in records.audit.newest(limit=5)]
    finally:
        workplace.close()
    assert any('"vault.restored"' in body for body in bodies)
    doorway.until(lambda: events(program, "vault.restored"))


def test_cancel_leaves_nothing_that_counts(doorway, stick, at_work):
    program = at_work()
    keeper = program.pages.backups
    keeper.changed.connect(keeper.cancel)

    press(program.window, "backup-now")
    doorway.until(lambda: not keeper.running)

    assert keeper.failure is None
    assert program.pages.settings.backup.strip.isHidden()


def test_lock_ends_a_backup(doorway, stick, at_work):
    program = at_work()
    program.pages.backups.back_up()

    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.lock()
    doorway.until(lambda: not program._retired)

    doorway.unlock(program)
    doorway.until(lambda: program.pages.backups.standing is not None)


def test_folder_and_days_are_chosen(doorway, at_work, tmp_path):
    program = at_work(backup_folder="")
    card = program.pages.settings.backup
    assert not seen(program.window, "backup-now").isEnabled()

    press(program.window, "backup-choose")
    (dialog,) = program.window.findChildren(QFileDialog, "backup-folder-dialog")
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    card.days.chosen.emit("7")

    kept = doorway.core.settings
    assert (kept.backup_folder, kept.backup_days) == (str(tmp_path), 7)
    assert card._same_disk.isVisible()
    assert seen(program.window, "backup-now").isEnabled()


def test_days_that_are_not_offered_are_shown_all_the_same(at_work):
    program = at_work(backup_days=3)

    assert program.pages.settings.backup.days.currentText() == "Every 3 days"


def test_others_than_administrators_only_back_up(doorway, at_work):
    program = at_work()
    room = program.pages.room
    staff = room.desk.staff
    room.set_staff(type(staff)(staff.id, staff.name, Role.READER, staff.pin_verifier))
    card = program.pages.settings.backup
    card.show_standing()

    off = [card._choose, card.days, card._try, card._restore]
    assert [control.isEnabled() for control in off] == [False] * 4
    back_up(doorway, program)
    program.pages.backups.rehearse()
    doorway.until(lambda: card.notice() is not None)
    assert card.notice()._code == "SESSION-001"


def restoring(doorway, program, stick):
    """The page at the door, with the points of the stick."""
    doorway.until(program.door_page.page.isEnabled)
    program.door_page.page.restore_wanted.emit()
    flow = program.door_page.page
    flow.point_page.look_in(str(stick))
    doorway.until(flow.point_page.primary.isEnabled)
    flow.point_page.primary.click()
    return flow


@pytest.fixture
def backed_up(doorway, stick):
    """A stick with a backup, and the recovery code of its vault; the vault itself is gone."""
    vault = doorway.vault()
    workplace = doorway.core.unlock(vault, bytearray(PASSPHRASE.encode()))
    backups.note_made(
        workplace.vault.unit_of_work(),
        workplace.desk,
        backups.back_up(workplace.desk, workplace.backups, stick, lambda *_: None),
    )
    workplace.close()
    for file in vault.parent.glob("Photographs*"):
        file.unlink()
    return doorway.groups


def test_new_computer_restores_with_the_recovery_code(doorway, stick, backed_up, tmp_path):
    program = doorway.start()
    flow = restoring(doorway, program, stick)
    page = flow.open_page
    page.way.button("by-code").click()
    for edit, group in zip(page.code._edits, backed_up, strict=True):
        QTest.keyClicks(edit, group)
    page.place.folder.setText(str(tmp_path / "new" / "home"))
    page.primary.click()
    doorway.until(lambda: flow.page is not page)

    assert "was checked" in flow.page.notice().title()
    flow.page.primary.click()
    doorway.unlock(program)
    assert doorway.core.settings.last_vault == str(
        tmp_path / "new" / "home" / "Photographs.clinigraph"
    )
    assert program.pages.room.desk.staff.name == "Dr Ada Byrne"


def test_wrong_passphrase_at_the_door_leaves_nothing(doorway, stick, backed_up, tmp_path):
    program = doorway.start()
    flow = restoring(doorway, program, stick)
    page = flow.open_page
    page.place.folder.setText(str(tmp_path / "home"))
    page.passphrase.setText("of somebody else")
    page.primary.click()
    doorway.until(lambda: page.notice() is not None)

    assert page.notice()._code == "VAULT-001"
    assert not (tmp_path / "home").exists()
    page.back.click()
    assert flow.page is flow.point_page
    flow.point_page.back.click()
    assert program.door_page.page is not flow


def test_folder_without_backups_at_the_door(doorway, tmp_path):
    program = doorway.start()
    program.door_page.page.restore_wanted.emit()
    flow = program.door_page.page
    assert program.door_page.help_topic() == "backup"

    flow.point_page.look_in(str(tmp_path))
    doorway.until(lambda: flow.point_page.notice() is not None)

    assert flow.point_page.notice()._code == "BACKUP-006"
    assert not flow.point_page.primary.isEnabled()


def test_point_that_lacks_a_file_cannot_be_chosen(doorway, stick, backed_up):
    next(stick.rglob("rows-*.segment")).unlink()
    program = doorway.start()
    program.door_page.page.restore_wanted.emit()
    flow = program.door_page.page

    flow.point_page.look_in(str(stick))
    doorway.until(flow.point_page.points.isVisible)

    assert flow.point_page.points.point() is None
    assert not flow.point_page.primary.isEnabled()
    shutil.rmtree(stick)


def test_cancel_at_the_door_leaves_nothing(doorway, stick, backed_up, tmp_path):
    program = doorway.start()
    flow = restoring(doorway, program, stick)
    page = flow.open_page
    page.place.folder.setText(str(tmp_path / "home"))
    page.passphrase.setText(PASSPHRASE)
    page.primary.click()
    page.strip.cancel_requested.emit()
    doorway.until(page.strip.isHidden)

    assert page.notice() is None
    assert page.back.isEnabled()
    assert not [f for f in tmp_path.glob("home/*") if not f.name.startswith(".")]


def test_slot_that_changed_since_is_explained(doorway, stick, tmp_path):
    program = doorway.unlocked(backup_folder=str(stick), backup_days=0)
    back_up_through(doorway, program)
    place = program.pages.room.workplace
    old, new = bytearray(PASSPHRASE.encode()), bytearray(b"seven quiet lamps")
    program.pages.room.runner.run(
        lambda: doorway.core.change_passphrase(place, old, new), lambda _: None
    )
    doorway.until(lambda: not program.pages.room.runner.is_busy())
    back_up_through(doorway, program)
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.lock()
    program.door_page.page.restore_wanted.emit()
    flow = program.door_page.page
    flow.point_page.look_in(str(stick))
    doorway.until(flow.point_page.primary.isEnabled)
    flow.point_page.points.list.pick(sets.listed(stick)[0].id)
    flow.point_page.primary.click()
    page = flow.open_page
    page.place.folder.setText(str(tmp_path / "home"))

    page.passphrase.setText("seven quiet lamps")
    page.primary.click()
    doorway.until(lambda: page.notice() is not None)
    assert page.notice()._code == "BACKUP-012"

    page.passphrase.setText(PASSPHRASE)
    page.primary.click()
    doorway.until(lambda: flow.page is not page)
    assert "changed since" in flow.page.notice().text()


def back_up_through(doorway, program):
    keeper = program.pages.backups
    before = keeper.standing.last if keeper.standing else None
    keeper.back_up()
    doorway.until(lambda: not keeper.running)
    doorway.until(lambda: keeper.standing is not None and keeper.standing.last != before)
