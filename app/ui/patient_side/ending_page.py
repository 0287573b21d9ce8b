"""The last page: thanks, or that it was stopped, and the staff PIN that gives the screen back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.consent_draft import Asking, ConsentDraft
from app.domain.form_wording import PatientTexts
from app.errors import KnownError
from app.ui.design.tokens import Role, Space
from app.ui.patient_side.print_size import COLUMN_GAP, PrintSize
from app.ui.patient_side.side_page import SidePage
from app.ui.widgets.cards import Card
from app.ui.widgets.pin import PinPad
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look, Paragraph


def ending_words(says: PatientTexts, draft: ConsentDraft) -> tuple[str, str]:
    """Title and text for how the asking ended."""
    if draft.state is Asking.STOPPED:
        return says.stopped_title, says.stopped_text
    if draft.state is Asking.NOT_NOW:
        return says.not_now, says.stopped_text
    if draft.grants_anything:
        return says.thank_you_title, says.thank_you_text
    return says.declined_title, says.declined_text


class EndingPage(SidePage):
    """Words on one side, the pad for the staff PIN on the other.

    Attributes:
        pad: The pad.
    """

    def __init__(self, says: PatientTexts, size: PrintSize, title: str, text: str = "") -> None:
        super().__init__(says, size)
        self._title = Label(title, Look.PATIENT_QUESTION, wrap=True)
        self._text = Paragraph(text, Look.PATIENT_BODY, Role.INK_2)
        self.pad = PinPad(self.tr("Staff PIN"))
        self.pad.setObjectName("staff-pin")
        self._card = Card()
        self._build()
        self._text.setVisible(bool(text))
        self.spoken = tuple(filter(None, (title, text, says.hand_back)))
        self.pad.entered.connect(self.pin_entered)

    def refuse(self, error: Exception) -> None:
        """Say that the PIN was not right, or what else went wrong."""
        known = error if isinstance(error, KnownError) else KnownError()
        self.pad.set_message(f"{known.message.format(**known.facts)} · {known.code}")

    def _build(self) -> None:
        self._title.setObjectName("title")
        words = QVBoxLayout()
        words.setSpacing(Space.L)
        words.addStretch(2)
        words.addWidget(Sign("heart-handshake", Role.ACCENT, 56))
        words.addSpacing(Space.S)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch(3)
        hand_back = Paragraph(self.says.hand_back, Look.PATIENT_BODY, Role.INK)
        hand_back.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        hand_back.setObjectName("hand-back")
        middle = Qt.AlignmentFlag.AlignHCenter
        self._card.body.setSpacing(Space.L)
        self._card.body.addWidget(Sign("lock-keyhole", Role.INK_2, 28), 0, middle)
        self._card.body.addWidget(hand_back)
        self._card.body.addWidget(self.pad, 0, middle)
        self._card.setFixedWidth(440)
        side = QVBoxLayout()
        side.addStretch(1)
        side.addWidget(self._card)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(COLUMN_GAP)
        row.addLayout(words, 1)
        row.addLayout(side)
