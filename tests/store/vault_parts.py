"""What the tests of the store build vaults from."""

from app.domain.ids import StaffId, VaultId
from app.store.argon2id import QuickParametersForTests
from app.store.blobs import create_blob_tables
from app.store.connection import Connection
from app.store.migrations import Migration

QUICK = QuickParametersForTests()
VAULT_ID = VaultId("01900000-0000-7000-8000-000000000001")
OTHER_VAULT_ID = VaultId("01900000-0000-7000-8000-000000000002")
ANNA = StaffId("01900000-0000-7000-8000-00000000000a")
BEN = StaffId("01900000-0000-7000-8000-00000000000b")


def a_passphrase(text: str = "correct horse battery staple") -> bytearray:
    """A passphrase as the window hands it over."""
    return bytearray(text.encode())


def _tables(connection: Connection) -> None:
    create_blob_tables(connection)
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")


SCHEMA = (Migration(1, _tables),)
