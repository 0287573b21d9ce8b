"""Who decided what about which pictures, in which words, and the taking back of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from app.domain.encounter import Consenter
from app.domain.ids import (
    ConsentId,
    EncounterId,
    FactId,
    ImageId,
    PatientId,
    RenditionId,
    Sha256,
    UseId,
    WithdrawalId,
)
from app.domain.rendition import Identifiable
from app.domain.stamp import Stamp


class Decision(StrEnum):
    """An answer to one use of one picture. "Not now" is not an answer: it leaves none."""

    GRANTED = "granted"
    REFUSED = "refused"


class AttestationKind(StrEnum):
    """How a yes is witnessed; a refusal needs none (R15)."""

    INK = "ink"
    PAPER = "paper"
    SPOKEN = "spoken"
    MARK = "mark"


class SignerRole(StrEnum):
    """In which role somebody signs."""

    CONSENTER = "consenter"
    CLINICIAN = "clinician"
    WITNESS = "witness"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True)
class StrokePoint:
    """One point of a pen stroke.

    Attributes:
        x: Fraction of the pad's width, 0 to 1.
        y: Fraction of the pad's width too, so that the shape keeps its proportions.
        t_ms: Since the first point.
        pressure: 0 to 1; None where the device has none.
    """

    x: float
    y: float
    t_ms: int
    pressure: float | None = None


Stroke = tuple[StrokePoint, ...]

MIN_INK_LENGTH = 0.15  # of the pad's width: shorter than any written name or initials seen
MIN_INK_EXTENT = 0.05  # of the pad's width, in at least one direction


@dataclass(frozen=True, slots=True)
class Ink:
    """A signature as vector strokes.

    Attributes:
        strokes: In the order in which they were made.
        aspect: Height of the pad divided by its width.
        device: "mouse", "touch" or "pen".
    """

    strokes: tuple[Stroke, ...]
    aspect: float
    device: str = "mouse"

    @property
    def counts(self) -> bool:
        """Whether this is more than an empty or dot-like pad."""
        points = [p for stroke in self.strokes for p in stroke]
        if not points:
            return False
        xs, ys = [p.x for p in points], [p.y for p in points]
        extent = max(max(xs) - min(xs), max(ys) - min(ys))
        return self.length >= MIN_INK_LENGTH and extent >= MIN_INK_EXTENT

    @property
    def length(self) -> float:
        """Path length as a fraction of the pad's width."""
        return sum(
            math.hypot(b.x - a.x, b.y - a.y) for stroke in self.strokes for a, b in pairwise(stroke)
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's signature.

    Attributes:
        meaning: What signing means, in the words that stood beside the pad (21 CFR 11.50).
        ink: Present for kind ink and mark, when made on the screen.
    """

    role: SignerRole
    name: str
    kind: AttestationKind
    meaning: str
    signed_at: datetime
    ink: Ink | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            msg = "a signature has a printed name"
            raise ValueError(msg)
        if self.kind is AttestationKind.INK and (self.ink is None or not self.ink.counts):
            msg = "an empty or dot-like pad is no signature"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Attestation:
    """How the consenter's yes is witnessed.

    Attributes:
        kind: Ink, paper, spoken with a witness, or a mark with a witness.
        signatures: The consenter's (none for spoken), the clinician's, witnesses', interpreter's.
    """

    kind: AttestationKind
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        roles = {s.role for s in self.signatures}
        if SignerRole.CLINICIAN not in roles:
            msg = "the clinician declares and signs"
            raise ValueError(msg)
        if self.kind is not AttestationKind.SPOKEN and SignerRole.CONSENTER not in roles:
            msg = "whoever decides signs, unless the consent was spoken"
            raise ValueError(msg)
        witnessed = self.kind in {AttestationKind.SPOKEN, AttestationKind.MARK}
        if witnessed and SignerRole.WITNESS not in roles:
            msg = "a spoken consent or a mark has a witness"
            raise ValueError(msg)

    @property
    def written(self) -> bool:
        """Whether it satisfies the stricter rule for identifiable pictures (R21)."""
        return self.kind is not AttestationKind.SPOKEN


@dataclass(frozen=True, slots=True)
class Answer:
    """The decision about one use of one rendition.

    Attributes:
        sha256: Of the rendition as it was on screen; a grant reaches these bytes only (R20).
        identifiable: As judged when the patient was asked.
        until: Last day on which a grant counts; None when it has no end.
        named: The journal, book or study that was named in the question; empty for none (R17).
    """

    rendition: RenditionId
    image: ImageId
    sha256: Sha256
    use: UseId
    decision: Decision
    identifiable: Identifiable
    until: date | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text as it stood on the screen, byte for byte, and when (R27).

    Attributes:
        part: "statement:refusal", "use:teaching-local", ….
        shown_at: When it came on screen.
        seen_ms: How long it stayed.
        confirmed_at: When the patient confirmed it; None where nothing was to be confirmed.
    """

    part: str
    text: str
    shown_at: datetime
    seen_ms: int = 0
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownRendition:
    """A picture as it stood on the screen, and when it first did."""

    rendition: RenditionId
    sha256: Sha256
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the patient had before them.

    Attributes:
        form: Id of the form.
        form_version: Of the form.
        language: BCP 47 tag of the words on screen.
        form_sha256: Of the form's source bytes.
        refusal_understood_at: When it was confirmed that a no changes nothing about care (R9).
    """

    form: str
    form_version: int
    language: str
    form_sha256: Sha256
    texts: tuple[ShownText, ...]
    renditions: tuple[ShownRendition, ...]
    refusal_understood_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """One asking and its answers; never changed afterwards.

    Attributes:
        patient: As the session was opened.
        attestation: None only when nothing was granted.
    """

    id: ConsentId
    patient: PatientId
    encounter: EncounterId
    consenter: Consenter
    answers: tuple[Answer, ...]
    shown: Shown
    stamp: Stamp
    attestation: Attestation | None = None

    def __post_init__(self) -> None:
        granted = [a for a in self.answers if a.decision is Decision.GRANTED]
        if len({(a.rendition, a.use) for a in self.answers}) != len(self.answers):
            msg = "one answer for each use of each rendition"
            raise ValueError(msg)
        if not granted:
            return
        if self.attestation is None:
            msg = "a yes is attested"
            raise ValueError(msg)
        if self.shown.refusal_understood_at is None:
            msg = "it was understood that a no changes nothing about care (R9)"
            raise ValueError(msg)
        seen = {(s.rendition, s.sha256) for s in self.shown.renditions}
        if any((a.rendition, a.sha256) not in seen for a in granted):
            msg = "a yes covers only pictures that were shown (R20)"
            raise ValueError(msg)

    @property
    def grants_anything(self) -> bool:
        """Whether there is a yes in it."""
        return any(a.decision is Decision.GRANTED for a in self.answers)

    def decisions(self, use: UseId) -> tuple[Answer, ...]:
        """The answers about one use."""
        return tuple(a for a in self.answers if a.use == use)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A yes taken back, for some uses or all, for some pictures or all that existed then.

    Attributes:
        patient: Whose, as looked up.
        patients: Every record that was this person then; unmerging them later revives nothing.
        uses: Empty means every use.
        renditions: Empty means every picture of the patient.
        by_name: Who took it back.
        relationship: To the patient; empty when the patient did.
        reason: When somebody gave one; never asked for (R15, R24).
    """

    id: WithdrawalId
    patient: PatientId
    patients: frozenset[PatientId]
    uses: frozenset[UseId]
    by_name: str
    stamp: Stamp
    renditions: frozenset[RenditionId] = frozenset()
    relationship: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.by_name.strip():
            msg = "whoever takes a yes back has a name"
            raise ValueError(msg)
        if self.patient not in self.patients:
            msg = "a withdrawal reaches the patient it was looked up for"
            raise ValueError(msg)

    def reaches(self, rendition: RenditionId, use: UseId) -> bool:
        """Whether it takes back this use of this picture."""
        return (not self.uses or use in self.uses) and (
            not self.renditions or rendition in self.renditions
        )


@dataclass(frozen=True, slots=True)
class Refiling:
    """A picture was moved to another patient: every answer about it until then is void.

    Attributes:
        was: Whose it was held to be; None when it had no patient.
        now: Whose it is.
    """

    id: FactId
    image: ImageId
    was: PatientId | None
    now: PatientId
    stamp: Stamp
    reason: str


HistoryFact = Consent | Withdrawal | Refiling
History = Sequence[HistoryFact]
"""What bears on permission, in the order in which the vault recorded it; clocks do not count."""
