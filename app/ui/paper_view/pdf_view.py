"""Reading a paper on the screen: its pages, and how large they are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.design.tokens import Role, Space
from app.ui.paper_view.open_pdf import OpenPdf
from app.ui.paper_view.page_sheets import PageSheets
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.text import Label, Look

LEAST, MOST, STEP = 0.25, 4.0, 1.25
LEAST_HEIGHT = 240


class PdfView(QFrame):
    """A paper as the printer would print it; + and − change its size, 0 fits the width."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pdf-view")
        self.setAccessibleName(label)
        self.setProperty("ground", "card")
        self._pdf: OpenPdf | None = None
        self._fits = True
        self._sheets = PageSheets()
        self._area = QScrollArea()
        self._where = Label("", Look.SMALL, Role.INK_2)
        self._percent = Label("", Look.SMALL, Role.INK_2)
        self._smaller = IconButton("minus", self.tr("Smaller"))
        self._larger = IconButton("plus", self.tr("Larger"))
        self._fit_button = IconButton("maximize", self.tr("Fit the width"))
        self._build()
        self._smaller.clicked.connect(self.make_smaller)
        self._larger.clicked.connect(self.make_larger)
        self._fit_button.clicked.connect(self.fit_width)
        self._area.verticalScrollBar().valueChanged.connect(self._tell)
        self._area.viewport().installEventFilter(self)

    def show_pdf(self, data: bytes) -> None:
        """Show a paper."""
        self.clear()
        self._pdf = OpenPdf(data, self)
        self._sheets.set_pdf(self._pdf)
        words = "\n".join(self._pdf.text(page) for page in range(self._pdf.pages))
        self._area.setAccessibleDescription(words)
        self.fit_width()
        self._area.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing, and forget the bytes."""
        self._sheets.set_pdf(None)
        self._area.setAccessibleDescription("")
        pdf, self._pdf = self._pdf, None
        if pdf is not None:
            pdf.close()
            pdf.deleteLater()
        self._tell()

    def page_count(self) -> int:
        """How many pages there are."""
        return self._pdf.pages if self._pdf is not None else 0

    def current_page(self) -> int:
        """The page in the middle of the view, from 0."""
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() // 2
        return self._sheets.page_at(middle)

    def go_to_page(self, page: int) -> None:
        """Bring a page, from 0, to the top."""
        self._area.verticalScrollBar().setValue(self._sheets.page_rect(page).top() - Space.S)

    def zoom(self) -> float:
        """How large it is; 1.0 is life size."""
        return self._sheets.zoom()

    def make_larger(self) -> None:
        """One step larger."""
        self._zoom_to(self.zoom() * STEP)

    def make_smaller(self) -> None:
        """One step smaller."""
        self._zoom_to(self.zoom() / STEP)

    def fit_width(self) -> None:
        """As wide as the view."""
        self._fits = True
        self._sheets.set_zoom(min(max(self._fitting(), LEAST), MOST))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        keys = {
            Qt.Key.Key_Plus: self.make_larger,
            Qt.Key.Key_Minus: self.make_smaller,
            Qt.Key.Key_0: self.fit_width,
        }
        action = keys.get(Qt.Key(event.key()))
        if action is not None:
            action()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep fitting when the view changes its size."""
        if event.type() == QEvent.Type.Resize and self._fits and self._pdf is not None:
            self.fit_width()
        return super().eventFilter(watched, event)

    def _fitting(self) -> float:
        # The bar's room is left free also while it is hidden: it must not come and go.
        bar = self._area.verticalScrollBar().sizeHint().width()
        return self._sheets.zoom_to_fit(self._area.width() - bar)

    def _zoom_to(self, zoom: float) -> None:
        page = self.current_page()
        self._fits = False
        self._sheets.set_zoom(min(max(zoom, LEAST), MOST))
        self.go_to_page(page)
        across = self._area.horizontalScrollBar()
        across.setValue((across.minimum() + across.maximum()) // 2)
        self._tell()

    def _tell(self) -> None:
        count = self.page_count()
        told = self.tr("Page {n} of {m}").format(n=self.current_page() + 1, m=count)
        self._where.setText(told if count else "")
        self._percent.setText(f"{round(self.zoom() * 100)} %" if count else "")
        for button in (self._smaller, self._larger, self._fit_button):
            button.setEnabled(bool(count))

    def _build(self) -> None:
        self._area.setWidget(self._sheets)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(self.accessibleName())
        self._area.setCornerWidget(QWidget())
        self._area.setMinimumHeight(LEAST_HEIGHT)
        line = QHBoxLayout()
        line.setContentsMargins(Space.L, 0, Space.XS, 0)
        line.setSpacing(Space.XS)
        line.addWidget(self._where)
        line.addStretch(1)
        for part in (self._smaller, self._percent, self._larger, self._fit_button):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._area, 1)
        self._tell()
