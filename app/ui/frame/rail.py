"""The rail: the five places of the program; at its foot Settings, who works here, and Lock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import ICON, Radius, Role, Space, Type, mix

WIDTH = 76


class Place(StrEnum):
    """Where the rail leads; also the names under which pages are registered."""

    TODAY = "today"
    PATIENTS = "patients"
    LIBRARY = "library"
    RELEASE = "release"
    ACTIVITY = "activity"
    SETTINGS = "settings"


@dataclass(frozen=True)
class _Item:
    name: str
    icon: str
    word: str
    key: str = ""


def _items() -> tuple[_Item, ...]:
    tr = QCoreApplication.translate
    return (
        _Item(Place.TODAY, "calendar-days", tr("NavigationRail", "Today"), "Ctrl+1"),
        _Item(Place.PATIENTS, "users", tr("NavigationRail", "Patients"), "Ctrl+2"),
        _Item(Place.LIBRARY, "images", tr("NavigationRail", "Library"), "Ctrl+3"),
        _Item(Place.RELEASE, "send", tr("NavigationRail", "Release"), "Ctrl+4"),
        _Item(Place.ACTIVITY, "scroll-text", tr("NavigationRail", "Activity"), "Ctrl+5"),
    )


class _RailButton(QPushButton):
    """Icon over word, with a badge for what waits there."""

    def __init__(self, item: _Item, parent: QWidget) -> None:
        super().__init__(item.word, parent)
        self._icon = item.icon
        self._word = item.word
        self._badge = 0
        self._key = item.key
        self.setObjectName(f"rail-{item.name}")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_badge(0)

    def badge(self) -> int:
        return self._badge

    def set_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleName(f"{self._word}, {count}" if count else self._word)
        self.setToolTip(f"{self._word} ({self._key})" if self._key else self._word)
        self.update()

    def set_words(self, word: str, tip: str) -> None:
        self._word = word
        self.setText(word)
        self.setAccessibleName(tip)
        self.setToolTip(tip)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        word = QFontMetrics(self._font()).horizontalAdvance(self._word)
        return QSize(max(theme().px(64), word + 8), theme().px(56))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            soft = mix(palette.raised, palette.ink, 0.05)
            painter.setBrush(QColor(palette.accent_tint if on else soft))
            painter.drawRoundedRect(QRectF(self.rect()), Radius.CONTROL, Radius.CONTROL)
        colour = palette.accent if on else palette.ink_2
        side = theme().px(ICON)
        middle = self.width() / 2
        word = QFontMetrics(self._font()).height()
        top = (self.height() - side - word - 4) / 2 - 1
        draw_icon(painter, self._icon, colour, QRectF(middle - side / 2, top, side, side))
        painter.setFont(self._font())
        painter.setPen(QColor(colour))
        below = QRectF(0, top + side + 4, self.width(), word)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), self._word)
        if self._badge:
            self._draw_badge(painter, middle + side * 0.22, top - side * 0.22)

    def _draw_badge(self, painter: QPainter, left: float, top: float) -> None:
        palette = theme().palette
        text = str(self._badge) if self._badge < 100 else "99+"  # noqa: PLR2004 - two digits fit
        font = theme().font(10, 700)
        height = theme().px(15)
        width = max(QFontMetrics(font).horizontalAdvance(text) + theme().px(11), height)
        box = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.expiring))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(QColor(palette.raised))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _font(self) -> QFont:
        return theme().font(Type.MICRO, 500)


class _Mark(QWidget):
    """The aperture on its accent tile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(36), theme().px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        side = theme().px(36)
        tile = QRectF((self.width() - side) / 2, 0, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        painter.drawRoundedRect(tile, 9, 9)
        inset = side / 6
        box = tile.adjusted(inset, inset, -inset, -inset)
        draw_icon(painter, "aperture", palette.on_accent, box)


class NavigationRail(QWidget):
    """The way between places.

    Signals:
        chosen: A place was chosen. Argument: its `Place`.
        person_requested: Who works here was pressed: somebody else wants to.
        lock_requested: Lock was pressed.
    """

    chosen = Signal(str)
    person_requested = Signal()
    lock_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Places"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, _RailButton] = {}
        self._column = QVBoxLayout(self)
        self._person = _RailButton(_Item("person", "user", ""), self)
        self._build()
        self._group.buttonClicked.connect(self._tell)
        self._fit()

    def set_place(self, name: str) -> None:
        """Mark where the window is, without telling; a name outside the rail marks nothing."""
        self._group.setExclusive(False)
        for place, button in self._buttons.items():
            button.setChecked(place == name)
        self._group.setExclusive(True)

    def set_offered(self, name: str, offered: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show a place or leave it out."""
        self._buttons[name].setVisible(offered)

    def set_person(self, name: str, role: str = "") -> None:
        """Show who works here by their initials; "" shows nobody."""
        self._person.set_words(initials(name), f"{name} · {role}" if role else name)
        self._person.setVisible(bool(name))
        self._fit()

    def set_badge(self, name: str, count: int) -> None:
        """Show how many things wait at a place; 0 shows none."""
        self._buttons[name].set_badge(count)

    def badge(self, name: str) -> int:
        """How many things wait at a place."""
        return self._buttons[name].badge()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color(Role.RAISED))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(
            0 if rtl else self.width() - 1, 0, 1, self.height(), theme().color(Role.LINE)
        )

    def _build(self) -> None:
        self._column.setContentsMargins(6, Space.M, 6, Space.M - 4)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(_Mark(self))
        self._column.addSpacing(Space.M)
        for item in _items():
            self._add(item)
        self._column.addStretch(1)
        tr = self.tr
        self._add(_Item(Place.SETTINGS, "settings", tr("Settings")))
        self._column.addWidget(self._person)
        self._person.clicked.connect(self.person_requested)
        policy = self._person.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the others stay where they are
        self._person.setSizePolicy(policy)
        self._person.hide()
        lock = _RailButton(_Item("lock", "lock", tr("Lock"), "Ctrl+L"), self)
        lock.clicked.connect(self.lock_requested)
        self._column.addWidget(lock)

    def _add(self, item: _Item) -> None:
        button = _RailButton(item, self)
        button.setCheckable(True)
        self._group.addButton(button)
        self._buttons[item.name] = button
        self._column.addWidget(button)

    def _fit(self) -> None:
        words = [button.sizeHint().width() for button in self._buttons.values()]
        self.setFixedWidth(max(WIDTH, *(word + 12 for word in words)))

    def _tell(self, button: QPushButton) -> None:
        name = next(key for key, one in self._buttons.items() if one is button)
        self.chosen.emit(name)


def initials(name: str) -> str:
    """A name in two letters: of its last two words, so that a title is left out."""
    words = [word for word in name.split() if any(c.isalpha() for c in word)]
    first = [next(c for c in word if c.isalpha()).upper() for word in words]
    return "".join(first if len(first) <= 2 else (first[-2], first[-1]))  # noqa: PLR2004 - a pair
