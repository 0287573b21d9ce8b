"""A PDF that the program made, opened from memory."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

POINTS_PER_INCH = 72


class OpenPdf(QObject):
    """Keeps the bytes as long as the document reads from them; nothing is written to a file."""

    def __init__(self, data: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bytes = QByteArray(data)
        self._buffer = QBuffer(self._bytes, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self._document.pageCount()

    def size_points(self, page: int) -> QSizeF:
        """The size of a page in points, 1/72 inch."""
        return self._document.pagePointSize(page)

    def render(self, page: int, width_px: int, height_px: int) -> QImage:
        """The page as a picture of that size, on white."""
        found = self._document.render(page, QSize(width_px, height_px))
        paper = QImage(found.size(), QImage.Format.Format_RGB32)
        paper.fill(0xFFFFFFFF)
        _paint_over(paper, found)
        return paper

    def text(self, page: int) -> str:
        """The words of a page, for screen readers."""
        return str(self._document.getAllText(page).text())

    def close(self) -> None:
        """Forget the bytes."""
        self._document.close()
        self._buffer.close()
        self._bytes.clear()


def _paint_over(paper: QImage, found: QImage) -> None:
    painter = QPainter(paper)
    painter.drawImage(0, 0, found)
    painter.end()
