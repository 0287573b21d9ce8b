"""The patient's side of the screen: leads through the pages and keeps every step in the vault."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from shiboken6 import isValid

from app.domain.consent import Decision
from app.domain.consent_draft import Asking, ConsentDraft
from app.domain.consent_form import ConsentForm
from app.domain.ids import EncounterId, RenditionId, UseId
from app.errors import KnownError
from app.services import asking
from app.ui.patient_side import places
from app.ui.patient_side.ending_page import EndingPage
from app.ui.patient_side.page_making import make_page
from app.ui.patient_side.picture_shelf import PictureShelf
from app.ui.patient_side.places import ENDING, REVIEW, STAFF, STATEMENTS, Page, Place
from app.ui.patient_side.print_size import SideOptions
from app.ui.patient_side.question_page import QuestionPage
from app.ui.patient_side.record import AskingRecord
from app.ui.patient_side.side_frame import SideFrame, size_of_print
from app.ui.patient_side.speech import Speech
from app.ui.room import Room

PATIENCE_AFTER = 3  # wrong PINs
PATIENCE_MS = 10_000
_LAST_PAGES = (Page.ENDING, Page.STAFF)


class PatientSide(SideFrame):
    """Fills the window. It ends only with the staff PIN, whatever the patient chose.

    Every page, picture and answer is stored at once, in the background, so that an asking goes on
    where it was after a crash: a new PatientSide on the stored draft does just that.

    Signals:
        finished: Staff has the screen again. Argument: the draft as it stands.
        failed: Something could not be stored or read; staff is told. Argument: the exception.
    """

    finished = Signal(object)
    failed = Signal(Exception)

    def __init__(
        self,
        room: Room,
        encounter: EncounterId,
        draft: ConsentDraft,
        forms: Sequence[ConsentForm],
        *,
        options: SideOptions | None = None,
        speech: Speech | None = None,
    ) -> None:
        """Begin, or go on, with a draft.

        Args:
            room: The open vault.
            encounter: Whose asking it is.
            draft: As `services.asking.begin` gave it.
            forms: The form in every language in which it may be asked, the patient's first.
            options: For a left hand, in large print.
            speech: Reads aloud; None looks for voices of the operating system.
        """
        super().__init__(speech)
        self._room = room
        self._encounter = encounter
        self._options = options or SideOptions()
        self._forms = {form.language: form for form in forms}
        self._form = self._forms.get(draft.language, forms[0])
        self._shelf = PictureShelf(room, self)
        self._record = AskingRecord(draft, room.desk.clock.now, _elapsed_ms)
        self._stored: ConsentDraft | None = draft
        self._undo: ConsentDraft | None = None
        self._trail: list[Place] = []
        self._wrong_pins = 0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._place = places.first_open(self._form, draft)
        self._connect()
        self._dress()
        self._go(self._place)

    @property
    def draft(self) -> ConsentDraft:
        """The asking as it stands."""
        return self._record.draft

    @property
    def place(self) -> Place:
        """Which page is on."""
        return self._place

    def showEvent(self, event: QShowEvent) -> None:
        """Count from now what is read."""
        super().showEvent(event)
        self._texts_are_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count no longer: something covers the page."""
        super().hideEvent(event)
        self._speech.stop()
        self._record.take_off()

    # what the patient does

    def _next(self) -> None:
        if self._place.page is Page.UNDERSTANDING:
            self._record.confirm(self._form, self._form.confirming[self._place.index])
        if self._place == REVIEW:
            self._go(ENDING)
        elif self._place == STATEMENTS and self._trail:
            self._go(self._trail.pop())
        else:
            self._go(places.after(self._place, self._form, self.draft))

    def _explain(self) -> None:
        if places.read_only(self._form):
            self._trail.append(self._place)
            self._go(STATEMENTS)

    def _answer(self, decision: Decision, left_out: frozenset[RenditionId]) -> None:
        use = self.draft.uses[self._place.index]
        # A yes reaches only what was on the screen (R20), also when a picture could not be read.
        not_these = left_out | self._record.unseen()
        self._record.draft = self.draft.answer(use, decision, not_these=not_these)
        following = places.after(self._place, self._form, self.draft)
        self._go(self._trail.pop() if self._trail else following)

    def _change(self, use: UseId) -> None:
        self._trail.append(REVIEW)
        self._go(places.question(self.draft, use))

    def _refuse_rest(self) -> None:
        self._record.draft = self.draft.no_to_the_rest()
        self._trail.clear()
        self._go(REVIEW)

    def _refuse_all(self) -> None:
        self._end_with(self.draft.none_of_these())

    def _not_now(self) -> None:
        self._end_with(self.draft.not_now())

    def _stop(self) -> None:
        self._end_with(self.draft.stop())

    def _end_with(self, draft: ConsentDraft) -> None:
        self._undo = self.draft
        self._trail.append(self._place)
        self._record.draft = draft
        self._go(ENDING)

    def _back(self) -> None:
        if self._place == ENDING:
            self._undo_ending()
        elif self.page().go_back():
            return
        elif self._trail:
            self._go(self._trail.pop())
        else:
            self._go(places.before(self._place, self._form, self.draft) or self._place)

    def _undo_ending(self) -> None:
        undone, self._undo = self._undo, None
        if undone is not None:
            self._record.draft = replace(self.draft, answers=undone.answers, state=undone.state)
        self._go(self._trail.pop() if undone is not None else REVIEW)

    def _see(self, rendition: RenditionId) -> None:
        self._record.see_picture(rendition)
        self._save()

    # language and print

    def _speak(self, language: str) -> None:
        self._form = self._forms[language]
        self._dress()
        self._go(self._place)

    def _print(self, large: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._options = replace(self._options, large_print=large)
        before = self.page()
        self._dress()
        self._go(self._place)
        after = self.page()
        if isinstance(before, QuestionPage) and isinstance(after, QuestionPage):
            after.pane.take_over(before.pane)

    def _dress(self) -> None:
        size = size_of_print(large=self._options.large_print)
        self.dress(self._form, tuple(self._forms), size)

    # going from page to page

    def _go(self, place: Place) -> None:
        if place.page not in _LAST_PAGES and self.draft.language != self._form.language:
            self._record.draft = replace(
                self.draft, language=self._form.language, form_sha256=self._form.text_sha256
            )
            place = places.first_open(self._form, self.draft)
            self._trail.clear()
        self._place = place
        page = make_page(place, self._form, self.draft, self._shelf, self._options)
        page.next_wanted.connect(self._next)
        page.explain_wanted.connect(self._explain)
        page.answered.connect(self._answer)
        page.change_wanted.connect(self._change)
        page.rest_refused.connect(self._refuse_rest)
        page.none_wanted.connect(self._refuse_all)
        page.not_now_wanted.connect(self._not_now)
        page.stop_wanted.connect(self._stop)
        page.picture_seen.connect(self._see)
        page.texts_changed.connect(self._texts_are_on)
        page.pin_entered.connect(self._take_back)
        self.put_on(page, back=self._can_go_back(), staff=place.page not in _LAST_PAGES)
        self._hold_pad()
        self._texts_are_on()

    def _can_go_back(self) -> bool:
        if self._place == ENDING:
            return self._undo is not None or self.draft.state is Asking.ANSWERED
        return self._place != places.WELCOME

    def _connect(self) -> None:
        self.back_wanted.connect(self._back)
        self.staff_wanted.connect(self._staff)
        self.language_chosen.connect(self._speak)
        self.print_chosen.connect(self._print)
        self._shelf.failed.connect(self._picture_failed)
        self._patience.timeout.connect(self._hold_pad)

    # keeping it

    def _texts_are_on(self) -> None:
        if self.isVisible():
            self._record.put_on(self.page().texts)
        self._save()

    def _save(self) -> None:
        draft = self.draft
        if draft is self._stored:
            return
        self._stored = draft
        self._room.change(
            partial(asking.save, encounter=self._encounter, draft=draft),
            _was_stored,
            on_failure=self._not_stored,
        )

    def _not_stored(self, error: Exception) -> None:
        self._stored = None  # whatever comes next stores it all again
        self.failed.emit(error)

    def _picture_failed(self, _rendition: str, error: Exception) -> None:
        self.failed.emit(error)

    # giving the screen back

    def _staff(self) -> None:
        self._trail.append(self._place)
        self._go(STAFF)

    def _take_back(self, pin: str) -> None:
        self._save()
        self._hold_pad(held=True)
        pins = self._room.workplace.pins
        self._room.change(
            partial(asking.take_back, encounter=self._encounter, pins=pins, pin=pin),
            self._has_it_back,
            on_failure=self._refused,
        )

    def _has_it_back(self, _nothing: None) -> None:
        if isValid(self):
            self.allow_closing()
            self.finished.emit(self.draft)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self.failed.emit(error)
        elif isinstance(error, asking.WrongPinError):
            self._wrong_pins += 1
            if self._wrong_pins >= PATIENCE_AFTER:
                self._patience.start()
        page = self.page()
        if isinstance(page, EndingPage):
            self._hold_pad()
            page.refuse(error)

    def _hold_pad(self, *, held: bool = False) -> None:
        """Take no PIN while one is being checked, and for a while after several wrong ones."""
        page = self.page()
        if isinstance(page, EndingPage):
            page.pad.set_locked(held or self._patience.isActive())


def _was_stored(_nothing: None) -> None:
    """Nothing is left to do."""


def _elapsed_ms() -> int:
    return time.monotonic_ns() // 1_000_000
