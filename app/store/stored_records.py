"""Every repository on one connection: what can be read, and in a transaction written, there."""

from __future__ import annotations

from dataclasses import dataclass

from app.store.audit_log import AuditLog
from app.store.blobs import BlobStore
from app.store.connection import Connection
from app.store.records.blobs import StoredBlobs
from app.store.records.consents import StoredConsents
from app.store.records.disclosures import StoredDisclosures
from app.store.records.documents import StoredDocuments
from app.store.records.encounters import StoredEncounters
from app.store.records.images import StoredImages
from app.store.records.patients import StoredPatients
from app.store.records.people import StoredPeople


@dataclass(frozen=True, slots=True)
class StoredRecords:
    """The port Records."""

    patients: StoredPatients
    encounters: StoredEncounters
    images: StoredImages
    consents: StoredConsents
    documents: StoredDocuments
    disclosures: StoredDisclosures
    people: StoredPeople
    blobs: StoredBlobs
    audit: AuditLog

    @classmethod
    def on(cls, connection: Connection, blobs: BlobStore) -> StoredRecords:
        """The records that a connection sees."""
        return cls(
            patients=StoredPatients(connection),
            encounters=StoredEncounters(connection),
            images=StoredImages(connection),
            consents=StoredConsents(connection),
            documents=StoredDocuments(connection),
            disclosures=StoredDisclosures(connection),
            people=StoredPeople(connection),
            blobs=StoredBlobs(connection, blobs),
            audit=AuditLog(connection),
        )
