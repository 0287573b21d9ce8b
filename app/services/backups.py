"""Backups: made, tried out and restored by people, each with its record in the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.domain.audit import Action
from app.domain.backup import (
    BackupMade,
    BackupPoint,
    BackupSchedule,
    BackupTimeliness,
    Restored,
    Tell,
)
from app.domain.disclosure import Backup
from app.domain.staff import Right
from app.services.ports import Desk, Records, UnitOfWork

Settle = Callable[[UnitOfWork], None]
"""Records in the restored vault that it was restored, before anybody can open it."""


class VaultBackups(Protocol):
    """Backups of the open vault; slow, on any thread, never in the way of those who write."""

    def make(
        self, disclosure: Backup, folder: Path, tell: Tell, *, anew: bool = False
    ) -> BackupMade:
        """Write a backup and read it back. Raises a KnownError of the area BACKUP or STORE."""
        ...

    def points(self, folder: Path) -> tuple[BackupPoint, ...]:
        """The points of this vault in a folder, oldest first. Raises BACKUP-006 without any."""
        ...

    def rehearse(self, folder: Path, point: str, tell: Tell) -> Restored:
        """Restore a point into a folder of its own, check it, and remove it again."""
        ...

    def restore(self, folder: Path, point: str, to: Path, tell: Tell, settle: Settle) -> Restored:
        """Make a new vault from a point; never over files that are there."""
        ...


@dataclass(slots=True)
class Wanted:
    """A point in a folder, and what opens it.

    Attributes:
        point: Its id; empty for the newest.
        passphrase: Overwritten once it was used; empty when a code is given.
        code: The recovery code, as typed.
    """

    folder: Path
    point: str = ""
    passphrase: bytearray | None = None
    code: str = ""


class BackupDoor(Protocol):
    """Backups while no vault is open: on a new computer, or after a disaster."""

    def points(self, folder: Path) -> tuple[BackupPoint, ...]:
        """The points in a folder as they describe themselves, oldest first; nothing is checked."""
        ...

    def restore(self, wanted: Wanted, to: Path, tell: Tell) -> Restored:
        """Make a new vault from a point. Raises a KnownError of the area BACKUP or VAULT."""
        ...

    def rehearse(self, wanted: Wanted, tell: Tell) -> Restored:
        """Restore a point into a folder of its own, check it, and remove it again."""
        ...


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """How the vault's backups stand.

    Attributes:
        last: The newest one; None before the first.
        next_at: When the next is due by the schedule.
    """

    last: BackupMade | None
    next_at: datetime | None
    timeliness: BackupTimeliness


def standing(records: Records, desk: Desk, schedule: BackupSchedule) -> BackupStanding:
    """How the backups stand against this workstation's schedule."""
    desk.staff.require(Right.READ)
    last = records.disclosures.last_backup()
    at = last.stamp.at if last else None
    return BackupStanding(last, schedule.next_at(at), schedule.timeliness(at, desk.clock.now()))


def back_up(
    desk: Desk, backups: VaultBackups, folder: Path, tell: Tell, *, anew: bool = False
) -> BackupMade:
    """A backup to a folder of one's own choice; record it with `note_made`.

    Raises:
        NotPermittedError: Only administrators choose where a copy of the vault goes.
        KnownError: As `VaultBackups.make`.
    """
    desk.staff.require(Right.BACK_UP)
    return backups.make(Backup(desk.stamp()), folder, tell, anew=anew)


def keep_schedule(
    desk: Desk, backups: VaultBackups, schedule: BackupSchedule, tell: Tell
) -> BackupMade:
    """The backup that is due, to the folder that an administrator chose; whoever is signed in.

    Raises:
        NotPermittedError: The person is no longer active.
        KnownError: As `VaultBackups.make`.
    """
    desk.staff.require(Right.READ)
    return backups.make(Backup(desk.stamp()), Path(schedule.folder), tell)


def note_made(uow: UnitOfWork, desk: Desk, made: BackupMade) -> None:
    """Record a backup that was made."""
    with uow:
        uow.disclosures.add_backup(made)
        uow.record(
            desk.event(
                Action.BACKUP_MADE,
                point=made.point,
                contents=made.copied,
                bytes=made.size_bytes,
                unreadable=made.unreadable,
            )
        )
        uow.commit()


def note_failed(uow: UnitOfWork, desk: Desk, code: str) -> None:
    """Record a backup that was not finished."""
    with uow:
        uow.record(desk.failure(Action.BACKUP_MADE, code=code))
        uow.commit()


def rehearse(desk: Desk, backups: VaultBackups, folder: Path, point: str, tell: Tell) -> Restored:
    """Try a backup out; record it with `note_rehearsed`.

    Raises:
        NotPermittedError: Only administrators restore, if only for a moment.
        KnownError: As `VaultBackups.rehearse`.
    """
    desk.staff.require(Right.BACK_UP)
    return backups.rehearse(folder, point, tell)


def note_rehearsed(uow: UnitOfWork, desk: Desk, restored: Restored) -> None:
    """Record how a backup did that was tried out."""
    details: dict[str, str | int | bool] = {
        "point": restored.point.id,
        "findings": len(restored.report.findings),
        "continues": restored.trail_continues,
    }
    made = desk.event if restored.sound else desk.failure
    with uow:
        uow.record(made(Action.BACKUP_REHEARSED, **details))
        uow.commit()


def restore(
    desk: Desk, backups: VaultBackups, folder: Path, point: str, to: Path, tell: Tell
) -> Restored:
    """Make a second vault from a backup of the open one; both trails tell of it.

    Raises:
        NotPermittedError: Only administrators restore.
        KnownError: As `VaultBackups.restore`.
    """
    desk.staff.require(Right.BACK_UP)

    def settle(uow: UnitOfWork) -> None:
        note_restored(uow, desk, point)

    return backups.restore(folder, point, to, tell, settle)


def note_restored(uow: UnitOfWork, desk: Desk, point: str, **details: str | int | bool) -> None:
    """Record, in the restored vault or in the one it was made from, that a point was restored."""
    with uow:
        uow.record(desk.event(Action.VAULT_RESTORED, point=point, **details))
        uow.commit()
