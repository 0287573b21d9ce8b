"""The first page: what happens now, and each picture once before anything is asked."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm
from app.domain.ids import RenditionId
from app.ui.design.tokens import Role, Space
from app.ui.patient_side.picture_pane import PicturePane
from app.ui.patient_side.picture_shelf import PictureShelf
from app.ui.patient_side.print_size import PrintSize
from app.ui.patient_side.side_page import TwoColumns
from app.ui.widgets.text import Label, Look, Paragraph


class WelcomePage(TwoColumns):
    """Leads through the pictures: a yes reaches only what was on the screen (R20).

    Attributes:
        pane: The picture.
        go_on: "Next picture" until each was seen, then "Begin".
    """

    def __init__(
        self,
        form: ConsentForm,
        draft: ConsentDraft,
        shelf: PictureShelf,
        size: PrintSize,
        *,
        words_lead: bool,
    ) -> None:
        super().__init__(form.patient, size, words_lead=words_lead)
        self._pictures = tuple(picture.rendition for picture in draft.pictures)
        self._seen = {shown.rendition for shown in draft.renditions}
        self.pane = PicturePane(shelf, form.patient, self._pictures, size)
        self.go_on = self.large(form.patient.welcome_begin, "go-on")
        self._title = Label(form.patient.welcome_title, Look.PATIENT_QUESTION, wrap=True)
        self._text = Paragraph(form.patient.welcome_text, Look.PATIENT_BODY, Role.INK_2)
        self._build()
        self.spoken = (form.patient.welcome_title, form.patient.welcome_text)
        self.pane.seen.connect(self._note)
        self.pane.seen.connect(self.picture_seen)
        self.pane.lost.connect(self._note)
        self.go_on.clicked.connect(self._go_on)
        for lost in filter(shelf.lost, self._pictures):
            self._seen.add(lost)
        self._offer()

    def _build(self) -> None:
        self._title.setObjectName("title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.picture_column.addWidget(self.pane)
        self.picture_column.addStretch(1)
        words = self.word_column
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addSpacing(Space.XL)
        words.addWidget(self._text)
        words.addStretch(1)
        words.addWidget(self.go_on)
        words.addSpacing(Space.M)
        words.addLayout(self.ways_out())

    def _next(self) -> RenditionId | None:
        return next((each for each in self._pictures if each not in self._seen), None)

    def _offer(self) -> None:
        last = self._next() is None
        self.go_on.set_words(self.says.welcome_begin if last else self.says.next_picture)
        self.go_on.setEnabled(last or self.pane.current() in self._seen)

    def _note(self, rendition: RenditionId) -> None:
        self._seen.add(rendition)
        self._offer()

    def _go_on(self) -> None:
        unseen = self._next()
        if unseen is None:
            self.next_wanted.emit()
        else:
            self.pane.turn_to(unseen)
            self._offer()
