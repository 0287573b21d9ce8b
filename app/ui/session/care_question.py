"""The one question before the camera, in the form's words, with two answers of the same weight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.consent_form import ConsentForm
from app.domain.encounter import CareRecord
from app.ui.design.tokens import Role, Space
from app.ui.widgets.cards import Card
from app.ui.widgets.choices import Choice, ChoiceGroup
from app.ui.widgets.text import Label, Look, Paragraph


class CareQuestion(Card):
    """May photographs be taken for the care record? Nothing is preselected.

    Signals:
        answered: The patient answered.
    """

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=Space.XL, parent=parent)
        self.setObjectName("care-question")
        self._ask = Label(self.tr("Ask the patient"), Look.SMALL, Role.INK_3)
        self._question = Label("", Look.TITLE, wrap=True)
        self._words = QWidget()
        self._details = QGridLayout(self._words)
        self._refusal = Paragraph("", Look.BODY, Role.INK_2)
        self.answers = ChoiceGroup(self.tr("May photographs be taken?"), self._offers())
        self.answers.setObjectName("care-record")
        self._build()
        self.answers.chosen.connect(self._tell)

    def show_form(self, form: ConsentForm) -> None:
        """Ask in the words of this form."""
        use = form.care_record
        self._question.setText(use.question_for())
        self._refusal.setText(form.refusal.text)
        while (item := self._details.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, detail in enumerate(form.details(use)):
            label = Label(detail.label, Look.BODY, Role.INK_3)
            self._details.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._details.addWidget(Label(detail.text, Look.BODY, wrap=True), row, 1)
        rtl = form.right_to_left
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        for part in (self._question, self._words, self._refusal):
            part.setLayoutDirection(direction)

    def answer(self) -> CareRecord | None:
        """What the patient said; None while nobody asked."""
        value = self.answers.value()
        return CareRecord(value) if value else None

    def set_answer(self, answer: CareRecord | None) -> None:
        """Show an answer, or none."""
        self.answers.set_value(answer)

    def _build(self) -> None:
        self._details.setContentsMargins(0, Space.XS, 0, Space.XS)
        self._details.setHorizontalSpacing(Space.L)
        self._details.setVerticalSpacing(Space.S)
        self._details.setColumnStretch(1, 1)
        for part in (self._ask, self._question, self._words, self._refusal):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self.answers)

    def _offers(self) -> list[Choice]:
        return [
            Choice(CareRecord.AGREED, self.tr("Yes, photographs may be taken")),
            Choice(CareRecord.DECLINED, self.tr("No photographs today")),
        ]

    def _tell(self, _value: str) -> None:
        self.answered.emit()
