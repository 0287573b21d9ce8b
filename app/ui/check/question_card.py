"""The one question of the check: could somebody recognise the person?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.rendition import Identifiable
from app.ui.design.tokens import Role, Space
from app.ui.widgets.cards import Card
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.text import Label, Look


class QuestionCard(Card):
    """Three answers, none preselected.

    Signals:
        answered: Argument: the Identifiable.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        question = self.tr("Could somebody recognise the person?")
        self._answers = Segmented(
            question,
            (
                Choice(Identifiable.YES, self.tr("Yes")),
                Choice(Identifiable.NO, self.tr("No")),
                Choice(Identifiable.UNSURE, self.tr("Unsure")),
            ),
        )
        self._hint = Label("", Look.SMALL, Role.INK_3, wrap=True)
        self._answers.setObjectName("identifiable")
        self.set_title(question)
        self.heading.setWordWrap(True)
        self.body.setSpacing(Space.S)
        self.body.addWidget(self._answers)
        self.body.addWidget(self._hint)
        self._answers.chosen.connect(self._tell)
        self.show_answer(None)

    def show_answer(self, answer: Identifiable | None, *, bar_only: bool = False) -> None:
        """Show an answer; `bar_only` when No rests on a small cover."""
        self._answers.set_value(answer)
        hint = self.tr("Unsure counts as yes.")
        if answer is Identifiable.NO and bar_only:
            hint = self.tr("A bar over the eyes does not make a person anonymous.")
        self._hint.setText(hint)

    def hint(self) -> str:
        """What stands below the answers."""
        return self._hint.text()

    def choose(self, answer: Identifiable) -> None:
        """Answer, as pressing it does."""
        self._answers.button(answer).click()

    def _tell(self, value: str) -> None:
        self.answered.emit(Identifiable(value))
