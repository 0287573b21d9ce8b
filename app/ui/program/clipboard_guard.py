"""Takes back what was copied in the program: after half a minute, and when the vault is locked."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 30_000


class ClipboardGuard(QObject):
    """Clears the clipboard when its content is the program's own; others' is left alone."""

    def __init__(self, parent: QObject | None = None, *, kept_ms: int = KEPT_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept_ms)
        self._timer.timeout.connect(self.clear)
        _clipboard().dataChanged.connect(self._look)

    def clear(self) -> None:
        """Take back now what is the program's own."""
        self._timer.stop()
        clipboard = _clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear(QClipboard.Mode.Clipboard)
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)

    def _look(self) -> None:
        if _clipboard().ownsClipboard() and _clipboard().text():
            self._timer.start()


def _clipboard() -> QClipboard:
    return QGuiApplication.clipboard()
