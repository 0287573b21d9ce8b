"""The fixed words of the patient's papers in the words of a form."""

from __future__ import annotations

from app.domain.consent_form import ConsentForm
from app.domain.paper_labels import (
    ConsentLabels,
    PrintedAnswer,
    SignatureKind,
    SignatureRole,
    WithdrawalLabels,
)


def consent_labels(form: ConsentForm) -> ConsentLabels:
    """The labels of the printed copy; what the screen said is said again in the same words."""
    screen, paper, withdraw = form.patient, form.paper, form.withdraw
    return ConsentLabels(
        months=paper.months,
        date_form=paper.date_form,
        time_form=_time_form(form),
        page=paper.page,
        consent_id=paper.consent_id,
        patient=paper.patient,
        birth_date=paper.birth_date,
        identifiers=paper.identifiers,
        contact=paper.contact,
        made=paper.made,
        copy_note=paper.copy_note,
        encounter_date=paper.encounter_date,
        decided_by=paper.decided_by,
        the_patient=paper.the_patient,
        interpreter=paper.interpreter,
        witness=paper.witness,
        confirmed=paper.confirmed,
        answers_heading=paper.answers_heading,
        answers={
            PrintedAnswer.GRANTED: screen.yes,
            PrintedAnswer.REFUSED: screen.no,
            PrintedAnswer.NOT_NOW: screen.not_now,
            PrintedAnswer.NOT_ASKED: paper.not_asked,
        },
        audience=screen.who_will_see,
        example=screen.example,
        how_long=screen.how_long,
        take_back=screen.take_back,
        recipient=paper.recipient,
        expires=paper.expires,
        exceptions=paper.exceptions,
        pictures_heading=paper.pictures_heading,
        picture=paper.picture,
        covered=paper.covered,
        fingerprint=paper.fingerprint,
        statements_heading=paper.statements_heading,
        withdraw_heading=withdraw.title,
        care_record_heading=paper.care_record_heading,
        signatures_heading=paper.signatures_heading,
        signature_roles={
            SignatureRole.PATIENT: paper.role_patient,
            SignatureRole.CONSENTER: paper.role_consenter,
            SignatureRole.CLINICIAN: paper.role_clinician,
            SignatureRole.WITNESS: paper.role_witness,
            SignatureRole.INTERPRETER: paper.role_interpreter,
        },
        signature_kinds={
            SignatureKind.INK: paper.kind_ink,
            SignatureKind.PAPER: paper.kind_paper,
            SignatureKind.SPOKEN: paper.kind_spoken,
            SignatureKind.MARK: paper.kind_mark,
        },
        checking_heading=paper.checking_heading,
        checking_note=paper.checking_note,
        form=paper.form,
        form_version=paper.form_version,
        slip_heading=withdraw.slip_heading,
        slip_note=withdraw.slip_note,
        slip_all=withdraw.slip_all,
        slip_signature=withdraw.slip_signature,
    )


def withdrawal_labels(form: ConsentForm) -> WithdrawalLabels:
    """The labels of the printed confirmation of a withdrawal."""
    paper, confirmation = form.paper, form.confirmation
    return WithdrawalLabels(
        months=paper.months,
        date_form=paper.date_form,
        time_form=_time_form(form),
        page=paper.page,
        consent_id=paper.consent_id,
        patient=paper.patient,
        birth_date=paper.birth_date,
        identifiers=paper.identifiers,
        contact=confirmation.contact,
        made=paper.made,
        heading=confirmation.heading,
        withdrawn_at=confirmation.withdrawn_at,
        withdrawn_by=confirmation.withdrawn_by,
        reference=confirmation.reference,
        uses_heading=confirmation.uses_heading,
        stops_heading=confirmation.stops_heading,
        stays_heading=confirmation.stays_heading,
        lost_heading=confirmation.lost_heading,
        nothing_lost=confirmation.nothing_lost,
    )


def _time_form(form: ConsentForm) -> str:
    return form.paper.time_form.replace("{clock}", "{hour:02}:{minute:02}")
