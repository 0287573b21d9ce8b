"""The ports Patients, Encounters, … in plain lists: what the fake vault is made of."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.domain.audit import FIRST_LINK, AuditEvent, AuditRecord, linked
from app.domain.backup import BackupMade
from app.domain.clinic import Clinic
from app.domain.clinical_image import ClinicalImage, FiledImage, ImageFact, ImageState
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
    fold,
)
from app.domain.protection import GlassBroken
from app.domain.rendition import Assessment, Rendition
from app.domain.staff import Staff
from app.domain.stamp import Stamp
from app.store.errors import BlobErasedError
from app.store.search_words import asked_phrases, indexed_words, matches


@dataclass
class State:
    """Everything in a fake vault; lists are in recorded order."""

    versions: list[PatientVersion] = field(default_factory=list)
    links: list[PatientLink] = field(default_factory=list)
    encounters: dict[EncounterId, Encounter] = field(default_factory=dict)
    drafts: dict[EncounterId, ConsentDraft] = field(default_factory=dict)
    images: dict[ImageId, ClinicalImage] = field(default_factory=dict)
    image_facts: list[ImageFact] = field(default_factory=list)
    renditions: dict[RenditionId, Rendition] = field(default_factory=dict)
    assessments: list[Assessment] = field(default_factory=list)
    permissions: list[HistoryFact] = field(default_factory=list)
    documents: dict[DocumentId, StoredDocument] = field(default_factory=dict)
    hand_overs: list[CopyHandedOver] = field(default_factory=list)
    extracts: list[OriginalExtract] = field(default_factory=list)
    backups: list[BackupMade] = field(default_factory=list)
    clinics: list[Clinic] = field(default_factory=list)
    staff: dict[StaffId, Staff] = field(default_factory=dict)
    glass: list[GlassBroken] = field(default_factory=list)
    blobs: dict[BlobId, bytes | None] = field(default_factory=dict)
    records: list[AuditRecord] = field(default_factory=list)
    pseudonyms: dict[str, tuple[str, str]] = field(default_factory=dict)
    open: bool = True

    def copy(self) -> State:
        """A state that can change without changing this one."""
        return State(**{name: copy.copy(value) for name, value in vars(self).items()})

    def written(self) -> None:
        """Say that something is about to change."""
        assert self.open, "nothing is written outside a unit of work"

    def add_new(self, kept: dict[Any, Any], key: str, value: object) -> None:
        """Keep something that is not there yet."""
        self.written()
        assert key not in kept, "the same id twice"
        kept[key] = value

    def require(self, known: Iterable[str], *ids: str) -> None:
        """Refuse to speak of something that does not exist."""
        if set(ids) - set(known):
            msg = "speaks of something that does not exist"
            raise LookupError(msg)


class FakePatients:
    def __init__(self, state: State) -> None:
        self._state = state

    def add_version(self, version: PatientVersion) -> None:
        self._state.written()
        assert version.id not in {v.id for v in self._state.versions}, "the same id twice"
        self._state.versions.append(version)

    def get(self, patient: PatientId) -> Patient | None:
        return self._every().get(patient)

    def search(self, words: str, *, limit: int = 50) -> tuple[Patient, ...]:
        links, every = self.links(), self._every()
        newest_first = [every[p] for p in reversed(every)]
        if not asked_phrases(words):
            found = [p for p in newest_first if links.survivor(p.id) == p.id]
            return tuple(found[:limit])
        best_first = [
            links.survivor(p.id)
            for whole in (True, False)
            for p in newest_first
            if matches(indexed_words(p.now), words, whole_words=whole)
        ]
        return tuple(every[p] for p in list(dict.fromkeys(best_first))[:limit])

    def with_identifier(self, identifier: PatientIdentifier) -> tuple[Patient, ...]:
        links, every = self.links(), self._every()
        holders = [p for p in every if identifier.key in _identifiers(every[p].now)]
        return tuple(every[p] for p in dict.fromkeys(map(links.survivor, holders)))

    def like(self, demographics: Demographics) -> tuple[Patient, ...]:
        return tuple(p for p in self._every().values() if _alike(p.now, demographics))

    def add_link(self, link: PatientLink) -> None:
        self._state.written()
        self._state.require(self._every(), link.patient, link.survivor)
        assert link.id not in {known.id for known in self._state.links}, "the same id twice"
        self._state.links.append(link)

    def links(self) -> PatientLinks:
        return PatientLinks(tuple(self._state.links))

    def all(self, *, limit: int | None = None) -> Iterator[Patient]:
        yield from list(self._every().values())[:limit]

    def _every(self) -> dict[PatientId, Patient]:
        histories: dict[PatientId, list[PatientVersion]] = {}
        for version in self._state.versions:
            histories.setdefault(version.patient, []).append(version)
        return {p: Patient(p, tuple(history)) for p, history in histories.items()}


def _identifiers(demographics: Demographics) -> set[tuple[str, str]]:
    return {identifier.key for identifier in demographics.identifiers}


def _alike(one: Demographics, other: Demographics) -> bool:
    names = [sorted(fold(f"{d.family} {d.given}").split()) for d in (one, other)]
    return bool(
        (one.birth_date is not None and one.birth_date == other.birth_date)
        or (names[0] and names[0] == names[1])
        or _identifiers(one) & _identifiers(other)
    )


class FakeEncounters:
    def __init__(self, state: State) -> None:
        self._state = state

    def open(self, encounter: Encounter) -> None:
        self._state.require({v.patient for v in self._state.versions}, encounter.patient)
        self._state.add_new(self._state.encounters, encounter.id, encounter)

    def set_step(self, encounter: EncounterId, step: Step, stamp: Stamp) -> None:
        self._change(encounter, step=step)

    def set_before(self, encounter: EncounterId, before: BeforeCamera, stamp: Stamp) -> None:
        self._change(encounter, before=before)

    def set_draft(self, encounter: EncounterId, draft: ConsentDraft, stamp: Stamp) -> None:
        self._change(encounter)
        self._state.drafts[encounter] = draft

    def end(self, encounter: EncounterId, ending: Ending, reason: str, stamp: Stamp) -> None:
        self._change(encounter, ending=ending, ending_reason=reason, closed=stamp)

    def reopen(self, encounter: EncounterId, step: Step, stamp: Stamp) -> None:
        self._change(encounter, ending=None, ending_reason="", closed=None, step=step)

    def get(self, encounter: EncounterId) -> Encounter | None:
        return self._state.encounters.get(encounter)

    def draft(self, encounter: EncounterId) -> ConsentDraft | None:
        return self._state.drafts.get(encounter)

    def unfinished(self) -> tuple[Encounter, ...]:
        return tuple(e for e in self._newest_first() if e.open)

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[Encounter, ...]:
        wanted = set(patients)
        return tuple(e for e in self._newest_first() if e.patient in wanted)

    def opened_since(self, since: datetime) -> tuple[Encounter, ...]:
        return tuple(e for e in self._newest_first() if e.opened.at >= since)

    def all(self) -> Iterator[Encounter]:
        yield from list(self._state.encounters.values())

    def _newest_first(self) -> list[Encounter]:
        return list(reversed(self._state.encounters.values()))

    def _change(self, encounter: EncounterId, **changes: object) -> None:
        self._state.written()
        self._state.require(self._state.encounters, encounter)
        now = replace(self._state.encounters[encounter], **changes)  # type: ignore[arg-type]
        self._state.encounters[encounter] = now


class FakeImages:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, image: ClinicalImage, facts: Sequence[ImageFact]) -> None:
        self._state.require(self._state.blobs, image.original, image.thumbnail)
        self._state.add_new(self._state.images, image.id, image)
        for fact in facts:
            assert fact.image == image.id, "a fact about another picture"
            self.add_fact(fact)

    def add_fact(self, fact: ImageFact) -> None:
        self._state.written()
        self._state.require(self._state.images, fact.image)
        assert fact.id not in {known.id for known in self._state.image_facts}, "the same id twice"
        self._state.image_facts.append(fact)

    def get(self, image: ImageId) -> FiledImage | None:
        return next((filed for filed in self.all() if filed.id == image), None)

    def with_sha256(self, sha256: Sha256) -> tuple[FiledImage, ...]:
        return tuple(filed for filed in self.all() if filed.image.sha256 == sha256)

    def of_encounter(self, encounter: EncounterId) -> tuple[FiledImage, ...]:
        return tuple(filed for filed in self.all() if filed.encounter == encounter)

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[FiledImage, ...]:
        wanted = set(patients)
        return tuple(filed for filed in self.all() if filed.patient in wanted)

    def quarantine(self) -> tuple[FiledImage, ...]:
        waiting = (filed for filed in self.all() if filed.in_quarantine)
        return tuple(filed for filed in waiting if filed.state is not ImageState.DISCARDED)

    def all(self) -> Iterator[FiledImage]:
        facts: dict[ImageId, list[ImageFact]] = {image: [] for image in self._state.images}
        for fact in self._state.image_facts:
            facts[fact.image].append(fact)
        for image in list(self._state.images.values()):
            yield FiledImage(image, tuple(facts[image.id]))

    def add_rendition(self, rendition: Rendition) -> None:
        self._state.require(self._state.images, rendition.image)
        self._state.require(self._state.blobs, rendition.blob)
        self._state.add_new(self._state.renditions, rendition.id, rendition)

    def rendition(self, rendition: RenditionId) -> Rendition | None:
        return self._state.renditions.get(rendition)

    def renditions(self, image: ImageId) -> tuple[Rendition, ...]:
        return tuple(r for r in self._state.renditions.values() if r.image == image)

    def add_assessment(self, assessment: Assessment) -> None:
        self._state.written()
        self._state.require(self._state.renditions, assessment.rendition)
        self._state.assessments.append(assessment)

    def assessment(self, rendition: RenditionId) -> Assessment | None:
        found = (a for a in reversed(self._state.assessments) if a.rendition == rendition)
        return next(found, None)


class FakeConsents:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, fact: HistoryFact) -> None:
        self._state.written()
        assert fact.id not in {known.id for known in self._state.permissions}, "the same id twice"
        self._state.permissions.append(fact)

    def get(self, consent: ConsentId) -> Consent | None:
        found = (f for f in self.all() if isinstance(f, Consent) and f.id == consent)
        return next(found, None)

    def history(self, patients: Iterable[PatientId]) -> tuple[HistoryFact, ...]:
        links = FakePatients(self._state).links()
        survivors = {links.survivor(p) for p in patients}
        filed = FakeImages(self._state).all()
        images = {f.id for f in filed if f.patient and links.survivor(f.patient) in survivors}

        def bears(fact: HistoryFact) -> bool:
            if isinstance(fact, Refiling):
                return fact.image in images
            if isinstance(fact, Withdrawal):
                return any(links.survivor(p) in survivors for p in fact.patients)
            return links.survivor(fact.patient) in survivors or any(
                answer.image in images for answer in fact.answers
            )

        return tuple(fact for fact in self._state.permissions if bears(fact))

    def of_encounter(self, encounter: EncounterId) -> tuple[Consent, ...]:
        consents = (fact for fact in self.all() if isinstance(fact, Consent))
        return tuple(consent for consent in consents if consent.encounter == encounter)

    def all(self) -> Iterator[HistoryFact]:
        yield from list(self._state.permissions)


class FakeDocuments:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, document: StoredDocument) -> None:
        self._state.require({v.patient for v in self._state.versions}, document.patient)
        self._state.require(self._state.blobs, document.blob)
        self._state.add_new(self._state.documents, document.id, document)

    def get(self, document: DocumentId) -> StoredDocument | None:
        return self._state.documents.get(document)

    def of_encounter(self, encounter: EncounterId) -> tuple[StoredDocument, ...]:
        return tuple(d for d in self._state.documents.values() if d.encounter == encounter)

    def of_consent(self, consent: ConsentId) -> tuple[StoredDocument, ...]:
        return tuple(d for d in self._state.documents.values() if d.consent == consent)

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[StoredDocument, ...]:
        wanted = set(patients)
        newest_first = reversed(self._state.documents.values())
        return tuple(d for d in newest_first if d.patient in wanted)

    def add_hand_over(self, hand_over: CopyHandedOver) -> None:
        self._state.written()
        self._state.require(self._state.documents, hand_over.document)
        self._state.hand_overs.append(hand_over)

    def hand_overs(self, document: DocumentId) -> tuple[CopyHandedOver, ...]:
        return tuple(h for h in self._state.hand_overs if h.document == document)


class FakeDisclosures:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, disclosure: OriginalExtract) -> None:
        self._state.written()
        self._state.require(self._state.images, disclosure.image)
        self._state.extracts.append(disclosure)

    def add_backup(self, backup: BackupMade) -> None:
        self._state.written()
        self._state.backups.append(backup)

    def last_backup(self) -> BackupMade | None:
        return self._state.backups[-1] if self._state.backups else None

    def all(self) -> Iterator[OriginalExtract]:
        yield from list(self._state.extracts)


class FakePeople:
    def __init__(self, state: State) -> None:
        self._state = state

    def set_clinic(self, clinic: Clinic, stamp: Stamp) -> None:
        self._state.written()
        self._state.clinics.append(clinic)

    def clinic(self) -> Clinic:
        if not self._state.clinics:
            msg = "the clinic is recorded when the vault is made"
            raise LookupError(msg)
        return self._state.clinics[-1]

    def set_staff(self, staff: Staff, stamp: Stamp) -> None:
        self._state.written()
        self._state.staff[staff.id] = staff

    def staff(self, staff: StaffId) -> Staff | None:
        return self._state.staff.get(staff)

    def all_staff(self) -> tuple[Staff, ...]:
        return tuple(self._state.staff.values())

    def add_broken(self, glass: GlassBroken) -> None:
        self._state.written()
        self._state.require({v.patient for v in self._state.versions}, glass.patient)
        assert glass.id not in {known.id for known in self._state.glass}, "the same id twice"
        self._state.glass.append(glass)

    def broken(self, since: datetime) -> tuple[GlassBroken, ...]:
        newest_first = reversed(self._state.glass)
        return tuple(glass for glass in newest_first if glass.stamp.at >= since)


class FakeBlobs:
    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, blob: BlobId, data: bytes) -> Sha256:
        self._state.add_new(self._state.blobs, blob, bytes(data))
        return Sha256(hashlib.sha256(data).hexdigest())

    def read(self, blob: BlobId) -> bytes:
        self._state.require(self._state.blobs, blob)
        data = self._state.blobs[blob]
        if data is None:
            raise BlobErasedError
        return data

    def erase(self, blob: BlobId) -> None:
        self._state.written()
        self._state.require(self._state.blobs, blob)
        self._state.blobs[blob] = None


class FakeAudit:
    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, event: AuditEvent) -> None:
        """Append to the chain; services do this with UnitOfWork.record only."""
        self._state.written()
        chain = list(self.records(event.workstation))
        record = linked(
            event,
            sequence=len(chain) + 1,
            previous=chain[-1].hash if chain else FIRST_LINK,
            staff_pseudonym=self._pseudonym("staff", event.by),
            patient_pseudonym=event.patient and self._pseudonym("patient", event.patient),
        )
        self._state.records.append(record)

    def workstations(self) -> tuple[WorkstationId, ...]:
        return tuple(sorted({record.workstation for record in self._state.records}))

    def records(self, workstation: WorkstationId, *, after: int = 0) -> Iterator[AuditRecord]:
        for record in list(self._state.records):
            if record.workstation == workstation and record.sequence > after:
                yield record

    def newest(
        self, *, limit: int = 200, patient: PatientId | None = None
    ) -> tuple[AuditRecord, ...]:
        wanted = None if patient is None else f'"patient":"{self._known("patient", patient)}"'
        newest_first = reversed(self._state.records)
        return tuple(r for r in newest_first if wanted is None or wanted in r.body)[:limit]

    def staff_of(self, pseudonym: str) -> StaffId | None:
        kind, subject = self._state.pseudonyms.get(pseudonym, ("", ""))
        return StaffId(subject) if kind == "staff" else None

    def patient_of(self, pseudonym: str) -> PatientId | None:
        kind, subject = self._state.pseudonyms.get(pseudonym, ("", ""))
        return PatientId(subject) if kind == "patient" else None

    def _known(self, kind: str, subject: str) -> str | None:
        of = self._state.pseudonyms.items()
        return next((name for name, whose in of if whose == (kind, subject)), None)

    def _pseudonym(self, kind: str, subject: str) -> str:
        known = self._known(kind, subject)
        made = known or hashlib.sha256(f"{kind}/{subject}".encode()).hexdigest()[:32]
        self._state.pseudonyms[made] = (kind, subject)
        return made
