"""A vault with something in every table, as a small clinic would fill it in a morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.backup import BackupMade
from app.domain.clinic import Clinic, FormApproval
from app.domain.clinical_image import FiledImage, ImageFactKind
from app.domain.consent import Consent, Decision, Refiling, Withdrawal
from app.domain.consent_draft import ConsentDraft, DraftPicture
from app.domain.disclosure import HandOver, OriginalExtract
from app.domain.document import CopyHandedOver, DocumentKind, StoredDocument
from app.domain.encounter import Encounter, Ending, Step
from app.domain.ids import DocumentId, FactId, PatientId, Sha256
from app.domain.rendition import Assessment, Identifiable, Rendition, Resolution, SettledFinding
from app.domain.staff import Role, Staff
from app.domain.standing import Picture
from tests.builders import (
    PUBLICATION,
    TEACHING,
    a_consent,
    a_withdrawal,
    an_answer,
    before_camera,
)
from tests.contracts.workbench import ADA, Workbench

PHOTOGRAPH = b"the bytes of a photograph as they came"
PAPER = b"%PDF-1.7 the patient's copy"


@dataclass(frozen=True)
class Furnished:
    """What stands in it; `absorbed` was merged into `patient`, and `moved` refiled to `other`."""

    patient: PatientId
    absorbed: PatientId
    other: PatientId
    visit: Encounter
    image: FiledImage
    moved: FiledImage
    rendition: Rendition
    consent: Consent
    withdrawal: Withdrawal
    refiling: Refiling
    paper: StoredDocument


def furnish(bench: Workbench) -> Furnished:
    """Fill a vault: two patients and a merged one, a finished visit, a waiting photograph."""
    _people(bench)
    patient = bench.patient("Okafor", "Amara", "0042-771", born=date(1992, 3, 12))
    absorbed, other = bench.patient("Okafor-Byrne", "A."), bench.patient("陳", "大文")
    bench.merge(absorbed, patient)
    visit = bench.visit(patient)
    image = bench.photograph(patient, visit.id, data=PHOTOGRAPH)
    image = bench.say(image, ImageFactKind.BODY_SITE, "70559009")
    moved = bench.photograph(patient, visit.id, data=b"of somebody else")
    bench.photograph(data=b"waiting")
    rendition = bench.rendition(image)
    answers = (
        an_answer(Picture(rendition, image), until=date(2030, 1, 31)),
        an_answer(Picture(rendition, image), PUBLICATION, Decision.REFUSED),
    )
    consent, withdrawal = a_consent(patient, *answers), a_withdrawal(patient, TEACHING)
    refiling = Refiling(
        FactId(bench.clock.new_id()), moved.id, patient, other, bench.stamp(), "mixed up"
    )
    with bench.change() as uow:
        for fact in (consent, refiling, withdrawal):
            uow.consents.add(fact)
    moved = bench.say(moved, ImageFactKind.PATIENT, other)
    _visit(bench, visit, rendition)
    paper = _papers(bench, consent, visit, image)
    return Furnished(
        patient,
        absorbed,
        other,
        visit,
        image,
        moved,
        rendition,
        consent,
        withdrawal,
        refiling,
        paper,
    )


def _people(bench: Workbench) -> None:
    approval = FormApproval(Sha256("f" * 64), "Dr Ada Byrne", date(2026, 11, 1))
    clinic = Clinic("St Brigid's", "Dermatology", "1 Main St\nDublin", "01 234", b"", (approval,))
    with bench.change() as uow:
        uow.people.set_clinic(clinic, bench.stamp())
        uow.people.set_staff(Staff(ADA, "Ada Byrne", Role.ADMINISTRATOR), bench.stamp())


def _visit(bench: Workbench, visit: Encounter, rendition: Rendition) -> None:
    asked = (DraftPicture(rendition.id, rendition.sha256, Identifiable.NO),)
    draft = ConsentDraft("clinical-photography", 1, Sha256("f" * 64), "en", asked, (TEACHING,))
    settled = SettledFinding("position/GPSLatitude", Resolution.STRIPPED)
    with bench.change() as uow:
        uow.encounters.set_before(visit.id, before_camera(), bench.stamp())
        uow.encounters.set_step(visit.id, Step.SIGN, bench.stamp())
        answered = draft.answer(TEACHING, Decision.GRANTED)
        uow.encounters.set_draft(visit.id, answered, bench.stamp())
        uow.images.add_assessment(
            Assessment(
                FactId(bench.clock.new_id()),
                rendition.id,
                Identifiable.NO,
                (settled,),
                bench.stamp(),
            )
        )
        uow.encounters.end(visit.id, Ending.COMPLETED, "", bench.stamp())


def _papers(
    bench: Workbench, consent: Consent, visit: Encounter, image: FiledImage
) -> StoredDocument:
    with bench.vault.unit_of_work() as uow:
        blob, digest = bench.blob(uow, PAPER)
        paper = StoredDocument(
            id=DocumentId(bench.clock.new_id()),
            kind=DocumentKind.CONSENT_COPY,
            patient=consent.patient,
            encounter=visit.id,
            consent=consent.id,
            withdrawal=None,
            sha256=digest,
            blob=blob,
            media_type="application/pdf",
            stamp=bench.stamp(),
        )
        uow.documents.add(paper)
        uow.documents.add_hand_over(
            CopyHandedOver(FactId(bench.clock.new_id()), paper.id, HandOver.PRINTED, bench.stamp())
        )
        uow.disclosures.add(OriginalExtract(image.id, "second opinion", "Dr Z", bench.stamp()))
        uow.disclosures.add_backup(BackupMade("20261123T120000Z-1", "old", 3, 9, 0, bench.stamp()))
        uow.record(bench.event(consent.patient))
        uow.commit()
    return paper
