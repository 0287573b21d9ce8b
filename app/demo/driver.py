"""Works the program's window as a person does: looks for a thing, presses it, waits for the answer.

Everything goes through the window's own queue of events; what cannot be seen cannot be pressed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from app.errors import KnownError
from app.ui.widgets.rows import RowList

PATIENCE_S = 30.0
TICK_MS = 5
LEFT = Qt.MouseButton.LeftButton

W = TypeVar("W", bound=QWidget)


class StuckError(KnownError):
    """The window did not do what was expected."""

    code = "DEMO-002"
    message = "The window did not do what was expected: {what}."
    advice = "Report it: this is a fault of the program, or the computer is too slow for it."

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class Driver:
    """Two hands and two eyes before one window.

    Attributes:
        window: The window that is worked.
    """

    def __init__(
        self,
        window: QWidget,
        *,
        busy: Callable[[], bool],
        watch: Callable[[], None] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Sit down before a window.

        Args:
            window: It is shown already.
            busy: Whether anything is under way in the background.
            watch: Looked at while waiting; raises what ends the wait.
            patience_s: Longest wait for one thing.
        """
        self.window = window
        self._busy = busy
        self._watch = watch
        self._patience_s = patience_s

    # waiting

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        """Let events happen until something is so.

        Raises:
            StuckError: It did not come about in time; `what` is named.
        """
        until = time.monotonic() + self._patience_s
        while not condition():
            if time.monotonic() > until:
                raise StuckError(f"{self._patience_s:.0f} s were not enough for {what}")
            if self._watch is not None:
                self._watch()
            QTest.qWait(TICK_MS)

    def settle(self) -> None:
        """Wait until nothing is under way and everything is drawn."""
        for _ in range(3):  # an answer may ask the next question
            self.wait("the work in the background", lambda: not self._busy())
            QTest.qWait(1)

    # finding

    def seen(self, name: str, kind: type[W], inside: QWidget | None = None) -> list[W]:
        """All things of a name that can be seen."""
        found = (inside or self.window).findChildren(kind, name)
        return [thing for thing in found if thing.isVisible()]

    def is_seen(self, name: str, inside: QWidget | None = None) -> bool:
        """Whether something of that name can be seen."""
        return bool(self.seen(name, QWidget, inside))

    def find(self, name: str, kind: type[W], inside: QWidget | None = None) -> W:
        """The one thing of a name that can be seen; waits for it.

        Raises:
            StuckError: It does not appear, or there are several.
        """
        self.wait(f"“{name}”", lambda: bool(self.seen(name, kind, inside)))
        found = self.seen(name, kind, inside)
        if len(found) > 1:
            raise StuckError(f"“{name}” can be seen {len(found)} times")
        return found[0]

    def find_any(self, name: str) -> QWidget:
        """The one thing of a name that can be seen, of whatever kind."""
        return self.find(name, QWidget)

    def named(self, words: str, kind: type[W], inside: QWidget | None = None) -> W:
        """The one thing that can be seen and is called so: its text or accessible name."""

        def called() -> list[W]:
            found = (inside or self.window).findChildren(kind)
            return [each for each in found if each.isVisible() and words in _names(each)]

        self.wait(f"“{words}”", lambda: bool(called()))
        return called()[0]

    def the(self, kind: type[W]) -> W:
        """The one thing of a kind that can be seen; waits for it."""

        def seen() -> list[W]:
            return [each for each in self.window.findChildren(kind) if each.isVisible()]

        self.wait(f"the {kind.__name__}", lambda: len(seen()) == 1)
        return seen()[0]

    # pressing and typing

    def click(self, name: str, inside: QWidget | None = None) -> None:
        """Press the button of that name as soon as it can be pressed."""
        self.press(self.find(name, QAbstractButton, inside))

    def press(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press a thing in its middle, or at a point of it.

        Raises:
            StuckError: It stays disabled, out of sight or under something else.
        """
        name = widget.objectName() or widget.accessibleName()
        self.wait(f"“{name}” to be enabled", widget.isEnabled)
        self._scroll_to(widget)
        point = at or widget.rect().center()
        self.wait(f"“{name}” to lie on top", lambda: self._on_top(widget, point))
        QTest.mouseClick(self._handle(widget), LEFT, pos=widget.mapTo(widget.window(), point))
        self.settle()

    def fill(self, name: str, text: str, inside: QWidget | None = None) -> None:
        """Write into a line, instead of what stands in it."""
        line = self.find(name, QLineEdit, inside)
        self.press(line)
        if line.text():
            self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type_text(text)

    def type_text(self, text: str) -> None:
        """Type where the caret stands; ASCII, and Enter for a newline."""
        handle = self._keyboard()
        for character in text:
            if character == "\n":
                QTest.keyClick(handle, Qt.Key.Key_Return)
            else:
                QTest.keyClick(handle, ord(character))
        self.settle()

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key."""
        QTest.keyClick(self._keyboard(), key, modifiers)
        self.settle()

    def pick_row(self, name: str, words: str, inside: QWidget | None = None) -> None:
        """Open the row of a list in which these words stand, with a double click."""
        view = self.find(name, QAbstractItemView, inside)
        self.wait(f"a row with “{words}”", lambda: self._row(view, words) >= 0)
        row = view.model().index(self._row(view, words), 0)
        view.scrollTo(row)
        viewport = view.viewport()
        at = viewport.mapTo(view.window(), view.visualRect(row).center())
        QTest.mouseDClick(self._handle(view), LEFT, pos=at)
        self.settle()

    def act_on_row(self, name: str, words: str) -> None:
        """Press the one action of the row of a list in which these words stand."""
        view = self.find(name, RowList)
        self.wait(f"a row with “{words}”", lambda: self._row(view, words) >= 0)
        row = view.model().index(self._row(view, words), 0)
        view.scrollTo(row)
        at = view.viewport().mapTo(view.window(), view.action_rect(row).center())
        QTest.mouseClick(self._handle(view), LEFT, pos=at)
        self.settle()

    def draw(self, pad: QWidget, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw on a widget with the pressed mouse; points are shares of its width and height."""
        self._scroll_to(pad)
        handle, corner = self._handle(pad), pad.mapTo(pad.window(), QPoint(0, 0))
        for stroke in strokes:
            points = [
                corner + QPoint(round(x * (pad.width() - 1)), round(y * (pad.height() - 1)))
                for x, y in stroke
            ]
            QTest.mousePress(handle, LEFT, pos=points[0])
            for point in points[1:]:
                QTest.mouseMove(handle, point)
            QTest.mouseRelease(handle, LEFT, pos=points[-1])
        self.settle()

    def drop(self, widget: QWidget, files: Sequence[Path]) -> None:
        """Drag files onto a widget and let go."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        at = QPointF(widget.rect().center())
        action, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        enters = QDragEnterEvent(at.toPoint(), action, mime, LEFT, no_key)
        QApplication.sendEvent(widget, enters)
        if not enters.isAccepted():
            raise StuckError(f"“{widget.objectName()}” takes no files")
        QApplication.sendEvent(widget, QDropEvent(at, action, mime, LEFT, no_key))
        self.settle()

    # inside

    def _on_top(self, widget: QWidget, point: QPoint) -> bool:
        """Whether a press at that point reaches the widget."""
        hit = widget.window().childAt(widget.mapTo(widget.window(), point))
        return hit is not None and (hit is widget or widget.isAncestorOf(hit))

    def _scroll_to(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        QTest.qWait(1)

    def _handle(self, widget: QWidget) -> QWindow:
        handle = widget.window().windowHandle()
        if handle is None:
            raise StuckError("the window is not shown")
        return handle

    def _keyboard(self) -> QWindow:
        """The window, which must have the keyboard: nothing may have taken it away unasked."""
        # The offscreen platform forgets which window is active when one fills the screen.
        if not self.window.isActiveWindow():
            self.window.activateWindow()
        self.wait("the window to have the keyboard", self.window.isActiveWindow)
        return self._handle(self.window)

    def _row(self, view: QAbstractItemView, words: str) -> int:
        model = view.model()
        for row in range(model.rowCount()):
            told = str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            if words.casefold() in told.casefold():
                return row
        return -1


def _names(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{text}\n{widget.accessibleName()}"
