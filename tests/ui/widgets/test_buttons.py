"""Buttons can be hit, read and told apart, in every state, palette and direction."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.ui.design.theme import Appearance, theme
from app.ui.design.tokens import DARK, LIGHT
from app.ui.widgets.buttons import (
    AnswerButton,
    Button,
    DangerButton,
    IconButton,
    Kind,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    paint_for,
)
from app.ui.widgets.shutter import ShutterButton


def all_buttons():
    """One of each."""
    return [
        PrimaryButton("Check the pictures", trailing="chevron-right"),
        SecondaryButton("Close session", compact=True),
        QuietButton("Back", icon="chevron-left"),
        DangerButton("Erase 3 photographs", icon="trash-2"),
        AnswerButton("Yes"),
        IconButton("zoom-in", "Larger"),
        IconButton("zoom-out", "Smaller", compact=True),
        ShutterButton("Take"),
    ]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_button_can_be_hit_with_a_finger(qtbot, scale):
    theme().apply(scale=scale)
    for button in all_buttons():
        qtbot.addWidget(button)

        assert button.sizeHint().width() >= 44 * scale
        assert button.sizeHint().height() >= 44 * scale


@pytest.mark.parametrize("appearance", list(Appearance))
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_button_is_drawn_in_every_state(qtbot, appearance, direction):
    theme().apply(appearance)
    for button in all_buttons():
        qtbot.addWidget(button)
        button.setLayoutDirection(direction)
        button.resize(button.sizeHint())
        pictures = [button.grab().toImage()]
        button.setDown(True)
        pictures.append(button.grab().toImage())
        button.setDown(False)
        button.setEnabled(False)
        pictures.append(button.grab().toImage())

        assert pictures[0] != pictures[1] != pictures[2]


def test_every_button_has_a_name_for_screen_readers(qtbot):
    for button in all_buttons():
        qtbot.addWidget(button)

        assert button.accessibleName() or button.text()


def test_an_icon_only_button_tells_its_name_as_tip(qtbot):
    button = IconButton("trash-2", "Erase")
    qtbot.addWidget(button)

    button.set_label("Erase this one")

    assert button.toolTip() == button.accessibleName() == "Erase this one"
    assert button.sizeHint().width() == button.sizeHint().height()


def test_a_compact_button_is_hit_outside_what_is_drawn(qtbot):
    button = SecondaryButton("Drop", compact=True)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.show()

    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(20, 2))


def test_yes_and_no_are_drawn_alike(qtbot):
    yes, no = AnswerButton("Oui"), AnswerButton("Oui")
    for button in (yes, no):
        qtbot.addWidget(button)
        button.resize(300, 88)

    assert yes.grab().toImage() == no.grab().toImage()


def test_the_icons_can_change(qtbot):
    button = PrimaryButton("Release", trailing="chevron-right")
    qtbot.addWidget(button)
    narrow = Button("Release", Kind.PRIMARY)
    qtbot.addWidget(narrow)

    button.set_icon()

    assert button.sizeHint() == narrow.sizeHint()
    assert button.kind() is Kind.PRIMARY


def test_a_focused_primary_button_parts_its_ring_from_its_fill(qtbot):
    button = PrimaryButton("Go on")
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    button.clearFocus()
    before = button.grab().toImage()

    button.setFocus()

    qtbot.waitUntil(button.hasFocus)
    assert button.grab().toImage() != before


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("kind", list(Kind))
def test_hovering_shows(palette, kind):
    calm = paint_for(kind, palette, enabled=True, hover=False, down=False)
    over = paint_for(kind, palette, enabled=True, hover=True, down=False)
    off = paint_for(kind, palette, enabled=False, hover=True, down=False)

    assert calm != over
    assert off.edge == ""


def test_the_shutter_tells_that_the_pointer_is_on_it(qtbot, monkeypatch):
    button = ShutterButton("Take the picture")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.show()
    before = button.grab().toImage()

    monkeypatch.setattr(button, "underMouse", lambda: True)  # offscreen has no pointer

    assert button.grab().toImage() != before
