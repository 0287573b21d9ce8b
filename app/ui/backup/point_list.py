"""The points of a backup, newest first, to choose one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.backup import BackupPoint
from app.ui.backup.backup_words import moment_word, point_line
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList

_SEEN = 4


class PointList(QWidget):
    """One row a point; those that lack a file are marked and cannot be restored.

    Signals:
        picked: Another point is marked. Argument: whether it can be restored.
    """

    picked = Signal(bool)

    def __init__(self, zone: tzinfo | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._points: dict[str, BackupPoint] = {}
        self.list = RowList(self.tr("Points in time"))
        self.list.setObjectName("backup-points")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.list.picked.connect(self._tell)

    def show_points(self, points: Sequence[BackupPoint]) -> None:
        """Show these, given with the newest last; the newest whole one is marked."""
        newest = list(reversed(points))
        several = len({point.set_name for point in newest}) > 1
        self._points = {point.id: point for point in newest}
        self.list.rows.set_rows([self._row(point, named=several) for point in newest])
        seen = max(1, min(len(newest), _SEEN))
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * seen + 2 if newest else 0)
        first = next((point for point in newest if point.whole), None)
        if first is not None:
            self.list.pick(first.id)

    def point(self) -> BackupPoint | None:
        """The one that is marked, if it can be restored."""
        point = self._points.get(self.list.current_key() or "")
        return point if point is not None and point.whole else None

    def _row(self, point: BackupPoint, *, named: bool) -> Row:
        title = moment_word(point.at, self._zone)
        damaged = ChipText(self.tr("Not whole"), ChipState.DANGER)
        return Row(
            point.id,
            f"{point.set_name} – {title}" if named else title,
            point_line(point),
            icon="history",
            chips=() if point.whole else (damaged,),
        )

    def _tell(self, _key: str) -> None:
        self.picked.emit(self.point() is not None)
