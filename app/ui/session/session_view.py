"""The shell of a session: its seven pages, the way between them, and its endings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.encounter import Encounter, Ending, Step
from app.domain.ids import EncounterId, PatientId
from app.domain.patient import Demographics
from app.errors import KnownError
from app.services import encounters, patients
from app.services.ports import Desk, Records, UnitOfWork
from app.ui.capture.cameras import Cameras
from app.ui.design.tokens import Space
from app.ui.frame.page import Page
from app.ui.preferences import Preferences
from app.ui.room import Room
from app.ui.session.banner_source import BannerSource
from app.ui.session.before_page import BeforePage
from app.ui.session.capture_page import CapturePage
from app.ui.session.check_page import CheckPage
from app.ui.session.declined_page import DeclinedPage
from app.ui.session.identify_page import IdentifyPage
from app.ui.session.inner_steps import InnerSteps
from app.ui.session.session_closing import SessionClosing
from app.ui.session.sign_page import SignPage
from app.ui.session.step_page import Session, StepPage
from app.ui.session.step_pages import PageMaker, step_pages
from app.ui.widgets.notices import Notice, Tone

SAVING_AFTER_MS = 200  # work that takes longer than this is said to go on

Change = Callable[[UnitOfWork, Desk], Encounter]


class SessionView(Page):
    """One session at a time, from identifying the patient to the paper copy.

    The main window shows banner and step bar for it: `app.ui.session.session_frame.SessionFrame`
    joins the two.

    Attributes:
        session: The visit as its pages see it.

    Signals:
        opened: A session begins or goes on; the window shows this page.
        step_changed: Another step is on. Arguments: the `Step`, whether going back is possible.
        banner_changed: What the patient banner says. Argument: a `BannerContent`; None hides it.
        help_wanted: Help on an error is wanted. Argument: its code.
        closed: The session is over, or was never begun; the window shows another page.
    """

    opened = Signal()
    step_changed = Signal(object, bool)
    banner_changed = Signal(object)
    help_wanted = Signal(str)
    closed = Signal()

    def __init__(
        self,
        room: Room,
        cameras: Cameras | None = None,
        preferences: Preferences | None = None,
        *,
        pages: PageMaker = step_pages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(help_page="session", parent=parent)
        self.setObjectName("session-view")
        self.session = Session(room, self)
        self._room = room
        self._pages = dict(pages(self.session, cameras, preferences))
        self._page: StepPage | None = None
        self._open = False
        self._busy = False
        self._ready = True
        self._notice: Notice | None = None
        self._closing = SessionClosing(self.session, self)
        self._banner = BannerSource(self.session, self)
        self._declined = DeclinedPage()
        self._stack = QStackedWidget()
        self._notices = QVBoxLayout()
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVING_AFTER_MS)
        self._build()
        self._connect()

    # from outside

    @property
    def is_open(self) -> bool:
        """Whether a session is going on or being begun."""
        return self._open

    @property
    def step(self) -> Step:
        """The step that is on."""
        return self._page.step if self._page is not None else Step.IDENTIFY

    def begin(self, patient: PatientId | None = None) -> None:
        """Begin a session: with the search for the patient, or with the one that was chosen."""
        if self._goes_on(None):
            return
        self._start()
        self._identify().look_for(patient)
        self._show(Step.IDENTIFY)

    def resume(self, encounter: EncounterId) -> None:
        """Go on with an unfinished session at its step."""
        if self._goes_on(encounter):
            return
        self._start()
        self._identify().look_for(None)
        self._show(Step.IDENTIFY)
        self._change(lambda uow, desk: encounters.resume(uow, desk, encounter), self._resumed)

    def choose_step(self, step: Step) -> None:
        """Go back to a step that is done."""
        if self._page is not None and step < self._page.step and not self._busy:
            self._go_to(step)

    def close_session(self) -> None:
        """Close the session; asks what becomes of photographs when there are some."""
        if not self._open or self._busy:
            return
        encounter = self.session.encounter
        if encounter is None or not encounter.open:
            self._finish()
        else:
            self._closing.ask()

    def suspend(self) -> None:
        """The vault is about to be locked: stop cameras and timers; all else is stored."""
        if self._page is not None:
            self._page.leave()

    # the way through

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the primary action; a key that is held down does not run through the steps."""
        if not event.isAutoRepeat():
            super().keyPressEvent(event)

    def _goes_on(self, wanted: EncounterId | None) -> bool:
        """Whether a session is open already: it is shown, and another has to wait for its end."""
        encounter = self.session.encounter
        if not self._open or encounter is None:
            return False
        self.opened.emit()
        if encounter.id != wanted:
            title = self.tr("A session is open already.")
            text = self.tr("Close it before you begin another: one patient at a time.")
            self._show_notice(Notice(Tone.INFO, title, text, closable=True))
        return True

    def _start(self) -> None:
        self._open = True
        self._clear_notice()
        self.session.encounter = None
        self.session.demographics = Demographics()
        self._banner.clear()
        self.opened.emit()

    def _resumed(self, encounter: Encounter) -> None:
        question = partial(_with_person, encounter=encounter)
        self._room.ask(question, self._go_on, on_failure=self._fail)

    def _go_on(self, found: tuple[Encounter, Demographics]) -> None:
        encounter, person = found
        self.session.demographics = person
        self._identify().take_over(encounter.patient, person)
        self.session.stands(encounter)
        self._show(encounter.step)

    def _go_to(self, step: Step) -> None:
        """Record the step, then show it; before there is a visit there is nothing to record."""
        encounter = self.session.encounter
        if encounter is None:
            self._show(step)
            return
        self._change(lambda uow, desk: encounters.go_to(uow, desk, encounter.id, step), self._went)

    def _went(self, encounter: Encounter) -> None:
        self.session.stands(encounter)
        self._show(encounter.step)

    def _show(self, step: Step) -> None:
        self._leave_page()
        page = self._pages[step]
        self._page = page
        self._ready = True
        self._stack.setCurrentWidget(page)
        self.help_page = page.help_topic()
        self.footer.set_note("")
        self.footer.show()
        self._name_buttons()
        self._tell_step(back=True)
        page.begin()
        self.setFocusProxy(page)
        self.setFocus()

    def _tell_step(self, *, back: bool) -> None:
        self.step_changed.emit(self.step, back)

    def _leave_page(self) -> None:
        self._clear_notice()
        if self._page is not None:
            self._page.leave()

    def _continue(self) -> None:
        if self._stack.currentWidget() is self._declined:
            self._finish()
        elif self._page is not None and not self._busy:
            self._clear_notice()
            self._page.finish()

    def _page_finished(self) -> None:
        page = self._page
        if page is None or page is not self.sender():
            return
        if page.step < Step.COPY:
            self._go_to(Step(page.step + 1))

    def _go_back(self) -> None:
        page = self._page
        if page is None or self._busy:
            return
        if isinstance(page, InnerSteps) and page.back():
            self._clear_notice()
        elif page.step is not Step.IDENTIFY:
            self._go_to(Step(page.step - 1))
        elif self.session.encounter is None:
            self._finish()

    # endings

    def _show_declined(self) -> None:
        self._leave_page()
        self._stack.setCurrentWidget(self._declined)
        self._ready = True
        self._tell_step(back=False)
        self.footer.set_note("")
        self.footer.set_back("")
        self.footer.set_primary(self.tr("Done"), icon="check")
        self._enable()
        self.setFocusProxy(self._declined)
        self.setFocus()

    def _ended(self, encounter: Encounter) -> None:
        if encounter.ending is Ending.DECLINED:
            self._show_declined()
        else:
            self._finish()

    def _finish(self) -> None:
        self._leave_page()
        self._page = None
        self._open = False
        self.session.encounter = None
        self.session.demographics = Demographics()
        for page in self._pages.values():
            if isinstance(page, IdentifyPage | BeforePage | SignPage):
                page.forget()
        self._banner.clear()
        self.closed.emit()

    # what pages say

    def _set_ready(self, ready: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._from_page():
            self._ready = ready
            self._enable()

    def _rename_primary(self, text: str) -> None:
        if self._from_page():
            self.footer.set_primary(text)
            self._enable()

    def _rename_back(self, text: str) -> None:
        if self._from_page():
            self.footer.set_back(text)

    def _note(self, text: str) -> None:
        if self._from_page():
            self.footer.set_note(text)

    def _page_failed(self, error: Exception) -> None:
        if self._from_page():
            self._fail(error)

    def _from_page(self) -> bool:
        return self.sender() is self._page

    def _name_buttons(self) -> None:
        page = self._page
        assert page is not None
        first = page.step is Step.IDENTIFY
        text = page.back_text() if isinstance(page, InnerSteps) else self.tr("Back")
        hidden = first and self.session.encounter is not None
        self.footer.set_back("" if hidden else text)
        self.footer.set_primary(page.primary_text())
        self._enable()

    def _enable(self) -> None:
        self.footer.primary.setEnabled(self._ready and not self._busy)
        self.footer.back.setEnabled(not self._busy)

    # changes and failures

    def _change(self, change: Change, on_success: Callable[[Encounter], None]) -> None:
        """Store one change of the visit; nothing can be pressed twice meanwhile."""
        self._busy = True
        self._enable()
        self._saving.start()
        self._room.change(change, partial(self._changed, on_success), on_failure=self._fail)

    def _changed(self, on_success: Callable[[Encounter], None], encounter: Encounter) -> None:
        self._rest()
        on_success(encounter)

    def _rest(self) -> None:
        self._busy = False
        self._saving.stop()
        self._enable()

    def _say_saving(self) -> None:
        self.footer.set_note(self.tr("Saving…"))

    def _fail(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        notice = Notice.for_error(error, closable=True)
        notice.help_requested.connect(self.help_wanted)
        self._show_notice(notice)

    def _show_notice(self, notice: Notice) -> None:
        self._clear_notice()
        notice.setObjectName("session-notice")
        self._notice = notice
        self._notices.addWidget(notice)

    def _clear_notice(self) -> None:
        notice, self._notice = self._notice, None
        if notice is not None:
            notice.hide()
            notice.deleteLater()

    # building

    def _identify(self) -> IdentifyPage:
        page = self._pages[Step.IDENTIFY]
        assert isinstance(page, IdentifyPage)
        return page

    def _build(self) -> None:
        for layout in (self.content.parent(), self.content):
            assert isinstance(layout, QLayout)
            layout.setContentsMargins(0, 0, 0, 0)  # the pages reach from edge to edge
            layout.setSpacing(0)
        for page in (*self._pages.values(), self._declined):
            self._stack.addWidget(page)
        self._notices.setContentsMargins(Space.XL, 0, Space.XL, Space.M)
        self.content.addWidget(self._stack, 1)
        self.content.addLayout(self._notices)
        self.use_footer("", back="")

    def _connect(self) -> None:
        for page in self._pages.values():
            page.finished.connect(self._page_finished)
            page.ready_changed.connect(self._set_ready)
            page.primary_changed.connect(self._rename_primary)
            page.noted.connect(self._note)
            page.failed.connect(self._page_failed)
            if isinstance(page, InnerSteps):
                page.back_changed.connect(self._rename_back)
            if isinstance(page, BeforePage):
                page.closing_wanted.connect(self.close_session)
            if isinstance(page, CapturePage | CheckPage):
                page.help_requested.connect(self.help_wanted)
        self._identify().unfinished_found.connect(self.resume)
        self._saving.timeout.connect(self._say_saving)
        self.session.ended.connect(self._ended)
        self._banner.changed.connect(self.banner_changed)
        for part in (self._banner, self._closing):
            part.failed.connect(self._fail)
        self.primary_requested.connect(self._continue)
        self.back_requested.connect(self._go_back)


def _with_person(records: Records, encounter: Encounter) -> tuple[Encounter, Demographics]:
    return encounter, patients.shown_demographics(records, encounter.patient)
