"""What a point in time is made of, written down and authenticated by the vault key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from app.domain.ids import Sha256, VaultId, WorkstationId
from app.store.audit_log import AuditHead
from app.store.backup.errors import BackupDamagedError, NewerBackupError
from app.store.backup.set_keys import SetKeys
from app.store.canonical_json import canonical

FORMAT = "clinigraph-backup-point"
VERSION = 1
MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class FileCopy:
    """One file of a point, as it was read back."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableCopy:
    """What a point holds of one table.

    Attributes:
        whole: Every row, instead of those after the base's last.
        rows: How many rows it holds.
        digest: Over these rows.
        last: The last row's place in the table; 0 without rows.
        total: How many rows the table had.
        so_far: Over every row of the table; empty for tables whose rows never change.
    """

    name: str
    whole: bool
    rows: int
    digest: str
    last: int
    total: int
    so_far: str


@dataclass(frozen=True, slots=True)
class Base:
    """The point before, which this one adds to.

    Attributes:
        mac: Of its manifest, so that no other can take its place.
    """

    point: str
    mac: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One point.

    Attributes:
        serial: One more than of any point in the set before: clocks are set back.
        number: 1 for a point without a base, else one more than the base's.
        events: How many audit records there were; `last_event` is the newest one's hash.
        heads: The end of every audit chain.
        held: Contents that the vault had; `copied` of them are new in this point.
        unreadable: Contents that the vault could not read: the next backup tries them again.
        rows_segment: Of its files the one with the rows.
    """

    vault_id: VaultId
    set_id: str
    point: str
    serial: int
    number: int
    at: datetime
    schema: int
    workstation: WorkstationId
    base: Base | None
    events: int
    last_event: str
    heads: tuple[AuditHead, ...]
    tables: tuple[TableCopy, ...]
    held: int
    copied: int
    unreadable: tuple[str, ...]
    rows_segment: str
    files: tuple[FileCopy, ...]

    @property
    def size_bytes(self) -> int:
        """Of all its files."""
        return sum(file.size_bytes for file in self.files)

    def table(self, name: str) -> TableCopy | None:
        """What it holds of a table."""
        return next((table for table in self.tables if table.name == name), None)

    def content(self) -> bytes:
        """The bytes that are authenticated."""
        values = asdict(self) | {"format": FORMAT, "version": VERSION, "at": self.at.isoformat()}
        return canonical(values)


@dataclass(frozen=True, slots=True)
class SealedManifest:
    """A manifest with its authenticator."""

    manifest: Manifest
    mac: str

    def encoded(self) -> bytes:
        """As it stands in its file."""
        content = json.loads(self.manifest.content())
        return canonical({"content": content, "mac": self.mac}) + b"\n"

    def is_of(self, keys: SetKeys) -> bool:
        """Whether a holder of the vault key wrote it."""
        return keys.is_mac(self.mac, self.manifest.content())


def sealed(manifest: Manifest, keys: SetKeys) -> SealedManifest:
    """Authenticate it."""
    return SealedManifest(manifest, keys.mac(manifest.content()))


def decoded(data: bytes) -> SealedManifest:
    """A manifest as it was found; nothing in it is trusted before `is_of`.

    Raises:
        BackupDamagedError: It is none.
        NewerBackupError: A later release wrote it.
    """
    try:
        record = json.loads(data)
        content = record["content"]
        if content["format"] != FORMAT:
            raise BackupDamagedError
        version = int(content["version"])
        if version > VERSION:
            raise NewerBackupError(found=version, known=VERSION)
        return SealedManifest(_read(content), str(record["mac"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BackupDamagedError from error


def _read(content: Mapping[str, Any]) -> Manifest:
    base = content["base"]
    at = datetime.fromisoformat(content["at"])
    if at.tzinfo is None:
        raise ValueError
    return Manifest(
        vault_id=VaultId(str(content["vault_id"])),
        set_id=str(content["set_id"]),
        point=str(content["point"]),
        serial=int(content["serial"]),
        number=int(content["number"]),
        at=at.astimezone(UTC),
        schema=int(content["schema"]),
        workstation=WorkstationId(str(content["workstation"])),
        base=Base(str(base["point"]), str(base["mac"])) if base else None,
        events=int(content["events"]),
        last_event=str(content["last_event"]),
        heads=tuple(_head(head) for head in content["heads"]),
        tables=tuple(TableCopy(**table) for table in content["tables"]),
        held=int(content["held"]),
        copied=int(content["copied"]),
        unreadable=tuple(map(str, content["unreadable"])),
        rows_segment=str(content["rows_segment"]),
        files=tuple(FileCopy(**file) for file in content["files"]),
    )


def _head(head: Mapping[str, Any]) -> AuditHead:
    workstation, link = WorkstationId(str(head["workstation"])), Sha256(str(head["hash"]))
    return AuditHead(workstation, int(head["sequence"]), link)
