"""The last step: the patient's copy, made once, shown, and handed over."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.disclosure import HandOver
from app.domain.document import CopyHandedOver, StoredDocument
from app.domain.encounter import Encounter
from app.domain.encounter import Step as SessionStep
from app.domain.ids import ConsentId
from app.domain.paper import ConsentPaper
from app.services import encounters, papers
from app.ui.design.tokens import Role, Space
from app.ui.paper_view.hand_over import PaperHandOver
from app.ui.paper_view.paper_size import paper_size
from app.ui.paper_view.pdf_view import PdfView
from app.ui.people.person_words import clock_word
from app.ui.preferences import Preferences
from app.ui.session.copy_facts import CopyFacts, KeptCopy, copy_facts, kept_copy
from app.ui.session.folding import FoldingRow
from app.ui.session.step_page import Session, StepPage
from app.ui.tasks import Progress, Step
from app.ui.widgets.buttons import QuietButton, SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import Chip, ChipState
from app.ui.widgets.notices import EmptyState
from app.ui.widgets.progress import ProgressStrip
from app.ui.widgets.text import Label, Look

SIDE_WIDTH = 288


class CopyPage(StepPage):
    """Preview at the left, handing over at the right."""

    step = SessionStep.COPY

    def __init__(
        self,
        session: Session,
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self.setObjectName("copy-page")
        self._preferences = preferences
        self._consent: ConsentId | None = None
        self._copy: KeptCopy | None = None
        self._storing = False
        self._hand_over = PaperHandOver(session.room, self)
        self._view = PdfView(self.tr("The patient's copy"))
        self._progress = ProgressStrip()
        self._trouble = EmptyState(
            "file-x",
            self.tr("The copy is not made yet."),
            self.tr("The answers are recorded and safe. The copy can be made again now."),
            self.tr("Try again"),
        )
        self._left = QStackedWidget()
        self._print = SecondaryButton(self.tr("Print…"), icon="printer")
        self._save = SecondaryButton(self.tr("Save for the patient…"), icon="download")
        self._decline = QuietButton(self.tr("The patient does not want a copy"))
        self._given = QVBoxLayout()
        self._given_card = Card(self.tr("Handed over"))
        self._build()
        self._connect()

    def begin(self) -> None:
        """Show the copy; make it when it is not there yet."""
        self._storing = False
        self._consent = None
        self._show_copy(None)
        room, visit = self.session.room, self.session.visit.id
        self._progress.begin(self.tr("Reading the answers…"), cancellable=False)
        self._left.setCurrentWidget(self._view)
        question = partial(copy_facts, encounter=visit, workplace=room.workplace)
        room.ask(question, self._read, on_failure=self._fail)

    def finish(self) -> None:
        """End the session in the ordinary way."""
        if self._storing:
            return
        self._storing = True
        self._look()
        visit = self.session.visit.id
        self.session.room.change(
            lambda uow, desk: encounters.complete(uow, desk, visit),
            self._completed,
            on_failure=self._not_completed,
        )

    def leave(self) -> None:
        """No paper of a patient stays on the page."""
        self._hand_over.set_paper(None)
        self._copy = None
        self._view.clear()

    def primary_text(self) -> str:
        """The words on the primary button."""
        given = self._copy is not None and bool(self._copy.handed_over)
        return self.tr("Finish session") if given else self.tr("Finish without a copy")

    # making

    def _read(self, facts: CopyFacts) -> None:
        self._consent = facts.consent
        if facts.copy is not None:
            self._progress.finish()
            self._show_copy(facts.copy)
        else:
            assert facts.paper is not None
            self._make(facts.paper)

    def _make(self, paper: ConsentPaper) -> None:
        self._progress.begin(self.tr("Making the copy…"), cancellable=False)
        room = self.session.room
        settings = self._preferences.settings if self._preferences is not None else None
        making, size = room.workplace.papers, paper_size(settings)

        def work(_progress: Progress) -> bytes:
            return making.consent(paper, size)

        room.work(work, self._keep, on_step=self._step, on_failure=self._fail)

    def _keep(self, data: bytes) -> None:
        consent = self._consent
        assert consent is not None
        self.session.room.change(
            lambda uow, desk: papers.keep_consent_copy(uow, desk, consent, data),
            self._kept,
            on_failure=self._fail,
        )

    def _kept(self, document: StoredDocument) -> None:
        question = partial(kept_copy, desk=self.session.room.desk, document=document)
        self.session.room.ask(question, self._made, on_failure=self._fail)

    def _made(self, copy: KeptCopy) -> None:
        self._progress.finish()
        self._show_copy(copy)

    def _fail(self, error: Exception) -> None:
        self._progress.finish()
        self._left.setCurrentWidget(self._trouble)
        self._look()
        self.failed.emit(error)

    # showing

    def _show_copy(self, copy: KeptCopy | None) -> None:
        self._copy = copy
        if copy is None:
            self._hand_over.set_paper(None)
            self._view.clear()
        else:
            self._hand_over.set_paper(copy.document, copy.data)
            self._view.show_pdf(copy.data)
        self._left.setCurrentWidget(self._view)
        self._show_given(copy.handed_over if copy is not None else ())
        self._look()

    def _show_given(self, given: tuple[CopyHandedOver, ...]) -> None:
        while (item := self._given.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in given:
            self._given.addWidget(self._chip(each))
        self._given_card.setVisible(bool(given))

    def _chip(self, given: CopyHandedOver) -> Chip:
        words = {
            HandOver.PRINTED: (self.tr("Printed {time}"), ChipState.GRANTED, "printer"),
            HandOver.SAVED: (self.tr("Saved {time}"), ChipState.GRANTED, "download"),
            HandOver.DECLINED: (self.tr("Not wanted {time}"), ChipState.REFUSED, "minus"),
        }
        text, state, sign = words[given.way]
        time = clock_word(given.stamp.at, self.session.room.desk)
        return Chip(text.format(time=time), state, sign)

    def _look(self) -> None:
        there = self._copy is not None and not self._storing
        for button in (self._print, self._save, self._decline):
            button.setEnabled(there)
        self.primary_changed.emit(self.primary_text())
        making = self._copy is None and self._left.currentWidget() is self._view
        self.ready_changed.emit(not making and not self._storing)

    # handing over

    def _handed_over(self, _way: HandOver) -> None:
        self._progress.finish()
        if self._copy is not None:
            desk = self.session.room.desk
            question = partial(kept_copy, desk=desk, document=self._copy.document)
            self.session.room.ask(question, self._look_again, on_failure=self.failed.emit)

    def _look_again(self, copy: KeptCopy) -> None:
        if self._copy is not None:
            self._copy = copy
            self._show_given(copy.handed_over)
            self._look()

    def _be_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        if busy:
            self._progress.begin(self.tr("Handing over…"), cancellable=False)
        else:
            self._progress.finish()

    def _step(self, step: Step) -> None:
        self._progress.report(step.done, step.total)

    # ending

    def _completed(self, encounter: Encounter) -> None:
        self._storing = False
        self.session.stands(encounter)

    def _not_completed(self, error: Exception) -> None:
        self._storing = False
        self._look()
        self.failed.emit(error)

    def _build(self) -> None:
        self._print.setObjectName("print-copy")
        self._save.setObjectName("save-copy")
        self._decline.setObjectName("decline-copy")
        for button in (self._print, self._save, self._decline):
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
        card = Card(self.tr("For the patient"))
        hint = self.tr("The copy says what was answered, whom to ask, and how to take a yes back.")
        card.body.addWidget(Label(hint, Look.BODY, Role.INK_2, wrap=True))
        for button in (self._print, self._save, self._decline):
            card.body.addWidget(button)
        self._given.setSpacing(Space.S)
        self._given_card.body.addLayout(self._given)
        side, main = QWidget(), QWidget()
        cards = QVBoxLayout(side)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(Space.M)
        cards.addWidget(card)
        cards.addWidget(self._given_card)
        cards.addStretch(1)
        self._left.addWidget(self._view)
        self._left.addWidget(self._trouble)
        left = QVBoxLayout(main)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(Space.M)
        left.addWidget(self._left, 1)
        left.addWidget(self._progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FoldingRow(main, side, SIDE_WIDTH))

    def _connect(self) -> None:
        self._print.clicked.connect(self._hand_over.print_copy)
        self._save.clicked.connect(self._hand_over.save_copy)
        self._decline.clicked.connect(self._hand_over.decline)
        self._trouble.acted.connect(self.begin)
        self._hand_over.given.connect(self._handed_over)
        self._hand_over.busy_changed.connect(self._be_busy)
        self._hand_over.stepped.connect(self._step)
        self._hand_over.failed.connect(self.failed)
