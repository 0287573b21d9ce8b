"""The foot of the capture page: today's strip, Import, the shutter, the timer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.shutter import ShutterButton
from app.ui.widgets.text import Label, Look
from app.ui.widgets.thumbnails import ThumbnailStrip

DELAYS_S = (0, 3, 10)
_TICK_MS = 1000


class ShutterBar(QWidget):
    """Its buttons leave the focus where it is, so that a pedal's Space stays the shutter.

    Attributes:
        strip: Today's pictures.

    Signals:
        import_requested: Files are to be chosen.
        released: A picture is wanted now.
        counted: The timer runs. Argument: seconds left, 0 when it ended or was stopped.
    """

    import_requested = Signal()
    released = Signal()
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = ThumbnailStrip(self.tr("Today's pictures"))
        self._import = QuietButton(self.tr("Import"), icon="folder-input")
        self._shutter = ShutterButton(self.tr("Take a photograph (Space)"))
        self._timer = QuietButton("", icon="timer")
        self._hint = Label("", Look.SMALL, Role.INK_3)
        self._delay_s = 0
        self._left_s = 0
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._build()
        self._clock.timeout.connect(self.tick)
        self._import.clicked.connect(self.import_requested)
        self._shutter.clicked.connect(self.press)
        self._timer.clicked.connect(self._next_delay)
        self._fit()

    def press(self) -> None:
        """The shutter, the space bar or the pedal: take it now, start the timer, or stop it."""
        if not self._shutter.isEnabled():
            return
        if self._clock.isActive():
            self.stop()
        elif self._delay_s:
            self._left_s = self._delay_s
            self._clock.start()
            self.counted.emit(self._left_s)
        else:
            self.released.emit()

    def tick(self) -> None:
        """A second of the timer has gone."""
        self._left_s -= 1
        if self._left_s <= 0:
            self.stop()
            self.released.emit()
        else:
            self.counted.emit(self._left_s)

    def stop(self) -> None:
        """Stop the timer."""
        self._clock.stop()
        self._left_s = 0
        self.counted.emit(0)

    def set_shutter_enabled(self, *, enabled: bool) -> None:
        """Whether a camera is there to take a picture with."""
        self._shutter.setEnabled(enabled)
        self._timer.setEnabled(enabled)
        if not enabled and self._clock.isActive():
            self.stop()

    def set_hint(self, text: str) -> None:
        """The keys, at the end of the bar."""
        self._hint.setText(text)
        self._fit()

    def delay_s(self) -> int:
        """How long the timer waits; 0 for off."""
        return self._delay_s

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the hint, then the words on the buttons, where large print has no room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        buttons = {self._import: self.tr("Import"), self._timer: self._timer_words()}
        for button, words in buttons.items():
            button.setText(words)
            button.setAccessibleName(words)
        needed = sum(
            part.sizeHint().width() + Space.L for part in (*buttons, self._shutter, self._hint)
        )
        needed += self.strip.minimumSizeHint().width() + 3 * Space.L
        self._hint.setVisible(needed <= self.width())
        needed -= self._hint.sizeHint().width() + Space.L
        if needed > self.width():
            for button, words in buttons.items():
                button.setText("")
                button.setToolTip(words)

    def _next_delay(self) -> None:
        self.stop()
        place = DELAYS_S.index(self._delay_s)
        self._delay_s = DELAYS_S[(place + 1) % len(DELAYS_S)]
        self._fit()

    def _timer_words(self) -> str:
        text = self.tr("Timer {seconds} s").format(seconds=self._delay_s)
        return text if self._delay_s else self.tr("Timer off")

    def _build(self) -> None:
        self._import.setObjectName("import-files")
        self._shutter.setObjectName("shutter")
        self._timer.setObjectName("timer")
        self.strip.setObjectName("todays-pictures")
        for part in (self._import, self._shutter, self._timer, self.strip):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.L)
        row.addWidget(self.strip, 1)
        row.addSpacing(Space.L)
        row.addWidget(self._import)
        row.addWidget(self._shutter)
        row.addWidget(self._timer)
        row.addSpacing(Space.L)
        row.addWidget(self._hint)
