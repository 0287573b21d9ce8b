"""The door opens before what stands behind it is loaded."""

import subprocess
import sys

import pytest

FIRST_SCREEN = """
import sys
import app.bootstrap, app.capture.streams, app.cli.arguments, app.logs, app.ui.program_window
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""
HEAVY = ("cv2", "numpy", "reportlab", "pypdfium2", "rawpy", "pi_heif", "PySide6.QtMultimedia")


@pytest.fixture(scope="module")
def loaded():
    command = [sys.executable, "-c", FIRST_SCREEN, *HEAVY]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(ended.stdout.split())


@pytest.mark.parametrize("name", HEAVY)
def test_the_first_screen_waits_for_nothing_heavy(loaded, name):
    assert name not in loaded
