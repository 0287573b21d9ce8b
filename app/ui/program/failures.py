"""The end of every failure that nobody handled: a notice with advice, or a code for support."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import KnownError
from app.logs import look_up_code
from app.ui.design.tokens import Role
from app.ui.widgets.cards import Card
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Label, Look

log = logging.getLogger(__name__)


class Failures(QObject):
    """Takes what no page handled, from every thread.

    Signals:
        known: The user can act on it. Argument: the KnownError.
    """

    known = Signal(object)
    _met = Signal(object)

    def __init__(self, host: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._sheet: Sheet | None = None
        self._muted = False
        self._before = (sys.excepthook, threading.excepthook)
        # Queued also from this thread: a sheet is not opened in the middle of what failed.
        self._met.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the last stop of exceptions in slots and in threads."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def uninstall(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def mute(self, muted: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Say nothing while the vault is being closed: what ran is interrupted on purpose."""
        self._muted = muted

    def meet(self, error: Exception) -> None:
        """Take a failure; from any thread."""
        self._met.emit(error)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._met.emit(error.with_traceback(trace))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._met.emit(args.exc_value)

    def _show(self, error: BaseException) -> None:
        if self._muted:
            log.info("a step was interrupted by the lock")
            return
        if isinstance(error, KnownError):
            self.known.emit(error)
            return
        code = look_up_code(error)
        log.error("fault %s", code, exc_info=error)
        if self._sheet is None:
            self._open(code)

    def _open(self, code: str) -> None:
        sheet = Sheet(
            self.tr("Something went wrong in the program"),
            self.tr("Go on"),
            self._host,
            text=self.tr(
                "What you did last may not have been stored; everything before it was. Look"
                " whether it is there, and do it again. If this comes back, tell support this"
                " code. It stands for the place in the program and says nothing about a patient."
            ),
        )
        sheet.setObjectName("fault")
        shown = Label(code, Look.DISPLAY, Role.INK)
        shown.setObjectName("fault-code")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card = Card()
        row = QHBoxLayout()
        row.addWidget(Label(self.tr("Code"), Look.BODY, Role.INK_2))
        row.addStretch(1)
        row.addWidget(shown)
        card.body.addLayout(row)
        sheet.body.addWidget(card)
        sheet.secondary.hide()
        sheet.finished.connect(self._closed)
        self._sheet = sheet
        sheet.open()

    def _closed(self) -> None:
        self._sheet = None
