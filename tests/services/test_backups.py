import json
from pathlib import Path

import pytest

from app.domain.audit import Action
from app.domain.backup import (
    BackupMade,
    BackupPoint,
    BackupSchedule,
    BackupTimeliness,
    Restored,
    SlotSince,
    tell_nobody,
)
from app.domain.ids import VaultId
from app.domain.staff import NotPermittedError, Role
from app.domain.verification import VerificationReport
from app.services import backups

STICK = Path("stick")
WEEKLY = BackupSchedule("stick", 7)


class FakeBackups:
    """Backups that are made at once, of nothing."""

    def __init__(self, room):
        self._room = room
        self.calls = []
        self.sound = True

    def make(self, disclosure, folder, tell, *, anew=False):
        self.calls.append(("make", folder, anew))
        return BackupMade("p", "rooms", 2, 4096, 0, disclosure.stamp)

    def points(self, folder):
        return ()

    def rehearse(self, folder, point, tell):
        self.calls.append(("rehearse", folder, point))
        return self._restored()

    def restore(self, folder, point, to, tell, settle):
        self.calls.append(("restore", folder, point, to))
        settle(self._room.uow())
        return self._restored()

    def _restored(self):
        now = self._room.clock.now()
        point = BackupPoint("p", "rooms", VaultId("v"), 1, now, 2, 9, 3, 4096, whole=True)
        return Restored(point, VerificationReport(complete=self.sound), SlotSince.CURRENT)


@pytest.fixture
def made_by(room):
    return FakeBackups(room)


def newest(room):
    body = room.read(lambda records: records.audit.newest(limit=1)[0].body)
    return json.loads(body)


def test_administrator_backs_up_wherever_they_like(room, made_by):
    made = backups.back_up(room.desk, made_by, STICK, tell_nobody, anew=True)
    backups.note_made(room.uow(), room.desk, made)

    assert made_by.calls == [("make", STICK, True)]
    assert newest(room)["action"] == Action.BACKUP_MADE
    assert newest(room)["details"] == {"point": "p", "contents": 2, "bytes": 4096, "unreadable": 0}
    assert room.read(lambda records: records.disclosures.last_backup()) == made


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_others_keep_the_schedule_only(room, made_by, role):
    desk = room.as_role(role)

    backups.keep_schedule(desk, made_by, WEEKLY, tell_nobody)

    assert made_by.calls == [("make", STICK, False)]
    for refused in (
        lambda: backups.back_up(desk, made_by, STICK, tell_nobody),
        lambda: backups.rehearse(desk, made_by, STICK, "p", tell_nobody),
        lambda: backups.restore(desk, made_by, STICK, "p", STICK, tell_nobody),
    ):
        with pytest.raises(NotPermittedError):
            refused()
    assert len(made_by.calls) == 1


def test_failure_is_recorded_with_its_code(room):
    backups.note_failed(room.uow(), room.desk, "BACKUP-003")

    assert newest(room)["outcome"] == "failure"
    assert newest(room)["details"] == {"code": "BACKUP-003"}


@pytest.mark.parametrize("sound", [True, False])
def test_rehearsal_is_recorded_with_its_result(room, made_by, sound):
    made_by.sound = sound

    result = backups.rehearse(room.desk, made_by, STICK, "p", tell_nobody)
    backups.note_rehearsed(room.uow(), room.desk, result)

    assert newest(room)["outcome"] == ("success" if sound else "failure")
    assert newest(room)["details"]["findings"] == 0


def test_restored_vault_tells_of_it(room, made_by):
    backups.restore(room.desk, made_by, STICK, "p", Path("again"), tell_nobody)

    assert newest(room)["action"] == Action.VAULT_RESTORED
    assert newest(room)["details"] == {"point": "p"}


def test_standing(room, made_by):
    def stands(schedule=WEEKLY):
        return room.read(lambda records: backups.standing(records, room.desk, schedule))

    assert (stands().last, stands().timeliness) == (None, BackupTimeliness.OVERDUE)
    made = backups.keep_schedule(room.desk, made_by, WEEKLY, tell_nobody)
    backups.note_made(room.uow(), room.desk, made)

    assert stands().last == made
    assert stands().timeliness is BackupTimeliness.FRESH
    assert stands().next_at == WEEKLY.next_at(made.stamp.at)
    assert stands(BackupSchedule("", 7)).timeliness is BackupTimeliness.OFF
    room.clock.go_on(days=8)
    assert stands().timeliness is BackupTimeliness.OVERDUE
