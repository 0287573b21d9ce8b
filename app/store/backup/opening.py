"""Opening a backup with what opened the vault on its day: it brings its own slots along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from app.domain.backup import BackupPoint, SlotSince
from app.domain.ids import StaffId
from app.errors import KnownError
from app.store.backup import sets
from app.store.backup.errors import BackupDamagedError, PassphraseLaterError
from app.store.backup.set_keys import SetKeys
from app.store.backup.sets import BackupSet, Point
from app.store.errors import (
    KeyFileDamagedError,
    KeyFileMissingError,
    RecoveryCodeWrongError,
    WrongPassphraseError,
)
from app.store.key_file import KeyFile
from app.store.key_list import MAX_FILE_BYTES, KeyList, decoded
from app.store.keys import VaultKey
from app.store.recovery_code import RecoveryCode


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """One point of a set, opened; a context manager that wipes the keys.

    Attributes:
        points: Every authentic point of the set.
        owner: Whose slot opened it; the first person's for the recovery code.
        slot: What became of that slot since.
        returned: Owners of slots then that the newest point has no slot of.
    """

    found: BackupSet
    points: tuple[Point, ...]
    point: Point
    key: VaultKey
    keys: SetKeys
    owner: StaffId
    slot: SlotSince
    returned: tuple[StaffId, ...]

    def described(self) -> BackupPoint:
        """The point for people."""
        return sets.described_point(self.found, self.points, self.point)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.keys.wipe()
        self.key.wipe()


def open_with_passphrase(folder: Path, name: str | None, passphrase: bytearray) -> OpenedBackup:
    """Open a point, the newest one without a name, with a passphrase of its day.

    Raises:
        NoBackupThereError, BackupPointUnknownError: There is none.
        WrongPassphraseError: It opens nothing.
        PassphraseLaterError: It was set after this point.
        ForeignBackupError, BackupDamagedError: The backup is not what it says.
    """
    found, point = sets.find_point(folder, name)
    try:
        unlocked = _key_file(point).unlock(passphrase)
    except WrongPassphraseError:
        newest = _newest_other(found, point)
        if newest is not None and _opens_with_passphrase(newest, passphrase):
            raise PassphraseLaterError from None
        raise
    return _opened(found, point, unlocked.key, unlocked.owners[0], by_code=False)


def open_with_code(folder: Path, name: str | None, code: RecoveryCode) -> OpenedBackup:
    """Open a point, the newest one without a name, with the recovery code of its day.

    Raises:
        RecoveryCodeWrongError: It is of another vault, or was replaced before.
        KnownError: As `open_with_passphrase`.
    """
    found, point = sets.find_point(folder, name)
    keys = _key_file(point)
    try:
        key = keys.unlock_with_recovery(code)
    except RecoveryCodeWrongError:
        newest = _newest_other(found, point)
        if newest is not None and _opens_with_code(newest, code):
            raise PassphraseLaterError from None
        raise
    return _opened(found, point, key, keys.owners[0], by_code=True)


def open_with_key(folder: Path, name: str | None, key: VaultKey) -> OpenedBackup:
    """Open a point of the vault that is open, with a copy of its key.

    Raises:
        KnownError: As `open_with_passphrase`.
    """
    found, point = sets.find_point(folder, name)
    owner = _key_file(point).owners[0]
    return _opened(found, point, VaultKey(bytearray(key.view())), owner, by_code=True)


def _opened(
    found: BackupSet, point: Point, key: VaultKey, owner: StaffId, *, by_code: bool
) -> OpenedBackup:
    keys = SetKeys(key, found.set_id)
    try:
        points, point = sets.trusted(found, point, keys)
        then, now = _key_list(point, key), _key_list(sets.newest(points), key)
    except BaseException:
        keys.wipe()
        key.wipe()
        raise
    slot = _since(then, now, None if by_code else owner)
    owners = {slot.owner for slot in now.passphrase_slots()}
    returned = tuple(s.owner for s in then.passphrase_slots() if s.owner not in owners)
    return OpenedBackup(found, points, point, key, keys, owner, slot, returned)


def _since(then: KeyList, now: KeyList, owner: StaffId | None) -> SlotSince:
    """What became of a person's slot, or of the recovery code's."""
    if owner is None:
        same = set(then.recovery_slots()) == set(now.recovery_slots())
        return SlotSince.CURRENT if same else SlotSince.CHANGED
    if now.slot_of(owner) is None:
        return SlotSince.REMOVED
    same = now.slot_of(owner) == then.slot_of(owner)
    return SlotSince.CURRENT if same else SlotSince.CHANGED


def _key_file(point: Point) -> KeyFile:
    try:
        return KeyFile.load(point.folder / sets.KEYS_FILE)
    except (KeyFileMissingError, KeyFileDamagedError) as error:
        raise BackupDamagedError from error


def _key_list(point: Point, key: VaultKey) -> KeyList:
    """The slots of a point, which a holder of the vault key must have written."""
    try:
        with (point.folder / sets.KEYS_FILE).open("rb") as file:
            content = decoded(file.read(MAX_FILE_BYTES + 1))
        content.verify(key)
    except (OSError, KnownError) as error:
        raise BackupDamagedError from error
    return content.keys


def _newest_other(found: BackupSet, point: Point) -> KeyFile | None:
    """The slots of the newest point, if it is another one."""
    last = sets.newest(sets.points_of(found))
    return _key_file(last) if last.folder != point.folder else None


def _opens_with_passphrase(keys: KeyFile, passphrase: bytearray) -> bool:
    try:
        keys.unlock(passphrase).key.wipe()
    except KnownError:
        return False
    return True


def _opens_with_code(keys: KeyFile, code: RecoveryCode) -> bool:
    try:
        keys.unlock_with_recovery(code).wipe()
    except KnownError:
        return False
    return True
