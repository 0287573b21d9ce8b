"""One change of the vault with its audit events: all of it, or nothing."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlcipher3.dbapi2 import Error as DriverError

from app.domain.audit import AuditEvent
from app.domain.ids import WorkstationId
from app.errors import KnownError
from app.store.audit_log import AuditLog
from app.store.blobs import BlobStore
from app.store.codec import instant
from app.store.connection import Connection
from app.store.database import Database
from app.store.records.blobs import StoredBlobs
from app.store.records.consents import StoredConsents
from app.store.records.disclosures import StoredDisclosures
from app.store.records.documents import StoredDocuments
from app.store.records.encounters import StoredEncounters
from app.store.records.images import StoredImages
from app.store.records.patients import StoredPatients
from app.store.records.people import StoredPeople
from app.store.records.rows import begun
from app.store.stored_records import StoredRecords


class SilentWriteError(Exception):
    """A change was to be committed without an audit event: a bug."""


class StoredUnitOfWork:
    """The port UnitOfWork on the connection that writes.

    It may be entered again after it was left, and begins anew then. Outside its block nothing of it
    works; in the block, once it was committed, only reading does.
    """

    def __init__(self, database: Database, blobs: BlobStore, workstation: WorkstationId) -> None:
        self._database = database
        self._blobs = blobs
        self._workstation = workstation
        self._connection: Connection | None = None
        self._records: StoredRecords | None = None
        self._events = 0

    def __enter__(self) -> Self:
        """Begin; other writers wait from here on."""
        assert self._connection is None, "a unit of work is not entered twice"
        connection = self._database.writer()
        assert not begun(connection), "one unit of work at a time"
        connection.execute("BEGIN IMMEDIATE")
        self._connection = connection
        self._records = StoredRecords.on(connection, self._blobs)
        self._events = 0
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        connection, self._connection, self._records = self._connection, None, None
        assert connection is not None, "a unit of work is entered before it is left"
        try:
            if begun(connection):
                connection.execute("ROLLBACK")
        except (KnownError, DriverError):  # SQLite recovers when the file is opened anew
            connection.poisoned = True

    def record(self, event: AuditEvent) -> None:
        """Add an audit event to this change."""
        assert event.workstation == self._workstation, "an event of another workstation"
        connection = self._begun()
        sql = "INSERT INTO workstation (id, since) VALUES (?, ?) ON CONFLICT DO NOTHING"
        connection.execute(sql, (event.workstation, instant(event.at)))
        self.audit.add(event)
        self._events += 1

    def commit(self) -> None:
        """Make the change durable.

        Raises:
            SilentWriteError: No event was recorded.
        """
        connection = self._begun()
        if not self._events:
            msg = "a change is recorded in the audit trail, or not made"
            raise SilentWriteError(msg)
        connection.execute("COMMIT")

    def _begun(self) -> Connection:
        assert self._connection is not None, "outside its block"
        assert begun(self._connection), "a unit of work is committed once"
        return self._connection

    def _all(self) -> StoredRecords:
        assert self._records is not None, "outside its block"
        return self._records

    @property
    def patients(self) -> StoredPatients:
        """Patients."""
        return self._all().patients

    @property
    def encounters(self) -> StoredEncounters:
        """Visits."""
        return self._all().encounters

    @property
    def images(self) -> StoredImages:
        """Photographs and renditions."""
        return self._all().images

    @property
    def consents(self) -> StoredConsents:
        """Consents and withdrawals."""
        return self._all().consents

    @property
    def documents(self) -> StoredDocuments:
        """Papers."""
        return self._all().documents

    @property
    def disclosures(self) -> StoredDisclosures:
        """What left the vault."""
        return self._all().disclosures

    @property
    def people(self) -> StoredPeople:
        """Clinic and staff."""
        return self._all().people

    @property
    def blobs(self) -> StoredBlobs:
        """Sealed bytes."""
        return self._all().blobs

    @property
    def audit(self) -> AuditLog:
        """The audit trail."""
        return self._all().audit
