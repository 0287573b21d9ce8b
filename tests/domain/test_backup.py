from datetime import UTC, datetime, timedelta

import pytest

from app.domain.backup import (
    BackupPoint,
    BackupSchedule,
    BackupStage,
    BackupTimeliness,
    Restored,
    SlotSince,
    tell_nobody,
)
from app.domain.ids import VaultId
from app.domain.verification import FindingKind, VerificationFinding, VerificationReport

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WEEKLY = BackupSchedule("/media/stick", 7)
POINT = BackupPoint("p", "rooms", VaultId("v"), 1, NOW, 2, 10, 3, 4096, whole=True)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(0), BackupTimeliness.FRESH),
        (timedelta(days=7, seconds=-1), BackupTimeliness.FRESH),
        (timedelta(days=7), BackupTimeliness.DUE),
        (timedelta(days=8, seconds=-1), BackupTimeliness.DUE),
        (timedelta(days=8), BackupTimeliness.OVERDUE),
        (timedelta(days=-1), BackupTimeliness.FRESH),  # two clocks that differ a little
        (timedelta(days=-365), BackupTimeliness.OVERDUE),  # a clock that was wrong by a year
    ],
)
def test_timeliness(ago, expected):
    assert WEEKLY.timeliness(NOW - ago, NOW) is expected


def test_first_backup_is_overdue_as_soon_as_a_folder_is_chosen():
    assert WEEKLY.timeliness(None, NOW) is BackupTimeliness.OVERDUE
    assert WEEKLY.next_at(None) is None


@pytest.mark.parametrize("schedule", [BackupSchedule("", 7), BackupSchedule("/media/stick", 0)])
def test_without_folder_or_days_nothing_is_due(schedule):
    assert not schedule.on
    assert schedule.timeliness(None, NOW) is BackupTimeliness.OFF
    assert schedule.next_at(NOW) is None


def test_next_one():
    assert WEEKLY.next_at(NOW) == NOW + timedelta(days=7)


def test_restored_vault_is_sound_when_it_is_whole_and_the_trail_goes_on():
    whole = VerificationReport(complete=True)
    finding = VerificationFinding(FindingKind.STRUCTURE, "database")

    assert Restored(POINT, whole, SlotSince.CURRENT).sound
    assert not Restored(POINT, whole, SlotSince.CURRENT, trail_continues=False).sound
    assert not Restored(
        POINT, VerificationReport((finding,), complete=True), SlotSince.CURRENT
    ).sound


def test_nobody_need_be_told():
    tell_nobody(BackupStage.COPYING, 1, 2)
