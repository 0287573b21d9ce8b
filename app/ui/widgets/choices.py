"""Choosing one of several: large choices with a description, and the segmented control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from app.ui.design.icons import draw_icon
from app.ui.design.stylesheet import derived
from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET, Palette, Radius, Space, Type
from app.ui.widgets.text import wrapping

_TALL = 10_000


@dataclass(frozen=True)
class Choice:
    """One answer.

    Attributes:
        value: What `ChoiceGroup.value` gives; never shown.
        icon: Lucide name, "" for none.
    """

    value: str
    title: str
    description: str = ""
    icon: str = ""


class ChoiceCard(QRadioButton):
    """A choice as a card of at least 44 px: title, description, and a mark when it is chosen."""

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(choice.title, parent)
        self.choice = choice
        self.setAccessibleDescription(choice.description)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("focusRadius", Radius.CARD + 2)

    def hasHeightForWidth(self) -> bool:
        """Its text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that its text needs in a width."""
        title, description = self._texts(width)
        wanted = title.height() + (description.height() + 2 if self.choice.description else 0)
        return max(wanted + 2 * Space.M, theme().px(TARGET + 4))

    def sizeHint(self) -> QSize:
        """The size it wants."""
        title = QFontMetrics(theme().font(Type.BODY, 600)).horizontalAdvance(self.text())
        width = max(title + self._indent() + 2 * Space.L, theme().px(160))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(120), self.heightForWidth(max(self.width(), theme().px(120))))

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be hit."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_card(painter, palette)
        self._draw_mark(painter, palette)
        title, description = self._texts(self.width())
        top = (self.height() - title.height() - description.height()) // 2
        left = self._left()
        painter.setFont(theme().font(Type.BODY, 600))
        painter.setPen(QColor(palette.ink if self.isEnabled() else palette.ink_3))
        painter.drawText(title.translated(left, top), wrapping(self), self.text())
        painter.setFont(theme().font(Type.SMALL))
        painter.setPen(QColor(palette.ink_2 if self.isEnabled() else palette.ink_3))
        below = description.translated(left, top + title.height() + 2)
        painter.drawText(below, wrapping(self), self.choice.description)

    def _draw_card(self, painter: QPainter, palette: Palette) -> None:
        on = self.isChecked()
        edge = 2.0 if on else 1.0
        over = self.underMouse() and self.isEnabled()
        painter.setPen(
            QPen(QColor(palette.accent if on else palette.outline if over else palette.line), edge)
        )
        painter.setBrush(QColor(palette.accent_tint if on else palette.raised))
        half = edge / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)

    def _draw_mark(self, painter: QPainter, palette: Palette) -> None:
        side = theme().px(20)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - Space.L - side if rtl else Space.L
        box = QRectF(left, 0, side, self.height())
        on = self.isChecked()
        name = "circle-check" if on else self.choice.icon or "circle"
        colour = palette.accent if on else palette.ink_2 if self.choice.icon else palette.outline
        draw_icon(painter, name, colour, box)

    def _indent(self) -> int:
        return theme().px(20) + Space.M

    def _left(self) -> int:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return Space.L if rtl else Space.L + self._indent()

    def _texts(self, width: int) -> tuple[QRect, QRect]:
        room = QRect(0, 0, max(40, width - 2 * Space.L - self._indent()), _TALL)
        title = QFontMetrics(theme().font(Type.BODY, 600)).boundingRect(
            room, wrapping(self), self.text()
        )
        below = QRect()
        if self.choice.description:
            metrics = QFontMetrics(theme().font(Type.SMALL))
            below = metrics.boundingRect(room, wrapping(self), self.choice.description)
        return (
            QRect(0, 0, room.width(), title.height()),
            QRect(0, 0, room.width(), below.height()),
        )


class _OneOf(QWidget):
    """Keeps buttons exclusive while allowing that none is chosen.

    Signals:
        chosen: The user chose. Argument: the value.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QAbstractButton] = {}
        self._group.buttonClicked.connect(self._tell)

    def value(self) -> str | None:
        """What is chosen, None while nothing is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: str | None) -> None:
        """Choose without telling; None chooses nothing."""
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == value)
        self._group.setExclusive(True)

    def button(self, value: str) -> QAbstractButton:
        """The button of a value, for instance to switch it off."""
        return self._buttons[value]

    def _add(self, value: str, button: QAbstractButton) -> None:
        button.setObjectName(f"choice-{value}")
        self._buttons[value] = button
        self._group.addButton(button)

    def _clear(self) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()

    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(key for key, one in self._buttons.items() if one is button))


class ChoiceGroup(_OneOf):
    """Choices as cards; nothing is chosen before the user does.

    Signals:
        chosen: The user chose. Argument: the value.
    """

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice] = (),
        *,
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.S)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these instead; nothing is chosen then."""
        self._clear()
        for place, choice in enumerate(choices):
            card = ChoiceCard(choice, self)
            self._add(choice.value, card)
            self._grid.addWidget(card, place // self._columns, place % self._columns)

    def set_columns(self, columns: int) -> None:
        """Arrange them anew: fewer columns where large print leaves no room."""
        if columns != self._columns:
            self._columns = columns
            for place, card in enumerate(self._buttons.values()):
                self._grid.addWidget(card, place // columns, place % columns)


class _Segment(QRadioButton):
    def __init__(self, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", Radius.CONTROL)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        text = QFontMetrics(theme().font(Type.BODY, 600)).horizontalAdvance(self.text())
        sign = theme().px(16) + (Space.S if self.text() else 0) if self._icon else 0
        return QSize(text + sign + 2 * Space.M, theme().px(TARGET) - 6)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be hit."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on:
            painter.setPen(QColor(palette.line))
            painter.setBrush(QColor(derived(palette)["chosen"]))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        colour = palette.ink if self.underMouse() else palette.ink_2
        colour = derived(palette)["on_chosen"] if on else colour
        colour = colour if self.isEnabled() else palette.ink_3
        font = theme().font(Type.BODY, 600 if on else 500)
        text = QFontMetrics(font).horizontalAdvance(self.text())
        side = theme().px(16) if self._icon else 0
        gap = Space.S if side and text else 0
        left = (self.width() - text - side - gap) / 2
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if side:
            at = left + text + gap if rtl else left
            draw_icon(painter, self._icon, colour, QRectF(at, 0, side, self.height()))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        at = left if rtl else left + side + gap
        box = QRectF(at - 2, 0, text + 4, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text())


class Segmented(_OneOf):
    """A few short alternatives side by side, such as Front and Back.

    Signals:
        chosen: The user chose. Argument: the value.
    """

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice],
        value: str | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for choice in choices:
            segment = _Segment(choice.title, choice.icon, self)
            segment.setToolTip(choice.description)
            self._add(choice.value, segment)
            row.addWidget(segment)
        self.set_value(value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(palette.line))
        painter.setBrush(QColor(palette.sunken))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
