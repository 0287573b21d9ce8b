from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.capture.streams import Streams
from app.ui.camera.add_camera_sheet import AddCameraSheet
from app.ui.camera.camera_choice import NetworkCamera
from app.ui.camera.problems import UnpluggedError
from app.ui.camera.viewfinder import Viewfinder
from tests.capture.mjpeg_server import MjpegServer
from tests.capture.test_stream_camera import CALM
from tests.ui.camera.fakes import FakeDoor, a_frame

LONG_MS = 60_000


class Form:
    """The sheet over a window, as a person uses it."""

    def __init__(self, qtbot: QtBot, door: FakeDoor | Streams) -> None:
        self.qtbot = qtbot
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.host.resize(1280, 800)
        self.host.show()
        self.sheet = AddCameraSheet(door, ["Room 3"], self.host)
        self.added: list[NetworkCamera] = []
        self.sheet.camera_added.connect(self.added.append)
        self.sheet.open()

    def type(self, **values: str) -> None:
        for name, value in values.items():
            field = self.sheet.findChild(QLineEdit, f"camera-{name}")
            assert field is not None
            field.setText(value)

    def button(self, name: str) -> QPushButton:
        button = self.sheet.findChild(QPushButton, name)
        assert button is not None
        return button

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    @property
    def picture(self) -> Viewfinder:
        picture = self.sheet.findChild(Viewfinder)
        assert picture is not None
        return picture


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def form(qtbot: QtBot, door: FakeDoor) -> Iterator[Form]:
    form = Form(qtbot, door)
    yield form
    form.sheet.reject()


def test_camera_is_added_with_its_whole_address(form: Form) -> None:
    form.type(name=" Microscope ", address="http://m/", user="nurse", password="s3cret")
    form.press("sheet-primary")

    assert form.added == [NetworkCamera("Microscope", "http://m/|nurse|s3cret")]
    assert form.sheet.isHidden()


def test_password_is_not_readable(form: Form) -> None:
    password = form.sheet.findChild(QLineEdit, "camera-password")

    assert password is not None
    assert password.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("name", "address"), [("", "http://m/"), ("Microscope", ""), ("room 3", "http://m/")]
)
def test_incomplete_or_taken_names_cannot_be_added(form: Form, name: str, address: str) -> None:
    form.type(name=name, address=address)

    assert not form.button("sheet-primary").isEnabled()
    assert form.button("camera-try").isEnabled() is bool(address)


@pytest.mark.parametrize("button", ["camera-try", "sheet-primary"])
def test_bad_address_is_said_beside_the_field(form: Form, door: FakeDoor, button: str) -> None:
    form.type(name="Microscope", address="bad")
    form.press(button)
    field = form.sheet.findChild(QLineEdit, "camera-address")

    assert field is not None
    assert field.accessibleDescription() == door.problem.advice
    assert form.added == []
    assert door.opened == []
    form.type(address="http://m/")
    assert field.accessibleDescription() != door.problem.advice


def test_trial_shows_the_picture_and_ends_with_the_sheet(
    form: Form, door: FakeDoor, qtbot: QtBot
) -> None:
    form.type(name="Microscope", address="http://m/")
    form.press("camera-try")
    camera = door.opened[0]
    camera.send(a_frame())
    qtbot.waitUntil(form.picture.is_live)
    form.sheet.reject()

    assert camera.calls == ("start", "stop")


def test_another_trial_ends_the_one_before(form: Form, door: FakeDoor) -> None:
    form.type(address="http://m/")
    form.press("camera-try")
    form.press("camera-try")
    form.type(address="http://m/2")

    assert [camera.calls for camera in door.opened] == [("start", "stop"), ("start", "stop")]
    assert form.picture.isHidden()


def test_help_for_a_trial_that_fails_is_passed_on(form: Form, door: FakeDoor, qtbot: QtBot) -> None:
    form.type(address="http://m/")
    form.press("camera-try")
    door.opened[0].lose(UnpluggedError())
    qtbot.waitUntil(lambda: form.button("camera-help").isVisible())
    with qtbot.waitSignal(form.sheet.help_requested) as helped:
        form.press("camera-help")

    assert helped.args == ["CAMERA-014"]


def test_real_network_camera_is_tried_and_added(qtbot: QtBot) -> None:
    with MjpegServer() as server:
        form = Form(qtbot, Streams(CALM))
        server.login = "nurse:p@ss"
        form.type(name="Room 4", address=server.url, user="nurse", password="p@ss")
        form.press("camera-try")
        qtbot.waitUntil(form.picture.is_live, timeout=LONG_MS)
        form.press("sheet-primary")

    assert form.added[0].address.startswith("http://nurse:p%40ss@127.0.0.1:")
