"""The fixed words of the patient's papers, English unless a translation is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class PrintedAnswer(StrEnum):
    """What was said about one use, as the paper states it."""

    GRANTED = "granted"
    REFUSED = "refused"
    NOT_NOW = "not-now"
    NOT_ASKED = "not-asked"


class SignatureRole(StrEnum):
    """In which capacity somebody signed."""

    PATIENT = "patient"
    CONSENTER = "consenter"
    CLINICIAN = "clinician"
    WITNESS = "witness"
    INTERPRETER = "interpreter"


class SignatureKind(StrEnum):
    """How somebody attested: ink on the screen, a paper original, spoken, or a mark."""

    INK = "ink"
    PAPER = "paper"
    SPOKEN = "spoken"
    MARK = "mark"


def _answers() -> Mapping[PrintedAnswer, str]:
    return {
        PrintedAnswer.GRANTED: "Yes",
        PrintedAnswer.REFUSED: "No",
        PrintedAnswer.NOT_NOW: "Not now",
        PrintedAnswer.NOT_ASKED: "Not asked",
    }


def _roles() -> Mapping[SignatureRole, str]:
    return {
        SignatureRole.PATIENT: "Patient",
        SignatureRole.CONSENTER: "For the patient",
        SignatureRole.CLINICIAN: "Clinician",
        SignatureRole.WITNESS: "Witness",
        SignatureRole.INTERPRETER: "Interpreter",
    }


def _kinds() -> Mapping[SignatureKind, str]:
    return {
        SignatureKind.INK: "Signed on the screen",
        SignatureKind.PAPER: "Signed on paper; the clinic keeps the original",
        SignatureKind.SPOKEN: "Said aloud before a witness",
        SignatureKind.MARK: "Made a mark before a witness",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLabels:
    """Words and forms of date that every paper uses; the fields in braces stay in a translation.

    Attributes:
        months: January to December, as they stand in a date.
        date_form: Of day, month (its name), month_number and year.
        time_form: Of date, hour, minute and zone.
    """

    months: tuple[str, ...] = ENGLISH_MONTHS
    date_form: str = "{day} {month} {year}"
    time_form: str = "{date}, {hour:02}:{minute:02} ({zone})"
    page: str = "Page {page} of {pages}"
    consent_id: str = "Consent"
    patient: str = "Patient"
    birth_date: str = "Date of birth"
    identifiers: str = "Number"
    contact: str = "Questions, or to take it back"
    made: str = "This copy was made on {time}."

    def date(self, day: date) -> str:
        """A date in words."""
        return self.date_form.format(
            day=day.day, month=self.months[day.month - 1], month_number=day.month, year=day.year
        )

    def time(self, moment: datetime) -> str:
        """A time of day with its date and its distance from UTC."""
        offset = moment.strftime("%z")
        zone = "UTC" if not offset.strip("+0") else f"UTC{offset[:3]}:{offset[3:5]}"
        return self.time_form.format(
            date=self.date(moment.date()), hour=moment.hour, minute=moment.minute, zone=zone
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLabels(SharedLabels):
    """The fixed words of the consent copy; what a form or a clinic writes comes with the paper."""

    copy_note: str = "Your copy, to keep"
    encounter_date: str = "Date of visit"
    decided_by: str = "Decided by"
    the_patient: str = "The patient"
    interpreter: str = "Interpreter"
    witness: str = "Witness"
    confirmed: str = "Confirmed on {time}"
    answers_heading: str = "What you decided"
    answers: Mapping[PrintedAnswer, str] = field(default_factory=_answers)
    audience: str = "Who will see it"
    example: str = "For example"
    how_long: str = "For how long"
    take_back: str = "Take it back"
    recipient: str = "Named recipient"
    expires: str = "Ends on"
    exceptions: str = "Except"
    pictures_heading: str = "The pictures you saw"
    picture: str = "Picture {number}"
    covered: str = "Part of it is covered"
    fingerprint: str = "Fingerprint {digits}"
    statements_heading: str = "What you were told"
    withdraw_heading: str = "How to take it back"
    care_record_heading: str = "What stays in your care record"
    signatures_heading: str = "Signatures"
    signature_roles: Mapping[SignatureRole, str] = field(default_factory=_roles)
    signature_kinds: Mapping[SignatureKind, str] = field(default_factory=_kinds)
    checking_heading: str = "For checking this copy"
    checking_note: str = (
        "Each picture has a fingerprint (SHA-256) of its own. A picture that is changed in any way"
        " has another fingerprint, and your answers do not cover it."
    )
    form: str = "Form"
    form_version: str = "{form}, version {version} ({language})"
    slip_heading: str = "Withdrawal slip"
    slip_note: str = (
        "To take back a yes, tick below and give or send this slip to the clinic. A telephone call"
        " or a message does as well. You need not say why."
    )
    slip_all: str = "Everything"
    slip_signature: str = "Signature and date"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalLabels(SharedLabels):
    """The fixed words of the confirmation of a withdrawal."""

    heading: str = "Your withdrawal is recorded"
    contact: str = "Questions"
    withdrawn_at: str = "Withdrawn on"
    withdrawn_by: str = "Withdrawn by"
    reference: str = "Reference"
    uses_heading: str = "You took back your yes to"
    stops_heading: str = "What stops at once"
    stays_heading: str = "What stays in your care record, and why"
    lost_heading: str = "What cannot be called back"
    nothing_lost: str = "Nothing: no picture had left the clinic for these uses."


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryLabels(SharedLabels):
    """The fixed words of the recovery sheet."""

    heading: str = "Recovery code"
    warning: str = "Whoever holds this sheet can open every photograph and every consent."
    keep: str = (
        "Keep it in the safe of the clinic, not in this room and not beside the computer. Make no"
        " photograph and no scan of it."
    )
    steps_heading: str = "How to use it"
    steps: tuple[str, ...] = (
        "Start Clinigraph, on this computer or on a new one, with the database file and its key"
        " file, or with a backup.",
        "On the unlock screen choose “Use the recovery code”.",
        "Type the groups in order, from left to right and from top to bottom."
        " Capitals and small letters are the same.",
        "Set a new passphrase. Then print a new sheet and destroy this one.",
    )
    none_else: str = (
        "Nobody can make this code again: not the supplier, not the hospital's IT department."
        " Without it and without a passphrase the photographs are lost."
    )
    group: str = "Group"
