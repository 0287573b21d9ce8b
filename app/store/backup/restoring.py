"""A new vault out of a backup: made beside its place, checked whole, and only then put there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.backup import BackupStage, Restored, Tell, tell_nobody
from app.domain.ids import WorkstationId
from app.domain.verification import FindingKind, VerificationReport
from app.store import durable_file
from app.store.backup import segment as segments
from app.store.backup import sets
from app.store.backup.errors import BackupDamagedError, NoRoomToRestoreError
from app.store.backup.filling import Filling
from app.store.backup.ledger import (
    NO_LEDGER,
    ErasureLedger,
    entries_in_points,
    entries_in_vault,
)
from app.store.backup.opening import OpenedBackup
from app.store.backup.sets import Point
from app.store.durable_file import sorted_os_errors
from app.store.keys import VaultKey
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault
from app.store.vault_files import DATABASE_SUFFIX, VaultFiles, files_at, require_free
from app.store.verification import verify

STAGING_SUFFIX = ".restoring"
REHEARSAL_PREFIX = ".clinigraph-test-restore-"
_SPARE_BYTES = 64 << 20
_MB = 1_000_000

Settle = Callable[[SealedVault], None]
"""Records in the new vault that it was restored, before anybody can open it."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """What restoring needs besides the backup.

    Attributes:
        workstation: Whose chain the restored vault's next events join.
        ledger: What was erased for good.
        live: The vault that is open now, if it is the one that was backed up.
    """

    workstation: WorkstationId
    tell: Tell = tell_nobody
    ledger: ErasureLedger = NO_LEDGER
    live: SealedVault | None = None


def restore(source: OpenedBackup, to: Path, settle: Settle, how: Restoring) -> Restored:
    """Make a new pair of files from a point; never over files that are there.

    Args:
        source: The point, opened.
        to: Where: NAME.clinigraph.
        settle: Records in the new vault that it was restored.
        how: Whatever else it needs.

    Raises:
        VaultExistsError, NetworkFolderError, ReadOnlyFolderError: No vault can be made there.
        NoRoomToRestoreError: The disk is too small.
        BackupDamagedError: The backup is not as it was written; no file is left.
    """
    files = files_at(to)
    with suppress(OSError):  # that it cannot be made is told by the next line
        files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_free(files)
    staging = files.folder / f".{files.database.name}{STAGING_SUFFIX}"
    with _folder_for_a_while(staging):
        staged = files_at(staging / files.database.name)
        restored = _made(source, staged, settle, how)
        require_free(files)  # it may have taken an hour
        _publish(staged, files)
    return restored


def rehearse(source: OpenedBackup, beside: Path, how: Restoring) -> Restored:
    """Restore a point into a folder of its own, check everything, and remove it again.

    Raises:
        KnownError: As `restore`.
    """
    with sorted_os_errors():
        folder = Path(tempfile.mkdtemp(prefix=REHEARSAL_PREFIX, dir=beside))
    with _folder_for_a_while(folder):
        return _made(source, files_at(folder / f"rehearsal{DATABASE_SUFFIX}"), _nothing, how)


def tidy(beside: Path) -> None:
    """Remove what a rehearsal left that was killed."""
    for left in beside.glob(f"{REHEARSAL_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)


def _made(source: OpenedBackup, files: VaultFiles, settle: Settle, how: Restoring) -> Restored:
    points = sets.chain(source.points, source.point)
    if not all(point.has_its_files() for point in points):
        raise BackupDamagedError
    _require_room(points, files.folder)
    Filling(points, source.keys, how.tell).fill(files.database, source.key)
    _copy_key_file(source.point, files.keys)
    key = VaultKey(bytearray(source.key.view()))
    try:
        opened = ClosedVault(files.database).open(key)
    except BaseException:
        key.wipe()
        raise
    with SealedVault(opened, how.workstation) as vault:
        erased = _erase_again(source, vault, how)
        report = _checked(vault, source, how)
        continues = how.live is None or _is_continued(how.live, source)
        settle(vault)
    segments.settle(files.database)
    return Restored(
        point=source.described(),
        report=report,
        slot=source.slot,
        returned=len(source.returned),
        erased_again=erased,
        trail_continues=continues,
    )


def _erase_again(source: OpenedBackup, vault: SealedVault, how: Restoring) -> int:
    """Carry out what was erased after the point, by newer points and by the vault of today."""
    older = {point.folder for point in sets.chain(source.points, source.point)}
    newer = [point for point in source.points if point.folder not in older]
    entries = entries_in_points(newer, source.keys, how.ledger)
    if how.live is not None:
        entries += entries_in_vault(how.live, how.ledger)
    return how.ledger.replay(vault, entries) if entries else 0


def _checked(vault: SealedVault, source: OpenedBackup, how: Restoring) -> VerificationReport:
    """The check of the whole new vault; contents that could not be read then are known."""
    report = VerificationReport()
    for report in verify(vault, source.point.manifest.heads):
        how.tell(BackupStage.VERIFYING, report.done, report.total)
    missed = set(source.point.manifest.unreadable)
    found = tuple(
        finding
        for finding in report.findings
        if not (finding.kind is FindingKind.CONTENT_DAMAGED and finding.where in missed)
    )
    return VerificationReport(found, report.done, report.total, report.complete)


def _is_continued(live: SealedVault, source: OpenedBackup) -> bool:
    """Whether the audit trail of the open vault begins with that of the point."""
    sql = "SELECT hash FROM audit_record WHERE workstation = ? AND sequence = ?"
    with live.view() as connection:
        for head in source.point.manifest.heads:
            row = connection.execute(sql, (head.workstation, head.sequence)).fetchone()
            if row is None or row[0] != head.hash:
                return False
    return True


def _require_room(points: tuple[Point, ...], folder: Path) -> None:
    needed = sum(point.manifest.size_bytes for point in points) + _SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoomToRestoreError(needed_mb=needed // _MB, free_mb=free // _MB)


def _copy_key_file(point: Point, to: Path) -> None:
    described = next(f for f in point.manifest.files if f.name == sets.KEYS_FILE)
    segments.require_as_described(point.folder, described)
    try:
        data = (point.folder / sets.KEYS_FILE).read_bytes()
    except OSError as error:
        raise BackupDamagedError from error
    durable_file.replace_durably(to, data)


def _publish(staged: VaultFiles, files: VaultFiles) -> None:
    """The database first: without its keys it is told to be half a vault, and nothing is lost."""
    with sorted_os_errors():
        staged.database.rename(files.database)
        staged.keys.rename(files.keys)
        durable_file.sync_folder(files.folder)


@contextmanager
def _folder_for_a_while(folder: Path) -> Iterator[None]:
    """A folder for this user only that is gone afterwards, with what an earlier try left there."""
    with sorted_os_errors():
        if folder.name.endswith(STAGING_SUFFIX):
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _nothing(_vault: SealedVault) -> None:
    """A rehearsal is nobody's vault."""
