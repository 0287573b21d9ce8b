"""Keys that work anywhere on a page, except where text is being typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_key(page: QWidget, key: str | QKeySequence.StandardKey, act: Callable[[], None]) -> None:
    """Call a bound method when the key is pressed on the page or anything on it."""
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
