from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QCoreApplication

from app.ui.camera.media_backend import QUIET, prepare_media


def test_before_qt_runs_the_environment_is_prepared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_MEDIA_BACKEND", raising=False)
    monkeypatch.setenv("QT_LOGGING_RULES", "qt.qpa.*=false")
    monkeypatch.setattr(QCoreApplication, "instance", lambda: None)

    prepare_media()
    prepare_media()

    assert os.environ["QT_MEDIA_BACKEND"] == "ffmpeg"
    assert os.environ["QT_LOGGING_RULES"] == f"qt.qpa.*=false;{QUIET}"


def test_what_the_environment_says_wins(
    monkeypatch: pytest.MonkeyPatch, qapp: QCoreApplication
) -> None:
    monkeypatch.setenv("QT_MEDIA_BACKEND", "gstreamer")

    prepare_media()

    assert os.environ["QT_MEDIA_BACKEND"] == "gstreamer"
