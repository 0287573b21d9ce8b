"""The pages of a PDF under one another, like sheets on a desk."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.paper_view.open_pdf import POINTS_PER_INCH, OpenPdf

SCREEN_DPI = 96  # CSS pixel: what "100 %" means on a screen
GAP = Space.L
SHADOW = 5
KEPT_PAGES = 6  # pictures of pages that are kept; a copy rarely has more


class PageSheets(QWidget):
    """Draws only the pages that are to be seen, each once for its size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf: OpenPdf | None = None
        self._zoom = 1.0
        self._drawn: dict[tuple[int, int, int], QImage] = {}

    def set_pdf(self, pdf: OpenPdf | None) -> None:
        """Show another document, or none."""
        self._pdf = pdf
        self._drawn.clear()
        self._fit()

    def set_zoom(self, zoom: float) -> None:
        """Show it in another size; 1.0 is life size on a screen of 96 dpi."""
        if zoom != self._zoom:
            self._zoom = zoom
            self._drawn.clear()
            self._fit()

    def zoom(self) -> float:
        """The size that is on."""
        return self._zoom

    def zoom_to_fit(self, width_px: int) -> float:
        """The size at which the widest page is as wide as this."""
        widest = max((self._size_at(page, 1.0).width() for page in self._pages()), default=1)
        return max(width_px - 2 * GAP, 40) / widest

    def page_rect(self, page: int) -> QRect:
        """Where a page is drawn."""
        top = GAP + sum(self._size_at(p, self._zoom).height() + GAP for p in range(page))
        size = self._size_at(page, self._zoom)
        return QRect((self.width() - size.width()) // 2, top, size.width(), size.height())

    def page_at(self, y: int) -> int:
        """The page at a height, from 0; the nearest one between two."""
        for page in self._pages():
            if y < self.page_rect(page).bottom() + GAP:
                return page
        return max(len(self._pages()) - 1, 0)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        sizes = [self._size_at(page, self._zoom) for page in self._pages()]
        width = max((size.width() for size in sizes), default=0) + 2 * GAP
        return QSize(width, sum(size.height() + GAP for size in sizes) + GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().color(Role.SUNKEN))
        for page in self._pages():
            box = self.page_rect(page)
            if box.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW).intersects(event.rect()):
                _draw_shadow(painter, box)
                painter.drawImage(box, self._picture(page, box.size()))

    def _pages(self) -> range:
        return range(self._pdf.pages if self._pdf is not None else 0)

    def _size_at(self, page: int, zoom: float) -> QSize:
        assert self._pdf is not None
        factor = zoom * SCREEN_DPI / POINTS_PER_INCH
        return (self._pdf.size_points(page) * factor).toSize()

    def _picture(self, page: int, size: QSize) -> QImage:
        assert self._pdf is not None
        ratio = self.devicePixelRatioF()
        key = (page, round(size.width() * ratio), round(size.height() * ratio))
        if key not in self._drawn:
            while len(self._drawn) >= KEPT_PAGES:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[key] = self._pdf.render(*key)
        return self._drawn[key]

    def _fit(self) -> None:
        size = self.sizeHint()
        self.setMinimumSize(size)
        self.resize(size)
        self.updateGeometry()
        self.update()


def _draw_shadow(painter: QPainter, box: QRect) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for grown in range(SHADOW, 0, -1):
        painter.setBrush(QColor(0, 0, 0, 10))
        soft = QRectF(box).adjusted(-grown, -grown + 1, grown, grown + 1)
        painter.drawRoundedRect(soft, grown, grown)
    painter.restore()
