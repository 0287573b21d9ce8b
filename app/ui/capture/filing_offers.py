"""Offers to put filing right: pictures that wait for this patient, or lie under another one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.clinical_image import FiledImage
from app.domain.ids import ImageId
from app.ui.capture.offer_card import OfferCard
from app.ui.design.tokens import Role, Space
from app.ui.widgets.fields import Field
from app.ui.widgets.sheet import Sheet


class FilingOffers(QWidget):
    """Two cards, hidden while there is nothing to offer.

    Signals:
        take_in_requested: The waiting pictures belong to this visit.
        move_requested: A picture belongs to this patient. Arguments: its id, the reason.
    """

    take_in_requested = Signal()
    move_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waiting = OfferCard("inbox", Role.ACCENT)
        self.elsewhere = OfferCard("circle-alert", Role.EXPIRING)
        self._found = ImageId("")
        self._refused = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for card in (self.waiting, self.elsewhere):
            column.addWidget(card)
            card.closed.connect(self._reflect)
        self.waiting.setObjectName("waiting-pictures")
        self.elsewhere.setObjectName("picture-elsewhere")
        self.waiting.taken.connect(self._take_in)
        self.waiting.closed.connect(self._refuse)
        self.elsewhere.taken.connect(self.ask_reason)
        self._reflect()

    def offer_waiting(self, count: int) -> None:
        """Say how many wait; the user who closed the card is not asked again in this visit."""
        text = (
            self.tr("1 picture waits for this patient.")
            if count == 1
            else self.tr("{count} pictures wait for this patient.").format(count=count)
        )
        self.waiting.set_waiting(waiting=False)
        shown = count > 0 and not self._refused
        verb = self.tr("Take it in") if count == 1 else self.tr("Take them in")
        self.waiting.say(text if shown else "", verb)
        self._reflect()

    def offer_move(self, filed: FiledImage, *, permitted: bool) -> None:
        """Say that a picture lies under another patient; who may, can move it."""
        self._found = filed.id
        self.elsewhere.say(
            self.tr("This picture is in the vault already, under another patient."),
            self.tr("Move it to this patient") if permitted else "",
        )
        self._reflect()

    def ask_reason(self) -> Sheet:
        """Ask why it is moved, over the window."""
        sheet = ReasonSheet(self.window())
        sheet.reason_given.connect(self._move)
        sheet.open()
        return sheet

    def forget(self) -> None:
        """Another visit: offer nothing of this one."""
        self._found = ImageId("")
        self._refused = False
        for card in (self.waiting, self.elsewhere):
            card.say("", "")
        self._reflect()

    def _take_in(self) -> None:
        self.waiting.set_waiting(waiting=True)
        self.take_in_requested.emit()

    def _refuse(self) -> None:
        self._refused = True

    def _move(self, reason: str) -> None:
        self.elsewhere.say("", "")
        self._reflect()
        self.move_requested.emit(self._found, reason)

    def _reflect(self) -> None:
        self.setHidden(self.waiting.isHidden() and self.elsewhere.isHidden())


class ReasonSheet(Sheet):
    """Asks for the reason of a correction.

    Signals:
        reason_given: Argument: the reason, without outer spaces.
    """

    reason_given = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(
            _tr("Move the picture to this patient"),
            _tr("Move the picture"),
            host,
            text=_tr(
                "Every consent that was given for it under the other patient becomes void. "
                "Both records say that it was moved, and why."
            ),
        )
        self._reason = Field(
            _tr("What was wrong?"), QLineEdit(), _tr("For instance: filed under the wrong patient")
        )
        self._reason.input.setObjectName("move-reason")
        self.body.addWidget(self._reason)

    def accept(self) -> None:
        """Move it, once there is a reason."""
        reason = self._text()
        if not reason:
            self._reason.set_error(_tr("Say in a few words what was wrong."))
            return
        self.reason_given.emit(reason)
        super().accept()

    def _text(self) -> str:
        assert isinstance(self._reason.input, QLineEdit)
        return self._reason.input.text().strip()


def _tr(text: str) -> str:
    return QCoreApplication.translate("FilingOffers", text)
