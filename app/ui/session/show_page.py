"""Step 5: the pictures, what will be asked, and the screen handed to the patient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.consent_draft import ConsentDraft
from app.domain.encounter import Encounter, Step
from app.domain.ids import RenditionId, UseId
from app.services import asking, encounters
from app.services.ports import Desk, UnitOfWork
from app.ui.design.tokens import Role, Space
from app.ui.patient_side.patient_side import PatientSide
from app.ui.patient_side.picture_shelf import PictureShelf
from app.ui.patient_side.print_size import SideOptions
from app.ui.preferences import Preferences
from app.ui.session.show_facts import ShowFacts, Stand, show_facts
from app.ui.session.show_panels import AnswersPanel, AskPanel, CalmPanel, StoppedPanel
from app.ui.session.step_page import Session, StepPage
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import SideColumn
from app.ui.widgets.notices import Notice
from app.ui.widgets.pictures import PictureView
from app.ui.widgets.sheet import ask
from app.ui.widgets.text import Label, Look
from app.ui.widgets.thumbnails import Thumbnail, ThumbnailStrip

LARGE_PRINT_FROM = 150  # percent of the window's text; whoever set that wants large print here too
PANEL_WIDTH = 400  # px
SMALL_PX = 144  # twice the height of a thumbnail, for dense screens

T = TypeVar("T")


class ShowPage(StepPage):
    """Hands the screen to the patient, and shows what came of it.

    Nothing is kept here: each time it comes on screen it reads how the asking stands.
    """

    step: ClassVar[Step] = Step.SHOW

    def __init__(
        self,
        session: Session,
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._preferences = preferences
        self._facts: ShowFacts | None = None
        self._side: PatientSide | None = None
        self._trouble: Exception | None = None
        self._panel: QWidget | None = None
        self._shelf: PictureShelf | None = None
        self._busy = False
        self._pictures = Card(self.tr("Today's pictures"))
        self._view = PictureView(self.tr("Picture"))
        self._strip = ThumbnailStrip(self.tr("Today's pictures"))
        self._beside = SideColumn(PANEL_WIDTH)
        self._build()
        self._strip.picked.connect(self._show_picture)

    def begin(self) -> None:
        """The page came on screen: load and show what is stored."""
        question = partial(
            show_facts,
            encounter=self.session.visit,
            library=self.session.room.workplace.forms,
        )
        self._hold(busy=True)
        self.session.room.ask(question, self._show, on_failure=self._fail)

    def finish(self) -> None:
        """Do what the primary button says."""
        if self._facts is None or self._busy:
            return
        steps: dict[Stand, Callable[[], None]] = {
            Stand.READY: self._hand_over,
            Stand.BEGUN: self._hand_over,
            Stand.ANSWERED: self.finished.emit,
            Stand.NOT_NOW: self._complete,
            Stand.CARE_ONLY: self._complete,
            Stand.STOPPED: self._end_stopped,
        }
        if self._facts.stand in steps:
            steps[self._facts.stand]()

    def leave(self) -> None:
        """The page leaves the screen: no picture of a patient stays in it."""
        self._forget_pictures()

    def primary_text(self) -> str:
        """The words on the primary button."""
        stand = self._facts.stand if self._facts is not None else Stand.READY
        if isinstance(self._panel, StoppedPanel):
            return self.tr("Keep and close") if self._panel.keeps() else self._erase_words()
        return {
            Stand.ANSWERED: self.tr("Continue"),
            Stand.NOT_NOW: self.tr("Close the session"),
            Stand.CARE_ONLY: self.tr("Close the session"),
        }.get(stand, self.tr("Hand the screen to the patient"))

    # showing how it stands

    def _build(self) -> None:
        self._strip.setObjectName("pictures")
        self._pictures.body.addWidget(self._view, 1)
        self._pictures.body.addWidget(self._strip)
        note = self.tr("The patient sees each picture as it is here, with its crop and its covers.")
        self._pictures.body.addWidget(Label(note, Look.SMALL, Role.INK_2, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        row.setSpacing(Space.L)
        row.addWidget(self._pictures, 1)
        row.addWidget(self._beside)

    def _show(self, facts: ShowFacts) -> None:
        self._facts = facts
        old, self._panel = self._panel, self._make_panel(facts)
        if old is not None:
            self._beside.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._beside.body.addWidget(self._panel)
        self._show_pictures(facts.pictures)
        self._hold(busy=False)
        self.primary_changed.emit(self.primary_text())
        trouble, self._trouble = self._trouble, None
        if trouble is not None:
            self.failed.emit(trouble)

    def _make_panel(self, facts: ShowFacts) -> QWidget:
        makers: dict[Stand, Callable[[ShowFacts], QWidget]] = {
            Stand.READY: AskPanel,
            Stand.BEGUN: AskPanel,
            Stand.HINDERED: _hindrance,
            Stand.ANSWERED: self._answers,
            Stand.CARE_ONLY: self._care_only,
            Stand.NOT_NOW: self._not_now,
            Stand.STOPPED: self._stopped,
        }
        return makers[facts.stand](facts)

    def _answers(self, facts: ShowFacts) -> QWidget:
        assert facts.draft is not None
        assert facts.shown is not None
        panel = AnswersPanel(facts.shown, facts.draft, again=bool(facts.forms))
        panel.again_wanted.connect(self._hand_over)
        return panel

    def _care_only(self, _facts: ShowFacts) -> QWidget:
        return CalmPanel(
            "shield-check",
            self.tr("Nothing else is asked today."),
            self.tr(
                "The patient cannot decide for the time being. The photographs stay in the care "
                "record; ask about other uses after recovery."
            ),
        )

    def _not_now(self, facts: ShowFacts) -> QWidget:
        panel = CalmPanel(
            "clock",
            self.tr("The patient would rather answer later."),
            self.tr(
                "Nothing was granted and nothing refused. The photographs are used for care only "
                "until the patient has answered."
            ),
            self.tr("Ask now") if facts.forms else "",
        )
        panel.acted.connect(self._hand_over)
        return panel

    def _stopped(self, _facts: ShowFacts) -> QWidget:
        panel = StoppedPanel(
            self.tr("The patient stopped the asking."),
            self.tr(
                "Nothing was granted. To stop is a normal answer and needs no reason. Agree with "
                "the patient what becomes of today's photographs."
            ),
        )
        panel.chosen.connect(self._rename)
        return panel

    def _rename(self) -> None:
        self.primary_changed.emit(self.primary_text())

    # the pictures

    def _show_pictures(self, renditions: tuple[RenditionId, ...]) -> None:
        self._forget_pictures()
        self._shelf = PictureShelf(self.session.room, self)
        self._shelf.arrived.connect(self._arrived)
        self._shelf.failed.connect(self._picture_failed)
        total = len(renditions)
        self._pictures.set_trailing(str(total) if total else "")
        self._pictures.setVisible(bool(renditions))
        self._strip.items.set_items(
            [
                Thumbnail(each, self.tr("Picture {n} of {m}").format(n=number, m=total))
                for number, each in enumerate(renditions, start=1)
            ]
        )
        self._strip.setVisible(total > 1)
        if renditions:
            self._strip.pick(renditions[0])
            self._shelf.fetch(renditions)

    def _forget_pictures(self) -> None:
        self._strip.items.set_items([])
        self._view.set_picture(None)
        shelf, self._shelf = self._shelf, None
        if shelf is not None:
            shelf.deleteLater()

    def _show_picture(self, rendition: str) -> None:
        shown = self._shelf.picture(RenditionId(rendition)) if self._shelf is not None else None
        self._view.set_picture(shown.pixmap if shown is not None else None)

    def _arrived(self, rendition: str) -> None:
        shown = self._shelf.picture(RenditionId(rendition)) if self._shelf is not None else None
        if shown is None:
            return
        small = shown.pixmap.scaledToHeight(SMALL_PX, Qt.TransformationMode.SmoothTransformation)
        self._strip.items.set_picture(rendition, small)
        if self._strip.current_key() == rendition:
            self._view.set_picture(shown.pixmap)

    def _picture_failed(self, _rendition: str, error: Exception) -> None:
        self.failed.emit(error)

    # handing the screen over

    def _hand_over(self) -> None:
        facts = self._facts
        if facts is None or not facts.forms or self._busy:
            return
        if isinstance(self._panel, AskPanel):
            named: Mapping[UseId, str] = self._panel.named()
        else:
            named = facts.draft.named if facts.draft is not None else {}
        self._change(
            partial(asking.begin, encounter=self.session.visit.id, form=facts.form, named=named),
            self._begun,
        )

    def _begun(self, draft: ConsentDraft) -> None:
        self._change(
            partial(asking.hand_over, encounter=self.session.visit.id),
            partial(self._give, draft),
        )

    def _give(self, draft: ConsentDraft, _nothing: None) -> None:
        assert self._facts is not None
        side = PatientSide(
            self.session.room,
            self.session.visit.id,
            draft,
            self._facts.forms,
            options=self._options(),
        )
        side.finished.connect(self._has_it_back)
        side.failed.connect(self._note_trouble)
        self._side = side
        self.session.patient_side_wanted.emit(side)

    def _options(self) -> SideOptions:
        if self._preferences is None:
            return SideOptions()
        settings = self._preferences.settings
        large = settings.font_percent >= LARGE_PRINT_FROM
        return SideOptions(left_handed=settings.left_handed, large_print=large)

    def _note_trouble(self, error: Exception) -> None:
        """Staff is told when the screen is back: the patient can do nothing about it."""
        self._trouble = error

    def _has_it_back(self, _draft: ConsentDraft) -> None:
        side, self._side = self._side, None
        self.session.patient_side_left.emit()
        if side is not None:
            side.hide()
            side.deleteLater()
        self.begin()

    # endings

    def _complete(self) -> None:
        self._change(partial(encounters.complete, encounter=self.session.visit.id), self._ended)

    def _end_stopped(self) -> None:
        panel = self._panel
        assert isinstance(panel, StoppedPanel)
        if not panel.keeps():
            ask(
                self,
                self.tr("Erase today's photographs?"),
                self.tr("This cannot be undone. That they were taken stays in the activity."),
                self._erase_words(),
                self._erase,
            )
        elif not panel.reason():
            panel.ask_for_reason()
        else:
            self._abandon(panel.reason())

    def _erase_words(self) -> str:
        count = len(self._facts.pictures) if self._facts is not None else 0
        if count == 1:
            return self.tr("Erase 1 photograph")
        return self.tr("Erase {n} photographs").format(n=count)

    def _erase(self) -> None:
        self._abandon("")

    def _abandon(self, reason: str) -> None:
        change = partial(
            encounters.abandon,
            encounter=self.session.visit.id,
            keep_pictures=bool(reason),
            reason=reason,
        )
        self._change(change, self._ended)

    def _ended(self, encounter: Encounter) -> None:
        self._forget_pictures()
        self.session.stands(encounter)

    # changes and failures

    def _change(
        self, service: Callable[[UnitOfWork, Desk], T], on_success: Callable[[T], None]
    ) -> None:
        """One service at a time; nothing can be pressed twice meanwhile."""
        self._hold(busy=True)
        self.session.room.change(service, partial(self._changed, on_success), on_failure=self._fail)

    def _changed(self, on_success: Callable[[T], None], result: T) -> None:
        if isValid(self):
            self._hold(busy=False)
            on_success(result)

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        hindered = self._facts is not None and self._facts.stand is Stand.HINDERED
        self.ready_changed.emit(not busy and not hindered)

    def _fail(self, error: Exception) -> None:
        self._hold(busy=False)
        self.failed.emit(error)


def _hindrance(facts: ShowFacts) -> QWidget:
    assert facts.problem is not None
    notice = Notice.for_error(facts.problem)
    notice.setObjectName("hindrance")
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(notice)
    column.addStretch(1)
    return holder
