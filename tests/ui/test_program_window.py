"""The window locks, forgets, tells failures, and leaves the vault to others."""

import subprocess
import sys
import threading
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from shiboken6 import isValid

from app.capture.streams import Streams
from app.domain.encounter import Step
from app.domain.ids import PatientId
from app.logs import look_up_code
from app.services import encounters, patients
from app.store.errors import DiskFullError, StoreBusyError
from app.ui.frame.rail import Place
from app.ui.help import HelpSheet
from app.ui.program.find_sheet import FindSheet
from app.ui.program.idle_lock import IdleLock
from app.ui.program_window import open_window
from app.ui.widgets.sheet import Sheet
from tests.builders import demographics
from tests.ui.door.doorways import LONG_MS, PASSPHRASE, a_doorway, press, seen, type_in

SECRET = "Amara Okafor"
CONTROL = Qt.KeyboardModifier.ControlModifier

OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from app.store.vault import ClosedVault
vault = ClosedVault(Path(sys.argv[1]))
key = vault.unlock(bytearray(sys.argv[2].encode())).key
with vault.open(key):
    print("open")
"""


@pytest.fixture
def doorway(qtbot, tmp_path):
    with a_doorway(qtbot, tmp_path) as made:
        yield made


def lock(doorway, program, reason=""):
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.lock(reason)


def settle():
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def add_patient(doorway, program, family="Okafor", given="Amara"):
    """A patient in the vault that is open."""
    made: list[Any] = []
    program.pages.room.change(
        lambda uow, desk: patients.create(uow, desk, demographics(family, given)), made.append
    )
    doorway.until(lambda: made)
    return PatientId(made[0].id)


def begin(doorway, program, patient):
    """A session at the step before the camera."""
    made: list[Any] = []
    program.pages.room.change(lambda uow, desk: encounters.begin(uow, desk, patient), made.append)
    doorway.until(lambda: made)
    program.pages.resume_session(made[0].id)
    doorway.until(lambda: program.pages.unfinished() == made[0].id)
    return made[0].id


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


# locking


def test_the_lock_destroys_every_page_and_closes_the_vault(doorway):
    program = doorway.unlocked()
    pages = [program.window.page(name) for name in tuple(program.window._pages)]
    QPixmapCache.insert("a", QPixmap(8, 8))

    lock(doorway, program)
    settle()

    assert program.window.is_locked()
    assert program.pages is None
    assert not any(isValid(page) for page in pages)
    assert QPixmapCache.find("a") is None  # type: ignore[call-overload]


def test_another_program_can_open_the_vault_after_the_lock(doorway):
    program = doorway.unlocked()
    lock(doorway, program)

    other = subprocess.run(
        [sys.executable, "-c", OPEN_ELSEWHERE, str(program._vault), PASSPHRASE],
        capture_output=True,
        text=True,
        check=False,
    )

    assert other.stdout == "open\n", other.stderr


def test_unlocking_again_gives_pages_that_work(doorway):
    program = doorway.unlocked()
    lock(doorway, program)

    doorway.unlock(program)

    add_patient(doorway, program)
    assert program.window.current_name() == Place.TODAY


def test_nothing_lies_over_the_lock(doorway, qtbot):
    program = doorway.unlocked()
    program.pages.find()
    dialog = QFileDialog(program.window)
    dialog.open()
    side = QWidget()
    program.window.show_patient_side(side)

    lock(doorway, program)
    settle()

    assert not program.window.findChildren(Sheet)
    assert not isValid(side)
    assert not dialog.isVisible()
    assert seen(program.window, "passphrase")


def test_the_session_goes_on_at_its_step_after_unlocking(doorway):
    program = doorway.unlocked()
    encounter = begin(doorway, program, add_patient(doorway, program))
    step = program.pages.session.step
    lock(doorway, program)
    settle()
    assert "OKAFOR" not in " ".join(texts(program.window))

    doorway.unlock(program)

    doorway.until(lambda: program.pages.unfinished() == encounter)
    doorway.until(lambda: program.pages.session.step == step)
    assert program.window.current_name() == "session"


def test_ctrl_l_locks(doorway):
    program = doorway.unlocked()

    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        QTest.keyClick(program.window, Qt.Key.Key_L, CONTROL)


def test_closing_the_window_closes_the_vault(doorway):
    program = doorway.unlocked()

    program.window.close()

    doorway.core.unlock(program._vault, bytearray(PASSPHRASE.encode())).close()


def test_the_lock_waits_for_what_is_being_written(doorway):
    program = doorway.unlocked()
    room, go_on = program.pages.room, threading.Event()
    made: list[Any] = []

    def slow(uow, desk):
        go_on.wait(LONG_MS / 1000)
        return patients.create(uow, desk, demographics())

    room.change(slow, made.append)
    program.lock()
    assert program.window.is_locked()
    assert not seen(program.window, "unlock").isEnabled()

    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        go_on.set()
    doorway.unlock(program)

    found: list[Any] = []
    program.pages.room.ask(lambda records: patients.find(records, "okafor"), found.extend)
    doorway.until(lambda: found)


# nobody there


def test_the_vault_locks_when_nobody_is_there(doorway):
    program = doorway.unlocked(idle_minutes=7)

    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.idle.idle.emit()

    assert "Locked after 7 minutes without input." in texts(program.door_page)


def test_the_vault_locks_when_the_computer_slept(doorway):
    program = doorway.unlocked()

    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        program.idle.woken.emit()

    assert "Locked while the computer was asleep." in texts(program.door_page)


def test_idle_is_told_only_after_the_time_without_input(qtbot):
    now = [0.0]
    watch = IdleLock(2, clock_s=lambda: now[0])
    told = []
    watch.idle.connect(lambda: told.append(now[0]))
    field = QWidget()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    watch.start()

    for second in range(0, 200, 5):
        now[0] = float(second)
        if second == 60:
            QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
        watch.look()
    watch.stop()

    assert told[0] == 180.0


def test_a_leap_of_the_clock_is_sleep(qtbot):
    now = [0.0]
    watch = IdleLock(30, clock_s=lambda: now[0])
    with qtbot.waitSignal(watch.woken):
        watch.start()
        now[0] = 300.0
        watch.look()
    watch.set_minutes(1)
    watch.stop()


# failures


def test_a_known_error_is_shown_with_its_code_once(doorway):
    program = doorway.unlocked()

    program.failures.meet(DiskFullError())
    program.failures.meet(DiskFullError())
    program.failures.meet(StoreBusyError())

    doorway.until(lambda: program.notices.codes() == ("STORE-001", "STORE-003"))
    assert "STORE-001" in texts(program.notices)
    program.notices.show_error(DiskFullError())
    notice = program.notices._shown["STORE-003"]
    notice._close.click()
    assert program.notices.codes() == ("STORE-001",)


def test_help_is_one_press_from_the_notice(doorway):
    program = doorway.unlocked()
    program.notices.show_error(DiskFullError())

    program.notices._shown["STORE-001"]._help.click()

    assert "disk" in program.window.findChild(HelpSheet).markdown()


def failing():
    raise ValueError(SECRET)


@pytest.mark.logs("^fault [0-9A-F]{8}")
def test_an_exception_in_a_slot_shows_a_code_and_no_text(doorway):
    program = doorway.unlocked()
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - our own, two lines above
        failing()
    code = look_up_code(caught.value)
    sys.excepthook(caught.type, caught.value, caught.tb)

    doorway.until(lambda: program.window.findChildren(Sheet, "fault"))

    sheet = program.window.findChild(Sheet, "fault")
    assert code in texts(sheet)
    assert not any(SECRET in text or "ValueError" in text for text in texts(sheet))
    sheet.accept()


@pytest.mark.logs("^fault [0-9A-F]{8}")
def test_an_exception_in_a_thread_and_in_a_lane_are_met(doorway):
    program = doorway.unlocked()
    thread = threading.Thread(target=failing)
    thread.start()
    thread.join()
    doorway.until(lambda: program.window.findChildren(Sheet, "fault"))

    program.pages.room.ask(lambda _records: failing(), print)

    doorway.until(lambda: not program.pages.room.runner.is_busy())
    assert len(program.window.findChildren(Sheet, "fault")) == 1
    program.window.findChild(Sheet, "fault").accept()


def test_the_hooks_are_put_back(doorway):
    before = (sys.excepthook, threading.excepthook)
    program = doorway.start()
    assert sys.excepthook != before[0]

    program.end()

    assert (sys.excepthook, threading.excepthook) == before


def test_settings_that_cannot_be_kept_are_told(doorway):
    program = doorway.unlocked()

    program.preferences.not_kept.emit()

    assert "could not be kept" in program.window.toast.text()


# finding and places


def test_find_offers_patients_and_actions(doorway):
    program = doorway.unlocked()
    add_patient(doorway, program)
    program.window.find_requested.emit()
    sheet = program.window.findChild(FindSheet)

    type_in(program.window, "find-field", "okaf")

    doorway.until(lambda: "OKAFOR, Amara" in str(sheet.list.rows.index(0).data()))
    type_in(program.window, "find-field", "lock")
    doorway.until(lambda: str(sheet.list.rows.index(0).data()) == "Lock")
    with doorway.qtbot.waitSignal(program.locked, timeout=LONG_MS):
        QTest.keyClick(sheet.field, Qt.Key.Key_Return)


def test_a_patient_that_was_found_is_opened(doorway):
    program = doorway.unlocked()
    add_patient(doorway, program)
    program.pages.find()
    sheet = program.window.findChild(FindSheet)
    type_in(program.window, "find-field", "okafor")

    QTest.keyClick(sheet.field, Qt.Key.Key_Return)

    doorway.until(lambda: program.window.current_name() == "patient")
    doorway.until(lambda: "OKAFOR, Amara" in texts(program.pages.patient))


def test_enter_that_is_quicker_than_the_search_takes_no_action_that_was_marked(doorway):
    program = doorway.unlocked()
    add_patient(doorway, program)
    program.pages.find()
    sheet = program.window.findChild(FindSheet)
    acted = []
    sheet.action_chosen.connect(acted.append)
    type_in(program.window, "find-field", "okafor")

    with doorway.qtbot.waitSignal(sheet.patient_chosen, timeout=LONG_MS):
        QTest.keyClick(sheet.field, Qt.Key.Key_Return)

    assert acted == []


def test_a_session_that_began_at_a_patient_leads_back_there(doorway):
    program = doorway.unlocked()
    program.pages.open_patient(add_patient(doorway, program))

    program.pages.begin_session(None)
    program.pages.session.close_session()

    assert program.window.current_name() == "patient"


def test_no_page_of_one_patient_under_the_banner_of_another(doorway):
    program = doorway.unlocked()
    here, other = add_patient(doorway, program), add_patient(doorway, program, "Byrne", "Ann")
    begin(doorway, program, here)
    program.pages.go(Place.TODAY)

    program.pages.open_patient(other)

    assert program.window.current_name() == Place.TODAY
    assert "Close it" in program.window.toast.text()
    program.pages.open_patient(here)
    assert program.window.current_name() == "patient"


def test_find_begins_a_session_and_opens_settings(doorway):
    program = doorway.unlocked()
    program.pages.find()
    sheet = program.window.findChild(FindSheet)
    QTest.keyClick(sheet.field, Qt.Key.Key_Down)
    assert sheet.list.current_key() == "action:settings"

    press(program.window, "sheet-primary")

    assert program.window.current_name() == Place.SETTINGS
    program.pages._act("session")
    assert program.window.current_name() == "session"
    assert program.pages.session.step is Step.IDENTIFY


def test_what_is_not_built_yet_is_not_offered(doorway):
    program = doorway.unlocked()

    program.window.place_requested.emit(Place.RELEASE)

    assert program.window.current_name() == Place.TODAY
    assert not seen_in_rail(program, Place.RELEASE)
    assert seen_in_rail(program, Place.TODAY)


def seen_in_rail(program, place):
    return program.window.rail.findChild(QWidget, f"rail-{place}").isVisible()


def test_f1_opens_the_page_of_the_screen(doorway):
    program = doorway.unlocked()
    program.pages.go(Place.SETTINGS)

    QTest.keyClick(program.window, Qt.Key.Key_F1)

    sheet = program.window.findChild(HelpSheet)
    assert sheet.title.text() == "Settings"
    assert QApplication.activeModalWidget() is None


def test_a_session_that_is_closed_leads_back(doorway):
    program = doorway.unlocked()
    program.pages.go(Place.SETTINGS)
    program.pages.begin_session(None)
    assert program.window.current_name() == "session"

    program.pages.session.close_session()

    assert program.window.current_name() == Place.SETTINGS


def test_the_program_runs_until_its_window_is_closed(doorway, qtbot):
    vault = doorway.vault()
    core = doorway.core

    def close():
        for window in QApplication.topLevelWidgets():
            window.close()

    QTimer.singleShot(0, close)
    code = open_window(core, core.settings, core.change_settings, Streams(), vault)
    settle()

    assert code == 0
    assert not QApplication.topLevelWidgets()
