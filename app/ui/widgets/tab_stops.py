"""What Tab comes to, in the order in which it is read.

Qt goes in the order in which widgets were made; rows that come later would be its last.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget


def tab_stops(root: QWidget) -> list[QWidget]:
    """Everything inside that takes the focus with Tab and can be seen, as the layouts say."""
    inside = dict.fromkeys(_walk(root))  # what scrolls is met twice: a viewport holds it too
    return [widget for widget in inside if widget is not root and _takes_tab(widget)]


def stop_after(stops: list[QWidget], now: QWidget | None, *, forward: bool) -> QWidget:
    """The next one, or the one before; from somewhere else the first, or the last."""
    if now in stops:
        return stops[(stops.index(now) + (1 if forward else -1)) % len(stops)]
    return stops[0 if forward else -1]


def give_focus(widget: QWidget, *, forward: bool) -> None:
    """Give it the focus as Tab does, and scroll to it."""
    tab, back = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
    widget.setFocus(tab if forward else back)
    part = widget.parentWidget()
    while part is not None:
        if isinstance(part, QScrollArea):
            part.ensureWidgetVisible(widget)
        part = part.parentWidget()


def _takes_tab(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.focusProxy() is None and widget.isEnabled()


def _walk(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for child in _children(widget):
        if child.isVisible():
            yield from _walk(child)


def _children(widget: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    if inside is not None:
        found.append(inside)
    layout = widget.layout()
    if layout is not None:
        found += _laid_out(layout)
    rest = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found + [child for child in rest if child not in found and not child.isWindow()]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda place: layout.getItemPosition(place)[:2])  # type: ignore[assignment, index]
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
