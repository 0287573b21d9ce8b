"""What stands in place of the live picture while there is no camera and no picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space
from app.ui.widgets.buttons import QuietButton, SecondaryButton
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look


class FirstPicture(QWidget):
    """Where no camera is chosen: the four ways in which a picture gets here.

    Signals:
        import_requested: Files are to be chosen.
        camera_requested: A camera is to be chosen.
    """

    import_requested = Signal()
    camera_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Sign("image-plus", Role.ACCENT, 40)
        self._title = Label(self.tr("Today's first photograph"), Look.TITLE)
        self._list = QWidget()
        self._import = SecondaryButton(self.tr("Import files"), icon="folder-input")
        self._camera = QuietButton(self.tr("Choose a camera"), icon="camera")
        self._import.setObjectName("first-import")
        self._camera.setObjectName("first-camera")
        self._build()
        self._import.clicked.connect(self.import_requested)
        self._camera.clicked.connect(self.camera_requested)

    def set_camera_offered(self, *, offered: bool) -> None:
        """Whether there is a choice of cameras."""
        self._camera.setVisible(offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large print may leave room for the title and the buttons only."""
        super().resizeEvent(event)
        high = self._list.sizeHint().height()
        parts = (self._title, self._import)
        least = sum(part.sizeHint().height() for part in parts) + 4 * Space.L
        self._list.setVisible(self.height() >= least + high + Space.L)
        self._sign.setVisible(self.height() >= least + self._sign.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the well with a dashed edge: things can be dropped here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme().color(Role.OUTLINE), 1)
        pen.setDashPattern([5, 5])
        painter.setPen(pen)
        painter.setBrush(theme().color(Role.SUNKEN))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)

    def _build(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        ways = QVBoxLayout(self._list)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(Space.M)
        for icon, text in self._ways():
            row = QHBoxLayout()
            row.setSpacing(Space.M)
            row.addWidget(Sign(icon, Role.ACCENT))
            row.addWidget(Label(text, Look.BODY, Role.INK_2))
            row.addStretch(1)
            ways.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addStretch(1)
        buttons.addWidget(self._import)
        buttons.addWidget(self._camera)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(Space.L)
        column.addStretch(2)
        column.addWidget(self._sign, 0, middle)
        column.addWidget(self._title, 0, middle)
        column.addWidget(self._list, 0, middle)
        column.addSpacing(Space.S)
        column.addLayout(buttons)
        column.addStretch(3)

    def _ways(self) -> tuple[tuple[str, str], ...]:
        return (
            ("usb", self.tr("Connect a camera: it is seen at once")),
            ("folder-input", self.tr("Import from a card, a drive or a folder")),
            ("image", self.tr("Drop pictures or folders onto this page")),
            ("clipboard-paste", self.tr("Paste a copied picture with Ctrl+V")),
        )
