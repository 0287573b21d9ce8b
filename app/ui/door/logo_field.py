"""The clinic's logo: chosen from a file, drawn anew by the decoder, shown small."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.rendition import Edits
from app.errors import KnownError
from app.services.ports import Pictures
from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space
from app.ui.tasks import TaskRunner
from app.ui.widgets.buttons import QuietButton, SecondaryButton
from app.ui.widgets.text import Label, Look

LOGO_SIDE_PX = 600  # sharp at 5 cm on paper


class _Preview(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(120), theme().px(72))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it; on white, as paper is."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.setPen(QColor(palette.line))
        painter.setBrush(QColor("#FFFFFF" if not self.picture.isNull() else palette.sunken))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        if self.picture.isNull():
            side = theme().px(24)
            place = box.adjusted(0, 0, 0, 0)
            place.setSize(QSize(side, side))
            place.moveCenter(box.center())
            draw_icon(painter, "building-2", palette.ink_3, QRectF(place))
            return
        room = box.adjusted(6, 6, -6, -6)
        size = self.picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = room.adjusted(0, 0, 0, 0)
        place.setSize(size)
        place.moveCenter(room.center())
        painter.drawPixmap(place, self.picture)


class LogoField(QWidget):
    """Preview, Choose and Remove.

    Signals:
        changed: Another logo, or none.
    """

    changed = Signal()

    def __init__(
        self, pictures: Pictures, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._runner = runner
        self._data = b""
        self._preview = _Preview()
        self._choose = SecondaryButton(self.tr("Choose a file…"), icon="image-plus", compact=True)
        self._remove = QuietButton(self.tr("Remove"), compact=True)
        self._words = Label("", Look.SMALL, Role.INK_3, wrap=True)
        self._build()
        self._choose.clicked.connect(self._ask)
        self._remove.clicked.connect(self._forget)
        self.set_logo(b"")

    def logo(self) -> bytes:
        """JPEG or PNG made by the decoder; empty for none."""
        return self._data

    def set_logo(self, data: bytes) -> None:
        """Show a logo that the decoder made."""
        self._data = data
        picture = QPixmap()
        if data:
            picture.loadFromData(data)
        self._preview.picture = picture
        self._preview.update()
        self._remove.setVisible(bool(data))
        self._say(self.tr("Logo: printed at the top of every paper. Optional."))

    def read(self, path: Path) -> None:
        """Read a file and have the decoder draw it anew."""
        pictures = self._pictures

        def work() -> bytes:
            return pictures.render(path.read_bytes(), Edits(), max_side_px=LOGO_SIDE_PX).data

        self._choose.setEnabled(False)
        self._say(self.tr("Reading the file…"))
        self._runner.run(work, self._read, lane="work", on_failure=self._refused)

    def words(self) -> str:
        """The line below the buttons."""
        return self._words.text()

    def _read(self, data: bytes) -> None:
        self._choose.setEnabled(True)
        self.set_logo(data)
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self._choose.setEnabled(True)
        if isinstance(error, KnownError):
            self._say(f"{error.message.format(**error.facts)} ({error.code})", Role.DANGER)
        elif isinstance(error, OSError):
            self._say(self.tr("The file cannot be read."), Role.DANGER)
        else:
            self._runner.failed.emit(error)

    def _forget(self) -> None:
        self.set_logo(b"")
        self.changed.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Choose the logo"))
        dialog.setObjectName("logo-file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self.read(Path(name))

    def _say(self, text: str, tone: Role = Role.INK_3) -> None:
        self._words.setText(text)
        self._words.set_tone(tone)

    def _build(self) -> None:
        self._choose.setObjectName("logo-choose")
        self._remove.setObjectName("logo-remove")
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addStretch(1)
        words.addLayout(buttons)
        words.addWidget(self._words)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.L)
        row.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
