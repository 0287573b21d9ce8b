"""What is kept in the vault, kind by kind; repositories and fakes have these shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.audit import AuditRecord
from app.domain.backup import BackupMade
from app.domain.clinic import Clinic
from app.domain.clinical_image import ClinicalImage, FiledImage, ImageFact
from app.domain.consent import Consent, HistoryFact, Refiling, Withdrawal
from app.domain.consent_draft import ConsentDraft
from app.domain.disclosure import OriginalExtract
from app.domain.document import CopyHandedOver, StoredDocument
from app.domain.encounter import BeforeCamera, Encounter, Ending, Step
from app.domain.ids import (
    BlobId,
    ConsentId,
    DocumentId,
    EncounterId,
    ImageId,
    PatientId,
    RenditionId,
    Sha256,
    StaffId,
    WorkstationId,
)
from app.domain.patient import (
    Demographics,
    Patient,
    PatientIdentifier,
    PatientLink,
    PatientLinks,
    PatientVersion,
)
from app.domain.protection import GlassBroken
from app.domain.rendition import Assessment, Rendition
from app.domain.staff import Staff
from app.domain.stamp import Stamp


class Patients(Protocol):
    """Patients with their versions and links."""

    def add_version(self, version: PatientVersion) -> None:
        """Record demographics; the first version makes the patient."""
        ...

    def get(self, patient: PatientId) -> Patient | None:
        """One patient with the whole history; None when there is none."""
        ...

    def search(self, words: str, *, limit: int = 50) -> tuple[Patient, ...]:
        """Patients whose folded name, identifier or date of birth matches every word's beginning.

        Merged records are found under their survivor. Best first; the newest first for no words.
        """
        ...

    def with_identifier(self, identifier: PatientIdentifier) -> tuple[Patient, ...]:
        """Patients that have this identifier now."""
        ...

    def like(self, demographics: Demographics) -> tuple[Patient, ...]:
        """Candidates for a duplicate: same identifier, same birth date, or same folded name."""
        ...

    def add_link(self, link: PatientLink) -> None:
        """Record a merge, or its taking back."""
        ...

    def links(self) -> PatientLinks:
        """Every link, in recorded order."""
        ...

    def all(self, *, limit: int | None = None) -> Iterator[Patient]:
        """Every patient in the order of making."""
        ...


class Encounters(Protocol):
    """Visits and what was recorded while they went on."""

    def open(self, encounter: Encounter) -> None:
        """Record a new visit."""
        ...

    def set_step(self, encounter: EncounterId, step: Step, stamp: Stamp) -> None:
        """Record where the session stands."""
        ...

    def set_before(self, encounter: EncounterId, before: BeforeCamera, stamp: Stamp) -> None:
        """Record what was settled before the camera."""
        ...

    def set_draft(self, encounter: EncounterId, draft: ConsentDraft, stamp: Stamp) -> None:
        """Record the asking as it stands."""
        ...

    def end(self, encounter: EncounterId, ending: Ending, reason: str, stamp: Stamp) -> None:
        """Record how the visit ended."""
        ...

    def reopen(self, encounter: EncounterId, step: Step, stamp: Stamp) -> None:
        """Record that an ended visit goes on at a step: the patient answers after all."""
        ...

    def get(self, encounter: EncounterId) -> Encounter | None:
        """One visit as it stands."""
        ...

    def draft(self, encounter: EncounterId) -> ConsentDraft | None:
        """The newest draft; None when the asking has not begun."""
        ...

    def unfinished(self) -> tuple[Encounter, ...]:
        """Visits without an ending, newest first."""
        ...

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[Encounter, ...]:
        """Visits of these patients, newest first."""
        ...

    def opened_since(self, since: datetime) -> tuple[Encounter, ...]:
        """Visits opened at or after a moment, newest first."""
        ...

    def all(self) -> Iterator[Encounter]:
        """Every visit in the order of making."""
        ...


class Images(Protocol):
    """Photographs, the facts about them, and their renditions."""

    def add(self, image: ClinicalImage, facts: Sequence[ImageFact]) -> None:
        """Record a photograph with its first facts; its blobs are there already."""
        ...

    def add_fact(self, fact: ImageFact) -> None:
        """Record something about a photograph."""
        ...

    def get(self, image: ImageId) -> FiledImage | None:
        """One photograph with its facts."""
        ...

    def with_sha256(self, sha256: Sha256) -> tuple[FiledImage, ...]:
        """Photographs with these very bytes."""
        ...

    def of_encounter(self, encounter: EncounterId) -> tuple[FiledImage, ...]:
        """Photographs filed under a visit now, in the order of arrival."""
        ...

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[FiledImage, ...]:
        """Photographs filed under these patients now, in the order of arrival."""
        ...

    def quarantine(self) -> tuple[FiledImage, ...]:
        """Photographs without a visit that were not discarded, in the order of arrival."""
        ...

    def all(self) -> Iterator[FiledImage]:
        """Every photograph in the order of arrival."""
        ...

    def add_rendition(self, rendition: Rendition) -> None:
        """Record a rendition; its blob is there already."""
        ...

    def rendition(self, rendition: RenditionId) -> Rendition | None:
        """One rendition."""
        ...

    def renditions(self, image: ImageId) -> tuple[Rendition, ...]:
        """Every rendition of a photograph, oldest first; the last is the one in use."""
        ...

    def add_assessment(self, assessment: Assessment) -> None:
        """Record what the check found about a rendition."""
        ...

    def assessment(self, rendition: RenditionId) -> Assessment | None:
        """The newest assessment of a rendition."""
        ...


class Consents(Protocol):
    """Consents, withdrawals and refilings in one recorded order."""

    def add(self, fact: HistoryFact) -> None:
        """Record a consent, a withdrawal or a refiling."""
        ...

    def get(self, consent: ConsentId) -> Consent | None:
        """One consent."""
        ...

    def history(self, patients: Iterable[PatientId]) -> tuple[HistoryFact, ...]:
        """Everything that bears on pictures filed under these patients now, in recorded order.

        That is their own consents and withdrawals, and consents and refilings of those pictures.
        """
        ...

    def of_encounter(self, encounter: EncounterId) -> tuple[Consent, ...]:
        """Consents of one visit, oldest first."""
        ...

    def all(self) -> Iterator[Consent | Withdrawal | Refiling]:
        """Every fact in recorded order."""
        ...


class Documents(Protocol):
    """Papers as they were made, never remade."""

    def add(self, document: StoredDocument) -> None:
        """Record a paper; its blob is there already."""
        ...

    def get(self, document: DocumentId) -> StoredDocument | None:
        """One paper."""
        ...

    def of_encounter(self, encounter: EncounterId) -> tuple[StoredDocument, ...]:
        """Papers of one visit, oldest first."""
        ...

    def of_consent(self, consent: ConsentId) -> tuple[StoredDocument, ...]:
        """Papers of one consent, oldest first."""
        ...

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[StoredDocument, ...]:
        """Papers of these patients, newest first."""
        ...

    def add_hand_over(self, hand_over: CopyHandedOver) -> None:
        """Record that a copy was given, or declined."""
        ...

    def hand_overs(self, document: DocumentId) -> tuple[CopyHandedOver, ...]:
        """What became of the copies, oldest first."""
        ...


class People(Protocol):
    """The clinic, its staff and this workstation."""

    def set_clinic(self, clinic: Clinic, stamp: Stamp) -> None:
        """Record a new version of the clinic's details."""
        ...

    def clinic(self) -> Clinic:
        """The clinic as it stands."""
        ...

    def set_staff(self, staff: Staff, stamp: Stamp) -> None:
        """Record a member of staff, or a change to one."""
        ...

    def staff(self, staff: StaffId) -> Staff | None:
        """One member of staff as they stand."""
        ...

    def all_staff(self) -> tuple[Staff, ...]:
        """Every member of staff, in the order of joining."""
        ...

    def add_broken(self, glass: GlassBroken) -> None:
        """Record that protected pictures were opened with a reason."""
        ...

    def broken(self, since: datetime) -> tuple[GlassBroken, ...]:
        """Everything that was opened with a reason at or after a moment, newest first."""
        ...


