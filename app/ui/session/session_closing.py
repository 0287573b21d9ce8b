"""Ending a session before its last step: what becomes of its photographs, and recording it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.encounter import Encounter
from app.domain.ids import EncounterId
from app.services import encounters
from app.ui.session.closing_facts import ClosingFacts, closing_facts
from app.ui.session.endings import CloseSessionSheet, Closing
from app.ui.session.step_page import Session


class SessionClosing(QObject):
    """Closes the open visit; the session tells its end.

    Signals:
        failed: It could not be closed. Argument: the exception.
    """

    failed = Signal(Exception)

    def __init__(self, session: Session, host: QWidget) -> None:
        super().__init__(host)
        self._session = session
        self._host = host
        self._sheet: CloseSessionSheet | None = None
        self._asked = False

    @property
    def sheet(self) -> CloseSessionSheet | None:
        """The question, while it is on the screen."""
        return self._sheet

    def ask(self) -> None:
        """Close; where there are photographs, first ask what becomes of them."""
        if self._asked:
            return
        self._asked = True
        question = partial(closing_facts, encounter=self._session.visit)
        self._session.room.ask(question, self._ask_what_becomes, on_failure=self._fail)

    def complete(self) -> None:
        """End in the ordinary way: everything is recorded."""
        self._close(self._session.visit.id, Closing.COMPLETE)

    def withdraw_question(self) -> None:
        """Take the question from the screen: the session ended in another way."""
        if self._sheet is not None:
            self._sheet.reject()

    def _ask_what_becomes(self, facts: ClosingFacts) -> None:
        if self._session.encounter is None:
            self._asked = False
        elif not facts.pictures:
            closing = Closing.COMPLETE if facts.can_complete else Closing.ERASE
            self._close(self._session.visit.id, closing)
        else:
            self._sheet = CloseSessionSheet(facts, self._host)
            self._sheet.finished.connect(self._answered)
            self._sheet.open()

    def _answered(self, result: int) -> None:
        sheet, self._sheet = self._sheet, None
        self._asked = False
        if sheet is not None and result == CloseSessionSheet.DialogCode.Accepted:
            reason = sheet.reason.text().strip()
            self._close(self._session.visit.id, sheet.closing(), reason)

    def _close(self, visit: EncounterId, closing: Closing, reason: str = "") -> None:
        self._asked = True
        keep = closing is Closing.KEEP
        if closing is Closing.COMPLETE:
            change = partial(encounters.complete, encounter=visit)
        else:
            change = partial(
                encounters.abandon,
                encounter=visit,
                keep_pictures=keep,
                reason=reason if keep else "",
            )
        self._session.room.change(change, self._closed, on_failure=self._fail)

    def _closed(self, encounter: Encounter) -> None:
        self._asked = False
        self._session.stands(encounter)

    def _fail(self, error: Exception) -> None:
        self._asked = False
        self.failed.emit(error)
