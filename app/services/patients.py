"""Creating, finding, correcting, merging and unmerging patients."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.audit import Action
from app.domain.ids import FactId, PatientId
from app.domain.patient import (
    Demographics,
    Likeness,
    LinkKind,
    Patient,
    PatientIdentifier,
    PatientLink,
    PatientVersion,
    likeness,
    merged_demographics,
)
from app.domain.staff import Right
from app.errors import KnownError
from app.services.ports import Desk, Records, UnitOfWork


class NoSuchPatientError(KnownError):
    """An id or identifier that no patient has."""

    code = "PATIENT-001"
    message = "There is no such patient in this vault."
    advice = "Search by name or date of birth; the record may have been merged into another."


class IdentifierTakenError(KnownError):
    """Another patient has this identifier."""

    code = "PATIENT-002"
    message = "Another patient in this vault has this identifier."
    advice = "Open that patient, or merge the two records if they are the same person."


class BirthDateInFutureError(KnownError):
    """A date of birth that lies ahead."""

    code = "PATIENT-003"
    message = "The date of birth lies in the future."
    advice = "Correct the date; leave it empty when it is not known."


class CannotMergeError(KnownError):
    """A record cannot be merged with itself or with one that is merged already."""

    code = "PATIENT-004"
    message = "These two records cannot be merged."
    advice = "Choose two different records, neither of which is merged into another already."


class NameMissingError(KnownError):
    """Neither a name nor an identifier."""

    code = "PATIENT-005"
    message = "A patient needs a name or an identifier."
    advice = "Type the family name, or the number on the wristband or card."


class BothInSessionError(KnownError):
    """Two records with an unfinished session each."""

    code = "PATIENT-006"
    message = "Both records have an unfinished session, so they cannot be merged yet."
    advice = "Close one of the two sessions first; the Today page lists them."


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A patient who may be the same person."""

    patient: Patient
    why: Likeness


def create(uow: UnitOfWork, desk: Desk, demographics: Demographics) -> Patient:
    """Record a new patient.

    Raises:
        NameMissingError: Neither a name nor an identifier.
        IdentifierTakenError: Another patient has one of the identifiers.
        BirthDateInFutureError: The date of birth lies ahead.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        _check(uow, desk, demographics, but=None)
        patient = PatientId(desk.clock.new_id())
        version = PatientVersion(FactId(desk.clock.new_id()), patient, demographics, desk.stamp())
        uow.patients.add_version(version)
        uow.record(desk.event(Action.PATIENT_CREATED, patient))
        uow.commit()
    return Patient(patient, (version,))


def correct(
    uow: UnitOfWork, desk: Desk, patient: PatientId, demographics: Demographics, *, reason: str = ""
) -> Patient:
    """Record a new version of the demographics; the earlier ones stay.

    Raises:
        NoSuchPatientError: There is no such patient.
        IdentifierTakenError: Another patient has one of the identifiers.
        BirthDateInFutureError: The date of birth lies ahead.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = known(uow, patient)
        if found.now == demographics:
            return found
        _check(uow, desk, demographics, but=found.id)
        version = PatientVersion(
            FactId(desk.clock.new_id()), found.id, demographics, desk.stamp(), reason
        )
        uow.patients.add_version(version)
        uow.record(desk.event(Action.PATIENT_CHANGED, found.id))
        uow.commit()
    return Patient(found.id, (*found.history, version))


