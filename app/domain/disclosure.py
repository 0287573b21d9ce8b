"""Anything that leaves the vault; whatever writes outside takes one of these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.ids import ConsentId, DocumentId, ImageId, PatientId, RenditionId, Sha256, UseId
from app.domain.staff import Right, Staff
from app.domain.stamp import Stamp

_DECIDED: Final = object()


@dataclass(frozen=True, slots=True)
class Release:
    """A rendition may leave for one use and one recipient. Only `domain.release.decide` makes it.

    Attributes:
        consent: The consent that grants it.
        until: Last day on which the recipient may use it; None when it has no end.
    """

    rendition: RenditionId
    sha256: Sha256
    use: UseId
    recipient: str
    consent: ConsentId
    until: date | None
    proof: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.proof is not _DECIDED:
            msg = "a release comes from domain.release.decide() only"
            raise TypeError(msg)


class HandOver(StrEnum):
    """How the patient got the copy, or that they did not want it."""

    PRINTED = "printed"
    SAVED = "saved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class PatientCopy:
    """The patient's own paper, handed to the patient."""

    document: DocumentId
    patient: PatientId
    sha256: Sha256
    way: HandOver


@dataclass(frozen=True, slots=True)
class OriginalExtract:
    """The bytes of a photograph as they came, for a named recipient and a reason."""

    image: ImageId
    reason: str
    recipient: str
    stamp: Stamp

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.recipient.strip():
            msg = "an extract names its reason and its recipient"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Backup:
    """An encrypted copy of the vault."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Report:
    """Words and numbers without any picture.

    Attributes:
        subject: "recovery-sheet", "verification", …; no personal data.
    """

    subject: str
    stamp: Stamp


Disclosure = Release | PatientCopy | OriginalExtract | Backup | Report


def extract_original(
    staff: Staff, image: ImageId, *, reason: str, recipient: str, stamp: Stamp
) -> OriginalExtract:
    """The extract, for those whose role includes it.

    Raises:
        NotPermittedError: The role does not include extracts.
    """
    staff.require(Right.EXTRACT_ORIGINAL)
    return OriginalExtract(image, reason, recipient, stamp)
