"""Questions over the window: a card on a scrim, opened with `open()`, never with `exec()`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space
from app.ui.widgets.buttons import Button, DangerButton, IconButton, PrimaryButton, SecondaryButton
from app.ui.widgets.tab_stops import give_focus, stop_after, tab_stops
from app.ui.widgets.text import Label, Look, Paragraph

WIDTH = 520
_AROUND = 260  # px at 100 % for title, other lines and buttons
_LEAST = 100
LAYERS = "layers"  # the main window's stack of staff's side, patient's side and lock


class _Scrim(QWidget):
    """Darkens the window and keeps the pointer from it."""

    resized = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        host.installEventFilter(self)
        self.cover()

    def cover(self) -> None:
        self.setGeometry(self._host.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch another widget."""
        # While Python collects a window, its widgets may be called without their attributes.
        host = getattr(self, "_host", None)
        if watched is host and event.type() == QEvent.Type.Resize:
            self.cover()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        QPainter(self).fillRect(self.rect(), QColor(8, 12, 16, 140))


class Sheet(QDialog):
    """A question in a card in the middle of the window it belongs to.

    It is a child of the side of the window it was asked on, so the lock, which covers that, covers
    it too. Escape and the cross reject; Enter presses the primary button. Focus stays inside.

    Attributes:
        body: The layout for the content.
        primary: The button that accepts.
        secondary: The button that rejects.
    """

    def __init__(
        self,
        title: str,
        primary: str,
        host: QWidget,
        *,
        text: str = "",
        danger: bool = False,
        width: int = WIDTH,
    ) -> None:
        layer = _layer_of(host)
        # Beside each other: a scrim that held the sheet would be freed by Python while Qt deletes
        # it, because the sheet, its child, has the last reference to it.
        self._scrim = _Scrim(layer)
        self._scrim.hide()
        super().__init__(layer)
        self.setWindowFlags(Qt.WindowType.Widget)  # the constructor would make it a window
        self._width = width
        self.setProperty("sheet", "true")
        self.setWindowTitle("Clinigraph")
        self.setAccessibleName(title)
        self.title = Label(title, Look.TITLE, wrap=True)
        self.text = Paragraph(text, Look.BODY, Role.INK_2)
        self.body = QVBoxLayout()
        self.primary: Button = DangerButton(primary) if danger else PrimaryButton(primary)
        self.secondary = SecondaryButton(self.tr("Cancel"))
        self._focus_before: QWidget | None = None
        self._cross = IconButton("x", self.tr("Close"))
        self.primary.setObjectName("sheet-primary")
        self.secondary.setObjectName("sheet-secondary")
        self._build(text)
        self.primary.clicked.connect(self.accept)
        self.secondary.clicked.connect(self.reject)
        self._cross.clicked.connect(self.reject)
        self._scrim.resized.connect(self._place)

    def open(self) -> None:
        """Show it over the window; `accepted`, `rejected` and `finished` tell the end."""
        self._focus_before = self.window().focusWidget()
        self._scrim.cover()
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        self.raise_()
        self._place()
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        """Close, and give the focus back; whoever is told of the end may move it on."""
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        super().done(result)
        self._scrim.hide()
        self._scrim.deleteLater()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with what is inside."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return done

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Keep the focus inside."""
        inside = tab_stops(self)
        if inside:
            give_focus(stop_after(inside, self.focusWidget(), forward=forward), forward=forward)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.primary.isEnabled() and self.primary.isVisible():
                self.primary.click()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            event.accept()  # nothing goes on to the window below

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(palette.line))
        painter.setBrush(QColor(palette.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.ANSWER, Radius.ANSWER)

    def _build(self, text: str) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.XS, 0, 0, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addStretch(1)
        foot.addWidget(self.secondary)
        foot.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL - Space.XS, Space.L, Space.L, Space.XL)
        column.setSpacing(Space.M)
        column.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, Space.S, 0)
        inner.setSpacing(Space.L)
        self.text.setContentsMargins(Space.XS, 0, 0, 0)
        self.body.setContentsMargins(Space.XS, 0, 0, 0)
        inner.addWidget(self.text)
        inner.addLayout(self.body, 1)
        inner.addSpacing(Space.S)
        inner.addLayout(foot)
        column.addLayout(inner, 1)
        self.text.setVisible(bool(text))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def _place(self) -> None:
        room = self._scrim.size()
        width = min(max(theme().px(self._width), self.minimumSizeHint().width()), room.width() - 32)
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        wanted = layout.heightForWidth(width) if layout.hasHeightForWidth() else 0
        height = min(max(wanted, layout.minimumSize().height()), room.height() - 32)
        self.resize(width, height)
        self.move(QPoint((room.width() - width) // 2, max(16, (room.height() - height) * 2 // 5)))

    def _first(self) -> QWidget:
        """The first thing to fill in, else the button that changes nothing."""
        skipped = (self._cross, self.primary, self.secondary)
        for child in tab_stops(self):
            if child not in skipped:
                return child
        return self.secondary if self.secondary.isVisible() else self.primary


def _layer_of(host: QWidget) -> QWidget:
    """The side of the main window that the host stands on, or the whole of any other window."""
    window = host.window()
    layers = window.findChild(QStackedWidget, LAYERS)
    if layers is None:
        return window
    for place in range(layers.count()):
        layer = layers.widget(place)
        if layer is not None and (layer is host or layer.isAncestorOf(host)):
            return layer
    return layers.currentWidget() or window


def list_height(host: QWidget, wanted: int) -> int:
    """Height for a list or text in a sheet, px: `wanted` at 100 %, less in a small window."""
    room = host.window().height() - theme().px(_AROUND)
    return max(min(theme().px(wanted), room), theme().px(_LEAST))


def open_sheet(window: QWidget) -> Sheet | None:
    """The sheet that is to be seen on a window, None when there is none."""
    return next((sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()), None)


def ask(
    host: QWidget,
    title: str,
    text: str,
    verb: str,
    on_yes: Callable[[], None],
    *,
    danger: bool = True,
) -> Sheet:
    """Open a sheet that asks before what cannot be undone; `verb` names the deed and how many."""
    sheet = Sheet(title, verb, host, text=text, danger=danger)
    sheet.accepted.connect(on_yes)
    sheet.open()
    return sheet
