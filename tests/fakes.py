"""A vault in memory and a clock that ticks, with the same contracts as the real ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from app.domain.audit import AuditEvent
from app.domain.ids import WorkstationId, uuid7
from app.store.errors import StoreClosedError
from app.store.unit_of_work import SilentWriteError
from tests.fake_records import (
    FakeAudit,
    FakeBlobs,
    FakeConsents,
    FakeDisclosures,
    FakeDocuments,
    FakeEncounters,
    FakeImages,
    FakePatients,
    FakePeople,
    State,
)

WORKSTATION = WorkstationId("ws-1")


class FixedClock:
    """A clock that goes on by one second each time it is asked, and numbers the ids it makes.

    Attributes:
        at: What it says next.
    """

    def __init__(self, at: datetime = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) -> None:
        self.at = at
        self._made = 0

    def now(self) -> datetime:
        said, self.at = self.at, self.at + timedelta(seconds=1)
        return said

    def new_id(self) -> str:
        self._made += 1
        return uuid7(int(self.at.timestamp() * 1000), self._made.to_bytes(10, "big"))

    def go_on(self, **by: int) -> None:
        """Let time pass: go_on(days=1)."""
        self.at += timedelta(**by)


class FakeRecords:
    """The port Records on one state of a fake vault."""

    def __init__(self, state: State) -> None:
        self._on(state)

    def _on(self, state: State) -> None:
        self._state = state
        self.patients = FakePatients(state)
        self.encounters = FakeEncounters(state)
        self.images = FakeImages(state)
        self.consents = FakeConsents(state)
        self.documents = FakeDocuments(state)
        self.disclosures = FakeDisclosures(state)
        self.people = FakePeople(state)
        self.blobs = FakeBlobs(state)
        self.audit = FakeAudit(state)


class FakeUnitOfWork(FakeRecords):
    """The port UnitOfWork on a fake vault.

    Attributes:
        events: What was recorded since it was last entered.
        committed: Whether it was committed since.
    """

    def __init__(self, vault: FakeVault) -> None:
        self._vault = vault
        self._entered = False
        self.events: list[AuditEvent] = []
        self.committed = False

    def __enter__(self) -> Self:
        self._vault.require_open()
        assert not self._entered, "a unit of work is not entered twice"
        assert not self._vault.writing, "one unit of work at a time"
        self._vault.require_own_thread()
        self._entered = self._vault.writing = True
        self.events, self.committed = [], False
        self._on(self._vault.state.copy())
        self._state.open = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._entered = self._vault.writing = False
        for name in vars(FakeRecords(State())):
            delattr(self, name)

    def record(self, event: AuditEvent) -> None:
        assert event.workstation == self._vault.workstation, "an event of another workstation"
        self.audit.add(event)
        self.events.append(event)

    def commit(self) -> None:
        self._vault.require_own_thread()
        assert self._state.open, "a unit of work is committed once"
        if not self.events:
            raise SilentWriteError
        self._state.open = False
        self._vault.state = self._state
        self.committed = True


class FakeVault:
    """The port Vault in memory.

    Attributes:
        workstation: Whose chain its audit events belong to.
        state: What was committed.
        writing: Whether a unit of work is going on.
    """

    def __init__(self, workstation: WorkstationId = WORKSTATION) -> None:
        self.workstation = workstation
        self.state = State(open=False)
        self.writing = False
        self.closed = False
        self._thread: int | None = None

    def unit_of_work(self) -> FakeUnitOfWork:
        self.require_open()
        return FakeUnitOfWork(self)

    @contextmanager
    def reading(self) -> Iterator[FakeRecords]:
        self.require_open()
        yield FakeRecords(self.state)  # never changed: a commit puts another one in its place

    def close(self) -> None:
        self.closed = True

    def require_open(self) -> None:
        """Refuse what a locked vault refuses."""
        if self.closed:
            raise StoreClosedError

    def require_own_thread(self) -> None:
        """Assert that the thread is the one that wrote first."""
        self._thread = self._thread or threading.get_ident()
        assert threading.get_ident() == self._thread, "used on another thread"
