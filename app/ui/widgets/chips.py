"""Chips: a state as icon, word and colour together, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET, Type

HEIGHT = 24
_PADDING = 10
_GAP = 6
_SIGN = 14
_SHORTEST = 120  # px at 100 %
_ON_PICTURE = QColor(22, 20, 19, 190)


class ChipState(StrEnum):
    """What a chip says."""

    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRING = "expiring"
    WITHDRAWN = "withdrawn"
    DANGER = "danger"
    ACCENT = "accent"
    NEUTRAL = "neutral"
    ON_PICTURE = "on-picture"


SIGNS = {
    ChipState.GRANTED: "check",
    ChipState.REFUSED: "minus",
    ChipState.EXPIRING: "clock",
    ChipState.WITHDRAWN: "undo-2",
    ChipState.DANGER: "circle-alert",
}


@dataclass(frozen=True)
class ChipText:
    """One chip to show.

    Attributes:
        icon: Lucide name; None takes the state's own, "" shows none.
        tip: Tool tip; also what a screen reader adds.
    """

    text: str
    state: ChipState = ChipState.NEUTRAL
    icon: str | None = None
    tip: str = ""

    def sign(self) -> str:
        """The icon that is drawn."""
        return SIGNS.get(self.state, "") if self.icon is None else self.icon


def chip_colours(state: ChipState) -> tuple[QColor, QColor]:
    """Ink and ground of a state in the present palette."""
    palette = theme().palette
    if state is ChipState.ON_PICTURE:
        return QColor("#FFFFFF"), _ON_PICTURE
    if state is ChipState.NEUTRAL:
        return QColor(palette.ink_2), QColor(palette.refused_tint)
    ink: str = getattr(palette, state.value)
    ground: str = getattr(palette, f"{state.value}_tint")
    return QColor(ink), QColor(ground)


def chip_size(chip: ChipText, *, small: bool = False) -> QSize:
    """The size a chip needs, in px."""
    metrics = QFontMetrics(theme().font(Type.MICRO if small else Type.SMALL, 500))
    sign = theme().px(_SIGN) + _GAP if chip.sign() and not small else 0
    padding = 8 if small else _PADDING
    height = theme().px(18 if small else HEIGHT)
    return QSize(metrics.horizontalAdvance(chip.text) + sign + 2 * padding, height)


def draw_chip(painter: QPainter, box: QRectF, chip: ChipText, *, small: bool = False) -> None:
    """Draw a chip that fills a box; `small` leaves the icon out."""
    ink, ground = chip_colours(chip.state)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strong = theme().palette.name == "high-contrast" and chip.state is not ChipState.ON_PICTURE
    painter.setPen(QPen(ink, 1) if strong else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    pill = box.adjusted(0.5, 0.5, -0.5, -0.5) if strong else box
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(ink)
    painter.setFont(theme().font(Type.MICRO if small else Type.SMALL, 500))
    padding = 8 if small else _PADDING
    inner = box.adjusted(padding, 0, -padding, 0)
    sign = chip.sign()
    if sign and not small:
        inner = _draw_sign(painter, inner, sign, ink)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # of the words
    metrics = painter.fontMetrics()
    text = metrics.elidedText(chip.text, Qt.TextElideMode.ElideRight, round(inner.width()) + 1)
    painter.drawText(inner.adjusted(-1, 0, 1, 0), int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


def _draw_sign(painter: QPainter, inner: QRectF, sign: str, ink: QColor) -> QRectF:
    side = theme().px(_SIGN)
    rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = inner.right() - side if rtl else inner.left()
    draw_icon(painter, sign, ink.name(), QRectF(left, inner.top(), side, inner.height()))
    return inner.adjusted(0, 0, -side - _GAP, 0) if rtl else inner.adjusted(side + _GAP, 0, 0, 0)


class Chip(QLabel):
    """A state to read; it does nothing when tapped."""

    def __init__(
        self,
        text: str = "",
        state: ChipState = ChipState.NEUTRAL,
        icon: str | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chip = ChipText(text, state, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(self._chip)

    def chip(self) -> ChipText:
        """What is shown."""
        return self._chip

    def show_chip(self, chip: ChipText) -> None:
        """Show another text or state."""
        self._chip = chip
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(chip.text)
        self.setToolTip(chip.tip)
        self.setAccessibleDescription(chip.tip)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return chip_size(self._chip)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        draw_chip(painter, QRectF(self.rect()), self._chip)


class ChipRow(QWidget):
    """Chips in a row; those without room are counted in a last one, "+2", whose tip names them.

    The first is shortened before it is counted: an alert is to be read, not to be looked for.
    With `trailing` they stand at the end of the room, not at its beginning.
    """

    def __init__(
        self, gap: int = 8, *, trailing: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gap = gap
        self._trailing = trailing
        self._chips: list[Chip] = []
        self._rest = Chip(parent=self)
        self._rest.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_chips(self, chips: Sequence[ChipText]) -> None:
        """Show these chips instead of the present ones."""
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(parent=self) for _ in chips]
        for widget, chip_text in zip(self._chips, chips, strict=True):
            widget.show_chip(chip_text)
        self.updateGeometry()
        self._arrange()

    def visible_chips(self) -> list[str]:
        """The words that are to be seen now."""
        return [chip.text() for chip in self._chips if not chip.isHidden()]

    def sizeHint(self) -> QSize:
        """The size it wants."""
        widths = [chip.sizeHint().width() for chip in self._chips]
        gaps = self._gap * max(len(widths) - 1, 0)
        return QSize(sum(widths) + gaps, theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        least = chip_size(ChipText("+9")).width() if self._chips else 0
        return QSize(min(least, self.sizeHint().width()), theme().px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self.updateGeometry()
            self._arrange()

    def _arrange(self) -> None:
        shown = self._fitting()
        cut = 0
        if shown == 0 and self._chips:
            cut = self._room_for_first()
            shown = 1 if cut else 0
        hidden = self._chips[shown:]
        self._rest.setVisible(bool(hidden))
        words = ", ".join(chip.text() for chip in hidden)
        self._rest.show_chip(ChipText(f"+{len(hidden)}", ChipState.NEUTRAL, "", words))
        row = self._chips[:shown] + ([self._rest] if hidden else [])
        for chip in hidden:
            chip.hide()
        for chip in row:
            chip.resize(chip.sizeHint())
        if cut:
            row[0].resize(cut, row[0].height())
        self._tip_of_first(cut=bool(cut))
        used = sum(chip.width() for chip in row) + self._gap * max(len(row) - 1, 0)
        left = self.width() - used if self._trailing else 0
        for chip in row:
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            x = self.width() - left - chip.width() if rtl else left
            chip.move(x, (self.height() - chip.height()) // 2)
            chip.show()
            left += chip.width() + self._gap

    def _room_for_first(self) -> int:
        """The width for a first chip that is shortened; 0 where too little of it would be read."""
        several = len(self._chips) > 1
        rest = chip_size(ChipText("+9")).width() + self._gap if several else 0
        room = self.width() - rest
        return room if room >= theme().px(_SHORTEST) else 0

    def _tip_of_first(self, *, cut: bool) -> None:
        if self._chips:
            first = self._chips[0]
            first.setToolTip(first.text() if cut else first.chip().tip)

    def _fitting(self) -> int:
        if self.sizeHint().width() <= self.width():
            return len(self._chips)
        room = self.width() - chip_size(ChipText("+9")).width()
        for count, chip in enumerate(self._chips):
            room -= chip.sizeHint().width() + self._gap
            if room < 0:
                return count
        return len(self._chips)


class FilterChip(QPushButton):
    """A filter to switch on and off; drawn 32 px high, hit on 44."""

    def __init__(self, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", 18)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        metrics = QFontMetrics(theme().font(Type.SMALL, 500))
        sign = theme().px(_SIGN) + _GAP if self._sign() else 0
        return QSize(metrics.horizontalAdvance(self.text()) + sign + 28, theme().px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Switch it."""
        super().nextCheckState()
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        on = self.isChecked()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spare = (self.height() - theme().px(32)) / 2
        box = QRectF(self.rect()).adjusted(0.5, spare + 0.5, -0.5, -spare - 0.5)
        ink = QColor(palette.accent if on else palette.ink_2)
        painter.setPen(
            QColor(palette.accent if on else palette.outline if self.underMouse() else palette.line)
        )
        painter.setBrush(QColor(palette.accent_tint if on else palette.raised))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        inner = box.adjusted(13, 0, -13, 0)
        if self._sign():
            inner = _draw_sign(painter, inner, self._sign(), ink)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setPen(ink)
        painter.setFont(theme().font(Type.SMALL, 500))
        painter.drawText(
            inner.adjusted(-2, 0, 2, 0), int(Qt.AlignmentFlag.AlignCenter), self.text()
        )

    def _sign(self) -> str:
        return "check" if self.isChecked() else self._icon


def chip_line(chips: Sequence[Chip], gap: int = 8) -> QHBoxLayout:
    """A layout of chips with nothing after them."""
    line = QHBoxLayout()
    line.setSpacing(gap)
    for chip in chips:
        line.addWidget(chip)
    line.addStretch(1)
    return line
