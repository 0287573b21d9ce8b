"""Labels in the type sizes and colours of the tokens."""

from __future__ import annotations

import html
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import LINE_HEIGHT, Role


class Look(StrEnum):
    """Type styles; sizes and weights stand in `resources/theme/clinigraph.qss`."""

    DISPLAY = "display"
    TITLE = "title"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    BODY = "body"
    SMALL = "small"
    MICRO = "micro"
    PATIENT_BODY = "patient-body"
    PATIENT_HEADING = "patient-heading"
    PATIENT_QUESTION = "patient-question"


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose dynamic properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def wrapping(widget: QWidget) -> int:
    """Flags to draw text that wraps and begins where the widget's own direction begins."""
    rtl = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    upright = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
    return int(upright | Qt.TextFlag.TextWordWrap)


class Label(QLabel):
    """Plain text, never read as markup, in one of the window's type styles."""

    def __init__(
        self,
        text: str = "",
        look: Look = Look.BODY,
        tone: Role = Role.INK,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wanted = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look.value)
        self.setProperty("tone", tone.value)
        self.setWordWrap(wrap)
        self.setText(text)
        self._align()

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        """Align it: leading is where the window begins to read, whatever language the text is."""
        self._wanted = alignment
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        across = self._wanted & Qt.AlignmentFlag.AlignHorizontal_Mask
        upright = self._wanted & Qt.AlignmentFlag.AlignVertical_Mask
        side = QStyle.visualAlignment(self.layoutDirection(), across)
        super().setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | upright)

    def tone(self) -> Role:
        """The colour's role."""
        return self._tone

    def set_tone(self, tone: Role) -> None:
        """Change the colour."""
        if tone is not self._tone:
            self._tone = tone
            self.setProperty("tone", tone.value)
            restyle(self)

    def set_look(self, look: Look) -> None:
        """Change size and weight."""
        self.setProperty("look", look.value)
        restyle(self)


class ElidedLabel(Label):
    """One line that ends in "…" when there is no room; the whole text is then the tool tip."""

    def __init__(
        self,
        text: str = "",
        look: Look = Look.BODY,
        tone: Role = Role.INK,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, look, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        wide = self.fontMetrics().horizontalAdvance("MMMM…")
        return QSize(min(wide, self.sizeHint().width()), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """The size it wants."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def setText(self, text: str) -> None:
        """Show this text."""
        super().setText(text)
        self._tell()

    def is_elided(self) -> bool:
        """Whether a part of the text is not to be seen."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        box = self.contentsRect()
        painter.setPen(theme().color(self.tone()))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        elided = QFontMetrics(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, box.width()
        )
        upright = Qt.AlignmentFlag.AlignVCenter | QStyle.visualAlignment(
            self.layoutDirection(), self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        )
        painter.drawText(box, int(upright), elided)

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.is_elided() else "")


class Paragraph(Label):
    """Text that wraps, with the line height for reading (1.45)."""

    def __init__(
        self,
        text: str = "",
        look: Look = Look.BODY,
        tone: Role = Role.INK,
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._plain = ""
        super().__init__(text, look, tone, wrap=True, parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def setText(self, text: str) -> None:
        """Show this text."""
        self._plain = text
        share = round(LINE_HEIGHT / 1.21 * 100)  # Inter's own line is 1.21 of its size
        body = html.escape(text).replace("\n", "<br>")
        super().setText(f'<p style="line-height:{share}%; margin:0">{body}</p>' if text else "")
        self.setAccessibleName(text)

    def plain_text(self) -> str:
        """The text as it was given."""
        return self._plain
