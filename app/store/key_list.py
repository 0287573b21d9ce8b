"""The content of the key file: who has a slot, authenticated by the vault key, written twice."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from app.domain.ids import StaffId, VaultId
from app.store import name_tags
from app.store.canonical_json import canonical
from app.store.errors import KeyFileAlteredError, KeyFileDamagedError, NewerKeyFileError
from app.store.key_slots import Slot, SlotKind, from_json
from app.store.keys import KeyLabel, VaultKey, wipe
from app.store.name_tags import NameTags

FORMAT = "clinigraph-keys"
SCHEMA = 2
WITHOUT_NAMES = 1  # what releases before sign-in by name wrote, and can still read
MAX_FILE_BYTES = 1 << 20  # a thousand slots need 0.4 MB
MAX_SLOTS = 1000
COPIES = 2


@dataclass(frozen=True, slots=True)
class AuditAnchor:
    """How far the audit trail had come when it was last written down outside the database.

    Attributes:
        entries: Number of entries.
        head: Hash of the last one, or the tree's root; hexadecimal.
    """

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class KeyList:
    """What the key file says.

    Attributes:
        vault_id: Of the database beside it.
        revision: One more with every change, so that an old copy put back can be noticed.
        slots: Who can open the vault.
        anchor: The audit trail's, if one was written.
        names: What finds a slot by its owner's name; None in files from before sign-in by name.
    """

    vault_id: VaultId
    revision: int
    slots: tuple[Slot, ...]
    anchor: AuditAnchor | None = None
    names: NameTags | None = None

    def passphrase_slots(self) -> tuple[Slot, ...]:
        """The slots of persons."""
        return tuple(slot for slot in self.slots if slot.kind is SlotKind.PASSPHRASE)

    def recovery_slots(self) -> tuple[Slot, ...]:
        """The slots of recovery codes."""
        return tuple(slot for slot in self.slots if slot.kind is SlotKind.RECOVERY)

    def slot_of(self, owner: StaffId) -> Slot | None:
        """The passphrase slot of a person."""
        return next((slot for slot in self.passphrase_slots() if slot.owner == owner), None)

    def content(self) -> dict[str, Any]:
        """The part that is authenticated."""
        anchor = self.anchor
        names = {"names": self.names.as_json()} if self.names else {}
        return {
            **names,
            "format": FORMAT,
            "schema": SCHEMA if self.names else WITHOUT_NAMES,
            "vault_id": self.vault_id,
            "revision": self.revision,
            "slots": [slot.as_json() for slot in self.slots],
            "anchor": {"entries": anchor.entries, "head": anchor.head} if anchor else None,
        }


@dataclass(frozen=True, slots=True)
class SealedKeyList:
    """A key list with its authenticator, which only a holder of the vault key can make or check."""

    keys: KeyList
    mac: bytes

    def verify(self, key: VaultKey) -> None:
        """Check that a holder of the vault key wrote this list.

        Raises:
            KeyFileAlteredError: Somebody else did.
        """
        if not hmac.compare_digest(self.mac, _mac(self.keys, key)):
            raise KeyFileAlteredError

    def encoded(self) -> bytes:
        """Two equal lines, so that damage to one of them loses nothing."""
        content = self.keys.content()
        mac = self.mac.hex()
        line = canonical({"content": content, "mac": mac, "checksum": _checksum(content, mac)})
        return (line + b"\n") * COPIES


def sealed(keys: KeyList, key: VaultKey) -> SealedKeyList:
    """Authenticate a list with the vault key."""
    return SealedKeyList(keys, _mac(keys, key))


def decoded(data: bytes) -> SealedKeyList:
    """The first copy in a key file that is whole.

    Raises:
        KeyFileDamagedError: Neither copy is whole, or this is no key file.
        NewerKeyFileError: A later release wrote it.
        KeyParametersRefusedError: A slot asks for too little or too much.
    """
    if len(data) <= MAX_FILE_BYTES:
        half = len(data) // 2  # where the second copy begins when the line's end is damaged
        for line in (*data.splitlines(), data[half:]):
            record = _whole(line)
            if record is not None:
                return _read(record)
    raise KeyFileDamagedError


def whole_copies(data: bytes) -> int:
    """How many copies in a key file are whole; it is written with two."""
    return sum(_whole(line) is not None for line in data.splitlines())


def _mac(keys: KeyList, key: VaultKey) -> bytes:
    list_key = key.derive(KeyLabel.SLOT_LIST)
    mac = hmac.digest(list_key, canonical(keys.content()), hashlib.sha256)
    wipe(list_key)
    return mac


def _checksum(content: dict[str, Any], mac: str) -> str:
    return hashlib.sha256(canonical([content, mac])).hexdigest()


def _whole(line: bytes) -> dict[str, Any] | None:
    """The record of a line, or None when the line is damaged."""
    try:
        record: dict[str, Any] = json.loads(line)
        content, mac = record["content"], record["mac"]
        whole = record["checksum"] == _checksum(content, mac) and content["format"] == FORMAT
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return record if whole else None


def _read(record: dict[str, Any]) -> SealedKeyList:
    try:
        content, mac = record["content"], bytes.fromhex(record["mac"])
        schema = int(content["schema"])
        if schema > SCHEMA:
            raise NewerKeyFileError(found=schema, known=SCHEMA)
        slots = tuple(from_json(slot) for slot in content["slots"][:MAX_SLOTS])
        anchor, names = content["anchor"], content.get("names")
        keys = KeyList(
            VaultId(content["vault_id"]),
            int(content["revision"]),
            slots,
            AuditAnchor(int(anchor["entries"]), str(anchor["head"])) if anchor else None,
            name_tags.from_json(names) if names else None,
        )
    except (ValueError, TypeError, KeyError) as error:
        raise KeyFileDamagedError from error
    return SealedKeyList(keys, mac)
