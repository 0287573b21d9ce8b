"""What the Today page shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from app.domain.consent_draft import Asking
from app.domain.encounter import Encounter
from app.domain.ids import PatientId
from app.domain.patient import Demographics
from app.services.ports import Desk, Records


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit in a list.

    Attributes:
        put_off: Whether the patient said "Not now" and may be asked later.
    """

    visit: Encounter
    person: Demographics
    put_off: bool = False


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Pictures of one patient that wait for a visit."""

    patient: PatientId
    person: Demographics
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class TodayFacts:
    """Everything on the page."""

    unfinished: tuple[VisitLine, ...]
    today: tuple[VisitLine, ...]
    waiting: tuple[WaitingLine, ...]


def today_facts(records: Records, desk: Desk) -> TodayFacts:
    """Unfinished visits, visits of today that ended, and pictures without a visit."""
    midnight = datetime.combine(desk.today(), time(), desk.zone).astimezone(UTC)
    opened = records.encounters.opened_since(midnight)
    return TodayFacts(
        tuple(_line(records, visit) for visit in records.encounters.unfinished()),
        tuple(_line(records, visit) for visit in opened if not visit.open),
        _waiting(records),
    )


def _person(records: Records, patient: PatientId) -> Demographics:
    found = records.patients.get(records.patients.links().survivor(patient))
    return found.now if found else Demographics()


def _line(records: Records, visit: Encounter) -> VisitLine:
    draft = records.encounters.draft(visit.id)
    put_off = draft is not None and draft.state is Asking.NOT_NOW
    return VisitLine(visit, _person(records, visit.patient), put_off)


def _waiting(records: Records) -> tuple[WaitingLine, ...]:
    by_patient: dict[PatientId, list[datetime]] = {}
    for filed in records.images.quarantine():
        if filed.patient is not None:
            by_patient.setdefault(filed.patient, []).append(filed.image.received.at)
    return tuple(
        WaitingLine(patient, _person(records, patient), len(times), min(times))
        for patient, times in by_patient.items()
    )
