"""Making a backup of an open vault, while others work in it.

Rows are read in one transaction for reading: they are one moment of the vault, and writers do not
wait for it. Contents never change, so each is read in a transaction of its own afterwards. What was
written is read back by a new connection before the point gets its name; only then it counts.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from app.domain.backup import BackupMade, BackupStage, Tell, tell_nobody
from app.domain.disclosure import Backup
from app.errors import KnownError
from app.store import durable_file
from app.store.audit_log import AuditHead, AuditLog
from app.store.backup import segment as segments
from app.store.backup import sets
from app.store.backup.contents import DONE_SUFFIX, PREFIX, SEGMENT_BYTES, ContentCopier
from app.store.backup.errors import (
    BackupDamagedError,
    BackupFolderMissingError,
    BackupNotVerifiedError,
    writing_to,
)
from app.store.backup.manifest import (
    Base,
    FileCopy,
    Manifest,
    SealedManifest,
    TableCopy,
    decoded,
    sealed,
)
from app.store.backup.segment import SegmentWriter
from app.store.backup.set_keys import SetKeys
from app.store.backup.sets import BackupSet, Point
from app.store.backup.tables import (
    blob_records,
    copy_rows,
    copy_some,
    require_rows,
    tables_of,
)
from app.store.connection import Connection
from app.store.errors import KeyFileDamagedError
from app.store.key_list import decoded as decoded_keys
from app.store.migrations import schema_version
from app.store.sealed_vault import SealedVault

ROWS_PREFIX = "rows-"


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was read in the one transaction."""

    schema: int
    events: int
    last_event: str
    heads: tuple[AuditHead, ...]
    tables: tuple[TableCopy, ...]
    changed: tuple[str, ...]
    keys: bytes


def make(
    vault: SealedVault,
    disclosure: Backup,
    folder: Path,
    tell: Tell = tell_nobody,
    *,
    anew: bool = False,
    segment_bytes: int = SEGMENT_BYTES,
) -> BackupMade:
    """Add a point to this vault's set in a folder; begin a set where there is none.

    Broken off, by an error, by `tell` or by a power cut, it leaves the points before as they are,
    and beside them a folder that does not count; the next backup goes on from there.

    Args:
        vault: Open; on any thread.
        disclosure: What lets it leave: who, when, where.
        folder: Of the sets, or a set itself.
        tell: Told how far it is; may raise to break it off.
        anew: Whether to begin a new set that holds everything once more.
        segment_bytes: About the most in one file.

    Raises:
        KnownError: Of the area BACKUP, when the medium fails; of the area STORE, when the vault
            cannot be read or was locked meanwhile.
    """
    tell(BackupStage.READING, 0, 0)
    with writing_to(folder):
        found, keys = _set(vault, folder, anew=anew)
    try:
        return _Backup(vault, found, keys, tell, segment_bytes).made(disclosure)
    finally:
        keys.wipe()


def _set(vault: SealedVault, folder: Path, *, anew: bool) -> tuple[BackupSet, SetKeys]:
    """The vault's own set, or a new one."""
    if not folder.is_dir():
        raise BackupFolderMissingError
    opened = vault.opened
    vault_id = opened.key_file.vault_id
    found = None if anew else sets.own_set(folder, vault_id, opened.key)
    if found is not None:
        return found
    beside = folder.parent if folder.name.endswith(sets.SET_SUFFIX) else folder
    return sets.begin_set(beside, sets.set_name(opened.files.database), vault_id, opened.key)


