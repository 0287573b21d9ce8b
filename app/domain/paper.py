"""What stands on the papers that a clinic hands out, without saying how a page is set."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.clinic import Clinic
from app.domain.ids import ConsentId, Sha256, UseId, WithdrawalId
from app.domain.paper_labels import (
    ConsentLabels,
    PrintedAnswer,
    RecoveryLabels,
    SignatureKind,
    SignatureRole,
    WithdrawalLabels,
)

SHA256_HEX = re.compile(r"[0-9a-f]{64}")
SLIP_PREFIX = "clinigraph:consent:"
PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def _require(met: object, message: str) -> None:
    if not met:
        raise ValueError(message)


def _require_text(text: str, what: str) -> None:
    _require(text.strip(), f"{what} is empty")


def _require_zone(moment: datetime, what: str) -> None:
    _require(moment.utcoffset() is not None, f"{what} has no time zone")


def _require_uuid(text: str, what: str) -> None:
    try:
        whole = str(uuid.UUID(text)) == text
    except ValueError:
        whole = False
    _require(whole, f"{what} is not a whole UUID in lower case")


class PageSize(StrEnum):
    """Sizes of paper that a clinic's printer holds."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class PaperPatient:
    """The person photographed, as printed.

    Attributes:
        name: As the patient's record shows it, in its own script.
        birth_date: As text in the paper's language; empty when unknown.
        identifiers: Each as "issuer: value".
    """

    name: str
    birth_date: str = ""
    identifiers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require_text(self.name, "the patient's name")


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """Somebody else who took part: an interpreter, a witness.

    Attributes:
        detail: Language interpreted, employer, number; may be empty.
    """

    name: str
    detail: str = ""

    def __post_init__(self) -> None:
        _require_text(self.name, "a name")


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decided (R1).

    Attributes:
        name: As printed.
        relationship: "mother"; empty when the patient decided.
        authority: The document or law that lets them decide; may be empty.
    """

    name: str
    relationship: str = ""
    authority: str = ""

    def __post_init__(self) -> None:
        _require_text(self.name, "the name of who decided")


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """One rendition, small.

    Attributes:
        data: JPEG or PNG made by us, upright, sRGB.
        caption: "Left forearm, volar · close-up".
        sha256: Of the rendition that was shown and agreed to, not of `data`.
        covered: Whether something of the original is hidden in it.
    """

    data: bytes
    caption: str
    sha256: Sha256
    covered: bool = False

    def __post_init__(self) -> None:
        _require(self.data.startswith(PICTURE_STARTS), "a picture is JPEG or PNG")
        _require(SHA256_HEX.fullmatch(self.sha256), "a fingerprint has 64 hexadecimal digits")


@dataclass(frozen=True, slots=True)
class PaperUse:
    """One use with what was said about it and what the answer was (R10, R11).

    Attributes:
        audience: Who will see it.
        example: An example of it.
        how_long: For how long, in words.
        take_back: Whether it can be taken back, in words.
        exceptions: "not picture 2"; one entry each.
        expires: Date as text; empty when the answer does not end by itself.
        recipient: The named journal, study or person; empty when there is none.
    """

    use: UseId
    title: str
    answer: PrintedAnswer
    audience: str
    example: str = ""
    how_long: str = ""
    take_back: str = ""
    exceptions: tuple[str, ...] = ()
    expires: str = ""
    recipient: str = ""

    def __post_init__(self) -> None:
        _require_text(self.title, "the title of a use")


@dataclass(frozen=True, slots=True)
class PaperStatement:
    """One sentence exactly as the patient saw it (R9, R27).

    Attributes:
        confirmed_at: When the patient confirmed it; None where none was asked for.
    """

    text: str
    confirmed_at: datetime | None = None

    def __post_init__(self) -> None:
        _require_text(self.text, "a statement")
        if self.confirmed_at is not None:
            _require_zone(self.confirmed_at, "the time of a confirmation")


@dataclass(frozen=True, slots=True)
class StrokePoint:
    """One point of a pen's way.

    Attributes:
        x: 0 at the left edge of the signature's box, 1 at the right.
        y: 0 at the top edge, 1 at the bottom.
        pressure: 0 to 1; None when the device reports none.
    """

    x: float
    y: float
    pressure: float | None = None

    def __post_init__(self) -> None:
        _require(0 <= self.x <= 1 and 0 <= self.y <= 1, "a stroke lies inside its box")
        _require(self.pressure is None or 0 <= self.pressure <= 1, "pressure runs from 0 to 1")


Stroke = tuple[StrokePoint, ...]


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """One signature as it is shown and printed. Source: 21 CFR 11.50.

    Attributes:
        name: Printed name.
        meaning: What the signing means: "I agree to the uses marked Yes".
        signed_at: With its zone.
        strokes: Only for ink and a mark on the screen.
        aspect: Width of the strokes' box divided by its height.
        remark: Who heard it, where the paper is kept; may be empty.
    """

    role: SignatureRole
    name: str
    meaning: str
    signed_at: datetime
    kind: SignatureKind
    strokes: tuple[Stroke, ...] = ()
    aspect: float = 4.0
    remark: str = ""

    def __post_init__(self) -> None:
        _require_text(self.name, "the printed name")
        _require_text(self.meaning, "the meaning of a signature")
        _require_zone(self.signed_at, "the time of a signature")
        _require(self.aspect > 0, "the aspect is positive")
        inked = any(self.strokes)
        _require(inked or self.kind is not SignatureKind.INK, "an ink signature has strokes")
        on_screen = self.kind in {SignatureKind.INK, SignatureKind.MARK}
        _require(on_screen or not inked, "only ink and marks have strokes")


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Which wording was shown."""

    id: str
    version: str
    language: str

    def __post_init__(self) -> None:
        for text, what in (
            (self.id, "form"),
            (self.version, "version"),
            (self.language, "language"),
        ):
            _require_text(text, f"the form's {what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentPaper:
    """The patient's copy of one consent.

    Attributes:
        language: BCP 47 tag of the paper; sets the direction of reading too.
        refusal_statement: That saying no changes nothing, as the form words it.
        refusal_confirmed_at: When the patient confirmed having understood that.
        how_to_withdraw: The form's words; the clinic's contact is printed beside them.
        care_record_note: What remains in the care record, and why.
        made_at: When this copy was made, with its zone; the only time the file carries.
        encounter_date: Day of the visit where it took place.
    """

    clinic: Clinic
    title: str
    language: str
    form: PaperForm
    consent: ConsentId
    patient: PaperPatient
    encounter_date: date
    decider: Decider
    uses: tuple[PaperUse, ...]
    refusal_statement: str
    how_to_withdraw: str
    care_record_note: str
    made_at: datetime
    refusal_confirmed_at: datetime | None = None
    interpreter: PaperPerson | None = None
    witness: PaperPerson | None = None
    pictures: tuple[PaperPicture, ...] = ()
    statements: tuple[PaperStatement, ...] = ()
    signatures: tuple[PaperSignature, ...] = ()
    labels: ConsentLabels = field(default_factory=ConsentLabels)

    def __post_init__(self) -> None:
        _require_uuid(self.consent, "the consent's id")
        _require_text(self.title, "the title")
        _require_text(self.language, "the language")
        _require_text(self.refusal_statement, "the refusal statement")
        _require_text(self.how_to_withdraw, "how to withdraw")
        _require_text(self.clinic.contact, "the clinic's contact")
        _require_zone(self.made_at, "the time of making")
        _require(self.uses, "a consent lists at least one use")
        if self.refusal_confirmed_at is not None:
            _require_zone(self.refusal_confirmed_at, "the time of a confirmation")

    @property
    def granted(self) -> tuple[PaperUse, ...]:
        """The uses answered with yes, in the paper's order."""
        return tuple(use for use in self.uses if use.answer is PrintedAnswer.GRANTED)

    @property
    def slip_code(self) -> str:
        """What the square code on the withdrawal slip says; a scan of it opens the withdrawal."""
        return SLIP_PREFIX + self.consent


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalPaper:
    """The confirmation that a yes was taken back (R24, R25).

    Attributes:
        withdrawn_uses: Titles, as the consent worded them.
        withdrawn_by: Name, with relationship where it was not the patient.
        stops: What stops at once; one sentence each.
        stays: What stays in the care record and why; one sentence each.
        cannot_recall: What cannot be called back, said honestly; empty when nothing.
    """

    clinic: Clinic
    language: str
    reference: WithdrawalId
    consent: ConsentId
    patient: PaperPatient
    withdrawn_uses: tuple[str, ...]
    withdrawn_at: datetime
    withdrawn_by: str
    stops: tuple[str, ...]
    stays: tuple[str, ...]
    made_at: datetime
    cannot_recall: tuple[str, ...] = ()
    labels: WithdrawalLabels = field(default_factory=WithdrawalLabels)

    def __post_init__(self) -> None:
        _require_uuid(self.reference, "the reference")
        _require_uuid(self.consent, "the consent's id")
        _require_text(self.withdrawn_by, "who withdrew")
        _require_text(self.clinic.contact, "the clinic's contact")
        _require_zone(self.withdrawn_at, "the time of the withdrawal")
        _require_zone(self.made_at, "the time of making")
        _require(self.withdrawn_uses, "a withdrawal names at least one use")
        _require(self.stops, "a withdrawal says what stops")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """The recovery code on paper; it names the clinic, never the vault's file or place.

    Attributes:
        groups: The code's groups in order, as they are typed.
    """

    clinic_name: str
    groups: tuple[str, ...]
    language: str
    made_at: datetime
    labels: RecoveryLabels = field(default_factory=RecoveryLabels)

    def __post_init__(self) -> None:
        _require_text(self.clinic_name, "the clinic's name")
        _require(self.groups and all(self.groups), "a recovery code has groups")
        _require_zone(self.made_at, "the time of making")
