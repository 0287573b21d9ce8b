"""Pictures stand on neutral grey, and points on them are known."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPixmap, QWheelEvent

from app.ui.design.theme import theme
from app.ui.widgets.chips import Chip, ChipState, ChipText
from app.ui.widgets.pictures import Corner, Fit, PictureView, rounded
from app.ui.widgets.thumbnails import THUMBNAIL_ROLE, Thumbnail, ThumbnailStrip


def picture(width=400, height=200, colour="#AA3322"):
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(colour))
    return image


class Cross:
    """Draws a green line over the picture."""

    def paint_over(self, painter, box):
        painter.fillRect(box.adjusted(10, 10, -10, -10), QColor("#00FF00"))


@pytest.fixture
def view(qtbot):
    made = PictureView("Live picture")
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def colour_at(widget, x, y):
    return widget.grab().toImage().pixelColor(x, y).name()


def test_the_whole_picture_is_shown_on_grey(view):
    view.set_picture(picture())

    assert view.picture_rect().size().toSize() == QSize(300, 150)
    assert colour_at(view, 150, 150) == "#aa3322"
    assert colour_at(view, 150, 20) == "#777777"
    assert view.picture_size() == QSize(400, 200)


def test_filling_leaves_no_grey(view):
    view.set_picture(QPixmap.fromImage(picture()))

    view.set_fit(Fit.FILL)

    assert view.picture_rect().size().toSize() == QSize(600, 300)
    assert colour_at(view, 150, 20) == "#aa3322"


def test_an_empty_frame_says_why(view):
    view.set_words("The camera is held by another program.")
    assert not view.has_picture()
    assert view.picture_rect().isEmpty()
    assert view.to_picture(QPointF(1, 1)) == QPointF()

    view.set_picture(picture())
    assert view.has_picture()
    view.set_picture(None)

    assert not view.has_picture()
    assert colour_at(view, 150, 20) == "#777777"


def test_points_are_shares_of_the_picture_and_back(view):
    view.set_picture(picture())

    assert view.to_picture(QPointF(0, 75)) == QPointF(0, 0)
    assert view.to_picture(QPointF(300, 225)) == QPointF(1, 1)
    assert view.from_picture(QPointF(0.5, 0.5)) == QPointF(150, 150)


def test_overlays_are_drawn_until_they_are_taken_away(view):
    view.set_picture(picture())
    cross = Cross()

    view.add_overlay(cross)
    assert colour_at(view, 150, 150) == "#00ff00"

    view.remove_overlay(cross)
    assert colour_at(view, 150, 150) == "#aa3322"


def test_left_and_right_are_never_mirrored(view):
    both = picture()
    both.setPixelColor(0, 0, QColor("#000000"))
    view.set_picture(both)
    before = view.picture_rect()

    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert view.picture_rect() == before
    assert view.to_picture(QPointF(0, 75)) == QPointF(0, 0)


def test_things_can_be_placed_in_the_corners(view, qtbot):
    chips = {corner: Chip(corner.value, ChipState.ON_PICTURE) for corner in Corner}
    for corner, chip in chips.items():
        view.place(chip, corner)
    view.resize(600, 400)

    qtbot.waitUntil(lambda: chips[Corner.BOTTOM_TRAILING].x() > 300)

    assert chips[Corner.TOP_LEADING].pos() == QPoint(16, 16)
    assert chips[Corner.BOTTOM_LEADING].geometry().bottom() == 400 - 16 - 1
    assert chips[Corner.TOP_TRAILING].geometry().right() == 600 - 16 - 1


def test_a_frame_may_be_small_and_the_picture_is_scaled_again(view):
    view.set_picture(picture())
    view.grab()

    view.resize(100, 100)

    assert colour_at(view, 50, 50) == "#aa3322"
    assert view.minimumSizeHint().width() <= view.sizeHint().width()


def test_a_cut_picture_has_round_corners(qapp):
    cut = rounded(QPixmap.fromImage(picture()), QSize(72, 54), 6, 2.0).toImage()

    assert cut.size() == QSize(144, 108)
    assert cut.pixelColor(0, 0).alpha() == 0
    assert cut.pixelColor(72, 54).name() == "#aa3322"


def test_a_picture_not_read_yet_is_grey(qapp):
    cut = rounded(QPixmap(), QSize(72, 54), 6, 1.0).toImage()

    assert cut.pixelColor(36, 27).name() == "#777777"


@pytest.fixture
def strip(qtbot):
    made = ThumbnailStrip("Pictures of today")
    qtbot.addWidget(made)
    made.items.set_items(
        [
            Thumbnail("a", "Left forearm", badge=ChipText("Sharp", ChipState.GRANTED)),
            Thumbnail("b", "Left forearm, again", faded=True),
        ]
    )
    made.resize(150, made.sizeHint().height())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_going_to_a_picture_is_told(strip, qtbot):
    with qtbot.waitSignal(strip.picked) as caught:
        strip.pick("b")
    assert caught.args == ["b"]

    with qtbot.waitSignal(strip.picked) as caught:
        qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.current_key() == caught.args[0] == "a"


def test_a_shot_drops_into_the_strip_and_gets_its_picture(strip):
    strip.items.append(Thumbnail("c", "Back"))
    strip.items.set_picture("c", QPixmap.fromImage(picture(96, 72)))
    strip.items.replace(Thumbnail("b", "Superseded", faded=True))

    assert strip.items.rowCount() == 3
    index = strip.items.index(2)
    assert not index.data(THUMBNAIL_ROLE).picture.isNull()
    assert strip.items.index(1).data(Qt.ItemDataRole.ToolTipRole) == "Superseded"
    assert not strip.grab().isNull()


def test_a_badge_is_read_to_those_who_do_not_see_it(strip):
    told = strip.items.index(0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert told == "Left forearm · Sharp"
    assert strip.items.data(strip.items.index(9)) is None
    assert strip.items.index(0).data(Qt.ItemDataRole.DisplayRole) is None


def test_an_unknown_picture_is_a_bug(strip):
    with pytest.raises(KeyError):
        strip.pick("z")


def test_an_emptied_strip_is_on_nothing(strip):
    strip.pick("b")

    strip.items.set_items([])

    assert strip.current_key() is None


def test_the_wheel_walks_along_the_strip(strip, qtbot):
    bar = strip.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    point = QPointF(20, 20)

    strip.wheelEvent(
        QWheelEvent(
            point,
            point,
            QPoint(),
            QPoint(0, -30),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
    )

    assert bar.value() > 0


def test_the_strip_grows_with_the_scale(strip):
    before = strip.sizeHint().height()

    theme().apply(scale=2.0)

    assert strip.sizeHint().height() > before
    assert strip.minimumSizeHint().width() < strip.sizeHint().width()
    assert not strip.grab().isNull()
