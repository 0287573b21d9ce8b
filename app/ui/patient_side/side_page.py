"""What the pages of the patient's side have in common: ways out, and two columns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.form_wording import PatientTexts
from app.ui.design.tokens import Space
from app.ui.patient_side.buttons import SideButton
from app.ui.patient_side.print_size import ANSWER_HEIGHT, COLUMN_GAP, PrintSize
from app.ui.patient_side.record import Texts
from app.ui.widgets.buttons import Kind


class SidePage(QWidget):
    """One page. It takes the focus itself, so that no button is the one that Enter presses.

    Attributes:
        texts: The texts of the form that are on this page, each with its part.
        spoken: What is read aloud, in order.

    Signals:
        next_wanted: On; what the page asks to confirm is confirmed.
        explain_wanted: The patient wants it explained again.
        answered: Arguments: the `Decision`, and the renditions that a yes leaves out.
        none_wanted: "None of these".
        rest_refused: "No to the rest".
        change_wanted: An answer is to be changed. Argument: the use.
        not_now_wanted: The patient puts it off.
        stop_wanted: The patient stops.
        picture_seen: A picture was really on screen. Argument: its rendition.
        texts_changed: Other texts are on now; `texts` holds them.
        pin_entered: Staff entered a PIN. Argument: its digits.
    """

    next_wanted = Signal()
    explain_wanted = Signal()
    answered = Signal(object, object)
    none_wanted = Signal()
    rest_refused = Signal()
    change_wanted = Signal(str)
    not_now_wanted = Signal()
    stop_wanted = Signal()
    picture_seen = Signal(str)
    texts_changed = Signal()
    pin_entered = Signal(str)

    def __init__(self, says: PatientTexts, size: PrintSize) -> None:
        super().__init__()
        self.says = says
        self.size_of_print = size
        self.texts: Texts = {}
        self.spoken: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ownFocus", "true")

    def go_back(self) -> bool:
        """Go back within the page; False when the page before is wanted."""
        return False

    def quiet(self, text: str, name: str) -> SideButton:
        """A button without a ground."""
        button = SideButton(text, Kind.QUIET, size_px=self.size_of_print.button)
        button.setObjectName(name)
        return button

    def large(self, text: str, name: str, kind: Kind = Kind.PRIMARY) -> SideButton:
        """A button as tall as Yes and No."""
        size = self.size_of_print
        button = SideButton(text, kind, size_px=size.body, height_px=ANSWER_HEIGHT)
        button.setObjectName(name)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def ways_out(self, *leading: QWidget) -> QHBoxLayout:
        """The last line of a page: what is given, then "Not now" and "I want to stop".

        Args:
            leading: Stand before them, each with the same room behind it.
        """
        not_now = self.quiet(self.says.not_now, "not-now")
        stop = self.quiet(self.says.stop, "stop")
        not_now.clicked.connect(self.not_now_wanted)
        stop.clicked.connect(self.stop_wanted)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        for widget in leading:
            row.addWidget(widget)
            row.addStretch(1)
        if not leading:
            row.addStretch(1)
        row.addWidget(not_now)
        row.addWidget(stop)
        return row


class TwoColumns(SidePage):
    """A page with the picture beside the words.

    Attributes:
        picture_column: For the picture and what stands under it.
        word_column: For the words and the buttons.
    """

    def __init__(self, says: PatientTexts, size: PrintSize, *, words_lead: bool) -> None:
        super().__init__(says, size)
        self._picture_side = _column()
        self._word_side = _column()
        self.picture_column = QVBoxLayout(self._picture_side)
        self.word_column = QVBoxLayout(self._word_side)
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(COLUMN_GAP)
        sides = [self._picture_side, self._word_side]
        for side in reversed(sides) if words_lead else sides:
            self._columns.addWidget(side)
        for column in (self.picture_column, self.word_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.M)
        self.share(size.picture_shares[0])

    def share(self, percent: int) -> None:
        """Give the picture so much of the width."""
        self._columns.setStretchFactor(self._picture_side, percent)
        self._columns.setStretchFactor(self._word_side, 100 - percent)

    def word_width(self, percent: int) -> int:
        """Width of the column of words when the picture has so much, in px."""
        return (self.width() - COLUMN_GAP) * (100 - percent) // 100


def _column() -> QWidget:
    column = QWidget()
    column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    return column
