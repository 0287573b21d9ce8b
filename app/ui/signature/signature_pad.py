"""A pad to sign on with mouse, finger or pen."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QHideEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.consent import Ink, StrokePoint
from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space, Type
from app.ui.signature.ink_drawing import LINE, draw_ink
from app.ui.signature.stroke_recorder import StrokeRecorder
from app.ui.widgets.buttons import QuietButton

MOUSE, TOUCH, PEN = "mouse", "touch", "pen"
_CLEAR_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class SignaturePad(QWidget):
    """Keeps what is drawn as strokes with time and pressure; who cannot draw signs another way.

    Delete takes everything back. The pad can be resized at any time; the ink stays in it.

    Signals:
        changed: A stroke ended, or the pad was cleared.
    """

    changed = Signal()

    def __init__(self, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signature-pad")
        self._hint = hint
        self._recorder = StrokeRecorder()
        self._timer = QElapsedTimer()
        self._drawing_with = ""
        self._finger: int | None = None
        self._clear = QuietButton(self.tr("Clear"), icon="rotate-ccw", compact=True, parent=self)
        self._clear.setObjectName("clear-signature")
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("focusRadius", Radius.CARD + 2)
        self.set_label(label)

    def set_label(self, label: str, hint: str | None = None) -> None:
        """Say whose signature it is; the hint stands on the line."""
        self.setAccessibleName(label)
        self.setAccessibleDescription(
            self.tr(
                "Draw with mouse, finger or pen. Who cannot draw makes a mark, or says it aloud, "
                "before a witness."
            )
        )
        if hint is not None:
            self._hint = hint
        self.update()

    def set_clear_text(self, text: str) -> None:
        """Name the button that clears, in the signer's language."""
        self._clear.setText(text)
        self._fit()

    def ink(self) -> Ink | None:
        """What was drawn; None while the pad is empty."""
        return self._recorder.ink()

    def set_ink(self, ink: Ink | None) -> None:
        """Show ink that was drawn before, or none; untold."""
        self._recorder.clear()
        if ink is not None:
            self._recorder.load(ink)
        self._tell_silently()

    def counts(self) -> bool:
        """Whether it is more than an empty or dot-like pad."""
        ink = self.ink()
        return ink is not None and ink.counts

    def clear(self) -> None:
        """Take everything back."""
        if not self._recorder.empty:
            self._recorder.clear()
            self._tell_silently()
            self.changed.emit()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(520), theme().px(200))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(280), theme().px(120))

    # drawing

    def event(self, event: QEvent) -> bool:
        """Fingers."""
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen, with its pressure."""
        kind = event.type()
        at, pressure = event.position(), _pressure(event)
        if kind == QEvent.Type.TabletPress:
            self._begin(PEN, at, pressure)
        elif kind == QEvent.Type.TabletMove and event.buttons():
            self._go_on(PEN, at, pressure)
        elif kind == QEvent.Type.TabletRelease:
            self._end(PEN)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer a press."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(_device(event), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Answer the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(_device(event), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Answer a release."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end(_device(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        if event.key() in _CLEAR_KEYS:
            self.clear()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A stroke ends with the page."""
        super().hideEvent(event)
        self._end(self._drawing_with)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color(Role.OUTLINE), 1))
        painter.setBrush(theme().color(Role.RAISED))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)
        self._draw_line(painter)
        ink, line = theme().color(Role.INK), LINE * theme().scale
        strokes = self._recorder.strokes
        draw_ink(painter, strokes, ink, QPointF(0, 0), self._unit(), line_px=line)

    def _draw_line(self, painter: QPainter) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side, base = theme().px(18), self.height() * 0.74
        painter.setPen(QPen(theme().color(Role.LINE), 1.5))
        painter.drawLine(QPointF(Space.XL, base), QPointF(self.width() - Space.XL, base))
        left = self.width() - Space.XL - side if rtl else Space.XL
        sign = QRectF(left, base - side - Space.XS, side, side)
        draw_icon(painter, "x", theme().palette.ink_3, sign)
        painter.setFont(theme().font(Type.SMALL))
        painter.setPen(theme().color(Role.INK_3))
        below = QRectF(Space.XL, base + Space.XS, self.width() - 2 * Space.XL, theme().px(20))
        flags = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(below, int(flags | Qt.AlignmentFlag.AlignVCenter), self._hint)

    # recording

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger draws; others rest on the glass."""
        if event.type() == QEvent.Type.TouchCancel:
            self._end(TOUCH)
        for point in event.points():
            state = point.state()
            if state == QEventPoint.State.Pressed and self._finger is None:
                self._finger = point.id()
                self._begin(TOUCH, point.position())
            elif point.id() == self._finger and state == QEventPoint.State.Updated:
                self._go_on(TOUCH, point.position())
            elif point.id() == self._finger and state == QEventPoint.State.Released:
                self._end(TOUCH)
        event.accept()

    def _begin(self, device: str, at: QPointF, pressure: float | None = None) -> None:
        if self._drawing_with:
            return  # the mouse events that the platform makes of a finger or a pen
        self._drawing_with = device
        if self._recorder.empty:
            self._timer.start()
        self._recorder.begin(self._point(at, pressure), device, self.height() / self.width())
        self._fit()
        self.update()

    def _go_on(self, device: str, at: QPointF, pressure: float | None = None) -> None:
        if device == self._drawing_with and self._recorder.go_on(self._point(at, pressure)):
            self.update()

    def _end(self, device: str) -> None:
        if device == TOUCH:
            self._finger = None
        if device and device == self._drawing_with:
            self._drawing_with = ""
            self.changed.emit()

    def _point(self, at: QPointF, pressure: float | None) -> StrokePoint:
        x = min(max(at.x(), 0.0), float(self.width()))
        y = min(max(at.y(), 0.0), float(self.height()))
        unit = self._unit()
        elapsed = self._timer.elapsed() if self._timer.isValid() else 0
        return StrokePoint(x / unit, y / unit, elapsed, pressure)

    def _unit(self) -> float:
        """Px that are 1 in the recorder; what was drawn stays inside when the pad gets lower."""
        width, height = max(self.width(), 1), max(self.height(), 1)
        aspect = self._recorder.aspect
        return min(float(width), height / aspect) if aspect else float(width)

    def _fit(self) -> None:
        self._clear.setVisible(not self._recorder.empty)
        self._clear.resize(self._clear.sizeHint())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = Space.XS if rtl else self.width() - self._clear.width() - Space.XS
        self._clear.move(left, Space.XS)

    def _tell_silently(self) -> None:
        self._fit()
        self.update()


def _pressure(event: QTabletEvent) -> float | None:
    device = event.pointingDevice()
    able = bool(device.capabilities() & QInputDevice.Capability.Pressure)
    return min(max(event.pressure(), 0.0), 1.0) if able else None


def _device(event: QMouseEvent) -> str:
    """What moved the pointer: a pen without tablet events counts as a pen."""
    kinds = {
        QInputDevice.DeviceType.TouchScreen: TOUCH,
        QInputDevice.DeviceType.Stylus: PEN,
    }
    return kinds.get(event.pointingDevice().type(), MOUSE)
