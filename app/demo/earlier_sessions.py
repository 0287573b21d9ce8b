"""What happened in the demonstration's clinic before today, made by the real services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from app.demo.people import ABD, AMARA, ANITA, DAMAN, EVERYBODY, JURGEN, SIOBHAN, DemoPatient
from app.demo.signing import drawn_signature
from app.domain.clinical_image import ImageSource, View
from app.domain.consent import (
    Attestation,
    AttestationKind,
    Decision,
    ShownText,
    Signature,
    SignerRole,
)
from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm, FormId
from app.domain.encounter import (
    BeforeCamera,
    Capacity,
    CareRecord,
    Consenter,
    ConsenterKind,
    Encounter,
)
from app.domain.ids import RANDOM_BYTES, PatientId, UseId, uuid7
from app.domain.paper import PageSize
from app.domain.rendition import Edits, Identifiable
from app.imaging.sample_photograph import photograph
from app.imaging.synthetic_skin import SkinScene, synthetic_skin
from app.services import asking, checking, clinic, consents, encounters, intake, papers, patients
from app.services import withdrawals as taking_back
from app.services.ports import Clock, Desk
from app.services.workplace import Workplace

FORM = FormId("clinical-photography")
TEACHING, COLLEAGUE = UseId("teaching-local"), UseId("colleague-advice")


@dataclass(frozen=True, slots=True)
class EarlierClock:
    """The same clock some days ago, so that the demonstration has a past."""

    clock: Clock
    days: int

    def now(self) -> datetime:
        """The moment, that many days ago."""
        return self.clock.now().astimezone(UTC) - timedelta(days=self.days)

    def new_id(self) -> str:
        """A UUIDv7 of that moment."""
        fresh = bytes.fromhex(self.clock.new_id().replace("-", ""))[-RANDOM_BYTES:]
        return uuid7(int(self.now().timestamp() * 1000), fresh)


def days_ago(desk: Desk, days: int) -> Desk:
    """The same desk, some days ago."""
    return replace(desk, clock=EarlierClock(desk.clock, days))


def fill(workplace: Workplace) -> Mapping[str, PatientId]:
    """Invented patients and their past; the ids by medical record number."""
    form = workplace.forms.versions(FORM, "en")[-1]
    clinic.approve_form(workplace.vault.unit_of_work(), workplace.desk, form)
    desk = days_ago(workplace.desk, 900)
    ids = {
        person.demographics.identifiers[0].value: patients.create(
            workplace.vault.unit_of_work(), desk, person.demographics
        ).id
        for person in EVERYBODY
    }

    def known(person: DemoPatient) -> PatientId:
        return ids[person.demographics.identifiers[0].value]

    everything = {use.id: Decision.GRANTED for use in form.asked_of_patient()}
    _session(workplace, form, AMARA, known(AMARA), 640, {TEACHING: Decision.GRANTED})
    _session(workplace, form, AMARA, known(AMARA), 280, {TEACHING: Decision.GRANTED})
    _session(workplace, form, SIOBHAN, known(SIOBHAN), 120, everything)
    taking_back.withdraw(
        workplace.vault.unit_of_work(),
        days_ago(workplace.desk, 50),
        known(SIOBHAN),
        frozenset({UseId("public-web")}),
        by_name=SIOBHAN.demographics.plain_name,
    )
    _session(workplace, form, DAMAN, known(DAMAN), 30, {COLLEAGUE: Decision.GRANTED})
    _session(workplace, form, ABD, known(ABD), 200, {})
    _declined(workplace, JURGEN, known(JURGEN), 14)
    _waiting(workplace, ANITA, known(ANITA))
    return ids


def sample_picture(person: DemoPatient, seed: int, taken_at: datetime) -> bytes:
    """A painted photograph as a camera would write it."""
    scene = SkinScene(seed=seed, tone=person.tone, lesions=(person.lesion,))
    return photograph(synthetic_skin(scene), taken_at=taken_at)


def _session(
    workplace: Workplace,
    form: ConsentForm,
    person: DemoPatient,
    patient: PatientId,
    days: int,
    said: Mapping[UseId, Decision],
) -> None:
    """One visit with one picture, everything that was not granted refused, and its paper."""
    desk, vault = days_ago(workplace.desk, days), workplace.vault
    visit = _opened(workplace, desk, person, patient, CareRecord.AGREED)
    _photograph(workplace, desk, person, visit, seed=days)
    draft = asking.begin(vault.unit_of_work(), desk, visit.id, form, {})
    answered = _answered(draft, form, desk, said)
    asking.save(vault.unit_of_work(), desk, visit.id, answered)
    attestation = _attestation(form, desk, person) if said else None
    consent = consents.sign(vault.unit_of_work(), desk, visit.id, form, attestation)
    with vault.reading() as records:
        paper = papers.consent_copy(records, desk, workplace.pictures, consent.id, form)
    data = workplace.papers.consent(paper, PageSize.A4)
    papers.keep_consent_copy(vault.unit_of_work(), desk, consent.id, data)
    encounters.complete(vault.unit_of_work(), desk, visit.id)


def _opened(
    workplace: Workplace, desk: Desk, person: DemoPatient, patient: PatientId, said: CareRecord
) -> Encounter:
    visit = encounters.begin(workplace.vault.unit_of_work(), desk, patient)
    decider = Consenter(ConsenterKind.PATIENT, person.demographics.plain_name)
    before = BeforeCamera(decider, Capacity.ABLE, "en", said)
    return encounters.settle(workplace.vault.unit_of_work(), desk, visit.id, before)


def _photograph(
    workplace: Workplace, desk: Desk, person: DemoPatient, visit: Encounter, *, seed: int
) -> None:
    vault = workplace.vault
    data = sample_picture(person, seed, desk.clock.now().replace(tzinfo=None))
    examined = intake.examine(workplace.pictures, intake.Arrival(data, ImageSource.FILE, ".jpg"))
    filing = intake.Filing(visit.patient, visit.id, person.site, person.side, View.CLOSE_UP.value)
    image = intake.admit(vault.unit_of_work(), desk, examined, filing).image
    drawn = checking.draw(workplace.pictures, data, Edits())
    rendition = checking.keep_rendition(vault.unit_of_work(), desk, image.id, Edits(), drawn)
    findings = checking.stripped(image.image.findings)
    checking.assess(vault.unit_of_work(), desk, rendition.id, Identifiable.NO, findings)


def _answered(
    draft: ConsentDraft, form: ConsentForm, desk: Desk, said: Mapping[UseId, Decision]
) -> ConsentDraft:
    now = desk.clock.now()
    draft = draft.understand_refusal(now)
    for statement in form.statements:
        shown = ShownText(
            f"statement:{statement.id}",
            form.shown_text(statement),
            now,
            4000,
            now if statement.confirm else None,
        )
        draft = draft.show_text(shown)
    for picture in draft.pictures:
        draft = draft.show_picture(picture.rendition, now)
    for use in draft.uses:
        draft = draft.show_text(ShownText(f"use:{use}", form.shown_text(form.use(use)), now, 6000))
        draft = draft.answer(use, said.get(use, Decision.REFUSED))
    return draft


def _attestation(form: ConsentForm, desk: Desk, person: DemoPatient) -> Attestation:
    now, ink = desk.clock.now(), AttestationKind.INK
    signed = [
        (SignerRole.CONSENTER, person.demographics.plain_name, form.signing.patient_declaration),
        (SignerRole.CLINICIAN, desk.staff.name, form.signing.clinician_declaration),
    ]
    return Attestation(
        ink,
        tuple(
            Signature(role, name, ink, meaning, now, drawn_signature(name))
            for role, name, meaning in signed
        ),
    )


def _declined(workplace: Workplace, person: DemoPatient, patient: PatientId, days: int) -> None:
    _opened(workplace, days_ago(workplace.desk, days), person, patient, CareRecord.DECLINED)


def _waiting(workplace: Workplace, person: DemoPatient, patient: PatientId) -> None:
    """A picture that came without a visit and waits in the quarantine tray."""
    desk = days_ago(workplace.desk, 1)
    data = sample_picture(person, 77, desk.clock.now().replace(tzinfo=None))
    examined = intake.examine(workplace.pictures, intake.Arrival(data, ImageSource.FILE, ".jpg"))
    intake.admit(workplace.vault.unit_of_work(), desk, examined, intake.Filing(patient))