def identified(uow: UnitOfWork, desk: Desk, identifier: PatientIdentifier) -> Patient:
    """The patient with this identifier, made as unnamed when there is none.

    Raises:
        IdentifierTakenError: Several patients have it.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = uow.patients.with_identifier(identifier)
        if len(found) > 1:
            raise IdentifierTakenError
        if found:
            return found[0]
        patient = PatientId(desk.clock.new_id())
        version = PatientVersion(
            FactId(desk.clock.new_id()),
            patient,
            Demographics(identifiers=(identifier,)),
            desk.stamp(),
        )
        uow.patients.add_version(version)
        uow.record(desk.event(Action.PATIENT_CREATED, patient, unnamed=True))
        uow.commit()
    return Patient(patient, (version,))


def find(records: Records, words: str, *, limit: int = 50) -> tuple[Patient, ...]:
    """Patients whose name, identifier or date of birth begins with each of the words."""
    return records.patients.search(words, limit=limit)


def known(records: Records, patient: PatientId) -> Patient:
    """The patient, looked up through merges.

    Raises:
        NoSuchPatientError: There is no such patient.
    """
    found = records.patients.get(records.patients.links().survivor(patient))
    if found is None:
        raise NoSuchPatientError
    return found


def everyone(records: Records, patient: PatientId) -> tuple[PatientId, ...]:
    """Every record that is this person now, the survivor first."""
    links = records.patients.links()
    survivor = links.survivor(patient)
    return (survivor, *links.absorbed(survivor))


def possible_duplicates(
    records: Records, demographics: Demographics, *, but: PatientId | None = None
) -> tuple[PossibleDuplicate, ...]:
    """Patients who may be the same person, the likeliest first."""
    found = []
    for candidate in records.patients.like(demographics):
        why = None if candidate.id == but else likeness(candidate.now, demographics)
        if why is not None:
            found.append(PossibleDuplicate(candidate, why))
    order = list(Likeness)
    return tuple(sorted(found, key=lambda duplicate: order.index(duplicate.why)))


def merge(
    uow: UnitOfWork, desk: Desk, patient: PatientId, *, into: PatientId, reason: str
) -> Patient:
    """Declare two records to be one person; pictures and consents stay where they were recorded.

    Raises:
        CannotMergeError: The same record twice, or one of them is merged already.
        BothInSessionError: Each has an unfinished visit; one person has one at a time.
        NoSuchPatientError: One of them does not exist.
    """
    desk.staff.require(Right.CORRECT_FILING)
    with uow:
        links = uow.patients.links()
        if patient == into or links.same(patient, into) or links.survivor(patient) != patient:
            raise CannotMergeError
        absorbed, survivor = known(uow, patient), known(uow, into)
        unfinished = [links.survivor(e.patient) for e in uow.encounters.unfinished()]
        if absorbed.id in unfinished and survivor.id in unfinished:
            raise BothInSessionError
        link = PatientLink(
            FactId(desk.clock.new_id()),
            LinkKind.MERGED,
            absorbed.id,
            survivor.id,
            desk.stamp(),
            reason,
        )
        uow.patients.add_link(link)
        uow.record(desk.event(Action.PATIENTS_MERGED, survivor.id, fact=link.id))
        uow.commit()
    return survivor


def unmerge(uow: UnitOfWork, desk: Desk, patient: PatientId, *, reason: str) -> Patient:
    """Take a merge back; each record has again what was recorded under it.

    Raises:
        CannotMergeError: It is not merged into another.
    """
    desk.staff.require(Right.CORRECT_FILING)
    with uow:
        survivor = uow.patients.links().survivor(patient)
        if survivor == patient:
            raise CannotMergeError
        link = PatientLink(
            FactId(desk.clock.new_id()),
            LinkKind.UNMERGED,
            patient,
            survivor,
            desk.stamp(),
            reason,
        )
        uow.patients.add_link(link)
        uow.record(desk.event(Action.PATIENTS_UNMERGED, survivor, fact=link.id))
        uow.commit()
        return known(uow, patient)


def open_page(uow: UnitOfWork, desk: Desk, patient: PatientId) -> Patient:
    """The patient for the patient's page; that it was opened is recorded.

    Raises:
        NoSuchPatientError: There is no such patient.
    """
    desk.staff.require(Right.READ)
    with uow:
        found = known(uow, patient)
        uow.record(desk.event(Action.PATIENT_OPENED, found.id))
        uow.commit()
    return found


def shown_demographics(records: Records, patient: PatientId) -> Demographics:
    """The survivor's demographics with the identifiers of every merged record."""
    survivor, *absorbed = everyone(records, patient)
    others = [p.now for p in map(records.patients.get, absorbed) if p is not None]
    return merged_demographics(known(records, survivor).now, others)


def _check(
    uow: UnitOfWork, desk: Desk, demographics: Demographics, *, but: PatientId | None
) -> None:
    if demographics.unnamed and not demographics.identifiers:
        raise NameMissingError
    if demographics.birth_date and demographics.birth_date > desk.today():
        raise BirthDateInFutureError
    for identifier in demographics.identifiers:
        if any(p.id != but for p in uow.patients.with_identifier(identifier)):
            raise IdentifierTakenError
