"""The patient banner: whose session is open, always to be seen while one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.chips import ChipRow, ChipText
from app.ui.widgets.text import ElidedLabel, Look

HEIGHT = 64
GAP = 20
LEADING = 2
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
        self.chips = ChipRow(gap=GAP, trailing=True)
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

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(360), theme().px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
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
        for child in (self.name, self.demographics, self.chips, self.close_button):
            child.setParent(self)
        self.setFixedHeight(theme().px(HEIGHT))

    def _fit(self) -> None:
        """The name comes first: chips give way to it, and only then it is shortened."""
        close = self.close_button.sizeHint()
        left, right = EDGE + Space.XL, self.width() - Space.XL - close.width()
        for label in (self.name, self.demographics):
            label.ensurePolished()
        name = max(self.name.sizeHint().width(), self.demographics.sizeHint().width())
        room = right - GAP - left
        chips = min(self.chips.sizeHint().width(), room - GAP - name)
        chips = max(self.chips.minimumSizeHint().width(), chips)
        words = max(room - chips - (GAP if chips else 0), 0)
        high, low = self.name.sizeHint().height(), self.demographics.sizeHint().height()
        top = (self.height() - 1 - high - low - LEADING) // 2
        chip_high = self.chips.sizeHint().height()
        self._put(self.name, QRect(left, top, words, high))
        self._put(self.demographics, QRect(left, top + high + LEADING, words, low))
        middle = (self.height() - 1 - chip_high) // 2
        self._put(self.chips, QRect(right - GAP - chips, middle, chips, chip_high))
        middle = (self.height() - 1 - close.height()) // 2
        self._put(self.close_button, QRect(right, middle, close.width(), close.height()))

    def _put(self, child: QWidget, box: QRect) -> None:
        child.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))
