"""Buttons: one primary a screen, secondary, quiet and danger; at least 44 px to hit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.design.icons import directed, draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import ICON, TARGET, Palette, Radius, Type, mix


class Kind(StrEnum):
    """How loudly a button speaks."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    ANSWER = "answer"


@dataclass(frozen=True)
class Paint:
    """What a button is drawn with: fill, text and edge as "#RRGGBB"; "" draws none."""

    fill: str
    text: str
    edge: str = ""


@dataclass(frozen=True)
class Shape:
    """Measures in px at 100 %: height of the drawn part, side padding, corner, type."""

    height: int
    padding: int
    radius: int
    size: int
    edge_px: int = 1


_SHAPES = {
    Kind.PRIMARY: Shape(TARGET, 20, Radius.CONTROL, 14),
    Kind.SECONDARY: Shape(TARGET, 16, Radius.CONTROL, Type.BODY),
    Kind.QUIET: Shape(TARGET, 12, Radius.CONTROL, 14),
    Kind.DANGER: Shape(TARGET, 20, Radius.CONTROL, 14),
    Kind.ANSWER: Shape(88, 24, Radius.ANSWER, Type.PATIENT_ANSWER, 2),
}
_COMPACT = Shape(32, 12, Radius.CONTROL, Type.SMALL)
_GAP = 10


def paint_for(kind: Kind, palette: Palette, *, enabled: bool, hover: bool, down: bool) -> Paint:
    """The colours of a button in a state."""
    if not enabled:
        ground = "" if kind is Kind.QUIET else palette.sunken
        return Paint(ground, mix(palette.ink_3, palette.surface, 0.3), "")
    depth = 0.2 if down else 0.1 if hover else 0.0
    if kind is Kind.PRIMARY:
        return Paint(mix(palette.accent, palette.ink, depth), palette.on_accent)
    if kind is Kind.DANGER:
        return Paint(mix(palette.danger, palette.ink, depth), palette.on_danger)
    soft = mix(palette.raised, palette.ink, depth / 2)
    if kind is Kind.ANSWER:
        return Paint(soft, palette.ink, palette.ink_2)
    if kind is Kind.SECONDARY:
        strong = palette.name == "high-contrast"
        return Paint(soft, palette.ink, palette.outline if strong else palette.line)
    return Paint(mix(palette.surface, palette.ink, depth * 0.7) if depth else "", palette.ink_2)


class Button(QPushButton):
    """A button drawn by the window itself, alike on every platform.

    Icons are names of `resources/icons`; those that point somewhere turn round by themselves where
    text runs from right to left. Without text it is square, and `label` is its name and tool tip.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        trailing: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._icon = icon
        self._trailing = trailing
        self._shape = _COMPACT if compact else _SHAPES[kind]
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", self._shape.radius + 2)

    def kind(self) -> Kind:
        """How it is drawn."""
        return self._kind

    def set_icon(self, icon: str = "", *, trailing: str = "") -> None:
        """Change the icons; "" takes one away."""
        self._icon = icon
        self._trailing = trailing
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        text = QFontMetrics(self._font()).size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        icons = [name for name in (self._icon, self._trailing) if name]
        gaps = max(len(icons) + bool(self.text()) - 1, 0) * _GAP
        width = text + len(icons) * self._icon_px() + gaps + 2 * theme().px(self._shape.padding)
        height = max(theme().px(self._shape.height), theme().px(TARGET))
        return QSize(max(width, height if not self.text() else theme().px(TARGET)), height)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._paint()
        self._draw_ground(painter, colours)
        self._draw_content(painter, colours.text)

    def _paint(self) -> Paint:
        return paint_for(
            self._kind,
            theme().palette,
            enabled=self.isEnabled(),
            hover=self.underMouse(),
            down=self.isDown(),
        )

    def _drawn(self) -> QRectF:
        spare = max(0, self.height() - theme().px(self._shape.height)) / 2
        grown = 0 if self._shape is not _COMPACT else spare
        return QRectF(self.rect()).adjusted(0, grown, 0, -grown)

    def _draw_ground(self, painter: QPainter, colours: Paint) -> None:
        edge = self._shape.edge_px if colours.edge else 0
        painter.setPen(QPen(QColor(colours.edge), edge) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill) if colours.fill else Qt.BrushStyle.NoBrush)
        if edge or colours.fill:
            box = self._drawn().adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
            painter.drawRoundedRect(box, self._shape.radius, self._shape.radius)
        if self.hasFocus() and self._kind in (Kind.PRIMARY, Kind.DANGER):
            # The ring around it has the colour of its fill; a line inside parts the two.
            painter.setPen(QPen(QColor(colours.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = self._drawn().adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(inner, self._shape.radius - 2, self._shape.radius - 2)

    def _draw_content(self, painter: QPainter, colour: str) -> None:
        side = self._icon_px()
        metrics = QFontMetrics(self._font())
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width() if self.text() else 0
        parts: list[tuple[str, int]] = [(self._icon, side if self._icon else 0), ("", text)]
        parts.append((self._trailing, side if self._trailing else 0))
        parts = [part for part in parts if part[1]]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            parts.reverse()
        left = (self.width() - sum(part[1] for part in parts) - _GAP * (len(parts) - 1)) / 2
        painter.setFont(self._font())
        painter.setPen(QColor(colour))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        for name, width in parts:
            box = QRectF(left, 0, width, self.height())
            if name:
                draw_icon(painter, directed(name, self.layoutDirection()), colour, box)
            else:
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
                painter.drawText(box.adjusted(-2, 0, 2, 0), int(flags), self.text())
            left += width + _GAP

    def _font(self) -> QFont:
        return theme().font(self._shape.size, 600)

    def _icon_px(self) -> int:
        small = self._shape is _COMPACT
        return theme().px(16 if small else ICON)


class PrimaryButton(Button):
    """The one thing to do on a screen."""

    def __init__(
        self, text: str, *, icon: str = "", trailing: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, Kind.PRIMARY, icon=icon, trailing=trailing, parent=parent)


class SecondaryButton(Button):
    """Any other thing to do; `compact` is drawn 32 px high but is hit on 44."""

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        trailing: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            text, Kind.SECONDARY, icon=icon, trailing=trailing, compact=compact, parent=parent
        )


class QuietButton(Button):
    """An action without a ground: Back, Import, Help."""

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        trailing: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            text, Kind.QUIET, icon=icon, trailing=trailing, compact=compact, parent=parent
        )


class DangerButton(Button):
    """What cannot be undone; its text says the verb and how many: "Erase 3 photographs"."""

    def __init__(self, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, Kind.DANGER, icon=icon, parent=parent)


class AnswerButton(Button):
    """Yes or No on the patient's side: large, and both drawn alike (R15)."""

    def __init__(self, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, Kind.ANSWER, icon=icon, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class IconButton(Button):
    """A square button with an icon only; `label` is what it is called and its tool tip."""

    def __init__(
        self,
        icon: str,
        label: str,
        *,
        kind: Kind = Kind.QUIET,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon=icon, compact=compact, parent=parent)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Name the action."""
        self.setAccessibleName(label)
        self.setToolTip(label)
