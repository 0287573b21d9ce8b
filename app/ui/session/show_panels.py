"""What stands beside the pictures in step 5: the form and its questions, the answers, the end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.consent import Decision
from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm, NamedThing, Use
from app.domain.ids import UseId
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.patient_side.header import native_name
from app.ui.patient_side.record import given
from app.ui.people.person_words import day_word
from app.ui.session.show_facts import ShowFacts, Stand
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Card, Facts
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.choices import Choice, ChoiceGroup
from app.ui.widgets.fields import Field
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look, Paragraph

ROW_HEIGHT = 48  # px at 100 %, of a compact row
LONGEST_NAME = 60  # characters; in the question of 36 px it then still fits the patient's side
ERASE, KEEP = "erase", "keep"


class AskPanel(QWidget):
    """Which form is asked, what is named, and how many questions that makes."""

    def __init__(self, facts: ShowFacts) -> None:
        super().__init__()
        self._facts = facts
        self._fields: dict[UseId, QLineEdit] = {}
        self._count = Label("", Look.TITLE)
        self._uses = Paragraph("", Look.BODY, Role.INK_2)
        self._count.setObjectName("question-count")
        column = _column(self)
        column.addWidget(self._form_card(facts.form))
        column.addWidget(self._questions_card())
        column.addStretch(1)
        self._recount()

    def named(self) -> dict[UseId, str]:
        """The journal or study for each use that has one."""
        typed = {use: field.text().strip() for use, field in self._fields.items()}
        return {use: text for use, text in typed.items() if text}

    def _form_card(self, form: ConsentForm) -> Card:
        approval = form.approval
        on = day_word(approval.on) if approval.on is not None else ""
        others = [native_name(each.language) for each in self._facts.forms]
        rows = [
            (self.tr("Form"), form.title),
            (self.tr("Version"), str(form.version)),
            (self.tr("Language"), ", ".join(others)),
            (self.tr("Approved by"), approval.by),
            (self.tr("Approved on"), on),
        ]
        card = Card(self.tr("Consent form"))
        card.body.addWidget(Facts(rows))
        return card

    def _questions_card(self) -> Card:
        card = Card(self.tr("What is asked"))
        card.body.addWidget(self._count)
        card.body.addWidget(self._uses)
        draft = self._facts.draft
        for use in self._facts.to_name:
            field = QLineEdit(draft.named.get(use.id, "") if draft is not None else "")
            field.setObjectName(f"named-{use.id}")
            field.setMaxLength(LONGEST_NAME)
            field.textChanged.connect(self._recount)
            field.setPlaceholderText(self._hint())
            self._fields[use.id] = field
            card.body.addWidget(Field(self._label(use), field))
        if self._facts.stand is Stand.BEGUN:
            going_on = self.tr(
                "The asking was begun and goes on where it stopped. Another name begins it anew."
            )
            card.body.addWidget(Paragraph(going_on, Look.SMALL, Role.INK_2))
        return card

    def _label(self, use: Use) -> str:
        journal = use.needs_named is NamedThing.JOURNAL
        return self.tr("Journal or book") if journal else self.tr("Research study")

    def _hint(self) -> str:
        return self.tr("Not asked while nothing is named")

    def _recount(self) -> None:
        uses = self._facts.questions(self.named())
        count = len(uses)
        told = self.tr("1 question") if count == 1 else self.tr("{n} questions").format(n=count)
        self._count.setText(told)
        self._uses.setText(" · ".join(use.short_label for use in uses))


class AnswersPanel(QWidget):
    """The answer to each use, in words, with a neutral no.

    Signals:
        again_wanted: Show it to the patient again.
    """

    again_wanted = Signal()

    def __init__(self, form: ConsentForm, draft: ConsentDraft, *, again: bool) -> None:
        super().__init__()
        self.rows = RowList(self.tr("Answers"), compact=True)
        self.rows.setProperty("bare", "true")
        self.rows.rows.set_rows([self._row(form, draft, use) for use in draft.uses])
        self.rows.setMinimumHeight(len(draft.uses) * theme().px(ROW_HEIGHT))
        show_again = SecondaryButton(self.tr("Show again"), icon="rotate-ccw")
        show_again.setObjectName("show-again")
        show_again.clicked.connect(self.again_wanted)
        card = Card(self.tr("Answers"), flush=True)
        card.body.addWidget(self.rows)
        column = _column(self)
        column.addWidget(card, 1)
        column.addWidget(show_again, 0, Qt.AlignmentFlag.AlignLeading)
        show_again.setVisible(again)  # inside by now; before, it would be a window

    def _row(self, form: ConsentForm, draft: ConsentDraft, use: UseId) -> Row:
        asked, named = form.use(use), draft.named.get(use, "")
        if given(draft, use) is not Decision.GRANTED:
            refused = ChipText(form.patient.answered_no, ChipState.REFUSED)
            return Row(use, asked.short_label, named, chips=(refused,))
        left_out = draft.excluded(use)
        numbers = [
            str(number)
            for number, picture in enumerate(draft.pictures, start=1)
            if picture.rendition in left_out
        ]
        chips = [ChipText(form.patient.answered_yes, ChipState.GRANTED)]
        if numbers:
            without = self.tr("except {numbers}").format(numbers=", ".join(numbers))
            chips.append(ChipText(without, ChipState.REFUSED))
        return Row(use, asked.short_label, named, chips=tuple(chips))


class CalmPanel(QWidget):
    """One thing that happened, what it means, and perhaps one more thing to do.

    Signals:
        acted: The action was chosen.
    """

    acted = Signal()

    def __init__(self, icon: str, title: str, text: str, action: str = "") -> None:
        super().__init__()
        card = Card()
        card.body.addWidget(Sign(icon, Role.ACCENT, 28))
        heading = Label(title, Look.EMPHASIS, Role.INK, wrap=True)
        heading.setObjectName("calm-title")
        card.body.addWidget(heading)
        card.body.addWidget(Paragraph(text, Look.BODY, Role.INK_2))
        column = _column(self)
        column.addWidget(card)
        if action:
            button = SecondaryButton(action)
            button.setObjectName("calm-action")
            button.clicked.connect(self.acted)
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.below = QVBoxLayout()
        self.below.setSpacing(Space.M)
        column.addLayout(self.below)
        column.addStretch(1)


class StoppedPanel(CalmPanel):
    """What becomes of today's photographs after the patient stopped: discarding is proposed.

    Signals:
        chosen: Another ending, or another reason.
    """

    chosen = Signal()

    def __init__(self, title: str, text: str) -> None:
        super().__init__("hand", title, text)
        self._choices = ChoiceGroup(
            self.tr("Today's photographs"),
            (
                Choice(
                    ERASE,
                    self.tr("Discard today's photographs"),
                    self.tr("They are erased. That they were taken stays in the activity."),
                ),
                Choice(
                    KEEP,
                    self.tr("Keep for care"),
                    self.tr("They stay in the care record and are used for nothing else."),
                ),
            ),
        )
        self._choices.set_value(ERASE)
        self._choices.chosen.connect(self._tell)
        self._reason = QLineEdit()
        self._reason.setObjectName("keep-reason")
        self._reason.textChanged.connect(self._tell)
        self._why = Field(self.tr("Why care needs them"), self._reason)
        self.below.addWidget(self._choices)
        self.below.addWidget(self._why)
        self._tell()

    def keeps(self) -> bool:
        """Whether the photographs are to be kept."""
        return self._choices.value() == KEEP

    def reason(self) -> str:
        """Why they are kept."""
        return self._reason.text().strip()

    def ask_for_reason(self) -> None:
        """Say that a reason is missing."""
        self._why.set_error(self.tr("Say in a few words why care needs them."))
        self._reason.setFocus()

    def _tell(self) -> None:
        self._why.setVisible(self.keeps())
        self._why.set_error("")
        self.chosen.emit()


def _column(panel: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.M)
    return column
