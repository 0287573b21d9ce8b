"""What the system's buses say, on a real bus of the test's own."""

import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtDBus import QDBusConnection

from app.ui.program.system_session import SCREEN_SAVERS, SystemSession

DAEMON, SEND = shutil.which("dbus-daemon"), shutil.which("dbus-send")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not DAEMON or not SEND, reason="needs dbus-daemon and dbus-send"
)
WAIT_MS = 10_000


@pytest.fixture
def bus():
    """The address of a bus that nobody else is on."""
    daemon = subprocess.Popen(
        [DAEMON, "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.communicate()


@pytest.fixture
def session(bus, qapp):
    connection = QDBusConnection.connectToBus(bus, "test")
    assert connection.isConnected()
    heard = SystemSession(system=connection, user=connection)
    yield heard
    heard.deleteLater()
    QDBusConnection.disconnectFromBus("test")


def say(bus, path, signal, *arguments):
    command = [SEND, f"--bus={bus}", "--type=signal", path, signal, *arguments]
    subprocess.run(command, check=True, env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus})


def test_sleep_is_heard_before_it_begins_and_not_when_it_ends(bus, session, qtbot):
    manager = "/org/freedesktop/login1"
    heard = []
    session.sleeping.connect(lambda: heard.append("sleep"))
    session.locked.connect(lambda: heard.append("lock"))

    say(bus, manager, "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:false")
    with qtbot.waitSignal(session.sleeping, timeout=WAIT_MS):
        say(bus, manager, "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true")

    assert heard == ["sleep"]


def test_a_locked_session_is_heard(bus, session, qtbot):
    with qtbot.waitSignal(session.locked, timeout=WAIT_MS):
        say(bus, "/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session.Lock")


@pytest.mark.parametrize("saver", SCREEN_SAVERS)
def test_a_covered_screen_is_heard_and_an_open_one_is_not(bus, session, qtbot, saver):
    heard = []
    session.locked.connect(lambda: heard.append("lock"))

    say(bus, "/ScreenSaver", f"{saver}.ActiveChanged", "boolean:false")
    with qtbot.waitSignal(session.locked, timeout=WAIT_MS):
        say(bus, "/ScreenSaver", f"{saver}.ActiveChanged", "boolean:true")

    assert heard == ["lock"]


def test_a_computer_without_buses_is_quiet(qapp):
    nowhere = QDBusConnection("nowhere")

    session = SystemSession(system=nowhere, user=nowhere)

    assert not nowhere.isConnected()
    session.deleteLater()
