"""Protected pictures: open to named people only, or for a short time with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.clinical_image import FiledImage, ImageFactKind, Sensitivity
from app.domain.encounter import Encounter
from app.domain.ids import EncounterId, FactId, PatientId, StaffId
from app.domain.stamp import Stamp

GLASS_OPEN = timedelta(minutes=30)
LEAST_REASON = 10  # letters; "x" is no reason

_SAID_OF_A_BODY = frozenset({ImageFactKind.BODY_SITE, ImageFactKind.LATERALITY, ImageFactKind.VIEW})


class GlassReason(StrEnum):
    """Why somebody who is not named opens protected pictures; the audit trail holds this word."""

    EMERGENCY = "emergency"
    CARE_TODAY = "care-today"
    SAFEGUARDING = "safeguarding"
    LEGAL_DUTY = "legal-duty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody opened one patient's protected pictures with a reason.

    Attributes:
        text: The reason in their own words; kept in the vault, never in the audit trail.
    """

    id: FactId
    patient: PatientId
    reason: GlassReason
    text: str
    stamp: Stamp

    @property
    def until(self) -> datetime:
        """When it closes again."""
        return self.stamp.at + GLASS_OPEN

    def open_at(self, now: datetime) -> bool:
        """Whether it opens anything; a clock that was set back before it opens nothing."""
        return self.stamp.at <= now < self.until


def is_protected(filed: FiledImage) -> bool:
    """Whether the picture is open to named people only."""
    return filed.sensitivity is not Sensitivity.ORDINARY


def made_in(filed: FiledImage) -> EncounterId | None:
    """The visit that made the picture: the first that it was filed under, whatever came later."""
    filed_under = (f.value for f in filed.facts if f.kind is ImageFactKind.ENCOUNTER and f.value)
    first = next(filed_under, None)
    return EncounterId(first) if first else None


def makers(filed: FiledImage, visit: Encounter | None) -> frozenset[StaffId]:
    """The staff of the visit that made it: who took or brought it, and who led the visit."""
    taken_by = filed.image.received.by
    return frozenset({taken_by} if visit is None else {taken_by, visit.opened.by})


def viewers(filed: FiledImage, visit: Encounter | None) -> frozenset[StaffId]:
    """Everybody to whom a protected picture is open; the newest word about a person rules."""
    allowed = set(makers(filed, visit))
    for fact in filed.facts:
        if fact.kind is ImageFactKind.VIEWER_NAMED:
            allowed.add(StaffId(fact.value))
        elif fact.kind is ImageFactKind.VIEWER_REMOVED:
            allowed.discard(StaffId(fact.value))
    return frozenset(allowed)


def still_open(broken: Iterable[GlassBroken], who: StaffId, now: datetime) -> GlassBroken | None:
    """What somebody broke and what is still open, the last to close; None when nothing is."""
    found = (glass for glass in broken if glass.stamp.by == who and glass.open_at(now))
    return max(found, key=lambda glass: glass.until, default=None)


def veiled(filed: FiledImage) -> FiledImage:
    """The picture without what was said of the body in it, for people to whom it is closed."""
    return replace(
        filed, facts=tuple(fact for fact in filed.facts if fact.kind not in _SAID_OF_A_BODY)
    )