class Disclosures(Protocol):
    """What left the vault, with reason and recipient; the audit trail holds only the fact."""

    def add(self, disclosure: OriginalExtract) -> None:
        """Record something that leaves."""
        ...

    def add_backup(self, backup: BackupMade) -> None:
        """Record an encrypted copy of the vault that was made."""
        ...

    def last_backup(self) -> BackupMade | None:
        """The backup that was made last; None before the first."""
        ...

    def all(self) -> Iterator[OriginalExtract]:
        """Everything that left, in recorded order."""
        ...


class Blobs(Protocol):
    """Sealed bytes inside the vault."""

    def put(self, blob: BlobId, data: bytes) -> Sha256:
        """Seal bytes under a key of their own; their hash."""
        ...

    def read(self, blob: BlobId) -> bytes:
        """The bytes. Raises a KnownError of the area STORE when they are damaged or gone."""
        ...

    def erase(self, blob: BlobId) -> None:
        """Remove the bytes and their key; reading them afterwards is an error."""
        ...


class AuditTrail(Protocol):
    """The chains of audit records."""

    def workstations(self) -> tuple[WorkstationId, ...]:
        """Every workstation that has a chain here."""
        ...

    def records(self, workstation: WorkstationId, *, after: int = 0) -> Iterator[AuditRecord]:
        """The records of one chain from a sequence number on."""
        ...

    def newest(
        self, *, limit: int = 200, patient: PatientId | None = None
    ) -> tuple[AuditRecord, ...]:
        """The newest records of all chains, newest first."""
        ...

    def staff_of(self, pseudonym: str) -> StaffId | None:
        """Who a pseudonym stands for; None once erased."""
        ...

    def patient_of(self, pseudonym: str) -> PatientId | None:
        """Which patient a pseudonym stands for; None once erased."""
        ...