class _Backup:
    """One backup on its way."""

    def __init__(
        self,
        vault: SealedVault,
        found: BackupSet,
        keys: SetKeys,
        tell: Tell,
        segment_bytes: int,
    ) -> None:
        self._vault = vault
        self._set = found
        self._keys = keys
        self._tell = tell
        self._folder = found.folder / (sets.UNFINISHED + vault.workstation[-12:])
        self._rows_name = ROWS_PREFIX + secrets.token_hex(8)
        self._copier = ContentCopier(vault, self._folder, keys, tell, segment_bytes=segment_bytes)

    def made(self, disclosure: Backup) -> BackupMade:
        """Read, write, read back, and give the point its name."""
        self._begin()
        base = self._base()
        with SegmentWriter(self._folder, self._rows_name, self._keys) as rows:
            moment = self._read_moment(rows, base)
            self._copier.copy(self._wanted(moment, base))
            records, held = self._copy_records(rows, moment.changed)
            rows.finish()
        files = self._finished_files(moment, records)
        manifest = self._manifest(disclosure, base, moment, records, held, files)
        self._publish(manifest)
        return BackupMade(
            point=manifest.point,
            set_name=self._set.name,
            copied=manifest.copied,
            size_bytes=manifest.size_bytes,
            unreadable=len(manifest.unreadable),
            stamp=disclosure.stamp,
        )

    def _begin(self) -> None:
        """Clear away what an interrupted backup left, except contents that it had finished."""
        with writing_to(self._set.folder):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            done = {record.stem for record in self._folder.glob(f"*{DONE_SUFFIX}")}
            for left in self._folder.iterdir():
                if not (left.name.startswith(PREFIX) and left.stem in done):
                    left.unlink()

    def _base(self) -> Point | None:
        """The newest point that is whole and that this vault has grown out of.

        A vault that was restored to an earlier point goes on from that one.
        """
        with writing_to(self._set.folder):
            points = sets.authentic(sets.points_of(self._set), self._set, self._keys)
            whole = [point for point in points if sets.is_whole(points, point)]
        with self._vault.view() as connection:
            fitting = [p for p in whole if _has_grown_out_of(connection, p.manifest)]
        return max(fitting, key=lambda p: (p.manifest.events, p.manifest.number), default=None)

    def _read_moment(self, rows: SegmentWriter, base: Point | None) -> _Moment:
        said = base.manifest if base else None
        with self._vault.view() as connection:
            schema = schema_version(connection)
            before = said if said and said.schema == schema else None
            copies: list[TableCopy] = []
            for table in tables_of(connection):
                self._tell(BackupStage.READING, len(copies), 0)
                held = before.table(table.name) if before else None
                copies.append(copy_rows(connection, rows, table, held))
            known = said.table("blob_change") if said else None
            events, last_event = _last_event(connection)
            return _Moment(
                schema=schema,
                events=events,
                last_event=last_event,
                heads=AuditLog(connection).heads(),
                tables=tuple(copies),
                changed=_changed_since(connection, known.last if known else 0),
                keys=self._key_file(),
            )

    def _key_file(self) -> bytes:
        """The key file as it lies there; it is at least as new as the rows."""
        opened = self._vault.opened
        try:
            data = opened.files.keys.read_bytes()
        except OSError as error:
            raise KeyFileDamagedError from error
        decoded_keys(data).verify(opened.key)
        return data

    def _wanted(self, moment: _Moment, base: Point | None) -> dict[str, int]:
        """The contents that came since, and those that could not be read before, with sizes."""
        missed = base.manifest.unreadable if base else ()
        wanted = {}
        with self._vault.view() as connection:
            for blob in dict.fromkeys((*moment.changed, *missed)):
                sql = "SELECT size_bytes FROM blob WHERE id = ? AND erased = 0"
                row = connection.execute(sql, (blob,)).fetchone()
                if row is not None:
                    wanted[blob] = int(row[0])
        return wanted

    def _copy_records(self, rows: SegmentWriter, changed: tuple[str, ...]) -> tuple[TableCopy, int]:
        """The records of contents as they stand after these were copied: some may be erased now."""
        with self._vault.view() as connection:
            table = blob_records(connection)
            held = connection.execute("SELECT count(*) FROM blob WHERE erased = 0").fetchone()[0]
            return copy_some(connection, rows, table, changed), int(held)

    def _finished_files(self, moment: _Moment, records: TableCopy) -> tuple[FileCopy, ...]:
        """Read the rows and the key file back.

        Raises:
            BackupNotVerifiedError: They are not what was written.
        """
        with writing_to(self._folder):
            keys_path = self._folder / sets.KEYS_FILE
            durable_file.replace_durably(keys_path, moment.keys)
            segments.settle(keys_path)
            rows_file = segments.described(self._folder / (self._rows_name + segments.SUFFIX))
            keys_file = segments.described(keys_path)
            kept_keys = keys_path.read_bytes()
        try:
            with segments.reading(self._folder, self._rows_name, self._keys) as connection:
                for copy in (*moment.tables, records):
                    self._tell(BackupStage.CHECKING, 0, 0)
                    require_rows(connection, copy)
                _require_last_event(connection, moment)
        except BackupDamagedError as error:
            raise BackupNotVerifiedError from error
        if kept_keys != moment.keys:
            raise BackupNotVerifiedError
        return (rows_file, keys_file, *self._copier.files)

    def _manifest(
        self,
        disclosure: Backup,
        base: Point | None,
        moment: _Moment,
        records: TableCopy,
        held: int,
        files: tuple[FileCopy, ...],
    ) -> Manifest:
        at = disclosure.stamp.at.astimezone(UTC)
        with writing_to(self._set.folder):
            serial = sets.next_serial(self._set)
        return Manifest(
            vault_id=self._set.vault_id,
            set_id=self._set.set_id,
            point=f"{serial:05d}-{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}",
            serial=serial,
            number=base.manifest.number + 1 if base else 1,
            at=at,
            schema=moment.schema,
            workstation=self._vault.workstation,
            base=Base(base.manifest.point, base.sealed.mac) if base else None,
            events=moment.events,
            last_event=moment.last_event,
            heads=moment.heads,
            tables=(*moment.tables, records),
            held=held,
            copied=self._copier.copied,
            unreadable=tuple(self._copier.unreadable),
            rows_segment=self._rows_name,
            files=files,
        )

    def _publish(self, manifest: Manifest) -> None:
        """Write the manifest, read it back, and give the folder its name: then it counts."""
        self._tell(BackupStage.CHECKING, 1, 1)
        written = sealed(manifest, self._keys)
        path = self._folder / sets.MANIFEST_FILE
        with writing_to(self._folder):
            durable_file.replace_durably(path, written.encoded())
            segments.settle(path)
            if _read_manifest(path) != written:
                raise BackupNotVerifiedError
            for record in self._folder.glob(f"*{DONE_SUFFIX}"):
                record.unlink()
            for left in self._folder.iterdir():
                if left.name not in {sets.MANIFEST_FILE, *(file.name for file in manifest.files)}:
                    left.unlink()
            segments.settle_folder(self._folder)
            self._folder.rename(self._set.folder / manifest.point)
            segments.settle_folder(self._set.folder)


