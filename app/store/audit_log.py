"""The audit trail in the database: appended to, read and checked, never changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.audit import (
    FIRST_LINK,
    AuditEvent,
    AuditRecord,
    ChainFault,
    first_fault,
    linked,
)
from app.domain.ids import PatientId, Sha256, StaffId, WorkstationId
from app.store.connection import Connection
from app.store.records.rows import insert, paged

PSEUDONYM_BYTES = 16
_STAFF, _PATIENT = "staff", "patient"


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where a chain ends; kept outside the vault it shows a trail that was cut or rolled back.

    Attributes:
        sequence: Of the newest record; 0 for a chain without one.
        hash: Of the newest record; FIRST_LINK for a chain without one.
    """

    workstation: WorkstationId
    sequence: int
    hash: Sha256


class AuditLog:
    """The port AuditTrail on one connection, and the adding of records.

    In the chain a person is a random pseudonym. Forgetting a pseudonym leaves the chain whole and
    says nothing any more about whom it speaks of.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, event: AuditEvent) -> AuditRecord:
        """Append to the chain of the event's workstation, in the caller's transaction."""
        head = self.head(event.workstation)
        patient = self._pseudonym(_PATIENT, event.patient) if event.patient else None
        record = linked(
            event,
            sequence=head.sequence + 1,
            previous=head.hash,
            staff_pseudonym=self._pseudonym(_STAFF, event.by),
            patient_pseudonym=patient,
        )
        row = {
            "workstation": record.workstation,
            "sequence": record.sequence,
            "patient": patient,
            "body": record.body,
            "previous": record.previous,
            "hash": record.hash,
        }
        insert(self._connection, "audit_record", row)
        return record

    def head(self, workstation: WorkstationId) -> AuditHead:
        """Where the chain of a workstation ends."""
        sql = """
            SELECT sequence, hash FROM audit_record WHERE workstation = ?
            ORDER BY sequence DESC LIMIT 1
        """
        row = self._connection.execute(sql, (workstation,)).fetchone() or (0, FIRST_LINK)
        return AuditHead(workstation, int(row[0]), Sha256(row[1]))

    def heads(self) -> tuple[AuditHead, ...]:
        """Where every chain ends."""
        return tuple(self.head(workstation) for workstation in self.workstations())

    def faults(self, known: Iterable[AuditHead] = ()) -> tuple[ChainFault, ...]:
        """The first fault of every chain that has one.

        Args:
            known: Heads that were kept outside; a chain that does not contain them was cut off,
                put back to an earlier state or written anew.
        """
        found = {w: first_fault(self.records(w)) for w in self.workstations()}
        for head in known:
            if found.get(head.workstation) is None and not self._contains(head):
                what = "not the record that was there before"
                found[head.workstation] = ChainFault(head.workstation, head.sequence, what)
        return tuple(fault for fault in found.values() if fault is not None)

    def workstations(self) -> tuple[WorkstationId, ...]:
        """Every workstation that has a chain here."""
        sql = "SELECT DISTINCT workstation FROM audit_record ORDER BY workstation"
        return tuple(WorkstationId(row[0]) for row in self._connection.execute(sql).fetchall())

    def records(self, workstation: WorkstationId, *, after: int = 0) -> Iterator[AuditRecord]:
        """The records of one chain from a sequence number on."""
        sql = """
            SELECT sequence, workstation, sequence, body, previous, hash FROM audit_record
            WHERE workstation = ? AND sequence > ? ORDER BY sequence LIMIT ?
        """
        for rows in paged(self._connection, sql, workstation, after=after):
            yield from (_record(row[1:]) for row in rows)

    def newest(
        self, *, limit: int = 200, patient: PatientId | None = None
    ) -> tuple[AuditRecord, ...]:
        """The newest records of all chains in recorded order, newest first."""
        asked: list[object] = [limit]
        sql = """
            SELECT workstation, sequence, body, previous, hash FROM audit_record
            ORDER BY seq DESC LIMIT ?
        """
        if patient is not None:
            asked = [self._known(_PATIENT, patient), limit]  # NULL, when forgotten, finds none
            sql = """
                SELECT workstation, sequence, body, previous, hash FROM audit_record
                WHERE patient = ? ORDER BY seq DESC LIMIT ?
            """
        rows = self._connection.execute(sql, asked).fetchall()
        return tuple(_record(row) for row in rows)

    def staff_of(self, pseudonym: str) -> StaffId | None:
        """Who a pseudonym stands for; None once erased."""
        found = self._subject(_STAFF, pseudonym)
        return StaffId(found) if found else None

    def patient_of(self, pseudonym: str) -> PatientId | None:
        """Which patient a pseudonym stands for; None once erased."""
        found = self._subject(_PATIENT, pseudonym)
        return PatientId(found) if found else None

    def forget_patient(self, patient: PatientId) -> None:
        """Erase whom a pseudonym stands for; the records stay, and the chains stay whole."""
        sql = "DELETE FROM pseudonym WHERE kind = ? AND subject = ?"
        self._connection.execute(sql, (_PATIENT, patient))

    def _pseudonym(self, kind: str, subject: str) -> str:
        known = self._known(kind, subject)
        if known is not None:
            return known
        made = secrets.token_hex(PSEUDONYM_BYTES)
        insert(self._connection, "pseudonym", {"pseudonym": made, "kind": kind, "subject": subject})
        return made

    def _known(self, kind: str, subject: str) -> str | None:
        sql = "SELECT pseudonym FROM pseudonym WHERE kind = ? AND subject = ?"
        row = self._connection.execute(sql, (kind, subject)).fetchone()
        return None if row is None else str(row[0])

    def _subject(self, kind: str, pseudonym: str) -> str | None:
        sql = "SELECT subject FROM pseudonym WHERE kind = ? AND pseudonym = ?"
        row = self._connection.execute(sql, (kind, pseudonym)).fetchone()
        return None if row is None else str(row[0])

    def _contains(self, head: AuditHead) -> bool:
        if head.sequence == 0:
            return True
        sql = "SELECT hash FROM audit_record WHERE workstation = ? AND sequence = ?"
        row = self._connection.execute(sql, (head.workstation, head.sequence)).fetchone()
        return row is not None and row[0] == head.hash


def _record(row: tuple[str, int, str, str, str]) -> AuditRecord:
    workstation, sequence, body, previous, link = row
    return AuditRecord(WorkstationId(workstation), sequence, body, Sha256(previous), Sha256(link))
