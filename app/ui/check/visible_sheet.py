"""Asks why something that may identify the person stays visible."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.widgets.fields import Field
from app.ui.widgets.sheet import Sheet


class VisibleSheet(Sheet):
    """One line of text.

    Signals:
        reason_given: Argument: the reason, without outer spaces.
    """

    reason_given = Signal(str)

    def __init__(self, reason: str, host: QWidget) -> None:
        super().__init__(
            _tr("Why does it stay visible?"),
            _tr("Keep it visible"),
            host,
            text=_tr("The reason is kept with the picture."),
        )
        self._line = QLineEdit(reason)
        self._line.setObjectName("visible-reason")
        self._field = Field(
            _tr("Reason"), self._line, _tr("For instance: it is what the picture is about")
        )
        self.body.addWidget(self._field)

    def accept(self) -> None:
        """Keep it visible, once there is a reason."""
        reason = self._line.text().strip()
        if not reason:
            self._field.set_error(_tr("Say in a few words why."))
            return
        self.reason_given.emit(reason)
        super().accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("VisibleSheet", text)
