"""What the settings remember of a network camera."""

from app.settings import Settings
from app.ui.camera.camera_choice import NetworkCamera
from app.ui.camera.video_inputs import VideoInputs
from app.ui.capture.cameras import Cameras
from app.ui.preferences import Preferences
from tests.ui.camera.fakes import FakeDoor


def test_a_cameras_password_is_not_kept_in_the_settings(qapp):
    kept = []
    preferences = Preferences(Settings(), kept.append)
    inputs = VideoInputs()
    cameras = Cameras(inputs, FakeDoor(), preferences)
    whole = "rtsp://nurse:secret@10.0.0.7:554/stream?profile=1"

    cameras.add(NetworkCamera("Microscope", whole))

    assert [c.address for c in cameras.network_cameras()] == [whole]
    assert kept[-1].stream_cameras == ("Microscope\trtsp://10.0.0.7:554/stream?profile=1",)
    for each in (cameras, preferences, inputs):
        each.deleteLater()
