"""The keys of one set of backups: derived from the vault key, so that a slot opens it too."""

from __future__ import annotations

import hashlib
import hmac

from app.store.connection import SALT_BYTES
from app.store.keys import KeyLabel, VaultKey, hkdf_sha256, wipe

_SALT = b"clinigraph backup"


class SetKeys:
    """What a set is written and read with; `wipe` when done."""

    def __init__(self, key: VaultKey, set_id: str) -> None:
        """Derive them; the vault key may be wiped afterwards."""
        self.set_id = set_id
        self._root = key.derive(KeyLabel.BACKUP, context=set_id.encode())

    def of_segment(self, segment: str) -> bytearray:
        """The database key of one file; the caller wipes it."""
        return self._derived(b"segment/" + segment.encode())

    def wrapping(self) -> bytearray:
        """The key that wraps the contents' own keys in this set; the caller wipes it."""
        return self._derived(b"wrap")

    def mac(self, content: bytes) -> str:
        """What only a holder of the vault key can make; hexadecimal."""
        key = self._derived(b"manifest")
        made = hmac.digest(key, content, hashlib.sha256)
        wipe(key)
        return made.hex()

    def is_mac(self, mac: str, content: bytes) -> bool:
        """Whether a holder of the vault key made it."""
        return hmac.compare_digest(mac.encode(), self.mac(content).encode())

    def wipe(self) -> None:
        """Overwrite them."""
        wipe(self._root)

    def _derived(self, info: bytes) -> bytearray:
        return hkdf_sha256(self._root, salt=_SALT, info=info)


def salt_of_segment(segment: str) -> bytes:
    """The first bytes of a segment's file; not secret, only different for each."""
    return hashlib.sha256(b"clinigraph/1/segment-salt/" + segment.encode()).digest()[:SALT_BYTES]


def wrap_context(set_id: str, blob: str) -> bytes:
    """What binds a wrapped key to its set and its content."""
    return f"backup/{set_id}/{blob}".encode()
