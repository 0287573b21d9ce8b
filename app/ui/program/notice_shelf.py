"""Notices that lie over the window until they are taken away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import KnownError
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.widgets.notices import Notice

_WIDTH = 560
_MOST = 2


class NoticeShelf(QWidget):
    """The newest failures, at the top of the window; the same one is shown once.

    Signals:
        help_requested: Argument: the error's code.
    """

    help_requested = Signal(str)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("notices")
        self._host = host
        self._shown: dict[str, Notice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        host.installEventFilter(self)
        self.hide()

    def show_error(self, error: KnownError) -> None:
        """Lay an error on top."""
        notice = Notice.for_error(error, closable=True)
        notice.help_requested.connect(self.help_requested)
        self.show_notice(error.code, notice)

    def show_notice(self, name: str, notice: Notice) -> None:
        """Lay a notice that can be closed on top, instead of the one of its name."""
        self._drop(name)
        while len(self._shown) >= _MOST:
            self._drop(next(iter(self._shown)))
        notice.closed.connect(self._tidy)
        self._shown[name] = notice
        self._column.insertWidget(0, notice)
        notice.show()
        self.show()
        self.raise_()
        self._place()

    def codes(self) -> tuple[str, ...]:
        """The codes of what is shown, oldest first."""
        return tuple(self._shown)

    def clear(self) -> None:
        """Take all away."""
        for code in tuple(self._shown):
            self._drop(code)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the host."""
        # While Python collects a window, its widgets may be called without their attributes.
        host = getattr(self, "_host", None)
        resized = event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if watched is host and resized and not self.isHidden():
            self._place()
        return False

    def _tidy(self) -> None:
        for code, notice in tuple(self._shown.items()):
            if notice.isHidden():
                self._drop(code)
        self.setVisible(bool(self._shown))
        self._place()

    def _drop(self, code: str) -> None:
        notice = self._shown.pop(code, None)
        if notice is not None:
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()

    def _place(self) -> None:
        width = min(theme().px(_WIDTH), self._host.width() - 2 * Space.XL)
        self._column.activate()
        height = self._column.heightForWidth(width)
        self.setGeometry((self._host.width() - width) // 2, Space.L, width, max(height, 1))
