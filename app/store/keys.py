"""The vault's key and the keys that are derived from it, in buffers that can be wiped."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from types import TracebackType

KEY_BYTES = 32


class KeyLabel(StrEnum):
    """What a derived key is for; part of the stored format, never changed."""

    DATABASE = "database"
    AUDIT = "audit"
    SLOT_LIST = "slot-list"
    BLOB_WRAP = "blob-wrap"
    BACKUP = "backup"


def wipe(buffer: bytearray | memoryview) -> None:
    """Overwrite a buffer with zeros, in place."""
    buffer[:] = bytes(len(buffer))


def hkdf_sha256(material: bytearray | bytes, *, salt: bytes, info: bytes) -> bytearray:
    """A 32-byte key from uniformly random material, into a buffer that the caller wipes.

    Source: RFC 5869.
    """
    derived = bytearray(KEY_BYTES)
    HKDF(SHA256(), KEY_BYTES, salt, info).derive_into(material, derived)
    return derived


class VaultKey:
    """The random key of one vault; everything else is derived from it.

    Use it as a context manager, or call `wipe` when the vault is locked. It shows nothing of itself
    in `repr` and cannot be pickled.
    """

    def __init__(self, key: bytearray) -> None:
        """Take over `key`: the caller must not keep or change it."""
        assert len(key) == KEY_BYTES
        self._key = key
        self._wiped = False

    @classmethod
    def random(cls) -> VaultKey:
        """A new key from the operating system's generator."""
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)))

    @property
    def wiped(self) -> bool:
        """Whether the key is gone."""
        return self._wiped

    def derive(self, label: KeyLabel, *, context: bytes = b"") -> bytearray:
        """The 32-byte key for one purpose; the caller wipes it.

        Args:
            label: The purpose.
            context: Tells apart several keys of one purpose, such as an epoch or a backup's id.
        """
        info = b"clinigraph/1/" + label.encode() + b"/" + context
        return hkdf_sha256(self.view(), salt=b"clinigraph vault key", info=info)

    def view(self) -> bytearray:
        """The key itself, not a copy; for wrapping it in a slot."""
        assert not self._wiped, "the vault key was wiped"
        return self._key

    def wipe(self) -> None:
        """Overwrite the key; it cannot be used any more."""
        wipe(self._key)
        self._wiped = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return "VaultKey(wiped)" if self._wiped else "VaultKey(…)"

    def __reduce__(self) -> str:
        msg = "a vault key is never pickled"
        raise TypeError(msg)
