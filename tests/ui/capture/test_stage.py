"""What lies over the large picture: the invitation to drop, the seconds of the timer."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from app.domain.clinical_image import ImageSource
from app.imaging.still import StillFiles
from app.ui.capture.judgement import Judgement
from app.ui.capture.pasting import brought, may_bring
from app.ui.capture.stage import Stage
from app.ui.capture.strip_items import judgement_chip
from app.ui.design.theme import Appearance, theme


@pytest.fixture
def stage(qtbot):
    made = Stage()
    qtbot.addWidget(made)
    made.resize(852, 500)
    made.show()
    return made


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_invitation_covers_the_stage_and_goes(stage, appearance):
    theme().apply(appearance)
    before = stage.grab().toImage()

    stage.invite_drop(True)
    invited = stage.grab().toImage()
    stage.invite_drop(False)

    assert invited != before
    assert stage.grab().toImage() == before


def test_the_seconds_stand_in_the_middle_and_grow_with_the_stage(stage):
    before = stage.grab().toImage()

    stage.show_seconds(3)
    stage.resize(600, 400)
    counted = stage.grab().toImage()

    assert stage._over.geometry() == stage.rect()
    assert counted.pixelColor(300, 200) != before.pixelColor(426, 250)
    assert stage._over.accessibleName() == "3"


def test_a_clipboard_that_promises_a_picture_and_has_none_brings_nothing(qapp):
    mime = QMimeData()
    mime.setImageData(QImage())
    mime.setData("image/png", b"")

    found = brought(mime, StillFiles(), ImageSource.PASTED)

    assert may_bring(mime)
    assert found.empty


@pytest.mark.parametrize("judgement", Judgement)
def test_every_judgement_is_a_question(qapp, judgement):
    assert judgement_chip(judgement).text.endswith("?")
