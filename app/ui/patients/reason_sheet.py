"""A change to what stands recorded: it needs a reason, and stays open until the vault took it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import KnownError
from app.services.ports import Desk, UnitOfWork
from app.ui.room import Room
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.sheet import Sheet

WIDTH = 560

Deed = Callable[[UnitOfWork, Desk, str], object]


class ReasonSheet(Sheet):
    """Asks why, then does it.

    Attributes:
        reason: The field for the reason.

    Signals:
        written: It is recorded. Argument: what the service gave.
    """

    written = Signal(object)

    def __init__(
        self,
        room: Room,
        host: QWidget,
        title: str,
        verb: str,
        deed: Deed,
        *,
        text: str = "",
        width: int = WIDTH,
    ) -> None:
        super().__init__(title, verb, host, text=text, width=width)
        self._room, self._deed = room, deed
        self._notice: Notice | None = None
        self._why = QLineEdit()
        self._why.setObjectName("change-reason")
        self.reason = Field(self.tr("Why"), self._why, self.tr("Kept with the history."))
        self.body.addWidget(self.reason)
        self._why.textChanged.connect(self._look)
        self._look()

    def accept(self) -> None:
        """Do it; the sheet closes when the vault took it."""
        if not self.ready():
            return
        self.primary.setEnabled(False)
        deed = partial(self._do, reason=self._why.text().strip())
        self._room.change(deed, self._written, on_failure=self._failed)

    def ready(self) -> bool:
        """Whether everything is said that it takes."""
        return bool(self._why.text().strip())

    def say(self, notice: Notice | None) -> None:
        """Show a notice at the top instead of the last one, or none any more."""
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        if notice is not None:
            self.body.insertWidget(0, notice)

    def _do(self, uow: UnitOfWork, desk: Desk, *, reason: str) -> object:
        return self._deed(uow, desk, reason)

    def _written(self, result: object) -> None:
        self.written.emit(result)
        super().accept()

    def _failed(self, error: Exception) -> None:
        self._look()
        if isinstance(error, KnownError):
            self.say(Notice.for_error(error))
        else:
            self._room.runner.failed.emit(error)

    def _look(self, *_value: object) -> None:
        self.primary.setEnabled(self.ready())
