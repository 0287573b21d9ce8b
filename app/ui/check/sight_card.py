"""The list of things to look for by eye, and what was done about each that is there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.domain.rendition import Edits, Resolution
from app.ui.capture.card_head import close_body
from app.ui.check.draft import Sight
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space, Type
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import ChipState, ChipText, chip_size, draw_chip
from app.ui.widgets.selects import Menu
from app.ui.widgets.text import Label, Look

_ROW_PX = 40
_ABSENT = "absent"


class SightRow(QPushButton):
    """One thing to look for; pressing it opens what may be said about it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._chip: ChipText | None = None
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chip(self, chip: ChipText | None) -> None:
        """What was done about it; None for not there."""
        self._chip = chip
        self.setAccessibleDescription(chip.text if chip else "")
        self.update()

    def chip(self) -> ChipText | None:
        """What is shown."""
        return self._chip

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(200), theme().px(_ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(100), theme().px(_ROW_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font(Type.BODY, 600 if self._chip else 500))
        ink = palette.ink if self._chip or self.underMouse() else palette.ink_2
        painter.setPen(QColor(ink if self.isEnabled() else palette.ink_3))
        chip = self._chip or ChipText(self.tr("not seen"), ChipState.NEUTRAL, "")
        size = chip_size(chip)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        taken = size.width() + Space.S
        words = self.rect().adjusted(taken if rtl else 0, 0, 0 if rtl else -taken, 0)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, int(leading), text)
        left = 0 if rtl else self.width() - size.width()
        top = (self.height() - size.height()) / 2
        draw_chip(painter, QRectF(left, top, size.width(), size.height()), chip)


class SightCard(Card):
    """Face, tattoo, jewellery, names, other people.

    Signals:
        settled: Arguments: what, a Sight; None for not in the picture.
        reason_wanted: It stays visible, and somebody must say why. Argument: what.
    """

    settled = Signal(str, object)
    reason_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._edits = Edits()
        self._group = QButtonGroup(self)
        self._rows = {what: SightRow(name) for what, name in self._names().items()}
        self.set_title(self.tr("Look for"))
        self.body.setSpacing(0)
        close_body(self)
        for what, row in self._rows.items():
            row.setObjectName(f"sight-{what}")
            self._group.addButton(row)
            self.body.addWidget(row)
        self._group.buttonClicked.connect(self._open)
        self.body.addSpacing(Space.XS)
        self.body.addWidget(
            Label(
                self.tr("The program cannot see these for you."), Look.SMALL, Role.INK_3, wrap=True
            )
        )

    def show_sights(self, seen: Mapping[str, Sight], edits: Edits) -> None:
        """Show what was seen and what was done about it."""
        self._edits = edits
        for what, row in self._rows.items():
            row.show_chip(self._chip(seen[what]) if what in seen else None)

    def row(self, what: str) -> SightRow:
        """The row of one thing."""
        return self._rows[what]

    def menu(self, what: str) -> Menu:
        """What may be said about one thing; only what is true of the edits can be chosen."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, text, possible in (
            (_ABSENT, self.tr("Not in the picture"), True),
            (Resolution.COVERED, self.tr("Covered"), bool(self._edits.covers)),
            (Resolution.CROPPED, self.tr("Cropped away"), self._edits.crop is not None),
            (Resolution.ACCEPTED, self.tr("Stays visible …"), True),
        ):
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.setObjectName(key)
            action.setData(what)
        menu.triggered.connect(self._say)
        return menu

    def _open(self, row: QAbstractButton) -> None:
        what = next(what for what, one in self._rows.items() if one is row)
        self.menu(what).popup(row.mapToGlobal(QPoint(row.width() // 3, row.height())))

    def _say(self, action: QAction) -> None:
        what, key = str(action.data()), action.objectName()
        if key == _ABSENT:
            self.settled.emit(what, None)
        elif key == Resolution.ACCEPTED:
            self.reason_wanted.emit(what)
        else:
            self.settled.emit(what, Sight(Resolution(key)))

    def _chip(self, sight: Sight) -> ChipText:
        if sight.resolution is None:
            return ChipText(self.tr("open"), ChipState.EXPIRING, "")
        return {
            Resolution.COVERED: ChipText(self.tr("covered"), ChipState.GRANTED),
            Resolution.CROPPED: ChipText(self.tr("cropped"), ChipState.GRANTED),
            Resolution.STRIPPED: ChipText(self.tr("removed"), ChipState.GRANTED),
            Resolution.ACCEPTED: ChipText(
                self.tr("visible"), ChipState.ACCENT, "eye", sight.reason
            ),
        }[sight.resolution]

    def _names(self) -> dict[str, str]:
        return {
            "face": self.tr("Face"),
            "tattoo": self.tr("Tattoo, birthmark"),
            "jewellery": self.tr("Jewellery"),
            "name": self.tr("Name on label or gown"),
            "person": self.tr("Another person"),
        }
