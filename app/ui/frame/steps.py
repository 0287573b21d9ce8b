"""The step bar: where the session is on its way from Identify to Copy."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.domain.encounter import Step
from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space, Type, mix

HEIGHT = 48
_DISC = 20
_GAP = 8


def step_words() -> dict[Step, str]:
    """What each step is called."""
    tr = QCoreApplication.translate
    return {
        Step.IDENTIFY: tr("StepBar", "Identify"),
        Step.BEFORE: tr("StepBar", "Before"),
        Step.CAPTURE: tr("StepBar", "Capture"),
        Step.CHECK: tr("StepBar", "Check"),
        Step.SHOW: tr("StepBar", "Show & choose"),
        Step.SIGN: tr("StepBar", "Sign"),
        Step.COPY: tr("StepBar", "Copy"),
    }


class _State(StrEnum):
    DONE = "done"
    NOW = "now"
    TO_COME = "to-come"


def _state_of(step: Step, now: Step) -> _State:
    if step == now:
        return _State.NOW
    return _State.DONE if step < now else _State.TO_COME


class _StepButton(QPushButton):
    """A disc with number or tick, and the word."""

    def __init__(self, step: Step, parent: QWidget) -> None:
        super().__init__(parent)
        self._word = step_words()[step]
        self.step = step
        self._number = int(step)
        self._state = _State.TO_COME
        self._short = False
        self.setObjectName(f"step-{step.name.lower()}")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_state(self, state: _State) -> None:
        self._state = state
        self.setEnabled(state is _State.DONE)
        done = state is _State.DONE
        shape = Qt.CursorShape.PointingHandCursor if done else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        told = {
            _State.DONE: self.tr("done"),
            _State.NOW: self.tr("now"),
            _State.TO_COME: self.tr("to come"),
        }
        self.setAccessibleName(f"{self._number}. {self._word}, {told[state]}")
        self.update()

    def state(self) -> _State:
        return self._state

    def set_short(self, *, short: bool) -> None:
        self._short = short and self._state is not _State.NOW
        self.setToolTip(self._word if self._short else "")
        self.updateGeometry()

    def full_width(self) -> int:
        word = QFontMetrics(self._font()).horizontalAdvance(self._word)
        return theme().px(_DISC) + _GAP + word + 1

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(_DISC) if self._short else self.full_width(), theme().px(44))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = theme().px(_DISC)
        left = self.width() - side if rtl else 0
        self._draw_disc(painter, QRectF(left, (self.height() - side) / 2, side, side))
        if self._short:
            return
        inks = {
            _State.DONE: palette.ink if self.underMouse() else palette.ink_2,
            _State.NOW: palette.ink,
            _State.TO_COME: palette.ink_3,
        }
        painter.setFont(self._font())
        painter.setPen(QColor(inks[self._state]))
        words = QRectF(self.rect()).adjusted(
            0 if rtl else side + _GAP, 0, -side - _GAP if rtl else 2, 0
        )
        side_flag = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, int(side_flag | Qt.AlignmentFlag.AlignVCenter), self._word)

    def _draw_disc(self, painter: QPainter, disc: QRectF) -> None:
        palette = theme().palette
        painter.setPen(Qt.PenStyle.NoPen)
        if self._state is _State.DONE:
            painter.setBrush(QColor(palette.granted_tint))
            painter.drawEllipse(disc)
            inset = disc.width() * 0.2
            tick = disc.adjusted(inset, inset, -inset, -inset)
            draw_icon(painter, "check", palette.granted, tick)
            return
        now = self._state is _State.NOW
        if now:
            painter.setBrush(QColor(palette.accent))
        else:
            painter.setPen(QColor(mix(palette.line, palette.ink_3, 0.15)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            disc = disc.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawEllipse(disc)
        painter.setPen(QColor(palette.on_accent if now else palette.ink_3))
        painter.setFont(theme().font(Type.MICRO, 700 if now else 600))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(self._number))

    def _font(self) -> QFont:
        return theme().font(Type.BODY, 600)


class _Line(QWidget):
    """The hairline between two steps."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() // 2, self.width(), 1, theme().color(Role.LINE))


class StepBar(QWidget):
    """Steps done, the one that is on, those to come; a done one can be gone back to.

    Signals:
        step_chosen: The user wants to go back to a step. Argument: its `Step`.
    """

    step_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step-bar")
        self.setAccessibleName(self.tr("Steps of the session"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._buttons: list[_StepButton] = []
        self._now = Step.IDENTIFY
        self._build()
        self.set_step(Step.IDENTIFY)

    def step(self) -> Step:
        """The step that is on."""
        return self._now

    def set_step(self, step: Step, *, back: bool = True) -> None:
        """Show that a step is on; those before it are done, and can be chosen if `back`."""
        self._now = step
        for button in self._buttons:
            state = _state_of(button.step, step)
            button.set_state(state)
            button.setEnabled(button.isEnabled() and back)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme().px(HEIGHT))
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color(Role.RAISED))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color(Role.LINE))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, 0, Space.XL, 1)
        row.setSpacing(Space.M)
        for step in Step:
            if self._buttons:
                row.addWidget(_Line(), 1)
            button = _StepButton(step, self)
            button.clicked.connect(self._tell)
            self._buttons.append(button)
            row.addWidget(button)
        self.setFixedHeight(theme().px(HEIGHT))

    def _fit(self) -> None:
        """Without room for all words only the present step keeps its own."""
        lines = len(self._buttons) - 1
        needed = sum(button.full_width() for button in self._buttons)
        needed += lines * (2 * Space.M + Space.M) + 2 * Space.XL
        for button in self._buttons:
            button.set_short(short=needed > self.width())

    def _tell(self) -> None:
        button = self.sender()
        if isinstance(button, _StepButton):
            self.step_chosen.emit(button.step)
