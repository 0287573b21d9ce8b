"""Rooms for the asking, and somebody who sits before the screen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.patient_side.asking_room import AskingRoom, asking_room
from tests.ui.patient_side.visitor import Visitor


@pytest.fixture
def make_room(qapp: QApplication) -> Iterator[Callable[..., AskingRoom]]:
    """Make rooms; each is left tidy."""
    made: list[AskingRoom] = []

    def make(**options: object) -> AskingRoom:
        made.append(asking_room(**options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def visit(qtbot, make_room) -> Callable[..., Visitor]:
    """Give the screen to a patient: visit(pictures=3, named=…, options=…)."""

    def begin(*, made: AskingRoom | None = None, named=None, options=None, speech=None, **room):
        visitor = Visitor(qtbot, made or make_room(**room), named, options, speech)
        visitor.open()
        return visitor

    return begin
