"""The window: rail, banner, steps and pages, and what may cover them all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.design.icons import app_icon
from app.ui.frame.banner import PatientBanner
from app.ui.frame.page import Page
from app.ui.frame.rail import NavigationRail, Place
from app.ui.frame.steps import StepBar
from app.ui.frame.tab_order import go_on
from app.ui.widgets.sheet import LAYERS, open_sheet
from app.ui.widgets.toast import Toast

_NUMBERED = (Place.TODAY, Place.PATIENTS, Place.LIBRARY, Place.RELEASE, Place.ACTIVITY)


class MainWindow(QMainWindow):
    """Holds pages by name and knows no service; its title never holds personal data.

    While the patient's side or the lock covers it, no shortcut of the staff works and it cannot be
    closed from the patient's side. While a sheet asks something, no key leads away from it but the
    lock's.

    Attributes:
        rail: The places, with badges.
        banner: The patient banner, to be seen while a session is open.
        steps: The step bar, likewise.
        toast: Messages with Undo.

    Signals:
        place_requested: A place was chosen. Argument: its `Place`.
        lock_requested: Ctrl+L, or Lock in the rail.
        person_requested: Who works here, in the rail: somebody else wants to.
        find_requested: Ctrl+K.
        help_requested: F1. Argument: the help page of the page that is on.
        close_session_requested: The banner's Close session.
        step_requested: A step that is done was chosen. Argument: its `Step`.
        undo_requested: Undo in the toast.
        closing: The window is about to close; the program ends its work.
    """

    place_requested = Signal(str)
    lock_requested = Signal()
    person_requested = Signal()
    find_requested = Signal()
    help_requested = Signal(str)
    close_session_requested = Signal()
    step_requested = Signal(object)
    undo_requested = Signal()
    closing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Clinigraph")
        self.setWindowIcon(app_icon())
        self.setObjectName("main-window")
        self.setMinimumSize(1024, 700)
        self.rail = NavigationRail()
        self.banner = PatientBanner()
        self.steps = StepBar()
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._layers = QStackedWidget()
        self._layers.setObjectName(LAYERS)
        self._staff = QWidget()
        self._cover: QWidget | None = None
        self._lock: QWidget | None = None
        self._shortcuts: list[QShortcut] = []
        self._build()
        self.toast = Toast(self._staff)
        self._connect()
        self.set_session_open(False)

    # pages

    def register(self, name: str, page: QWidget) -> None:
        """Take a page under a name; names of `Place` are reached from the rail."""
        assert name not in self._pages, "each page has a name of its own"
        self._pages[name] = page
        self._stack.addWidget(page)

    def show_page(self, name: str) -> None:
        """Show a page and give it the focus.

        Raises:
            KeyError: No page has that name.
        """
        self._stack.setCurrentWidget(self._pages[name])
        self._pages[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.rail.set_place(name)

    def page(self, name: str) -> QWidget:
        """The page of a name.

        Raises:
            KeyError: No page has that name.
        """
        return self._pages[name]

    def current_name(self) -> str:
        """The name of the page that is on, "" before the first."""
        current = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is current), "")

    def forget_pages(self) -> None:
        """Destroy every page, and everything that the frame says of a patient or a message."""
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self.set_session_open(False)
        self.banner.set_patient("", "")
        self.toast.forget()
        for place in Place:
            self.rail.set_badge(place, 0)
        self.rail.set_person("")

    # session

    def set_session_open(self, opened: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show banner and steps while a session is open."""
        self.banner.setVisible(opened)
        self.steps.setVisible(opened)

    def session_open(self) -> bool:
        """Whether banner and steps are shown."""
        return not self.banner.isHidden()

    # what covers everything

    def show_patient_side(self, side: QWidget) -> None:
        """Let the patient's side fill the window: no rail, no banner, no way out but its own."""
        self._drop_cover()
        self._cover = side
        self._layers.addWidget(side)
        self._raise_layer()
        side.setFocus(Qt.FocusReason.OtherFocusReason)  # not to the first button: nothing is chosen

    def leave_patient_side(self) -> QWidget | None:
        """Come back to the staff's side; gives the widget back, which belongs to the caller."""
        side = self._drop_cover()
        self._raise_layer()
        page = self._stack.currentWidget()
        if page is not None and self._lock is None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # else Enter would press the rail
        return side

    def show_lock(self, lock: QWidget) -> None:
        """Cover everything with the lock's page."""
        self.unlock()
        self._lock = lock
        self._layers.addWidget(lock)
        self._raise_layer()

    def unlock(self) -> None:
        """Take the lock's page away and destroy it."""
        lock, self._lock = self._lock, None
        if lock is not None:
            self._layers.removeWidget(lock)
            lock.deleteLater()
        self._raise_layer()

    def is_locked(self) -> bool:
        """Whether the lock covers the window."""
        return self._lock is not None

    def on_patient_side(self) -> bool:
        """Whether the patient's side is on, also under the lock."""
        return self._cover is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or refuse to."""
        if self.on_patient_side():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Tab: first the page, then its footer, then banner, steps and rail."""
        layer = self._layers.currentWidget()
        if layer is None or layer is self._cover or open_sheet(self) is not None:
            return super().focusNextPrevChild(forward)
        frame = (self.banner, self.steps, self.rail)  # no part of the lock's layer
        return go_on(layer, frame, forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nobody has asked for, because what had the focus is off: the page's."""
        page = self._stack.currentWidget()
        lost = self.focusWidget() is None and self._layers.currentWidget() is self._staff
        if page is None or not lost or open_sheet(self) is not None:
            super().keyPressEvent(event)
            return
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.sendEvent(self.focusWidget() or page, event)

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.steps)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self._staff)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self._layers.addWidget(self._staff)
        self.setCentralWidget(self._layers)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.place_requested)
        self.rail.lock_requested.connect(self.lock_requested)
        self.rail.person_requested.connect(self.person_requested)
        self.banner.close_requested.connect(self.close_session_requested)
        self.steps.step_chosen.connect(self.step_requested)
        self.toast.undo_requested.connect(self.undo_requested)
        for number, place in enumerate(_NUMBERED, start=1):
            shortcut = self._shortcut(f"Ctrl+{number}")
            shortcut.setObjectName(place)
            shortcut.activated.connect(self._go)
        self._shortcut("Ctrl+L").activated.connect(self.lock_requested)
        self._shortcut("Ctrl+K").activated.connect(self._find)
        self._shortcut("F1").activated.connect(self._ask_help)

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        self._shortcuts.append(shortcut)
        return shortcut

    def _go(self) -> None:
        shortcut = self.sender()
        assert shortcut is not None
        if open_sheet(self) is None:
            self.place_requested.emit(shortcut.objectName())

    def _find(self) -> None:
        if open_sheet(self) is None:
            self.find_requested.emit()

    def _ask_help(self) -> None:
        page = self._stack.currentWidget()
        self.help_requested.emit(page.help_page if isinstance(page, Page) else "")

    def _drop_cover(self) -> QWidget | None:
        side, self._cover = self._cover, None
        if side is not None:
            self._layers.removeWidget(side)
            side.setParent(None)
        return side

    def _raise_layer(self) -> None:
        top = self._lock or self._cover or self._staff
        self._layers.setCurrentWidget(top)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(top is self._staff)
