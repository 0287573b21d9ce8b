"""The patient wants no photographs: an ordinary ending, said calmly."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.design.tokens import Space
from app.ui.widgets.notices import EmptyState


class DeclinedPage(QWidget):
    """Two sentences; the shell's primary button says Done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("declined-page")
        title = self.tr("No photographs today.")
        text = self.tr("This is recorded, nothing else is needed.")
        self.setAccessibleName(f"{title} {text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.addWidget(EmptyState("check", title, text))
