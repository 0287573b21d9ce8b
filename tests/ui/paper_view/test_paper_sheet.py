"""A kept paper in a sheet."""

import pytest
from PySide6.QtCore import QCoreApplication

from app.ui.paper_view.hand_over import NameTakenError
from app.ui.paper_view.paper_sheet import PaperSheet
from tests.ui.session.session_room import Clinician, SessionRoom, a_pdf


@pytest.fixture
def sheet(qtbot):
    made = SessionRoom()
    work = Clinician(qtbot, made)
    work.window.resize(1280, 800)
    opened = PaperSheet(made.room, work.window, "Confirmation of withdrawal", None, a_pdf(1))
    opened.open()
    yield opened
    made.close()


@pytest.mark.parametrize("times", [0, 1, 2])
def test_what_is_said_takes_its_room_from_the_paper_and_not_from_the_buttons(sheet, times):
    for _ in range(times):
        sheet.hand_over.failed.emit(NameTakenError())
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()

    bottom = sheet.view.mapTo(sheet, sheet.view.rect().bottomLeft()).y()
    top = sheet.print_button.mapTo(sheet, sheet.print_button.rect().topLeft()).y()
    done = sheet.primary.mapTo(sheet, sheet.primary.rect().bottomLeft()).y()
    assert bottom < top
    assert done < sheet.height() <= sheet.parentWidget().height()
