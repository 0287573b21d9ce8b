"""Takes many pictures in: read and looked at side by side, stored one by one, a few ahead."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.clinical_image import ImageSource
from app.errors import KnownError
from app.services import intake
from app.services.intake import Admission, Arrival, Examined, Filing, Status
from app.services.ports import Desk, Pictures, UnitOfWork
from app.ui.capture.offers import Offer, files_below, offered_file
from app.ui.capture.outcomes import Ending, Outcome
from app.ui.capture.problems import UnexpectedError
from app.ui.room import Room

AHEAD = 4  # pictures in memory at one time; bounds it whatever is dropped

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Ticket:
    """One offer on its way.

    Attributes:
        seen: What the decoder found, or the refusal; None while it looks.
        arrival: The bytes that were refused, for the record.
    """

    key: str
    offer: Offer
    filing: Filing
    seen: Examined | Exception | None = None
    arrival: Arrival | None = None


class _RefusedLookError(Exception):
    """Carries the bytes that were refused beside the reason."""

    def __init__(self, arrival: Arrival | None, reason: Exception) -> None:
        super().__init__()
        self.arrival = arrival
        self.reason = reason


class ImportQueue(QObject):
    """Offers become pictures of the vault, or are refused one by one; none stops another.

    Signals:
        began: An offer is being looked at. Arguments: its key, its name.
        settled: An offer came to its end. Argument: the Outcome.
        dropped: An offer was cancelled after it had begun. Argument: its key.
        progressed: How far it is. Arguments: settled, offered since it was idle last; 0 while
            folders are searched.
        finished: Nothing waits any more. Argument: how many were cancelled.
    """

    began = Signal(str, str)
    settled = Signal(object)
    dropped = Signal(str)
    progressed = Signal(int, int)
    finished = Signal(int)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._waiting: deque[_Ticket] = deque()
        self._ahead: list[_Ticket] = []
        self._storing: _Ticket | None = None
        self._active = False
        self._listing = 0
        self._made = 0
        self._done = 0
        self._total = 0
        self._cancelled = 0
        self._listing_is_wanted = 0

    def is_busy(self) -> bool:
        """Whether something is on its way."""
        return bool(self._waiting or self._ahead or self._listing)

    def offer(self, offer: Offer, filing: Filing) -> str:
        """Take one thing in; gives the key by which the signals call it."""
        self._made += 1
        self._active = True
        ticket = _Ticket(f"offer-{self._made}", offer, filing)
        self._total += 1
        if offer.at_once:
            self._waiting.appendleft(ticket)
            self.began.emit(ticket.key, offer.name)
        else:
            self._waiting.append(ticket)
        self.progressed.emit(self._done, self._total)
        self._look_ahead()
        return ticket.key

    def offer_files(self, paths: Sequence[Path], source: ImageSource, filing: Filing) -> None:
        """Take in files, and every file of folders."""
        self._listing += 1
        self._active = True
        self.progressed.emit(self._done, self._total)
        self._room.runner.run(
            partial(files_below, tuple(paths)),
            partial(self._listed, source, filing, self._listing_is_wanted),
            lane="work",
            on_failure=self._not_listed,
        )

    def cancel(self) -> None:
        """Take in no more files; what is being stored is stored, and shots are never lost."""
        self._listing_is_wanted += 1  # a folder that is being searched is not wanted any more
        for ticket in [one for one in self._waiting if not one.offer.at_once]:
            self._waiting.remove(ticket)
            self._cancelled += 1
        for ticket in [one for one in self._ahead if not one.offer.at_once]:
            if ticket is not self._storing:
                self._ahead.remove(ticket)  # its answer finds nobody
                self._cancelled += 1
                self.dropped.emit(ticket.key)
        self._look_ahead()
        self._end_if_idle()

    def _listed(self, source: ImageSource, filing: Filing, wanted: int, files: list[Path]) -> None:
        self._listing -= 1
        if wanted == self._listing_is_wanted:
            for path in files:
                self.offer(offered_file(path, source), filing)
        self._end_if_idle()

    def _not_listed(self, error: Exception) -> None:
        self._listing -= 1
        self._room.runner.failed.emit(error)
        self._end_if_idle()

    def _look_ahead(self) -> None:
        while self._waiting and len(self._ahead) < AHEAD:
            ticket = self._waiting.popleft()
            self._ahead.append(ticket)
            if not ticket.offer.at_once:
                self.began.emit(ticket.key, ticket.offer.name)
            self._room.runner.run(
                partial(_look, self._room.workplace.pictures, ticket.offer),
                partial(self._seen, ticket),
                lane="work",
                on_failure=partial(self._seen, ticket),
            )

    def _seen(self, ticket: _Ticket, seen: Examined | Exception) -> None:
        if ticket not in self._ahead:
            return
        if isinstance(seen, _RefusedLookError):
            ticket.arrival, ticket.seen = seen.arrival, seen.reason
        else:
            ticket.seen = seen
        self._store_next()

    def _store_next(self) -> None:
        """Settle the next that was looked at: shots first, files in the order of the card."""
        while self._storing is None and (ticket := self._next()) is not None:
            if isinstance(ticket.seen, Exception):
                self._refuse(ticket, ticket.seen)
            else:
                assert ticket.seen is not None
                self._storing = ticket
                self._room.change(
                    partial(_admit, ticket.seen, ticket.filing),
                    partial(self._stored, ticket),
                    on_failure=partial(self._refuse, ticket),
                )

    def _next(self) -> _Ticket | None:
        shots = (one for one in self._ahead if one.offer.at_once and one.seen is not None)
        files = [one for one in self._ahead if not one.offer.at_once][:1]
        return next(shots, None) or next((one for one in files if one.seen is not None), None)

    def _stored(self, ticket: _Ticket, admission: Admission) -> None:
        assert isinstance(ticket.seen, Examined)
        inspection = ticket.seen.inspection
        stored = admission.status is Status.STORED
        self._settle(
            ticket,
            Outcome(
                ticket.key,
                ticket.offer.name,
                Ending.STORED if stored else Ending.DUPLICATE,
                admission.image,
                inspection.thumbnail,
                warnings=inspection.warnings if stored else (),
                other_patient=admission.other_patient,
            ),
        )

    def _refuse(self, ticket: _Ticket, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)  # reported as a fault; the others go on
            error = UnexpectedError()
        if ticket.arrival is not None:
            self._room.change(partial(_note, ticket.arrival, error), self._noted)
        refused = Outcome(ticket.key, ticket.offer.name, Ending.REFUSED, error=error)
        self._settle(ticket, refused)

    def _noted(self, _nothing: None) -> None:
        log.info("a picture was refused")

    def _settle(self, ticket: _Ticket, outcome: Outcome) -> None:
        if self._storing is ticket:
            self._storing = None
        self._ahead.remove(ticket)
        self._done += 1
        self.progressed.emit(self._done, self._total)
        self.settled.emit(outcome)  # whoever hears it may cancel the rest
        self._look_ahead()
        self._store_next()
        self._end_if_idle()

    def _end_if_idle(self) -> None:
        if self.is_busy() or not self._active:
            return
        cancelled, self._cancelled, self._active = self._cancelled, 0, False
        self._done = self._total = 0
        self.finished.emit(cancelled)


def _look(pictures: Pictures, offer: Offer) -> Examined:
    """Read and examine; a refusal brings the bytes along so that it can be recorded."""
    arrival: Arrival | None = None
    try:
        arrival = offer.read()
        return intake.examine(pictures, arrival)
    except KnownError as error:
        raise _RefusedLookError(arrival, error) from error


def _admit(examined: Examined, filing: Filing, uow: UnitOfWork, desk: Desk) -> Admission:
    return intake.admit(uow, desk, examined, filing)


def _note(arrival: Arrival, error: KnownError, uow: UnitOfWork, desk: Desk) -> None:
    intake.note_refusal(uow, desk, arrival, error)
