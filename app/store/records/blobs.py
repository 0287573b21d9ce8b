"""Sealed bytes as the port sees them."""

from __future__ import annotations

from app.domain.ids import BlobId, Sha256
from app.store.blobs import BlobStore
from app.store.connection import Connection
from app.store.records.rows import begun


class StoredBlobs:
    """The port Blobs on one connection."""

    def __init__(self, connection: Connection, store: BlobStore) -> None:
        self._connection = connection
        self._store = store

    def put(self, blob: BlobId, data: bytes) -> Sha256:
        """Seal bytes under a key of their own; their hash."""
        assert begun(self._connection), "a blob is part of its caller's transaction"
        return self._store.put(self._connection, blob, data)

    def read(self, blob: BlobId) -> bytes:
        """The bytes.

        Raises:
            BlobDamagedError: They cannot be read, or are not what was stored.
            BlobErasedError: They were erased on purpose.
            LookupError: There never was such a blob: a bug.
        """
        return self._store.read(self._connection, blob)

    def erase(self, blob: BlobId) -> None:
        """Remove the bytes and their key; reading them afterwards is an error."""
        assert begun(self._connection), "erasing is part of its caller's transaction"
        self._store.erase(self._connection, blob)
