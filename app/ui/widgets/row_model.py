"""The records of a `RowList`: what a row holds, and the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from app.ui.widgets.chips import ChipText

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Row:
    """One record to show.

    Attributes:
        key: What the signals tell; an id as text.
        picture: None shows no picture at all; a null pixmap shows the grey frame until it is read.
        icon: Lucide name, drawn where a picture would stand.
        chips: States, in the middle column.
        trailing: A short text at the end, such as a time.
        action: The one thing that mends or continues it; "" for none.
    """

    key: str
    title: str
    subtitle: str = ""
    picture: QPixmap | None = field(default=None, compare=False)
    icon: str = ""
    chips: tuple[ChipText, ...] = ()
    trailing: str = ""
    action: str = ""

    def spoken(self) -> str:
        """The row as one text for screen readers."""
        parts = (self.title, self.subtitle, *(chip.text for chip in self.chips), self.trailing)
        return ", ".join(part for part in parts if part)


class RowModel(QAbstractListModel):
    """Rows in order; a later page subclasses it when there are more than a few thousand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def replace(self, row: Row) -> None:
        """Show the row in place of the one with its key.

        Raises:
            KeyError: No row has that key.
        """
        place = self.place_of(row.key)
        self._rows[place] = row
        self.dataChanged.emit(self.index(place), self.index(place))

    def rows_with_chips(self) -> Iterator[Row]:
        """Those rows that say a state."""
        return (row for row in self._rows if row.chips)

    def place_of(self, key: str) -> int:
        """Where the row with a key stands, from 0.

        Raises:
            KeyError: No row has that key.
        """
        for place, row in enumerate(self._rows):
            if row.key == key:
                return place
        raise KeyError(key)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """How many rows there are."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        return None
