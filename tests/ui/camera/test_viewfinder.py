from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.camera.camera_notice import CameraNotice
from app.ui.camera.frame_source import CameraState
from app.ui.camera.problems import CameraStoppedError, UnpluggedError
from app.ui.camera.viewfinder import Viewfinder
from app.ui.design.theme import Appearance, theme
from app.ui.design.tokens import LIGHT
from app.ui.widgets.chips import ChipState, ChipText
from tests.ui.camera.fakes import FakeSource, a_frame

SIZE = (640, 400)
BRIGHT = 250


@pytest.fixture
def source(qtbot: QtBot) -> Iterator[FakeSource]:
    source = FakeSource()
    yield source
    source.stop()


@pytest.fixture
def finder(qtbot: QtBot, source: FakeSource) -> Viewfinder:
    finder = Viewfinder()
    qtbot.addWidget(finder)
    finder.resize(*SIZE)
    finder.set_thirds(False)
    finder.watch(source)
    finder.show()
    return finder


def seen(finder: Viewfinder, x: int, y: int) -> int:
    """The brightness at a point, 0 to 255."""
    return QColor(finder.grab().toImage().pixelColor(x, y)).lightness()


def notice(finder: Viewfinder) -> CameraNotice:
    found = finder.findChild(CameraNotice)
    assert found is not None
    return found


def press(finder: Viewfinder, qtbot: QtBot, name: str) -> None:
    button = finder.findChild(QPushButton, name)
    assert button is not None
    assert not button.isHidden()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_live_picture_is_fitted_between_neutral_grey(
    finder: Viewfinder, source: FakeSource
) -> None:
    source.send(a_frame(size=(640, 200), value=BRIGHT))

    grey = QColor(LIGHT.picture).lightness()
    assert finder.picture_rect() == QRectF(0, 100, 640, 200)
    assert seen(finder, 320, 200) == BRIGHT
    assert seen(finder, 320, 90) == grey
    assert finder.is_live()
    assert notice(finder).isHidden()


def test_corners_are_rounded(finder: Viewfinder, source: FakeSource) -> None:
    source.send(a_frame(size=SIZE, value=10))

    assert seen(finder, 0, 0) > 100
    assert seen(finder, 12, 12) == 10


def test_newest_picture_replaces_the_one_before(finder: Viewfinder, source: FakeSource) -> None:
    source.send(a_frame(1, value=10))
    source.send(a_frame(2, value=BRIGHT))

    assert seen(finder, 320, 200) == BRIGHT


def test_picture_of_another_size_is_fitted_anew(finder: Viewfinder, source: FakeSource) -> None:
    source.send(a_frame(1, size=(64, 40)))
    source.send(a_frame(2, size=(40, 64)))

    assert finder.picture_rect().height() == SIZE[1]
    assert finder.top_chips()[0].text == "Live · 40×64"


def test_pills_name_state_size_and_ghost(finder: Viewfinder, source: FakeSource) -> None:
    source.send(a_frame(size=(3840, 2160)))
    finder.set_ghost(a_ghost(), "14 Feb 2026")
    finder.set_chips(
        [ChipText("Sharp", ChipState.GRANTED)], [ChipText("Match", ChipState.ON_PICTURE, "")]
    )

    assert [chip.text for chip in finder.top_chips()] == [
        "Live · 3840×2160",
        "Ghost 14 Feb 2026 · 40 %",
    ]
    assert finder.accessibleDescription().endswith("40 %, Sharp, Match")
    finder.grab()


def test_chips_stand_at_both_ends_and_change_sides_with_the_script(
    finder: Viewfinder, source: FakeSource
) -> None:
    source.send(a_frame(size=SIZE, value=BRIGHT))
    finder.set_chips([ChipText("Sharp", ChipState.ON_PICTURE, "")], [])
    bottom = SIZE[1] - 28
    left, right = seen(finder, 24, bottom), seen(finder, SIZE[0] - 24, bottom)
    finder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = seen(finder, 24, bottom), seen(finder, SIZE[0] - 24, bottom)

    assert left < right == BRIGHT
    assert mirrored[0] == BRIGHT > mirrored[1]


@pytest.mark.parametrize(("percent", "least", "most"), [(0, 0, 0), (50, 120, 130), (100, 249, 250)])
def test_ghost_lies_over_the_live_picture(
    finder: Viewfinder, source: FakeSource, percent: int, least: int, most: int
) -> None:
    source.send(a_frame(size=SIZE, value=0))
    finder.set_ghost(a_ghost())
    finder.set_ghost_opacity(percent)

    assert least <= seen(finder, 320, 200) <= most


