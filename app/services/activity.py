"""The audit trail as people read it, and noting what happened at the door of the vault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.audit import Action, AuditEvent, AuditRecord, ChainFault, Outcome, first_fault
from app.domain.ids import PatientId, WorkstationId
from app.domain.staff import Right
from app.services.ports import Desk, Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, with the people behind the pseudonyms where they are still known.

    Attributes:
        staff: Name; empty when erased.
        patient: Name; empty when none or erased.
    """

    at: datetime
    action: Action
    outcome: Outcome
    staff: str
    patient: str
    workstation: WorkstationId
    sequence: int
    details: Mapping[str, str | int | bool]


def newest(
    records: Records, desk: Desk, *, limit: int = 200, patient: PatientId | None = None
) -> tuple[Entry, ...]:
    """The newest events, newest first."""
    desk.staff.require(Right.READ_AUDIT)
    return tuple(
        _entry(records, record) for record in records.audit.newest(limit=limit, patient=patient)
    )


def faults(records: Records) -> tuple[ChainFault, ...]:
    """The first fault of every chain that has one."""
    found = (
        first_fault(records.audit.records(workstation))
        for workstation in records.audit.workstations()
    )
    return tuple(fault for fault in found if fault is not None)


def note(uow: UnitOfWork, desk: Desk, action: Action, /, **details: str | int | bool) -> None:
    """Record something that changes nothing else: unlocking, locking, verifying."""
    with uow:
        uow.record(desk.event(action, **details))
        uow.commit()


def record(uow: UnitOfWork, event: AuditEvent) -> None:
    """Record an event that changes nothing else and was made elsewhere: a refusal above all."""
    with uow:
        uow.record(event)
        uow.commit()


def _entry(records: Records, record: AuditRecord) -> Entry:
    body = json.loads(record.body)
    staff = records.audit.staff_of(body["by"])
    who = records.people.staff(staff) if staff else None
    patient = records.audit.patient_of(body["patient"]) if body["patient"] else None
    whose = records.patients.get(patient) if patient else None
    return Entry(
        at=datetime.fromisoformat(body["at"]),
        action=Action(body["action"]),
        outcome=Outcome(body["outcome"]),
        staff=who.name if who else "",
        patient=whose.now.display_name if whose else "",
        workstation=record.workstation,
        sequence=record.sequence,
        details=body["details"],
    )
