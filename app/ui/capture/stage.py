"""The large picture: the live one, the one that was picked, or how to get the first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from app.ui.camera.viewfinder import Viewfinder
from app.ui.capture.first_picture import FirstPicture
from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Space, Type
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.chips import Chip, ChipState, ChipText
from app.ui.widgets.pictures import Corner, PictureView


class PickedPicture(PictureView):
    """A picture of today, large, with what can be done about it.

    Signals:
        retake_requested: It is to be marked as taken again, or that taken back.
        closed: Back to the live picture.
    """

    retake_requested = Signal()
    closed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent=parent)
        self._what = Chip("", ChipState.ON_PICTURE)
        self._retake = SecondaryButton("", icon="rotate-ccw", compact=True)
        self._close = SecondaryButton("", icon="x", compact=True)
        self._retake.setObjectName("picked-retake")
        self._close.setObjectName("picked-close")
        for button in (self._retake, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.place(self._what, Corner.TOP_LEADING)
        self.place(self._retake, Corner.TOP_TRAILING)
        self.place(self._close, Corner.TOP_TRAILING)
        self._retake.clicked.connect(self.retake_requested)
        self._close.clicked.connect(self.closed)

    def tell(self, what: str, *, superseded: bool, back: str) -> None:
        """Name the picture and the two things that can be done."""
        self._what.show_chip(ChipText(what, ChipState.ON_PICTURE))
        self._what.setVisible(bool(what))
        self._retake.setText(self.tr("Keep after all") if superseded else self.tr("Retake (R)"))
        self._close.setText(back)
        self._close.setVisible(bool(back))


class Stage(QStackedWidget):
    """Shows one of the three, and says when something may be dropped.

    Attributes:
        viewfinder: The live picture.
        picked: The picture that was picked in the strip.
        first: What stands there without a camera.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewfinder = Viewfinder()
        self.picked = PickedPicture(self.tr("Picked photograph"))
        self.first = FirstPicture()
        for page in (self.viewfinder, self.picked, self.first):
            self.addWidget(page)
        self._over = _Over(self)
        self.viewfinder.setMinimumSize(240, 120)  # large print leaves little room
        self.setMinimumHeight(120)

    def show_live(self) -> None:
        """The live picture."""
        self.setCurrentWidget(self.viewfinder)

    def show_first(self) -> None:
        """How to get the first picture."""
        self.setCurrentWidget(self.first)

    def show_picked(self, picture: QPixmap | QImage) -> None:
        """A picture of today."""
        self.picked.set_picture(picture)
        self.setCurrentWidget(self.picked)

    def invite_drop(self, on: bool) -> None:  # noqa: FBT001 - a slot
        """Say that what is being dragged can be dropped."""
        self._over.say(self.tr("Drop the pictures here") if on else "", icon="image-plus")

    def show_seconds(self, seconds: int) -> None:
        """Show the timer's seconds; 0 takes them away."""
        self._over.say(str(seconds) if seconds else "", large=True)


class _Over(QLabel):
    """Words over the whole stage that let the pointer through."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._icon = ""
        self._large = False
        self._host = host
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        host.installEventFilter(self)
        self.hide()

    def say(self, words: str, *, icon: str = "", large: bool = False) -> None:
        self._icon, self._large = icon, large
        self.setText(words)
        self.setAccessibleName(words)
        self.setGeometry(self._host.rect())
        self.setVisible(bool(words))
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the host as it grows."""
        host = getattr(self, "_host", None)  # gone while Python collects the window
        if watched is host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme().palette
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if not self._large:
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(QColor(palette.accent_tint))
            painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)
        side = theme().px(96 if self._large else 40)
        spot = QRectF(0, 0, side, side)
        spot.moveCenter(box.center())
        if self._large:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(20, 20, 20, 190))
            painter.drawEllipse(spot)
            painter.setPen(QColor("#FFFFFF"))
            painter.setFont(theme().font(Type.PATIENT_QUESTION, 600))
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), self.text())
            return
        spot.translate(0, -side / 2)
        draw_icon(painter, self._icon, palette.accent, spot)
        painter.setPen(QColor(palette.accent))
        painter.setFont(theme().font(Type.TITLE, 600))
        below = QRectF(box.left(), spot.bottom() + Space.M, box.width(), side)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), self.text())