def test_ghost_of_another_shape_keeps_its_shape(finder: Viewfinder, source: FakeSource) -> None:
    source.send(a_frame(size=SIZE, value=0))
    finder.set_ghost(a_ghost(100, 400))
    finder.set_ghost_opacity(1000)

    assert seen(finder, 320, 200) == BRIGHT
    assert seen(finder, 200, 200) == 0


@pytest.mark.parametrize("nothing", [None, QImage()])
def test_ghost_is_taken_away(
    finder: Viewfinder, source: FakeSource, nothing: QImage | None
) -> None:
    source.send(a_frame(size=SIZE, value=0))
    finder.set_ghost(a_ghost())
    finder.set_ghost(nothing)

    assert seen(finder, 320, 200) == 0
    assert len(finder.top_chips()) == 1


def test_thirds_and_target_help_to_frame(finder: Viewfinder, source: FakeSource) -> None:
    source.send(a_frame(size=SIZE, value=0))
    plain = finder.grab().toImage()
    finder.set_thirds(True)
    thirds = finder.grab().toImage()
    finder.set_thirds(False)
    finder.set_target(True)
    target = finder.grab().toImage()

    assert plain.pixelColor(213, 350).lightness() < thirds.pixelColor(213, 350).lightness()
    assert plain != target != thirds


def test_picture_that_stands_still_is_dimmed_and_named(
    finder: Viewfinder, source: FakeSource
) -> None:
    source.send(a_frame(size=SIZE, value=BRIGHT))
    source.tell(CameraState.NO_PICTURE, CameraStoppedError())

    assert seen(finder, 320, 200) < BRIGHT // 2
    assert [chip.text for chip in finder.top_chips()] == ["No picture"]
    assert not finder.is_live()


def test_lost_camera_shows_why_and_what_to_do(
    finder: Viewfinder, source: FakeSource, qtbot: QtBot
) -> None:
    source.send(a_frame())
    source.tell(CameraState.LOST, UnpluggedError())
    shown = notice(finder)
    with qtbot.waitSignal(finder.help_requested) as helped:
        press(finder, qtbot, "camera-help")
    press(finder, qtbot, "camera-action")

    assert shown.notice().title == UnpluggedError.message
    assert shown.notice().text == UnpluggedError.advice
    assert helped.args == ["CAMERA-014"]
    assert source.calls == ["retry"]
    assert finder.picture_rect().isEmpty()


def test_camera_that_is_off_can_be_switched_on(
    finder: Viewfinder, source: FakeSource, qtbot: QtBot
) -> None:
    press(finder, qtbot, "camera-action")

    assert source.calls == ["start"]


def test_without_a_camera_one_is_to_be_chosen(finder: Viewfinder, qtbot: QtBot) -> None:
    finder.watch(None)
    with qtbot.waitSignal(finder.choose_requested):
        press(finder, qtbot, "camera-action")

    assert finder.top_chips() == []


def test_opening_shows_a_wheel_and_offers_nothing(finder: Viewfinder, source: FakeSource) -> None:
    source.tell(CameraState.OPENING)
    finder.grab()

    assert notice(finder).notice().icon == ""
    button = finder.findChild(QPushButton, "camera-action")
    assert button is not None
    assert button.isHidden()


def test_source_that_is_left_is_not_shown_any_more(finder: Viewfinder, source: FakeSource) -> None:
    other = FakeSource()
    other.send(a_frame(value=BRIGHT))
    finder.watch(other)
    source.send(a_frame(value=10))

    assert seen(finder, 320, 200) == BRIGHT
    other.stop()
    assert not finder.is_live()


def test_new_look_is_followed(finder: Viewfinder, source: FakeSource) -> None:
    source.send(a_frame(size=SIZE, value=BRIGHT))
    finder.set_chips([ChipText("Sharp", ChipState.GRANTED, "")])
    before = finder.grab().toImage()
    theme().apply(Appearance.DARK, scale=2.0)
    after = finder.grab().toImage()

    assert before != after
    assert notice(finder).sizeHint().width() == 720


def a_ghost(width: int = 640, height: int = 400) -> QImage:
    ghost = QImage(width, height, QImage.Format.Format_RGB32)
    ghost.fill(QColor(BRIGHT, BRIGHT, BRIGHT))
    return ghost
