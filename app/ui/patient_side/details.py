"""The rows under a question: who will see it, for how long, and the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.consent_form import ShownDetail
from app.ui.design.tokens import Role, Space
from app.ui.widgets.text import Look, Paragraph

LABEL_SHARE = 0.3  # of the width, at most, for the labels


class DetailRows(QWidget):
    """Labels and texts in two columns; both wrap, nothing is ever cut off.

    Attributes:
        rows: The label and the text of each row.
    """

    def __init__(self, details: Sequence[ShownDetail]) -> None:
        super().__init__()
        self.rows: list[tuple[Paragraph, Paragraph]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.XL)
        self._grid.setColumnStretch(1, 1)
        for place, detail in enumerate(details):
            label = Paragraph(detail.label, Look.PATIENT_BODY, Role.INK_3)
            text = Paragraph(detail.text, Look.PATIENT_BODY, Role.INK)
            label.setObjectName("detail-label")
            text.setObjectName("detail-text")
            self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, place, 1, Qt.AlignmentFlag.AlignTop)
            self.rows.append((label, text))
        self._grid.setRowStretch(len(details), 1)

    def set_gap(self, gap: int) -> None:
        """The distance between rows, in px."""
        self._grid.setVerticalSpacing(gap)

    def height_in(self, width: int) -> int:
        """The height that the rows need in a width, in px."""
        labels = self._label_width(width)
        texts = width - labels - Space.XL
        heights = [
            max(label.heightForWidth(labels), text.heightForWidth(texts))
            for label, text in self.rows
        ]
        return sum(heights) + self._grid.verticalSpacing() * (len(heights) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        width = self._label_width(self.width())
        for label, _text in self.rows:
            label.setFixedWidth(width)

    def _label_width(self, width: int) -> int:
        natural = [
            label.fontMetrics().horizontalAdvance(label.plain_text()) for label, _text in self.rows
        ]
        return min(max(natural, default=0) + 4, round(width * LABEL_SHARE))
