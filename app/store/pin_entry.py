"""Coming back with a PIN after an idle lock, while the program runs.

While the vault is locked its key stays in the memory of the process, encrypted under a key that is
made from the PIN (Argon2id, as slow as the PIN's verifier) and from 32 random bytes that exist in
this memory only. Nothing of it is ever written to a disk. Who can read this memory can try PINs at
the speed of Argon2id, and four digits fall within half an hour; SECURITY.md says so.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import extract_parameters
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.ids import StaffId
from app.errors import KnownError
from app.store.canonical_json import canonical
from app.store.keys import KEY_BYTES, VaultKey, hkdf_sha256, wipe

MOST_FAILURES = 5
NONCE_BYTES, TAG_BYTES, SECRET_BYTES = 12, 16, 32
_HOUR_S = 3600.0
_INFO = b"clinigraph/1/pin-entry"


class WrongEntryPinError(KnownError):
    """Another PIN."""

    code = "STAFF-007"
    message = "That PIN is not right. Tries left: {left}."
    advice = "Try again, or sign in with the passphrase."


class PinEntryOverError(KnownError):
    """Too often wrong, too late, or not offered at all."""

    code = "STAFF-008"
    message = "The PIN opens nothing here any more."
    advice = "Sign in with your passphrase; after that the PIN brings you back again."


@dataclass(slots=True)
class PinWindow:
    """How long and how often a PIN is taken: so many hours, five failures in all.

    Both clocks count, because one stands still while the computer sleeps and the other can be set.

    Attributes:
        begun_wall_s: When the passphrase was given, on the clock on the wall.
        begun_s: The same on the clock that nobody sets.
        failures: Wrong PINs so far.
    """

    hours: float
    begun_wall_s: float
    begun_s: float
    failures: int = 0

    @classmethod
    def opened(cls, hours: float) -> PinWindow:
        """From now on."""
        return cls(hours, time.time(), time.monotonic())

    def is_open(
        self,
        wall_s: Callable[[], float] = time.time,
        steady_s: Callable[[], float] = time.monotonic,
    ) -> bool:
        """Whether a PIN is still taken; a clock that was set back takes none."""
        passed = (wall_s() - self.begun_wall_s, steady_s() - self.begun_s)
        in_time = all(0 <= seconds < self.hours * _HOUR_S for seconds in passed)
        return in_time and self.failures < MOST_FAILURES


@dataclass(slots=True)
class QuickEntry:
    """The key of a locked vault under somebody's PIN.

    Attributes:
        vault: Path of the vault's database.
        owner: Whose PIN it is.
        window: How long and how often it is taken.
        secret: 32 random bytes, in this memory only; gone when the entry is over.
    """

    vault: Path
    owner: StaffId
    window: PinWindow
    secret: bytearray
    _salt: bytes
    _cost: tuple[int, int, int, int]
    _nonce: bytes
    _wrapped: bytes = field(repr=False)

    @classmethod
    def seal(
        cls, key: VaultKey, vault: Path, owner: StaffId, verifier: str, window: PinWindow
    ) -> QuickEntry:
        """Wrap a vault's key under a PIN, of which the vault knows the verifier only.

        Args:
            key: Of the open vault; the caller wipes it.
            vault: Path of the vault's database.
            owner: Whose PIN it is.
            verifier: What `Argon2Pins.derive` made: its hash is what the PIN gives again later.
            window: For how long, and how often wrong.
        """
        salt, hashed, cost = _parts(verifier)
        secret = bytearray(secrets.token_bytes(SECRET_BYTES))
        nonce = secrets.token_bytes(NONCE_BYTES)
        wrapped = bytearray(KEY_BYTES + TAG_BYTES)
        wrapping = _wrapping_key(hashed, secret)
        AESGCM(wrapping).encrypt_into(nonce, key.view(), _bound_to(vault, owner), wrapped)
        wipe(wrapping)
        return cls(vault, owner, window, secret, salt, cost, nonce, bytes(wrapped))

    def open(self, pin: str) -> VaultKey:
        """The vault's key.

        Raises:
            WrongEntryPinError: Another PIN; the entry is still there.
            PinEntryOverError: It was wrong too often, or it is too late; the entry is gone.
        """
        if not self.is_open():
            raise PinEntryOverError
        passes, memory_kib, lanes, length = self._cost
        hashed = hash_secret_raw(
            pin.encode(), self._salt, passes, memory_kib, lanes, length, Type.ID
        )
        wrapping, key = _wrapping_key(hashed, self.secret), bytearray(KEY_BYTES)
        try:
            bound = _bound_to(self.vault, self.owner)
            AESGCM(wrapping).decrypt_into(self._nonce, self._wrapped, bound, key)
        except InvalidTag as error:
            self.window.failures += 1
            if not self.is_open():
                raise PinEntryOverError from error
            raise WrongEntryPinError(left=MOST_FAILURES - self.window.failures) from error
        finally:
            wipe(wrapping)
        return VaultKey(key)

    def is_open(self) -> bool:
        """Whether a PIN is still taken; once it is not, the key is out of reach for good."""
        if not self.window.is_open():
            self.forget()
        return any(self.secret)

    def forget(self) -> None:
        """Overwrite the secret: what is left opens nothing, whatever PIN is known."""
        wipe(self.secret)

    def packed(self) -> bytearray:
        """Everything, for a pipe or a sealed memory file to the process that follows this one.

        Never for a disk, an argument or the environment. The caller overwrites it.
        """
        window = self.window
        values: dict[str, Any] = {
            "vault": str(self.vault),
            "owner": self.owner,
            "window": [window.hours, window.begun_wall_s, window.begun_s, window.failures],
            "salt": self._salt.hex(),
            "cost": list(self._cost),
            "nonce": self._nonce.hex(),
            "wrapped": self._wrapped.hex(),
        }
        return self.secret + json.dumps(values).encode()

    @classmethod
    def unpacked(cls, data: bytearray) -> QuickEntry:
        """What `packed` made in the process before, which is trusted; the data is overwritten."""
        secret, values = data[:SECRET_BYTES], json.loads(bytes(data[SECRET_BYTES:]))
        wipe(data)
        salt, nonce, wrapped = (
            bytes.fromhex(values[name]) for name in ("salt", "nonce", "wrapped")
        )
        passes, memory_kib, lanes, length = values["cost"]
        return cls(
            Path(values["vault"]),
            StaffId(values["owner"]),
            PinWindow(*values["window"]),
            secret,
            salt,
            (passes, memory_kib, lanes, length),
            nonce,
            wrapped,
        )


def _parts(verifier: str) -> tuple[bytes, bytes, tuple[int, int, int, int]]:
    """Salt, hash and cost in a verifier. Source: the PHC string format of the reference code."""
    found = extract_parameters(verifier)
    assert found.type is Type.ID, "PINs are derived by Argon2id"
    salt, hashed = (_from_base64(part) for part in verifier.split("$")[-2:])
    return salt, hashed, (found.time_cost, found.memory_cost, found.parallelism, len(hashed))


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


def _wrapping_key(hashed: bytes, secret: bytearray) -> bytearray:
    return hkdf_sha256(hashed, salt=bytes(secret), info=_INFO)


def _bound_to(vault: Path, owner: StaffId) -> bytes:
    return canonical({"vault": str(vault), "owner": owner})
