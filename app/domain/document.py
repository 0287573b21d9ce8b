"""A paper in the vault, and what became of its copies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.disclosure import HandOver
from app.domain.ids import (
    BlobId,
    ConsentId,
    DocumentId,
    EncounterId,
    FactId,
    PatientId,
    Sha256,
    WithdrawalId,
)
from app.domain.stamp import Stamp


class DocumentKind(StrEnum):
    """What a paper is."""

    CONSENT_COPY = "consent-copy"
    WITHDRAWAL_CONFIRMATION = "withdrawal-confirmation"
    PAPER_ORIGINAL = "paper-original"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A paper as it was made; never remade under the same id.

    Attributes:
        sha256: Of the bytes in `blob`.
        encounter: The visit it came from; None for a withdrawal on another day.
    """

    id: DocumentId
    kind: DocumentKind
    patient: PatientId
    encounter: EncounterId | None
    consent: ConsentId | None
    withdrawal: WithdrawalId | None
    sha256: Sha256
    blob: BlobId
    media_type: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class CopyHandedOver:
    """A copy was printed or saved for the patient, or the patient did not want one."""

    id: FactId
    document: DocumentId
    way: HandOver
    stamp: Stamp
