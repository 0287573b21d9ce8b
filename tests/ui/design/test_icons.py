"""Icons take their colours from the palette and are crisp at every scale."""

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter

from app.paths import resources
from app.ui.design.icons import app_icon, directed, draw_icon, icon
from app.ui.design.theme import Appearance, theme
from app.ui.design.tokens import Role


def colours(image):
    """The opaque colours in an image."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def drawn(made, mode=QIcon.Mode.Normal, state=QIcon.State.Off):
    return colours(made.pixmap(QSize(96, 96), 1.0, mode, state).toImage())


def test_an_icon_has_its_roles_colour(qapp):
    assert theme().palette.danger.lower() in drawn(icon("circle", Role.DANGER))


def test_an_icon_follows_the_theme_by_itself(qapp):
    made = icon("square", Role.INK)

    theme().apply(Appearance.DARK)

    assert theme().palette.ink.lower() in drawn(made)


def test_a_checked_button_can_have_another_colour(qapp):
    made = icon("square", Role.INK, checked=Role.ACCENT)

    assert theme().palette.accent.lower() in drawn(made, state=QIcon.State.On)


def test_a_disabled_icon_is_faint(qapp):
    faint = drawn(icon("square", Role.INK), mode=QIcon.Mode.Disabled)

    assert theme().palette.outline.lower() in faint


def test_an_icon_is_crisp_on_a_fine_screen(qapp):
    pixmap = icon("camera").pixmap(QSize(20, 20), 2.0)

    assert pixmap.size() == QSize(40, 40)
    assert pixmap.devicePixelRatio() == 2.0


def test_an_icon_can_be_painted(qapp):
    image = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)

    painter = QPainter(image)
    icon("square", Role.INK).paint(painter, QRect(0, 0, 48, 48))
    painter.end()

    assert theme().palette.ink.lower() in colours(image)


def test_a_copied_icon_stays_alive(qapp):
    copy = QIcon(icon("square", Role.INK))
    copy.addFile("")

    assert theme().palette.ink.lower() in drawn(copy)


def test_drawing_centres_the_icon_in_its_box(qapp):
    image = QImage(100, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)

    painter = QPainter(image)
    draw_icon(painter, "square", "#FF0000", QRectF(0, 0, 100, 40))
    painter.end()

    assert image.pixelColor(5, 20).alpha() == 0
    assert "#ff0000" in colours(image)


def test_an_unknown_icon_is_a_bug(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no-such-thing")


@pytest.mark.parametrize(
    ("name", "rtl"),
    [("chevron-left", "chevron-right"), ("arrow-right", "arrow-left"), ("camera", "camera")],
)
def test_arrows_turn_round_where_text_runs_from_right_to_left(name, rtl):
    assert directed(name, Qt.LayoutDirection.RightToLeft) == rtl
    assert directed(name, Qt.LayoutDirection.LeftToRight) == name


def test_the_app_icon_is_there(qapp):
    assert not app_icon().pixmap(64, 64).isNull()


def test_every_icon_but_the_mark_can_be_recoloured():
    files = (resources() / "icons").glob("*.svg")

    fixed = [file.stem for file in files if "currentColor" not in file.read_text("utf-8")]

    assert fixed == ["clinigraph"]
