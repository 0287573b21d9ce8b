"""One visit in the room: its seven steps, what was settled before the camera, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from app.domain.ids import EncounterId, PatientId
from app.domain.stamp import Stamp


class Step(IntEnum):
    """The seven steps, in order."""

    IDENTIFY = 1
    BEFORE = 2
    CAPTURE = 3
    CHECK = 4
    SHOW = 5
    SIGN = 6
    COPY = 7


class Ending(StrEnum):
    """How a visit ends; each is ordinary and has its own record (R29)."""

    COMPLETED = "completed"
    DECLINED = "declined"
    ABANDONED = "abandoned"


class ConsenterKind(StrEnum):
    """Who decides (R1, R2, R6, R7)."""

    PATIENT = "patient"
    PARENT = "parent"
    GUARDIAN = "guardian"
    PROXY = "proxy"
    NEXT_OF_KIN = "next-of-kin"


class Capacity(StrEnum):
    """Whether the person photographed can decide."""

    ABLE = "able"
    COMPETENT_CHILD = "competent-child"
    CHILD = "child"
    NOT_ABLE = "not-able"
    TEMPORARILY_NOT_ABLE = "temporarily-not-able"


class CareRecord(StrEnum):
    """The one question that is asked before the camera."""

    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Consenter:
    """The person who decides.

    Attributes:
        name: As printed under the signature.
        relationship: "mother", "court-appointed guardian"; empty when the patient decides.
        authority: What their right to decide rests on; the document that was seen.
    """

    kind: ConsenterKind
    name: str
    relationship: str = ""
    authority: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            msg = "whoever decides has a name"
            raise ValueError(msg)
        if self.kind is not ConsenterKind.PATIENT and not self.relationship.strip():
            msg = "whoever decides for another has a relationship to them"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class BeforeCamera:
    """What was settled before a picture was taken.

    Attributes:
        language: BCP 47 tag in which the patient is asked.
        interpreter: Name; empty when none was needed.
        chaperone: Name of the chaperone present; empty for none.
        chaperone_offered: R28; None when nothing intimate is to be photographed.
        care_record: May photographs be taken for the care record at all?
    """

    consenter: Consenter
    capacity: Capacity
    language: str
    care_record: CareRecord
    interpreter: str = ""
    chaperone: str = ""
    chaperone_offered: bool | None = None

    def __post_init__(self) -> None:
        alone = self.consenter.kind is ConsenterKind.PATIENT
        if alone and self.capacity not in {Capacity.ABLE, Capacity.COMPETENT_CHILD}:
            msg = "a person who cannot decide is represented"
            raise ValueError(msg)

    @property
    def care_record_only(self) -> bool:
        """Whether other uses must wait until the person can decide again (R6)."""
        return self.capacity is Capacity.TEMPORARILY_NOT_ABLE


@dataclass(frozen=True, slots=True)
class Encounter:
    """One visit as it stands.

    Attributes:
        patient: As opened; a refile or a merge is looked up, never written here.
        step: Where the session stands; a closed program resumes here.
        before: None until settled.
        ending: None while it is open.
        ending_reason: Why it was declined or abandoned, when somebody said; never required (R15).
        closed: When it ended.
    """

    id: EncounterId
    patient: PatientId
    opened: Stamp
    step: Step = Step.IDENTIFY
    before: BeforeCamera | None = None
    ending: Ending | None = None
    ending_reason: str = ""
    closed: Stamp | None = None

    @property
    def open(self) -> bool:
        """Whether the session goes on."""
        return self.ending is None


class EncounterFactKind(StrEnum):
    """What is recorded while a visit goes on."""

    STEP = "step"
    BEFORE = "before"
    DRAFT = "draft"
    ENDING = "ending"
