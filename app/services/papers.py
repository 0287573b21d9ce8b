"""The patient's papers: what stands on them, keeping them, and handing them over."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from app.domain.audit import Action
from app.domain.body_site import site_caption
from app.domain.clinic import Clinic
from app.domain.consent import (
    Answer,
    AttestationKind,
    Consent,
    Decision,
    Refiling,
    Signature,
    SignerRole,
    Withdrawal,
)
from app.domain.consent_form import Asked, ConsentForm, Use
from app.domain.disclosure import HandOver, PatientCopy
from app.domain.document import CopyHandedOver, DocumentKind, StoredDocument
from app.domain.encounter import ConsenterKind
from app.domain.form_paper import consent_labels, withdrawal_labels
from app.domain.ids import (
    BlobId,
    ConsentId,
    DocumentId,
    FactId,
    RenditionId,
    UseId,
)
from app.domain.paper import (
    ConsentPaper,
    Decider,
    PaperForm,
    PaperPatient,
    PaperPerson,
    PaperPicture,
    PaperSignature,
    PaperStatement,
    PaperUse,
    StrokePoint,
    WithdrawalPaper,
)
from app.domain.paper_labels import (
    ConsentLabels,
    PrintedAnswer,
    SharedLabels,
    SignatureKind,
    SignatureRole,
)
from app.domain.patient import Demographics
from app.domain.rendition import Edits
from app.domain.staff import Right
from app.errors import KnownError
from app.services.ports import Desk, Pictures, Records, UnitOfWork
from app.services.sight import require_sight, require_sight_of_paper

PRINTED_SIDE_PX = 720  # 60 mm at 300 dpi


class NoSuchDocumentError(KnownError):
    """An id that no paper has."""

    code = "SESSION-023"
    message = "There is no such paper in this vault."
    advice = "Open the patient's page: it lists every paper."


def consent_copy(
    records: Records,
    desk: Desk,
    pictures: Pictures,
    consent: ConsentId,
    form: ConsentForm,
) -> ConsentPaper:
    """What stands on the patient's copy of a consent.

    Args:
        form: The form that was shown, in the version and language of the consent.

    Raises:
        NoSuchDocumentError: Something that it speaks of is not there.
        ProtectedPictureError: It shows a picture that is not open to the person at this desk.
    """
    desk.staff.require(Right.READ)
    found = records.consents.get(consent)
    encounter = records.encounters.get(found.encounter) if found else None
    patient = records.patients.get(found.patient) if found else None
    if found is None or encounter is None or patient is None:
        raise NoSuchDocumentError
    shown = tuple(dict.fromkeys(a.rendition for a in found.answers))
    labels = consent_labels(form)
    interpreter = encounter.before.interpreter if encounter.before else ""
    understood = found.shown.refusal_understood_at
    confirmed = {
        text.part: text.confirmed_at.astimezone(desk.zone)
        for text in found.shown.texts
        if text.confirmed_at
    }
    return ConsentPaper(
        clinic=_with_contact(records.people.clinic()),
        title=form.paper.title,
        language=form.language,
        form=PaperForm(form.id, str(form.version), form.language),
        consent=found.id,
        patient=_paper_patient(patient.now, labels),
        encounter_date=found.stamp.at.astimezone(desk.zone).date(),
        decider=_decider(found),
        interpreter=PaperPerson(interpreter) if interpreter else None,
        pictures=tuple(_picture(records, desk, pictures, rendition) for rendition in shown),
        uses=tuple(_use(use, found, shown, labels) for use in form.uses),
        statements=tuple(
            PaperStatement(statement.text, confirmed.get(f"statement:{statement.id}"))
            for statement in form.statements
        ),
        refusal_statement=form.refusal.text,
        refusal_confirmed_at=understood.astimezone(desk.zone) if understood else None,
        how_to_withdraw=form.withdraw.how,
        care_record_note=form.paper.care_record_note,
        signatures=_signatures(found, desk.zone, labels),
        labels=labels,
        made_at=desk.clock.now().astimezone(desk.zone),
    )


def withdrawal_confirmation(
    records: Records, desk: Desk, withdrawal: Withdrawal, form: ConsentForm
) -> WithdrawalPaper:
    """What stands on the confirmation of a withdrawal.

    Args:
        form: In the patient's language; gives the names of the uses.
    """
    desk.staff.require(Right.READ)
    patient = records.patients.get(withdrawal.patient)
    taken_back = _taken_back(records, withdrawal, desk.zone)
    if patient is None or not taken_back:
        raise NoSuchDocumentError
    named = {use.id: use.title for use in form.uses}
    titles = tuple(title for use, title in named.items() if use in taken_back)
    titles += tuple(use for use in taken_back if use not in named)  # of an older form
    labels, by = withdrawal_labels(form), withdrawal.by_name
    return WithdrawalPaper(
        clinic=_with_contact(records.people.clinic()),
        language=form.language,
        reference=withdrawal.id,
        consent=list(taken_back.values())[-1],
        patient=_paper_patient(patient.now, labels),
        withdrawn_uses=titles,
        withdrawn_at=withdrawal.stamp.at.astimezone(desk.zone),
        withdrawn_by=f"{by} ({withdrawal.relationship})" if withdrawal.relationship else by,
        stops=(form.withdraw.effect,),
        stays=(form.paper.care_record_note,),
        cannot_recall=(form.withdraw.limits,),
        labels=labels,
        made_at=desk.clock.now().astimezone(desk.zone),
    )


def _taken_back(records: Records, withdrawal: Withdrawal, zone: tzinfo) -> dict[UseId, ConsentId]:
    """The uses for which a yes stood until this withdrawal, each with the consent that held it."""
    stood: dict[tuple[RenditionId, UseId], tuple[Answer, ConsentId]] = {}
    day = withdrawal.stamp.at.astimezone(zone).date()
    for fact in records.consents.history(withdrawal.patients):
        if isinstance(fact, Consent):
            theirs = fact.patient in withdrawal.patients
            for answer in fact.answers:
                stood.pop((answer.rendition, answer.use), None)
                if theirs and answer.decision is Decision.GRANTED:
                    stood[(answer.rendition, answer.use)] = (answer, fact.id)
            continue
        over = {key for key, (answer, _) in stood.items() if _ends(fact, answer)}
        if fact.id == withdrawal.id:
            held = (stood[key] for key in stood if key in over)
            return {a.use: consent for a, consent in held if a.until is None or a.until >= day}
        for key in over:
            del stood[key]
    return {}


def _ends(fact: Withdrawal | Refiling, answer: Answer) -> bool:
    if isinstance(fact, Refiling):
        return fact.image == answer.image
    return fact.reaches(answer.rendition, answer.use)


def keep_withdrawal_confirmation(
    uow: UnitOfWork, desk: Desk, withdrawal: Withdrawal, data: bytes
) -> StoredDocument:
    """Store the confirmation of a withdrawal; one that is there already is given back."""
    desk.staff.require(Right.RECORD_WITHDRAWAL)
    with uow:
        there = uow.documents.of_patients((withdrawal.patient,))
        for document in there:
            if document.withdrawal == withdrawal.id:
                return document
        document = _stored(uow, desk, withdrawal, data)
        uow.commit()
    return document


def keep_consent_copy(
    uow: UnitOfWork, desk: Desk, consent: ConsentId, data: bytes
) -> StoredDocument:
    """Store the patient's copy; one that is there already is given back, never remade."""
    desk.staff.require(Right.OBTAIN_CONSENT)
    with uow:
        found = uow.consents.get(consent)
        if found is None:
            raise NoSuchDocumentError
        there = copy_of(uow, consent)
        if there is not None:
            return there
        document = _stored(uow, desk, found, data)
        uow.commit()
    return document


