"""The window as the program opens it, from the door to the first pages."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.capture.streams import Streams
from app.ui.frame.main_window import MainWindow
from app.ui.frame.rail import Place
from app.ui.program_window import open_window
from tests.ui.door.doorways import PASSPHRASE, a_doorway, press_enter, type_in

LOOK_MS = 20


@pytest.fixture
def doorway(qtbot, tmp_path):
    with a_doorway(qtbot, tmp_path) as made:
        yield made


def main_window():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def test_the_program_opens_a_vault_and_shows_the_first_pages(doorway):
    vault, core = doorway.vault(), doorway.core
    places = []

    def unlock():
        type_in(main_window(), "passphrase", PASSPHRASE)
        press_enter(main_window(), "passphrase")
        looking.start(LOOK_MS)

    def look():
        if main_window().current_name() == Place.TODAY:
            places.append(Place.TODAY)
            looking.stop()
            main_window().close()

    looking = QTimer()
    looking.timeout.connect(look)
    QTimer.singleShot(0, unlock)
    code = open_window(core, core.settings, core.change_settings, Streams(), vault)

    assert code == 0
    assert places == [Place.TODAY]
