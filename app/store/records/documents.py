"""Papers as they were made, and what became of their copies."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.document import CopyHandedOver, StoredDocument
from app.domain.ids import ConsentId, DocumentId, EncounterId, PatientId
from app.store.codec import encode
from app.store.connection import Connection
from app.store.records.rows import bodies, body, id_list, insert, stamped


class StoredDocuments:
    """The port Documents on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, document: StoredDocument) -> None:
        """Record a paper; its blob is there already."""
        row = {
            "id": document.id,
            "patient": document.patient,
            "encounter": document.encounter,
            "consent": document.consent,
            "sha256": document.sha256,
            "blob": document.blob,
            "body": encode(document),
        }
        insert(self._connection, "document", row | stamped(document.stamp))

    def get(self, document: DocumentId) -> StoredDocument | None:
        """One paper."""
        sql = "SELECT body FROM document WHERE id = ?"
        return body(self._connection, StoredDocument, sql, document)

    def of_encounter(self, encounter: EncounterId) -> tuple[StoredDocument, ...]:
        """Papers of one visit, oldest first."""
        sql = "SELECT body FROM document WHERE encounter = ? ORDER BY seq"
        return tuple(bodies(self._connection, StoredDocument, sql, encounter))

    def of_consent(self, consent: ConsentId) -> tuple[StoredDocument, ...]:
        """Papers of one consent, oldest first."""
        sql = "SELECT body FROM document WHERE consent = ? ORDER BY seq"
        return tuple(bodies(self._connection, StoredDocument, sql, consent))

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[StoredDocument, ...]:
        """Papers of these patients, newest first."""
        sql = """
            SELECT body FROM document
            WHERE patient IN (SELECT value FROM json_each(?)) ORDER BY seq DESC
        """
        return tuple(bodies(self._connection, StoredDocument, sql, id_list(patients)))

    def add_hand_over(self, hand_over: CopyHandedOver) -> None:
        """Record that a copy was given, or declined."""
        row = {"id": hand_over.id, "document": hand_over.document, "body": encode(hand_over)}
        insert(self._connection, "hand_over", row | stamped(hand_over.stamp))

    def hand_overs(self, document: DocumentId) -> tuple[CopyHandedOver, ...]:
        """What became of the copies, oldest first."""
        sql = "SELECT body FROM hand_over WHERE document = ? ORDER BY seq"
        return tuple(bodies(self._connection, CopyHandedOver, sql, document))
