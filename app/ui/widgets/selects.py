"""Choosing one of many from a list that opens, and menus: large rows, round corners."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QStyledItemDelegate, QWidget

_LEAST_LETTERS = 6


def _rounded(popup: QWidget) -> None:
    """Let what lies behind show at the corners; the platform's own shadow would be square."""
    popup.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    popup.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
    popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


class Select(QComboBox):
    """One of many, by value; it may be narrower than its texts.

    Signals:
        chosen: The user chose. Argument: the value.
    """

    chosen = Signal(str)

    def __init__(
        self,
        items: Sequence[tuple[str, str]] = (),
        value: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("rounded", "true")
        self.setItemDelegate(QStyledItemDelegate(self))  # the default one ignores the style sheet
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        _rounded(self.view().window())
        self.activated.connect(self._tell)
        self.set_items(items, value)

    def set_items(self, items: Sequence[tuple[str, str]], value: str | None = None) -> None:
        """Offer these (value, text) instead; without a value the first is chosen, untold."""
        self.clear()
        for key, text in items:
            self.addItem(text, key)
        if value is not None:
            self.set_value(value)

    def value(self) -> str | None:
        """What is chosen, None when there is nothing to choose."""
        found = self.currentData()
        return None if found is None else str(found)

    def set_value(self, value: str | None) -> None:
        """Choose without telling; None, or what is not offered, chooses nothing."""
        self.setCurrentIndex(-1 if value is None else self.findData(value))

    def _tell(self, _index: int) -> None:
        value = self.value()
        if value is not None:
            self.chosen.emit(value)


class Menu(QMenu):
    """A menu with round corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rounded", "true")
        _rounded(self)
