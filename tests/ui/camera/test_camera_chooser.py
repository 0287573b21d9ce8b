from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.ui.camera.camera_choice import NO_CAMERA, CameraChoice, CameraKind, NetworkCamera
from app.ui.camera.camera_chooser import CameraChooser
from app.ui.camera.video_inputs import VideoInput
from tests.ui.camera.fakes import WEBCAM, FakeDoor, FakeInputs

ROOM_3 = NetworkCamera("Room 3", "rtsp://nurse:s3cret@camera/1")
CLINIC_CAM = CameraChoice(CameraKind.LOCAL, WEBCAM.id, WEBCAM.name)
ADD = "Add a network camera …"


@pytest.fixture
def inputs(qtbot: QtBot) -> FakeInputs:
    return FakeInputs(WEBCAM)


@pytest.fixture
def chooser(qtbot: QtBot, inputs: FakeInputs) -> CameraChooser:
    chooser = CameraChooser(inputs, FakeDoor())
    qtbot.addWidget(chooser)
    chooser.set_network_cameras([ROOM_3])
    chooser.resize(720, 600)
    chooser.show()
    return chooser


def box(chooser: CameraChooser) -> QComboBox:
    found = chooser.findChild(QComboBox, "camera-choice")
    assert found is not None
    return found


def texts(chooser: CameraChooser) -> list[str]:
    return [text for i in range(box(chooser).count()) if (text := box(chooser).itemText(i))]


def pick(chooser: CameraChooser, text: str) -> None:
    box(chooser).activated.emit(box(chooser).findText(text))


def test_box_lists_local_then_network_cameras_then_none(chooser: CameraChooser) -> None:
    assert texts(chooser) == ["Clinic Cam", "Room 3", "No camera", ADD]
    assert box(chooser).currentText() == "No camera"
    assert chooser.choice() == NO_CAMERA
    assert chooser.network_cameras() == (ROOM_3,)


def test_choice_is_told_once(chooser: CameraChooser) -> None:
    told: list[CameraChoice] = []
    chooser.chosen.connect(told.append)
    pick(chooser, "Clinic Cam")
    pick(chooser, "Clinic Cam")
    pick(chooser, "Room 3")
    pick(chooser, "No camera")

    assert told == [CLINIC_CAM, CameraChoice(CameraKind.NETWORK, "Room 3", "Room 3"), NO_CAMERA]


def test_remembered_choice_is_shown_without_being_told(
    chooser: CameraChooser, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(chooser.chosen):
        chooser.set_choice(CLINIC_CAM)

    assert box(chooser).currentText() == "Clinic Cam"


def test_camera_that_is_pulled_out_stays_chosen_and_is_marked(
    chooser: CameraChooser, inputs: FakeInputs
) -> None:
    chooser.set_choice(CLINIC_CAM)
    inputs.plug()
    gone = box(chooser).currentText()
    inputs.plug(WEBCAM)

    assert gone == "Clinic Cam (not connected)"
    assert box(chooser).currentText() == "Clinic Cam"
    assert chooser.choice() == CLINIC_CAM


def test_twins_are_told_apart(chooser: CameraChooser, inputs: FakeInputs) -> None:
    inputs.plug(WEBCAM, VideoInput("usb-2", WEBCAM.name))

    assert texts(chooser)[:2] == ["Clinic Cam (1)", "Clinic Cam (2)"]


def test_no_address_and_no_password_can_be_seen(chooser: CameraChooser) -> None:
    assert not [text for text in texts(chooser) if "s3cret" in text or "rtsp" in text]
    assert "s3cret" not in repr(ROOM_3)


def test_added_camera_is_offered_chosen_and_told(chooser: CameraChooser, qtbot: QtBot) -> None:
    sheet = chooser.add_network_camera()
    added = NetworkCamera("Microscope", "http://m/")
    with qtbot.waitSignals([chooser.network_camera_added, chooser.chosen]):
        sheet.camera_added.emit(added)
    sheet.reject()

    assert box(chooser).currentText() == "Microscope"
    assert chooser.network_cameras() == (ROOM_3, added)


def test_asking_for_another_camera_leaves_the_choice_alone(
    chooser: CameraChooser, qtbot: QtBot
) -> None:
    chooser.set_choice(CLINIC_CAM)
    with qtbot.assertNotEmitted(chooser.chosen):
        pick(chooser, ADD)

    assert box(chooser).currentText() == "Clinic Cam"


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_list_opens_from_elsewhere_and_by_keyboard(chooser: CameraChooser, qtbot: QtBot) -> None:
    with qtbot.waitExposed(chooser):
        chooser.open_box()
    assert box(chooser).view().isVisible()
    box(chooser).hidePopup()
    with qtbot.waitSignal(chooser.chosen):
        qtbot.keyClick(box(chooser), Qt.Key.Key_Up)
