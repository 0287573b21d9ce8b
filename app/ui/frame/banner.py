"""The patient banner: whose session is open, always to be seen while one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.chips import ChipRow, ChipText
from app.ui.widgets.text import ElidedLabel, Look

HEIGHT = 64
EDGE = 4  # px; the accent bar that ties the banner to the open session


class PatientBanner(QWidget):
    """Name, demographics, earlier consents, and the only way to another patient: close the session.

    Signals:
        close_requested: The user wants to close the session.
    """

    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patient-banner")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = ElidedLabel("", Look.TITLE)
        self.demographics = ElidedLabel("", Look.BODY, Role.INK_2)
        self.chips = ChipRow(gap=20)
        self.close_button = SecondaryButton(self.tr("Close session"), compact=True)
        self.close_button.setObjectName("close-session")
        self.close_button.clicked.connect(self.close_requested)
        self._build()

    def set_patient(self, name: str, demographics: str, chips: Sequence[ChipText] = ()) -> None:
        """Show whose session it is; `chips` speak of earlier consents and alerts."""
        self.name.setText(name)
        self.demographics.setText(demographics)
        self.setAccessibleName(f"{name}, {demographics}")
        self.set_chips(chips)

    def set_chips(self, chips: Sequence[ChipText]) -> None:
        """Show other states."""
        self.chips.set_chips(chips)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme().px(HEIGHT))
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color(Role.RAISED))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color(Role.LINE))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - EDGE if rtl else 0
        painter.fillRect(left, 0, EDGE, self.height(), theme().color(Role.ACCENT))

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.demographics)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(EDGE + Space.XL, 0, Space.XL, 1)
        self._row.setSpacing(20)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.chips)
        self._row.addWidget(self.close_button)
        self.setFixedHeight(theme().px(HEIGHT))

    def _fit(self) -> None:
        """The name comes first: chips give way to it, and only then it is shortened."""
        spent = self.close_button.sizeHint().width() + EDGE + 2 * Space.XL + 2 * 20
        room = max(self.width() - spent, 0)
        name = max(self.name.sizeHint().width(), self.demographics.sizeHint().width())
        wanted = self.chips.sizeHint().width()
        least = self.chips.minimumSizeHint().width()
        self.chips.setFixedWidth(max(least, min(wanted, room - name)))
