"""What every test of the window shares: no thread, timer or window may outlive its test."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.ui.design.theme import Appearance, theme
from app.ui.tasks import TaskRunner


def settle():
    """Let what was asked for happen: deletions above all."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def leaked_windows(before):
    """Windows that were made since and are still there, after Python has let go of its own."""
    settle()
    windows = set(QApplication.topLevelWidgets()) - before
    if windows:
        del windows
        gc.collect()
        settle()
    return [
        f"{type(window).__name__} {window.objectName()}".strip()
        for window in set(QApplication.topLevelWidgets()) - before
    ]


@pytest.fixture(autouse=True, scope="session")
def garbage_on_this_thread():
    """Collect garbage between tests only: a widget must not die on a worker's thread."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def nothing_leaks(qapp, monkeypatch):
    """Fail a test that leaves a window, a running timer without owner, or a thread."""
    settle()
    windows = set(QApplication.topLevelWidgets())
    threads = set(threading.enumerate())
    timers = []
    start = QTimer.start

    def watched_start(timer, *interval):
        timers.append(weakref.ref(timer))
        start(timer, *interval)

    monkeypatch.setattr(QTimer, "start", watched_start)

    yield

    for thread in set(threading.enumerate()) - threads:
        if thread.name == "load":  # imports what stands behind the door, then ends by itself
            thread.join(30)
    left = leaked_windows(windows)
    running = [
        timer.objectName() or repr(timer.parent())
        for reference in timers
        if (timer := reference()) is not None and isValid(timer) and timer.isActive()
    ]
    alive = [
        thread.name
        for thread in set(threading.enumerate()) - threads
        if thread.is_alive() and not thread.name.startswith("Dummy")
    ]
    assert (left, running, alive) == ([], [], [])


@pytest.fixture(autouse=True)
def plain_look(qapp):
    """Begin and end each test in light colours, at 100 %, from left to right."""
    look = theme()
    yield
    changed = look.appearance is not Appearance.LIGHT or look.scale != 1.0
    if qapp.layoutDirection() != Qt.LayoutDirection.LeftToRight:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    if changed:
        look.apply(Appearance.LIGHT, scale=1.0)


@pytest.fixture
def runner(qapp):
    """The lanes, ended with the test."""
    made = TaskRunner()
    yield made
    made.shutdown()
    settle()
    made.deleteLater()
    settle()
