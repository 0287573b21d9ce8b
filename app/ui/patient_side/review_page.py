"""The answers in words, each with a way to change it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.consent import Decision
from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm, Use
from app.domain.form_wording import PatientTexts, filled
from app.domain.ids import UseId
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.patient_side.buttons import SideButton
from app.ui.patient_side.print_size import COLUMN_GAP, HIT, PrintSize
from app.ui.patient_side.record import given
from app.ui.patient_side.side_page import SidePage
from app.ui.widgets.buttons import Kind
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look, Paragraph

IN_ONE_COLUMN = 9  # rows; more than these stand in two columns
_MOST_AIR = 6  # px above and below a row, where there is room


def in_words(says: PatientTexts, draft: ConsentDraft, use: UseId) -> tuple[str, str]:
    """The answer to a use, and which pictures a yes leaves out; "" for none."""
    answer = given(draft, use)
    if answer is None:
        return says.not_answered, ""
    if answer is Decision.REFUSED:
        return says.answered_no, ""
    left_out = draft.excluded(use)
    if not left_out:
        return says.answered_yes, ""
    numbers = [
        filled(says.picture_of, n=number, m=len(draft.pictures))
        for number, picture in enumerate(draft.pictures, start=1)
        if picture.rendition in left_out
    ]
    return says.answered_yes, f"{says.not_this_picture}: {', '.join(numbers)}"


class ReviewPage(SidePage):
    """One row a use, and "These are my answers".

    Attributes:
        rows: The row of each use, in order.
        confirm: Confirms them all.
    """

    def __init__(self, form: ConsentForm, draft: ConsentDraft, size: PrintSize) -> None:
        super().__init__(form.patient, size)
        self.rows = [_AnswerRow(form, draft, form.use(use), size) for use in draft.uses]
        self.confirm = self.large(form.patient.review_confirm, "confirm")
        self.confirm.setMinimumWidth(308)
        self._title = Label(form.patient.review_title, Look.PATIENT_QUESTION, wrap=True)
        self._text = Paragraph(form.patient.review_text, Look.PATIENT_BODY, Role.INK_2)
        self._build()
        answers = [
            f"{row.title.text()}: {row.answer.text()} {row.left_out.text()}" for row in self.rows
        ]
        self.spoken = (form.patient.review_title, form.patient.review_text, *answers)
        self.confirm.clicked.connect(self.next_wanted)
        for row in self.rows:
            row.change_wanted.connect(self.change_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size: few rows stand further apart."""
        super().resizeEvent(event)
        for row in self.rows:
            row.set_air(0)
        layout = self.layout()
        assert layout is not None
        spare = self.height() - layout.totalMinimumHeightForWidth(self.width())
        air = min(max(spare // (2 * self._deep()), 0), _MOST_AIR)
        for row in self.rows:
            row.set_air(air)

    def _deep(self) -> int:
        """How many rows stand under one another."""
        count = len(self.rows)
        return count if count <= IN_ONE_COLUMN else (count + 1) // 2

    def _build(self) -> None:
        self._title.setObjectName("title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(0)
        deep = self._deep()
        for place, row in enumerate(self.rows):
            grid.addWidget(row, place % deep, place // deep)
        head = QHBoxLayout()
        head.setSpacing(Space.XL)
        head.addWidget(self._title)
        head.addWidget(self._text, 1, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.addLayout(self.ways_out(), 1)
        foot.addSpacing(Space.L)
        foot.addWidget(self.confirm)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addSpacing(Space.M)
        outer.addLayout(grid)
        outer.addStretch(1)
        outer.addLayout(foot)


class _AnswerRow(QWidget):
    """A use, its answer and "Change"."""

    change_wanted = Signal(str)

    def __init__(self, form: ConsentForm, draft: ConsentDraft, use: Use, size: PrintSize) -> None:
        super().__init__()
        self.use = use.id
        words, left_out = in_words(form.patient, draft, use.id)
        named = draft.named.get(use.id, "")
        title = f"{use.title}: {named}" if named else use.title
        granted = given(draft, use.id) is Decision.GRANTED
        self.title = Label(title, Look.PATIENT_BODY, Role.INK, wrap=True)
        self.answer = Label(words, Look.PATIENT_HEADING, Role.INK)
        self.left_out = Label(left_out, Look.PATIENT_BODY, Role.INK_2, wrap=True)
        self.left_out.setProperty("print", "small")
        self.change = SideButton(
            form.patient.review_change, Kind.SECONDARY, size_px=size.button, height_px=HIT
        )
        self.change.setObjectName(f"change-{use.id}")
        self.change.setAccessibleName(f"{form.patient.review_change}: {use.title}")
        self.change.clicked.connect(self._change)
        tone = Role.GRANTED if granted else Role.REFUSED
        self._build(Sign("check" if granted else "minus", tone, 24))
        self.left_out.setVisible(bool(left_out))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline under it."""
        painter = QPainter(self)
        painter.setPen(QPen(theme().color(Role.LINE), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def set_air(self, air: int) -> None:
        """Leave so much more above and below, px."""
        self._line.setContentsMargins(0, 2 + air, 0, 3 + air)

    def _build(self, sign: Sign) -> None:
        row = self._line = QHBoxLayout(self)
        self.set_air(0)
        row.setSpacing(Space.M)
        row.addWidget(self.title, 2)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.answer)
        said.addWidget(self.left_out)
        row.addLayout(said, 1)
        row.addWidget(self.change)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _change(self) -> None:
        self.change_wanted.emit(self.use)
