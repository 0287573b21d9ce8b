"""One patient from the first visit to the withdrawal, told to the services one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.demo.signing import drawn_signature
from app.domain.clinical_image import ImageSource, Laterality, View
from app.domain.consent import (
    Attestation,
    AttestationKind,
    Consent,
    Decision,
    ShownText,
    Signature,
    SignerRole,
    Withdrawal,
)
from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm, FormId
from app.domain.disclosure import HandOver
from app.domain.document import StoredDocument
from app.domain.encounter import (
    BeforeCamera,
    Capacity,
    CareRecord,
    Consenter,
    ConsenterKind,
    Encounter,
)
from app.domain.ids import EncounterId
from app.domain.paper import PageSize
from app.domain.patient import Demographics, Patient, PatientIdentifier
from app.domain.rendition import Edits, Identifiable
from app.services import (
    asking,
    checking,
    clinic,
    consents,
    encounters,
    intake,
    papers,
    patients,
    withdrawals,
)
from app.services.workplace import Workplace

FORM = FormId("clinical-photography")


@dataclass(frozen=True)
class Person:
    """Who the story is about."""

    family: str
    given: str
    number: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass
class Story:
    """What has come of it so far; `chapters` go on with it one by one."""

    workplace: Workplace
    person: Person
    photograph: bytes
    form: ConsentForm
    patient: Patient | None = None
    consent: Consent | None = None
    withdrawal: Withdrawal | None = None
    copy: StoredDocument | None = None
    printed: bytes = b""

    @classmethod
    def begin(cls, workplace: Workplace, person: Person, photograph: bytes) -> Story:
        form = workplace.forms.versions(FORM, "en")[-1]
        clinic.approve_form(workplace.vault.unit_of_work(), workplace.desk, form)
        return cls(workplace, person, photograph, form)

    def chapters(self) -> Iterator[str]:
        """Each chapter, after it happened."""
        visit = self._session()
        yield "session"
        self._sign(visit)
        yield "consent"
        self._paper(visit)
        yield "paper"
        self._withdraw()
        yield "withdrawal"

    def _do(self, service: Callable[..., object], *arguments: object, **more: object) -> object:
        return service(self.workplace.vault.unit_of_work(), self.workplace.desk, *arguments, **more)

    def _session(self) -> Encounter:
        who, do = self.person, self._do
        born, number = date(1992, 3, 12), PatientIdentifier("MRN", who.number)
        alert = f"{who.family} is allergic to tape"
        patient = do(
            patients.create,
            Demographics(who.family, who.given, born, identifiers=(number,), alert=alert),
        )
        assert isinstance(patient, Patient)
        self.patient = patient
        visit = do(encounters.begin, patient.id)
        assert isinstance(visit, Encounter)
        decider = Consenter(ConsenterKind.PATIENT, who.name)
        do(
            encounters.settle,
            visit.id,
            BeforeCamera(decider, Capacity.ABLE, "en", CareRecord.AGREED),
        )
        examined = intake.examine(
            self.workplace.pictures, intake.Arrival(self.photograph, ImageSource.FILE, ".jpg")
        )
        filing = intake.Filing(
            patient.id, visit.id, "70559009", Laterality.LEFT.value, View.CLOSE_UP.value
        )
        admission = do(intake.admit, examined, filing)
        assert isinstance(admission, intake.Admission)
        drawn = checking.draw(self.workplace.pictures, self.photograph, Edits())
        image = admission.image
        rendition = do(checking.keep_rendition, image.id, Edits(), drawn)
        findings = checking.stripped(image.image.findings)
        do(checking.assess, rendition.id, Identifiable.NO, findings)  # type: ignore[attr-defined]
        return visit

    def _sign(self, visit: Encounter) -> None:
        draft = self._do(asking.begin, visit.id, self.form, {})
        assert isinstance(draft, ConsentDraft)
        self._do(asking.save, visit.id, self._answered(draft))
        consent = self._do(consents.sign, visit.id, self.form, self._attestation())
        assert isinstance(consent, Consent)
        self.consent = consent

    def _answered(self, draft: ConsentDraft) -> ConsentDraft:
        now = self.workplace.desk.clock.now()
        draft = draft.understand_refusal(now)
        for statement in self.form.statements:
            confirmed = now if statement.confirm else None
            words = self.form.shown_text(statement)
            part = f"statement:{statement.id}"
            draft = draft.show_text(ShownText(part, words, now, 4000, confirmed))
        for picture in draft.pictures:
            draft = draft.show_picture(picture.rendition, now)
        for use in draft.uses:
            words = self.form.shown_text(self.form.use(use))
            draft = draft.show_text(ShownText(f"use:{use}", words, now, 6000))
            draft = draft.answer(use, Decision.GRANTED)
        return draft

    def _attestation(self) -> Attestation:
        now, ink, signing = self.workplace.desk.clock.now(), AttestationKind.INK, self.form.signing
        staff = self.workplace.desk.staff.name
        signed = (
            (SignerRole.CONSENTER, self.person.name, signing.patient_declaration),
            (SignerRole.CLINICIAN, staff, signing.clinician_declaration),
        )
        return Attestation(
            ink,
            tuple(
                Signature(role, name, ink, meaning, now, drawn_signature(name))
                for role, name, meaning in signed
            ),
        )

    def _paper(self, visit: Encounter) -> None:
        assert self.consent is not None
        vault, desk = self.workplace.vault, self.workplace.desk
        with vault.reading() as records:
            paper = papers.consent_copy(
                records, desk, self.workplace.pictures, self.consent.id, self.form
            )
        self.printed = self.workplace.papers.consent(paper, PageSize.A4)
        copy = self._do(papers.keep_consent_copy, self.consent.id, self.printed)
        assert isinstance(copy, StoredDocument)
        self.copy = copy
        self._do(papers.hand_over, copy.id, HandOver.PRINTED)
        self._do(encounters.complete, EncounterId(visit.id))

    def _withdraw(self) -> None:
        assert self.patient is not None
        withdrawal = self._do(
            withdrawals.withdraw, self.patient.id, frozenset(), by_name=self.person.name
        )
        assert isinstance(withdrawal, Withdrawal)
        self.withdrawal = withdrawal
        with self.workplace.vault.reading() as records:
            paper = papers.withdrawal_confirmation(
                records, self.workplace.desk, withdrawal, self.form
            )
        data = self.workplace.papers.withdrawal(paper, PageSize.A4)
        self._do(papers.keep_withdrawal_confirmation, withdrawal, data)
