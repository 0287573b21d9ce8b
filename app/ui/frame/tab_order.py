"""Where Tab goes: the page, its footer, then what frames them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.frame.footer import FooterBar
from app.ui.widgets.tab_stops import give_focus, stop_after, tab_stops


def go_on(layer: QWidget, frame: Sequence[QWidget], *, forward: bool) -> bool:
    """Give the next widget the focus; False when there is none.

    Args:
        layer: What holds everything.
        frame: Banner, steps and rail, in the order in which they come after the page.
        forward: Tab, not Shift+Tab.
    """
    stops = layer_stops(layer, frame)
    if not stops:
        return False
    give_focus(stop_after(stops, layer.window().focusWidget(), forward=forward), forward=forward)
    return True


def layer_stops(layer: QWidget, frame: Sequence[QWidget]) -> list[QWidget]:
    """Everything that Tab comes to, in order."""
    return sorted(tab_stops(layer), key=lambda widget: _group(widget, layer, frame))


def _group(widget: QWidget, layer: QWidget, frame: Sequence[QWidget]) -> int:
    """0 for a page's content, 1 for its footer, then the frame in its order."""
    part: QWidget | None = widget
    while part is not None and part is not layer:
        if isinstance(part, FooterBar):
            return 1
        if part in frame:
            return 2 + frame.index(part)
        part = part.parentWidget()
    return 0
