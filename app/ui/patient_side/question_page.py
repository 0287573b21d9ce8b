"""One use a page: the question, what it means, the picture, No and Yes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea

from app.domain.consent import Decision
from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm
from app.domain.form_wording import filled
from app.domain.ids import UseId
from app.ui.design.fonts import face
from app.ui.design.tokens import Space
from app.ui.patient_side.buttons import AnswerPair
from app.ui.patient_side.details import DetailRows
from app.ui.patient_side.dots import UseDots
from app.ui.patient_side.picture_pane import PicturePane
from app.ui.patient_side.picture_shelf import PictureShelf
from app.ui.patient_side.print_size import ANSWER_HEIGHT, HIT, PrintSize
from app.ui.patient_side.record import given, shown_statement, use_part
from app.ui.patient_side.refusal_card import RefusalCard
from app.ui.patient_side.side_page import TwoColumns
from app.ui.widgets.text import Label, Look, restyle

ABOVE_DETAILS = Space.XL
ABOVE_ANSWERS = Space.L
BELOW_ANSWERS = Space.M
SLACK = 4  # px; sharing the width out rounds


@dataclass(frozen=True, slots=True)
class Fit:
    """One way to lay the page out; those that fit are tried from the most generous on.

    Attributes:
        step: Which of the sizes of print for the question.
        gap: Between the rows, in px.
        share: Percent of the width for the picture.
    """

    step: int
    gap: int
    share: int


def ways(size: PrintSize) -> tuple[Fit, ...]:
    """Every layout, the most generous first: space is given up before size, the text never."""
    return tuple(
        Fit(step, gap, share)
        for step in range(len(size.questions))
        for share in size.picture_shares
        for gap in size.row_gap
    )


class QuestionPage(TwoColumns):
    """Asks about one use. Nothing is preselected, and nothing is pressed by Enter.

    Attributes:
        use: The use that is asked about.
        pane: The picture.
        question: The question's label.
        details: The rows under it.
        answers: No and Yes.
    """

    def __init__(
        self,
        form: ConsentForm,
        draft: ConsentDraft,
        use: UseId,
        shelf: PictureShelf,
        size: PrintSize,
        *,
        words_lead: bool,
    ) -> None:
        super().__init__(form.patient, size, words_lead=words_lead)
        self.use = use
        asked, named = form.use(use), draft.named.get(use, "")
        self.pane = PicturePane(
            shelf,
            form.patient,
            [picture.rendition for picture in draft.pictures],
            size,
            left_out=draft.excluded(use),
        )
        self.question = Label(asked.question_for(named), Look.PATIENT_QUESTION, wrap=True)
        self.details = DetailRows(form.details(asked))
        self.answers = AnswerPair(form.patient.no, form.patient.yes, size.answer)
        self.answers.show_given(given(draft, use))
        self.refusal = RefusalCard(form.refusal.text)
        self.texts = {
            use_part(asked): form.shown_text(asked, named),
            **shown_statement(form, form.refusal),
        }
        self._scroll = QScrollArea()
        self._dots = _dots(form, draft, use)
        self._answered_before = bool(draft.answers)
        self._build()
        self.spoken = (*self.texts.values(), form.patient.no, form.patient.yes)
        self.answers.answered.connect(self._tell)
        self.pane.seen.connect(self.picture_seen)

    def fit(self) -> Fit:
        """The layout that is on."""
        return self._fit

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay it out so that all of it is to be seen."""
        super().resizeEvent(event)
        never, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        for way in ways(self.size_of_print):
            self._apply(way)
            if self._fits(way):
                self._scroll.setVerticalScrollBarPolicy(never)
                return
        self._scroll.setVerticalScrollBarPolicy(needed)

    def _build(self) -> None:
        self.question.setObjectName("question")
        self.question.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._scroll.setWidget(self.details)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picture_column.addWidget(self.pane)
        self.picture_column.addStretch(1)
        self.picture_column.addWidget(self.refusal)
        words = self.word_column
        words.setSpacing(0)
        words.addWidget(self.question)
        words.addSpacing(ABOVE_DETAILS)
        words.addWidget(self._scroll, 1)
        words.addSpacing(ABOVE_ANSWERS)
        words.addWidget(self.answers)
        words.addSpacing(BELOW_ANSWERS)
        words.addLayout(self._foot())
        self._apply(ways(self.size_of_print)[0])

    def _foot(self) -> QHBoxLayout:
        if self._answered_before:
            refuse = self.quiet(self.says.no_to_the_rest, "no-to-the-rest")
            refuse.clicked.connect(self.rest_refused)
        else:
            refuse = self.quiet(self.says.none_of_these, "none-of-these")
            refuse.clicked.connect(self.none_wanted)
        return self.ways_out(refuse, self._dots)

    def _apply(self, way: Fit) -> None:
        self._fit = way
        self.share(way.share)
        self.details.set_gap(way.gap)
        if self.question.property("step") != str(way.step):
            self.question.setProperty("step", str(way.step))
            restyle(self.question)

    def _fits(self, way: Fit) -> bool:
        width = self.word_width(way.share) - SLACK
        fixed = ABOVE_DETAILS + ABOVE_ANSWERS + ANSWER_HEIGHT + BELOW_ANSWERS + HIT
        wanted = self.question.heightForWidth(width) + self.details.height_in(width) + fixed
        font = face(self.size_of_print.questions[way.step], 600)
        words = self.question.text().split()
        longest = max(map(QFontMetrics(font).horizontalAdvance, words), default=0)
        return wanted <= self.height() and longest <= width

    def _tell(self, decision: Decision) -> None:
        self.answered.emit(decision, self.pane.left_out())


def _dots(form: ConsentForm, draft: ConsentDraft, use: UseId) -> UseDots:
    at = draft.uses.index(use)
    label = filled(form.patient.question_of, n=at + 1, m=len(draft.uses))
    dots = UseDots([given(draft, each) is not None for each in draft.uses], at, label)
    dots.setObjectName("dots")
    return dots
