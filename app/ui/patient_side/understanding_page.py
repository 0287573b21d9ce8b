"""One statement that the patient confirms having understood, in their own words (R9)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.consent_form import ConsentForm, Statement
from app.ui.design.tokens import Role, Space
from app.ui.patient_side.buttons import ANSWER_GAP
from app.ui.patient_side.print_size import PrintSize
from app.ui.patient_side.record import shown_statement
from app.ui.patient_side.refusal_card import Tint
from app.ui.patient_side.side_page import SidePage
from app.ui.widgets.buttons import Kind
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look, Paragraph


class UnderstandingPage(SidePage):
    """The statement large, and under it how the patient says it back.

    Attributes:
        statement: The one that is confirmed.
        words: Its label.
        confirm: "I understand this".
        again: "Please explain it again"; both are drawn alike.
    """

    def __init__(self, form: ConsentForm, statement: Statement, size: PrintSize) -> None:
        super().__init__(form.patient, size)
        says = form.patient
        self.statement = statement
        self.texts = shown_statement(form, statement)
        self.words = Label(statement.text, Look.PATIENT_QUESTION, wrap=True)
        self.confirm = self.large(says.understanding_confirm, "confirm", Kind.ANSWER)
        self.again = self.large(says.understanding_again, "again", Kind.ANSWER)
        # The question that is answered in the patient's own words is about refusing.
        self._back = (
            (says.understanding_title, says.understanding_question, says.understanding_hint)
            if statement == form.refusal
            else ()
        )
        self.spoken = (statement.text, *self._back)
        self._build()
        self.confirm.clicked.connect(self.next_wanted)
        self.again.clicked.connect(self.explain_wanted)

    def _build(self) -> None:
        self.words.setObjectName("statement")
        card = Tint()
        said = QHBoxLayout(card)
        said.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.XXL)
        said.setSpacing(Space.XL)
        sign = Sign("heart-handshake", Role.ACCENT, 56)
        said.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addWidget(self.words, 1)
        choices = QHBoxLayout()
        choices.setSpacing(ANSWER_GAP)
        choices.addWidget(self.again, 1)
        choices.addWidget(self.confirm, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(card)
        column.addSpacing(Space.XXL)
        column.addLayout(self._saying_back())
        column.addStretch(1)
        column.addLayout(choices)
        column.addSpacing(Space.M)
        column.addLayout(self.ways_out())

    def _saying_back(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(Space.M)
        words.setContentsMargins(Space.XXL, 0, Space.XXL, 0)
        looks = (
            (Look.PATIENT_HEADING, Role.INK),
            (Look.PATIENT_BODY, Role.INK),
            (Look.PATIENT_BODY, Role.INK_2),
        )
        for text, (look, tone) in zip(self._back, looks, strict=False):
            words.addWidget(Paragraph(text, look, tone))
        return words