def copy_of(records: Records, consent: ConsentId) -> StoredDocument | None:
    """The patient's copy of a consent; None before it is made."""
    papers = records.documents.of_consent(consent)
    return next((d for d in papers if d.kind is DocumentKind.CONSENT_COPY), None)


def read(records: Records, desk: Desk, document: DocumentId) -> bytes:
    """The bytes of a paper.

    Raises:
        NoSuchDocumentError: There is none.
        ProtectedPictureError: It shows a picture that is not open to the person at this desk.
    """
    desk.staff.require(Right.READ)
    found = records.documents.get(document)
    if found is None:
        raise NoSuchDocumentError
    require_sight_of_paper(records, desk, found)
    return records.blobs.read(found.blob)


def hand_over(uow: UnitOfWork, desk: Desk, document: DocumentId, way: HandOver) -> PatientCopy:
    """Record that a copy is given, or declined; written before anything leaves.

    Raises:
        NoSuchDocumentError: There is none.
        ProtectedPictureError: It shows a picture that is not open to the person at this desk.
    """
    desk.staff.require(Right.HAND_OVER_COPY)
    with uow:
        found = uow.documents.get(document)
        if found is None:
            raise NoSuchDocumentError
        require_sight_of_paper(uow, desk, found)
        given = CopyHandedOver(FactId(desk.clock.new_id()), document, way, desk.stamp())
        uow.documents.add_hand_over(given)
        uow.record(
            desk.event(Action.COPY_HANDED_OVER, found.patient, document=document, way=way.value)
        )
        uow.commit()
    return PatientCopy(document, found.patient, found.sha256, way)


def _with_contact(clinic: Clinic) -> Clinic:
    """A paper always names where to ask: the clinic itself when no contact was given."""
    if clinic.contact.strip():
        return clinic
    where = (clinic.department, clinic.name, clinic.address)
    return replace(clinic, contact="\n".join(line for line in where if line.strip()))


