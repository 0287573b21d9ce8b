"""What was copied in the program does not stay on the clipboard."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.ui.program.clipboard_guard import KEPT_MS, ClipboardGuard

NAME = "OKAFOR, Amara"


@pytest.fixture
def clipboard(qapp, monkeypatch):
    """The clipboard; without a display Qt never says that its content is the program's own."""
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(type(clipboard), "ownsClipboard", lambda _: True)
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def guard(clipboard):
    made = ClipboardGuard(kept_ms=20)
    yield made
    made.deleteLater()


def test_a_copied_name_is_gone_after_a_while(clipboard, guard, qtbot):
    clipboard.setText(NAME)

    qtbot.waitUntil(lambda: clipboard.text() == "")

    assert KEPT_MS == 30_000


def test_locking_takes_it_back_at_once(clipboard, qapp):
    guard = ClipboardGuard()
    clipboard.setText(NAME)

    guard.clear()

    assert clipboard.text() == ""
    assert not guard._timer.isActive()
    guard.deleteLater()


def test_what_is_not_ours_stays(clipboard, guard, monkeypatch):
    theirs = QMimeData()
    theirs.setText("from another program")
    clipboard.setMimeData(theirs)
    monkeypatch.setattr(type(clipboard), "ownsClipboard", lambda _: False)

    guard.clear()

    assert clipboard.text() == "from another program"
