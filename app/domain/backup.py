"""Backups: points in time that a vault can be brought back to, and when the next one is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.ids import VaultId
from app.domain.stamp import Stamp
from app.domain.verification import VerificationReport

GRACE = timedelta(days=1)
"""How long a backup may be late before somebody is reminded: the stick may be at home tonight."""


class BackupStage(StrEnum):
    """What a backup or a restore is doing."""

    READING = "reading"
    COPYING = "copying"
    CHECKING = "checking"
    RESTORING = "restoring"
    VERIFYING = "verifying"


Tell = Callable[[BackupStage, int, int], None]
"""Told how far it is: the stage, what is done and the whole of it (0 while unknown). It raises to
break the work off."""


def tell_nobody(_stage: BackupStage, _done: int, _total: int) -> None:
    """For those who need not know how far it is."""


@dataclass(frozen=True, slots=True)
class BackupPoint:
    """A state that can be restored, as its manifest describes it.

    Attributes:
        id: Its name, made from the time.
        set_name: Folder of the set that it belongs to.
        number: How many backups it is made of, itself included.
        at: When; by the clock of the workstation that made it.
        schema: Of the vault then.
        events: How many records the audit trail had.
        contents: How many pictures and papers it holds.
        size_bytes: What was written for it; the rest lies in the points before.
        whole: Whether every file that it needs is there in its full length.
    """

    id: str
    set_name: str
    vault: VaultId
    number: int
    at: datetime
    schema: int
    events: int
    contents: int
    size_bytes: int
    whole: bool


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was written, read back and found right.

    Attributes:
        point: Its id.
        set_name: Folder of its set.
        copied: New pictures and papers in it.
        size_bytes: What was written.
        unreadable: Pictures and papers that the vault itself could not read.
        stamp: Who made it, where and when.
    """

    point: str
    set_name: str
    copied: int
    size_bytes: int
    unreadable: int
    stamp: Stamp


class SlotSince(StrEnum):
    """What became, since the backup, of the passphrase or code that opened it.

    CURRENT: It opens the newest backup as well.
    CHANGED: Its owner has another one now.
    REMOVED: Its owner has been removed since.
    """

    CURRENT = "current"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Restored:
    """A vault that was made from a backup, and what was found in it.

    Attributes:
        report: Of the check of the whole new vault.
        slot: What became of what opened the backup.
        returned: People who could open the vault then and, by the newest backup, no longer can.
        erased_again: Pictures and papers that were erased later, and so again now.
        trail_continues: Whether the audit trail is the beginning of the one it was compared with.
    """

    point: BackupPoint
    report: VerificationReport
    slot: SlotSince
    returned: int = 0
    erased_again: int = 0
    trail_continues: bool = True

    @property
    def sound(self) -> bool:
        """Whether it is what was backed up, whole."""
        return self.report.sound and self.trail_continues


class BackupTimeliness(StrEnum):
    """How the newest backup stands against the schedule.

    OFF: No folder, or no schedule.
    FRESH: Young enough.
    DUE: One should be made now.
    OVERDUE: It should have been made before; somebody has to look.
    """

    OFF = "off"
    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class BackupSchedule:
    """When backups are to be made.

    Attributes:
        folder: Where; empty while none was chosen.
        every_days: 0 for by hand only.
    """

    folder: str
    every_days: int

    @property
    def on(self) -> bool:
        """Whether backups are made by themselves."""
        return bool(self.folder) and self.every_days > 0

    def next_at(self, last: datetime | None) -> datetime | None:
        """When the next one is due; None without a schedule or before the first."""
        if not self.on or last is None:
            return None
        return last + timedelta(days=self.every_days)

    def timeliness(self, last: datetime | None, now: datetime) -> BackupTimeliness:
        """How the newest backup stands; one from the future counts as none, for clocks are set."""
        if not self.on:
            return BackupTimeliness.OFF
        due = self.next_at(last)
        if due is None or last is None or last > now + GRACE or now >= due + GRACE:
            return BackupTimeliness.OVERDUE
        return BackupTimeliness.DUE if now >= due else BackupTimeliness.FRESH
