"""Restoring a point of the open vault's own backups into a new vault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.backup import BackupPoint
from app.ui.backup.point_list import PointList
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.door.stage import RING
from app.ui.door.vault_place import VaultPlace
from app.ui.room import Room
from app.ui.widgets.sheet import Sheet, list_height

_WIDTH = 640


class RestoreSheet(Sheet):
    """Which point, and where the new vault is to lie.

    Signals:
        wanted: Arguments: the point's id, and the path of the new vault.
    """

    wanted = Signal(str, object)

    def __init__(
        self, room: Room, points: Sequence[BackupPoint], vault: Path, host: QWidget
    ) -> None:
        super().__init__(
            self.tr("Restore from a backup"),
            self.tr("Restore"),
            host,
            text=self.tr(
                "A new vault is made from the point. The one that is open stays as it is. The new"
                " one opens with the passphrases of that day."
            ),
            width=_WIDTH,
        )
        self.setObjectName("restore-sheet")
        self.points = PointList(room.desk.zone)
        self.place = VaultPlace()
        told = self.tr("{name} restored")
        self.place.name.setText(told.format(name=vault.stem))
        self.place.folder.setText(str(vault.parent))
        self.points.show_points(points)
        self.body.addWidget(self._scrolled(), 1)
        self.primary.clicked.disconnect()  # it closes when the place will do
        self.primary.clicked.connect(self._submit)
        self.points.picked.connect(self.primary.setEnabled)
        self.primary.setEnabled(self.points.point() is not None)

    def _scrolled(self) -> QScrollArea:
        """Both, as high as they are, or as the window has room for."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(RING, RING, RING, RING)
        column.setSpacing(Space.L)
        column.addWidget(self.points)
        column.addWidget(self.place)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        wanted = int(inner.sizeHint().height() / theme().scale) + 2
        area.setMinimumHeight(list_height(self, wanted))
        return area

    def _submit(self) -> None:
        point, path = self.points.point(), self.place.path()
        if point is not None and self.place.is_good() and path is not None:
            self.accept()
            self.wanted.emit(point.id, path)