def _read_manifest(path: Path) -> SealedManifest | None:
    try:
        return decoded(path.read_bytes())
    except KnownError:
        return None


def _last_event(connection: Connection) -> tuple[int, str]:
    sql = "SELECT seq, hash FROM audit_record ORDER BY seq DESC LIMIT 1"
    row = connection.execute(sql).fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def _has_grown_out_of(connection: Connection, said: Manifest) -> bool:
    """Whether a vault's trail begins with the trail of a point: then so do all its rows."""
    if said.schema > schema_version(connection):
        return False
    sql = "SELECT hash FROM audit_record WHERE seq = ?"
    row = connection.execute(sql, (said.events,)).fetchone()
    if said.events and (row is None or row[0] != said.last_event):
        return False
    sql = "SELECT hash FROM audit_record WHERE workstation = ? AND sequence = ?"
    for head in said.heads:
        row = connection.execute(sql, (head.workstation, head.sequence)).fetchone()
        if row is None or row[0] != head.hash:
            return False
    return True


def _changed_since(connection: Connection, last: int) -> tuple[str, ...]:
    """The contents that came or were erased after a place in the list of changes."""
    sql = "SELECT DISTINCT blob_id FROM blob_change WHERE seq > ?"
    return tuple(row[0] for row in connection.execute(sql, (last,)).fetchall())


def _require_last_event(segment: Connection, moment: _Moment) -> None:
    """The newest audit record in the backup is the one that was the newest in the vault.

    Raises:
        BackupDamagedError: It is not.
    """
    sql = "SELECT seq, hash FROM audit_record ORDER BY seq DESC LIMIT 1"
    row = segment.execute(sql).fetchone()
    if row is not None and (row[0], row[1]) != (moment.events, moment.last_event):
        raise BackupDamagedError