def _stored(uow: UnitOfWork, desk: Desk, of: Consent | Withdrawal, data: bytes) -> StoredDocument:
    """Store the paper of a consent or of a withdrawal, and record that."""
    consent, withdrawal = (of, None) if isinstance(of, Consent) else (None, of)
    blob = BlobId(desk.clock.new_id())
    document = StoredDocument(
        id=DocumentId(desk.clock.new_id()),
        kind=DocumentKind.CONSENT_COPY if consent else DocumentKind.WITHDRAWAL_CONFIRMATION,
        patient=of.patient,
        encounter=consent.encounter if consent else None,
        consent=consent.id if consent else None,
        withdrawal=withdrawal.id if withdrawal else None,
        sha256=uow.blobs.put(blob, data),
        blob=blob,
        media_type="application/pdf",
        stamp=desk.stamp(),
    )
    details = {"document": document.id, "kind": document.kind.value, "sha256": document.sha256}
    uow.documents.add(document)
    uow.record(desk.event(Action.DOCUMENT_STORED, document.patient, **details))
    return document


def _paper_patient(demographics: Demographics, labels: SharedLabels) -> PaperPatient:
    born = demographics.birth_date
    return PaperPatient(
        name=demographics.display_name or "—",
        birth_date=labels.date(born) if born else "",
        identifiers=tuple(f"{i.issuer}: {i.value}" for i in demographics.identifiers),
    )


def _decider(consent: Consent) -> Decider:
    who = consent.consenter
    return Decider(who.name, who.relationship, who.authority)


def _picture(
    records: Records, desk: Desk, pictures: Pictures, rendition: RenditionId
) -> PaperPicture:
    found = records.images.rendition(rendition)
    filed = records.images.get(found.image) if found else None
    if found is None or filed is None:
        raise NoSuchDocumentError
    require_sight(records, desk, filed)
    small = pictures.render(records.blobs.read(found.blob), Edits(), max_side_px=PRINTED_SIDE_PX)
    said = [site_caption(filed.body_site, filed.laterality), filed.view or ""]
    caption = " · ".join(word for word in said if word) or "Photograph"
    return PaperPicture(small.data, caption, found.sha256, found.covered)


def _use(
    use: Use, consent: Consent, shown: tuple[RenditionId, ...], labels: ConsentLabels
) -> PaperUse:
    answers = consent.decisions(use.id)
    granted = [a for a in answers if a.decision is Decision.GRANTED]
    left_out = {a.rendition for a in answers if a.decision is Decision.REFUSED}
    exceptions = [n for n, r in enumerate(shown, start=1) if granted and r in left_out]
    return PaperUse(
        use=use.id,
        title=use.title,
        answer=_printed_answer(use, answers, granted),
        audience=use.audience,
        example=use.example,
        how_long=use.duration,
        take_back=use.take_back.text,
        exceptions=tuple(labels.picture.format(number=n) for n in exceptions),
        expires=_last_day(granted, labels),
        recipient=answers[0].named if answers else "",
    )


def _printed_answer(use: Use, answers: tuple[Answer, ...], granted: list[Answer]) -> PrintedAnswer:
    """The care record was agreed to before the camera, or there would be no picture."""
    if use.asked is Asked.BEFORE_CAMERA or granted:
        return PrintedAnswer.GRANTED
    return PrintedAnswer.REFUSED if answers else PrintedAnswer.NOT_ASKED


def _last_day(granted: list[Answer], labels: ConsentLabels) -> str:
    days = [a.until for a in granted if a.until is not None]
    return labels.date(min(days)) if days else ""


def _signatures(
    consent: Consent, zone: tzinfo, labels: ConsentLabels
) -> tuple[PaperSignature, ...]:
    """As they were made; beside the witness of a spoken consent stands that it was spoken."""
    if consent.attestation is None:
        return ()
    alone = consent.consenter.kind is ConsenterKind.PATIENT
    made = tuple(_signature(s, zone, alone=alone) for s in consent.attestation.signatures)
    if consent.attestation.kind is not AttestationKind.SPOKEN:
        return made
    spoken = labels.signature_kinds[SignatureKind.SPOKEN]
    return tuple(
        replace(signature, remark=spoken) if signature.role is SignatureRole.WITNESS else signature
        for signature in made
    )


def _signature(signature: Signature, zone: tzinfo, *, alone: bool) -> PaperSignature:
    role = SignatureRole(signature.role.value)
    if signature.role is SignerRole.CONSENTER and alone:
        role = SignatureRole.PATIENT
    ink = signature.ink if signature.kind in {AttestationKind.INK, AttestationKind.MARK} else None
    strokes = ink.strokes if ink else ()
    aspect = ink.aspect if ink else 0.25
    return PaperSignature(
        role=role,
        name=signature.name,
        meaning=signature.meaning,
        signed_at=signature.signed_at.astimezone(zone),
        kind=SignatureKind(signature.kind.value),
        strokes=tuple(
            tuple(StrokePoint(_unit(p.x), _unit(p.y / aspect), p.pressure) for p in stroke)
            for stroke in strokes
        ),
        aspect=1 / aspect,
    )


def _unit(fraction: float) -> float:
    return min(max(fraction, 0.0), 1.0)
