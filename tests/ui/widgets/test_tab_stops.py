"""Tab goes as one reads, also to what was made later."""

import pytest
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.widgets.tab_stops import give_focus, stop_after, tab_stops


@pytest.fixture
def form(qtbot):
    """Written against the order of reading: the last line was made first."""
    window, area, inside = QWidget(), QScrollArea(), QWidget()
    made = {name: QLineEdit() for name in ("last", "third", "second", "first", "hidden", "off")}
    for name, line in made.items():
        line.setObjectName(name)
    column, line, grid = QVBoxLayout(inside), QHBoxLayout(), QGridLayout()
    column.addWidget(made["first"])
    column.addWidget(QLabel("Words"))
    grid.addWidget(made["third"], 1, 0)
    grid.addWidget(made["second"], 0, 1)
    column.addLayout(grid)
    line.addWidget(made["hidden"])
    line.addWidget(made["off"])
    line.addStretch(1)
    column.addLayout(line)
    made["hidden"].hide()
    made["off"].setEnabled(False)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    outer = QVBoxLayout(window)
    outer.addWidget(area)
    outer.addWidget(made["last"])
    free = QPushButton("Free", window)
    free.setObjectName("free")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def names(widgets):
    return [widget.objectName() for widget in widgets if widget.objectName()]


def test_the_order_is_that_of_the_layouts(form):
    assert names(tab_stops(form)) == ["first", "second", "third", "last", "free"]


def test_the_way_goes_round_in_both_directions(form):
    stops = tab_stops(form)

    assert stop_after(stops, stops[0], forward=True) is stops[1]
    assert stop_after(stops, stops[0], forward=False) is stops[-1]
    assert stop_after(stops, None, forward=True) is stops[0]
    assert stop_after(stops, None, forward=False) is stops[-1]


def test_what_gets_the_focus_is_scrolled_to(form, qtbot):
    form.resize(300, 110)
    third = form.findChild(QLineEdit, "third")

    give_focus(third, forward=True)

    qtbot.waitUntil(third.hasFocus)
    assert not third.visibleRegion().isEmpty()
