"""The second step: who decides, in which language, and may photographs be taken at all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.consent_form import ConsentForm
from app.domain.encounter import BeforeCamera, CareRecord, Encounter, Step
from app.domain.ids import EncounterId
from app.domain.patient import Demographics
from app.services import encounters
from app.ui.design.tokens import Space
from app.ui.session.care_question import CareQuestion
from app.ui.session.circumstances_card import CircumstancesCard
from app.ui.session.closing_facts import ClosingFacts, closing_facts
from app.ui.session.decider_card import DeciderCard
from app.ui.session.folding import FoldingRow
from app.ui.session.forms_in_use import forms_in_use, usual_language
from app.ui.session.step_page import Session, StepPage

QUESTION_WIDTH = 440


class BeforePage(StepPage):
    """What is settled before the camera; a no is an ordinary ending.

    Signals:
        closing_wanted: The patient said no although there are photographs already.
    """

    step = Step.BEFORE
    closing_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("before-page")
        self._forms: dict[str, ConsentForm] = {}
        self._of: EncounterId | None = None
        self._storing = False
        self._to_settle: BeforeCamera | None = None
        self._decider = DeciderCard()
        self._circumstances = CircumstancesCard()
        self._question = CareQuestion()
        self._build()
        self._connect()

    def begin(self) -> None:
        """Show what was settled; what was typed for this visit is still there."""
        self._storing = False
        visit = self.session.visit
        if self._of != visit.id:
            self._of = visit.id
            self._begin_anew(visit)
        self._look()
        library = self.session.room.workplace.forms
        self.session.room.ask(
            partial(forms_in_use, forms=library), self._show_forms, on_failure=self.failed.emit
        )

    def finish(self) -> None:
        """Store what was settled."""
        before = self._settled()
        if before is None or self._storing:
            self._decider.complain()
            self._circumstances.complain()
            return
        visit = self.session.visit
        if before == visit.before:
            self.finished.emit()
            return
        self._storing = True
        self._look()
        self._to_settle = before
        if before.care_record is CareRecord.DECLINED:
            question = partial(closing_facts, encounter=visit)
            self.session.room.ask(question, self._decline, on_failure=self._fail)
        else:
            self._settle()

    def forget(self) -> None:
        """The session is over: no name stays on the page."""
        self._of = None
        self._forms = {}
        self._to_settle = None
        self._decider.set_person(Demographics(), None)
        self._circumstances.clear()
        self._question.set_answer(None)

    def primary_text(self) -> str:
        """The words on the primary button."""
        declined = self._question.answer() is CareRecord.DECLINED
        return self.tr("End without photographs") if declined else self.tr("Continue")

    def _begin_anew(self, visit: Encounter) -> None:
        person = self.session.demographics
        self._decider.set_person(person, person.age(self.session.room.desk.today()))
        self._circumstances.clear()
        self._question.set_answer(None)
        self._forms = {}
        if visit.before is not None:
            self._decider.set_before(visit.before)
            self._question.set_answer(visit.before.care_record)

    def _show_forms(self, forms: dict[str, ConsentForm]) -> None:
        if not self._forms:
            before = self.session.visit.before
            wanted = before.language if before is not None else QLocale().bcp47Name()
            language = usual_language(forms, wanted)
            self._circumstances.set_languages(tuple(forms), language)
            if before is not None:
                self._circumstances.set_before(before)
                self._circumstances.language.set_value(language)
        self._forms = forms
        self._ask_in(self._circumstances.language.value() or next(iter(forms)))
        self._look()

    def _ask_in(self, language: str) -> None:
        self._question.show_form(self._forms[language])

    def _settled(self) -> BeforeCamera | None:
        consenter = self._decider.consenter()
        capacity = self._decider.chosen_capacity()
        around = self._circumstances.circumstances()
        answer = self._question.answer()
        if consenter is None or capacity is None or around is None or answer is None:
            return None
        return BeforeCamera(
            consenter=consenter,
            capacity=capacity,
            language=around.language,
            care_record=answer,
            interpreter=around.interpreter,
            chaperone=around.chaperone,
            chaperone_offered=around.chaperone_offered,
        )

    def _look(self) -> None:
        """Whether everything is settled."""
        settled = bool(self._forms) and self._settled() is not None
        self.primary_changed.emit(self.primary_text())
        self.ready_changed.emit(settled and not self._storing)
        self._question.setEnabled(bool(self._forms))

    def _decline(self, facts: ClosingFacts) -> None:
        """A no after photographs were taken: what becomes of them is asked first."""
        if facts.pictures:
            self._storing = False
            self._look()
            self.closing_wanted.emit()
        else:
            self._settle()

    def _settle(self) -> None:
        visit, before = self.session.visit.id, self._to_settle
        assert before is not None
        self.session.room.change(
            lambda uow, desk: encounters.settle(uow, desk, visit, before),
            self._stored,
            on_failure=self._fail,
        )

    def _stored(self, encounter: Encounter) -> None:
        self._storing = False
        self.session.stands(encounter)
        if encounter.open:
            self.finished.emit()

    def _fail(self, error: Exception) -> None:
        self._storing = False
        self._look()
        self.failed.emit(error)

    def _build(self) -> None:
        left = QWidget()
        cards = QVBoxLayout(left)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(Space.M)
        cards.addWidget(self._decider)
        cards.addWidget(self._circumstances)
        cards.addStretch(1)
        self._columns = FoldingRow(left, self._question, QUESTION_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._columns)

    def _connect(self) -> None:
        self._decider.changed.connect(self._look)
        self._circumstances.changed.connect(self._look)
        self._circumstances.language_chosen.connect(self._change_language)
        self._question.answered.connect(self._look)
        self._columns.folded_changed.connect(self._fold)
        self._fold(self._columns.is_folded())

    def _fold(self, folded: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._decider.fold(folded=folded)

    def _change_language(self, language: str) -> None:
        self._ask_in(language)
        self._look()
