"""What the services need from the world outside; adapters and fakes have these shapes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from app.domain.audit import Action, AuditEvent, Outcome
from app.domain.disclosure import Disclosure
from app.domain.ids import (
    PatientId,
    WorkstationId,
)
from app.domain.paper import ConsentPaper, PageSize, RecoverySheet, WithdrawalPaper
from app.domain.picture import EncodedPicture, Inspection
from app.domain.rendition import Edits
from app.domain.staff import Staff
from app.domain.stamp import Stamp
from app.services.repositories import (
    AuditTrail,
    Blobs,
    Consents,
    Disclosures,
    Documents,
    Encounters,
    Images,
    Patients,
    People,
)


class Clock(Protocol):
    """Time and chance, so that services have neither of their own."""

    def now(self) -> datetime:
        """The moment, aware, UTC."""
        ...

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works, on which workstation, by which clock; handed to every service that writes."""

    staff: Staff
    workstation: WorkstationId
    clock: Clock
    zone: tzinfo = UTC

    def today(self) -> date:
        """The day on the clinic's calendar."""
        return self.clock.now().astimezone(self.zone).date()

    def stamp(self) -> Stamp:
        """Origin of a fact made now."""
        return Stamp(self.clock.now(), self.staff.id, self.workstation)

    def event(
        self, action: Action, patient: PatientId | None = None, /, **details: str | int | bool
    ) -> AuditEvent:
        """An audit event of this desk, now."""
        stamp = self.stamp()
        return AuditEvent(action, stamp.at, stamp.by, stamp.workstation, patient, details)

    def failure(self, action: Action, /, **details: str | int | bool) -> AuditEvent:
        """An audit event of something that did not go well."""
        return replace(self.event(action, **details), outcome=Outcome.FAILURE)


class Pictures(Protocol):
    """The decoder: untrusted bytes go in, values come out; it runs elsewhere."""

    def inspect(self, data: bytes, *, declared_extension: str = "") -> Inspection:
        """What the bytes are. Raises a KnownError of the area IMAGE when they are refused."""
        ...

    def render(
        self, data: bytes, edits: Edits, *, max_side_px: int | None = None
    ) -> EncodedPicture:
        """The picture with the edits burnt in, upright, sRGB, without metadata."""
        ...


class Stills(Protocol):
    """Makes the file that is stored as the original of what came as pixels.

    Pixels are rows from the top, red green blue, three bytes a pixel, no padding.
    """

    def from_camera(self, rgb: bytes, width_px: int, height_px: int) -> bytes:
        """A frame of a live camera, as JPEG."""
        ...

    def from_clipboard(self, rgb: bytes, width_px: int, height_px: int) -> bytes:
        """Pasted pixels, without loss; the same pixels give the same bytes."""
        ...


class Records(Protocol):
    """Everything that can be read in the vault at one moment."""

    @property
    def patients(self) -> Patients:
        """Patients."""
        ...

    @property
    def encounters(self) -> Encounters:
        """Visits."""
        ...

    @property
    def images(self) -> Images:
        """Photographs and renditions."""
        ...

    @property
    def consents(self) -> Consents:
        """Consents and withdrawals."""
        ...

    @property
    def documents(self) -> Documents:
        """Papers."""
        ...

    @property
    def disclosures(self) -> Disclosures:
        """What left."""
        ...

    @property
    def people(self) -> People:
        """Clinic and staff."""
        ...

    @property
    def blobs(self) -> Blobs:
        """Sealed bytes."""
        ...

    @property
    def audit(self) -> AuditTrail:
        """The audit trail."""
        ...


class UnitOfWork(Records, Protocol):
    """One change of the vault: everything in it, with its audit events, or nothing.

    Used as `with uow: …; uow.record(event); uow.commit()`. Leaving the block without commit rolls
    back; a commit without an event is a bug and raises.
    """

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        ...

    def record(self, event: AuditEvent) -> None:
        """Add an audit event to this change."""
        ...

    def commit(self) -> None:
        """Make the change durable. Raises SilentWriteError when no event was recorded."""
        ...


class Vault(Protocol):
    """An unlocked vault.

    Attributes:
        workstation: Whose chain its audit events join.
    """

    @property
    def workstation(self) -> WorkstationId:
        """Id of this workstation in this vault."""
        ...

    def unit_of_work(self) -> UnitOfWork:
        """A new unit of work; on the store lane only."""
        ...

    def reading(self) -> AbstractContextManager[Records]:
        """A view of the vault at one moment; on any lane."""
        ...

    def close(self) -> None:
        """Close every connection and forget the key."""
        ...


class Papers(Protocol):
    """Setting papers; each is read back and checked before it is given out."""

    def consent(self, paper: ConsentPaper, size: PageSize) -> bytes:
        """The patient's copy as PDF. Raises PAPER-001 when reading it back finds a fault."""
        ...

    def withdrawal(self, paper: WithdrawalPaper, size: PageSize) -> bytes:
        """The confirmation of a withdrawal as PDF."""
        ...

    def recovery(self, sheet: RecoverySheet, size: PageSize) -> bytes:
        """The recovery sheet as PDF."""
        ...


class HandOut(Protocol):
    """The one way to a file outside the vault."""

    def __call__(self, disclosure: Disclosure, data: bytes, path: Path) -> None:
        """Write a file that is not there yet; whole or not at all."""
        ...


class Pins(Protocol):
    """Deriving and checking staff PINs; slow on purpose."""

    def derive(self, pin: str) -> str:
        """A verifier that does not give the PIN away."""
        ...

    def matches(self, pin: str, verifier: str) -> bool:
        """Whether the PIN is the one behind the verifier."""
        ...
