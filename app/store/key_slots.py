"""One slot of the key file: the vault key, encrypted for a passphrase or the recovery code."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.ids import StaffId, VaultId
from app.store import argon2id
from app.store.argon2id import SALT_BYTES, Argon2Parameters
from app.store.canonical_json import canonical
from app.store.errors import KeyFileDamagedError
from app.store.keys import KEY_BYTES, VaultKey, hkdf_sha256, wipe
from app.store.recovery_code import RecoveryCode

NONCE_BYTES = 12
TAG_BYTES = 16
ARGON2ID = "argon2id"
HKDF = "hkdf-sha256"
RECOVERY = StaffId("recovery")  # the name of the slot that belongs to nobody


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the kind, not a secret
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """The vault key under one secret; everything but the secret is in the key file.

    Attributes:
        kind: What opens it.
        owner: Whose passphrase: an id, never a name.
        salt: 16 random bytes for the key derivation.
        parameters: Cost of the passphrase check; None for the recovery code, which is random.
        nonce: Of AES-256-GCM.
        wrapped: The encrypted vault key and its tag.
    """

    kind: SlotKind
    owner: StaffId
    salt: bytes
    parameters: Argon2Parameters | None
    nonce: bytes
    wrapped: bytes

    def header(self) -> dict[str, Any]:
        """Everything but the wrapped key, as written to the file and authenticated by the slot."""
        kdf: dict[str, Any] = {"name": HKDF, "salt": self.salt.hex()}
        if self.parameters is not None:
            kdf = {
                "name": ARGON2ID,
                "salt": self.salt.hex(),
                "memory_kib": self.parameters.memory_kib,
                "passes": self.parameters.passes,
                "lanes": self.parameters.lanes,
            }
        return {"kind": self.kind.value, "owner": self.owner, "kdf": kdf, "nonce": self.nonce.hex()}

    def as_json(self) -> dict[str, Any]:
        """As written to the file."""
        return {**self.header(), "wrapped": self.wrapped.hex()}


def from_json(value: dict[str, Any]) -> Slot:
    """A slot as read from a file.

    Raises:
        KeyFileDamagedError: A member is missing or of the wrong form.
        KeyParametersRefusedError: The passphrase check would cost too little or too much.
    """
    try:
        kind, kdf = SlotKind(value["kind"]), value["kdf"]
        salt, nonce, wrapped = (
            bytes.fromhex(part) for part in (kdf["salt"], value["nonce"], value["wrapped"])
        )
        owner = StaffId(value["owner"])
        costs = (
            (kdf["memory_kib"], kdf["passes"], kdf["lanes"]) if kdf["name"] == ARGON2ID else None
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KeyFileDamagedError from error
    expected = (SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES, kind is SlotKind.PASSPHRASE)
    if (len(salt), len(nonce), len(wrapped), costs is not None) != expected:
        raise KeyFileDamagedError
    return Slot(kind, owner, salt, Argon2Parameters(*costs) if costs else None, nonce, wrapped)


def passphrase_slot(
    key: VaultKey,
    vault_id: VaultId,
    owner: StaffId,
    passphrase: bytearray,
    parameters: Argon2Parameters,
) -> Slot:
    """A new slot for one person's passphrase, with a fresh salt and nonce.

    Raises:
        KeyParametersRefusedError: The parameters are below the floor for new slots.
    """
    parameters.require_floor()
    salt = secrets.token_bytes(SALT_BYTES)
    slot_key = argon2id.derive(passphrase, salt, parameters)
    return _sealed(
        key,
        slot_key,
        vault_id,
        Slot(SlotKind.PASSPHRASE, owner, salt, parameters, secrets.token_bytes(NONCE_BYTES), b""),
    )


def recovery_slot(key: VaultKey, vault_id: VaultId, code: RecoveryCode) -> Slot:
    """A new slot for a recovery code; the code is random, so HKDF is enough."""
    salt = secrets.token_bytes(SALT_BYTES)
    return _sealed(
        key,
        _recovery_key(code, salt),
        vault_id,
        Slot(SlotKind.RECOVERY, RECOVERY, salt, None, secrets.token_bytes(NONCE_BYTES), b""),
    )


def open_with_passphrase(slot: Slot, vault_id: VaultId, passphrase: bytearray) -> VaultKey | None:
    """The vault key, or None when the passphrase is another one."""
    assert slot.parameters is not None
    return _opened(argon2id.derive(passphrase, slot.salt, slot.parameters), vault_id, slot)


def open_with_recovery(slot: Slot, vault_id: VaultId, code: RecoveryCode) -> VaultKey | None:
    """The vault key, or None when the code is another one."""
    return _opened(_recovery_key(code, slot.salt), vault_id, slot)


def _recovery_key(code: RecoveryCode, salt: bytes) -> bytearray:
    return hkdf_sha256(code.secret, salt=salt, info=b"clinigraph/1/recovery-slot")


def _associated(vault_id: VaultId, slot: Slot) -> bytes:
    return canonical({"vault_id": vault_id, "slot": slot.header()})


def _sealed(key: VaultKey, slot_key: bytearray, vault_id: VaultId, slot: Slot) -> Slot:
    wrapped = bytearray(KEY_BYTES + TAG_BYTES)
    cipher = AESGCM(slot_key)
    cipher.encrypt_into(slot.nonce, key.view(), _associated(vault_id, slot), wrapped)
    wipe(slot_key)
    return Slot(slot.kind, slot.owner, slot.salt, slot.parameters, slot.nonce, bytes(wrapped))


def _opened(slot_key: bytearray, vault_id: VaultId, slot: Slot) -> VaultKey | None:
    key = bytearray(KEY_BYTES)
    try:
        AESGCM(slot_key).decrypt_into(slot.nonce, slot.wrapped, _associated(vault_id, slot), key)
    except InvalidTag:
        return None
    finally:
        wipe(slot_key)
    return VaultKey(key)
