"""Draws the design system in every palette, size and direction, into a folder to be looked at."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.ui.design.theme import Appearance, theme
from app.ui.frame.rail import Place
from app.ui.widgets.sheet import Sheet
from tests.shots import gallery

pytestmark = pytest.mark.shots

LOOKS = {
    "light": (Appearance.LIGHT, 1.0, Qt.LayoutDirection.LeftToRight),
    "dark": (Appearance.DARK, 1.0, Qt.LayoutDirection.LeftToRight),
    "contrast": (Appearance.HIGH_CONTRAST, 1.0, Qt.LayoutDirection.LeftToRight),
    "double": (Appearance.LIGHT, 2.0, Qt.LayoutDirection.LeftToRight),
    "rtl": (Appearance.LIGHT, 1.0, Qt.LayoutDirection.RightToLeft),
}
LONG = "O'NEILL-FEATHERSTONEHAUGH-VAN DER WESTHUIZEN, Maximiliana Alexandra Wilhelmina"


@pytest.fixture
def folder(tmp_path):
    """Where the pictures go: CLINIGRAPH_SHOTS, or a temporary folder."""
    chosen = Path(os.environ.get("CLINIGRAPH_SHOTS", tmp_path))
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


@pytest.fixture(params=LOOKS)
def look(request, qapp):
    """One palette, size and direction at a time."""
    appearance, scale, direction = LOOKS[request.param]
    qapp.setLayoutDirection(direction)
    theme().apply(appearance, scale=scale)
    yield request.param
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme().apply(Appearance.LIGHT, scale=1.0)


def draw(qtbot, folder, widget, name, size=(1280, 800)):
    """Show a widget in a size and keep its picture."""
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    qtbot.wait(1)  # let the layouts that were asked for on showing be done
    picture = widget.grab()
    assert picture.save(str(folder / f"{name}.png"))


def test_frame(qtbot, folder, look):
    draw(qtbot, folder, gallery.window(), f"frame-{look}")


def test_frame_with_a_long_name(qtbot, folder, look):
    draw(qtbot, folder, gallery.window(LONG), f"frame-long-{look}")


def test_release(qtbot, folder, look):
    window = gallery.window()
    window.register(Place.RELEASE, gallery.release())
    window.show_page(Place.RELEASE)
    window.set_session_open(False)
    window.toast.tell("Neck was dropped from this release", undo=True)
    draw(qtbot, folder, window, f"release-{look}")


def test_inputs(qtbot, folder, look):
    draw(qtbot, folder, gallery.inputs(), f"inputs-{look}", (1280, 1000))


def test_empty_and_sheet(qtbot, folder, look):
    window = gallery.window()
    window.register(Place.LIBRARY, gallery.empty())
    window.show_page(Place.LIBRARY)
    window.set_session_open(False)
    draw(qtbot, folder, window, f"empty-{look}")
    text = "This cannot be undone. Their consents stay in the activity."
    sheet = Sheet("Erase 3 photographs?", "Erase 3 photographs", window, text=text, danger=True)
    sheet.open()
    draw(qtbot, folder, window, f"sheet-{look}")
    sheet.reject()
