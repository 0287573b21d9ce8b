"""A vault with somebody who works in it, the same for the fake and for the real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from app.domain.audit import Action, AuditEvent
from app.domain.clinical_image import (
    ClinicalImage,
    FiledImage,
    ImageFact,
    ImageFactKind,
    ImageSource,
)
from app.domain.encounter import Encounter
from app.domain.ids import (
    BlobId,
    EncounterId,
    FactId,
    ImageId,
    PatientId,
    RenditionId,
    Sha256,
    StaffId,
)
from app.domain.patient import (
    Demographics,
    LinkKind,
    PatientIdentifier,
    PatientLink,
    PatientVersion,
)
from app.domain.rendition import Edits, Rendition
from app.domain.stamp import Stamp
from app.services.ports import UnitOfWork, Vault
from app.store.connection import IntegrityError
from tests.fakes import FixedClock

# A bug in the caller: what the fake and the database say to it differs, and need not agree.
REFUSED = (AssertionError, AttributeError, LookupError, IntegrityError)

ADA = StaffId("01900000-0000-7000-8000-00000000000a")


@dataclass
class Workbench:
    """Makes facts and records them; each call of `change` is one unit of work."""

    vault: Vault
    clock: FixedClock = field(default_factory=FixedClock)

    def event(self, patient: PatientId | None = None, **details: str | int | bool) -> AuditEvent:
        at, here = self.clock.now(), self.vault.workstation
        return AuditEvent(Action.PATIENT_CHANGED, at, ADA, here, patient, details)

    def stamp(self) -> Stamp:
        return Stamp(self.clock.now(), ADA, self.vault.workstation)

    @contextmanager
    def change(self) -> Iterator[UnitOfWork]:
        with self.vault.unit_of_work() as uow:
            yield uow
            uow.record(self.event())
            uow.commit()

    def version(self, patient: PatientId, demographics: Demographics) -> PatientVersion:
        return PatientVersion(FactId(self.clock.new_id()), patient, demographics, self.stamp())

    def patient(
        self,
        family: str = "Okafor",
        given: str = "Amara",
        *numbers: str,
        born: date | None = None,
    ) -> PatientId:
        identifiers = tuple(PatientIdentifier("MRN", number) for number in numbers)
        return self.person(Demographics(family, given, born, identifiers=identifiers))

    def person(self, demographics: Demographics) -> PatientId:
        patient = PatientId(self.clock.new_id())
        self.describe(patient, demographics)
        return patient

    def describe(self, patient: PatientId, demographics: Demographics) -> None:
        with self.change() as uow:
            uow.patients.add_version(self.version(patient, demographics))

    def merge(self, patient: PatientId, survivor: PatientId) -> None:
        self._link(LinkKind.MERGED, patient, survivor)

    def unmerge(self, patient: PatientId, survivor: PatientId) -> None:
        self._link(LinkKind.UNMERGED, patient, survivor)

    def _link(self, kind: LinkKind, patient: PatientId, survivor: PatientId) -> None:
        link = PatientLink(
            FactId(self.clock.new_id()), kind, patient, survivor, self.stamp(), "same person"
        )
        with self.change() as uow:
            uow.patients.add_link(link)

    def visit(self, patient: PatientId) -> Encounter:
        encounter = Encounter(EncounterId(self.clock.new_id()), patient, self.stamp())
        with self.change() as uow:
            uow.encounters.open(encounter)
        return encounter

    def blob(self, uow: UnitOfWork, data: bytes) -> tuple[BlobId, Sha256]:
        blob = BlobId(self.clock.new_id())
        return blob, uow.blobs.put(blob, data)

    def fact(self, image: ImageId, kind: ImageFactKind, value: str) -> ImageFact:
        return ImageFact(FactId(self.clock.new_id()), image, kind, value, self.stamp())

    def photograph(
        self,
        patient: PatientId | None = None,
        encounter: EncounterId | None = None,
        *,
        data: bytes = b"the bytes of a photograph",
    ) -> FiledImage:
        with self.change() as uow:
            original, digest = self.blob(uow, data)
            thumbnail, _ = self.blob(uow, b"small")
            image = ClinicalImage(
                id=ImageId(self.clock.new_id()),
                sha256=digest,
                byte_count=len(data),
                media_type="image/jpeg",
                extension=".jpg",
                width_px=1200,
                height_px=900,
                source=ImageSource.FILE,
                camera_time=None,
                camera_offset_min=None,
                camera_model="",
                received=self.stamp(),
                original=original,
                thumbnail=thumbnail,
            )
            facts = [
                self.fact(image.id, kind, value)
                for kind, value in (
                    (ImageFactKind.PATIENT, patient),
                    (ImageFactKind.ENCOUNTER, encounter),
                )
                if value
            ]
            uow.images.add(image, facts)
        return FiledImage(image, tuple(facts))

    def say(self, image: FiledImage, kind: ImageFactKind, value: str) -> FiledImage:
        fact = self.fact(image.id, kind, value)
        with self.change() as uow:
            uow.images.add_fact(fact)
        return replace(image, facts=(*image.facts, fact))

    def rendition(self, image: FiledImage, data: bytes = b"rendered") -> Rendition:
        with self.change() as uow:
            blob, digest = self.blob(uow, data)
            assert digest == sha256(data).hexdigest()
            rendition = Rendition(
                id=RenditionId(self.clock.new_id()),
                image=image.id,
                edits=Edits(),
                sha256=digest,
                blob=blob,
                media_type="image/jpeg",
                width_px=1200,
                height_px=900,
                stamp=self.stamp(),
            )
            uow.images.add_rendition(rendition)
        return rendition
