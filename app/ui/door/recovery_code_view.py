"""The recovery code on the screen: large, in numbered groups; on paper; and asked back in part."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Space, Type
from app.ui.widgets.fields import Field

COLUMNS = 3
ASKED = 2
_LOOK_ALIKES = str.maketrans("OIL", "011")


def mono(size_px: int, weight: int = 600) -> QFont:
    """A face in which each character has the same width."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme().px(size_px))
    font.setWeight(QFont.Weight(weight))
    return font


class _Group(QWidget):
    """One group with its number."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self._number = number
        self._text = text
        self.setAccessibleName(f"{number}: {' '.join(text)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(150), theme().px(56))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(palette.line))
        painter.setBrush(QColor(palette.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(theme().font(Type.MICRO))
        painter.setPen(QColor(palette.ink_3))
        number = box.adjusted(Space.M, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, int(middle | Qt.AlignmentFlag.AlignLeft), str(self._number))
        painter.setFont(mono(22))
        painter.setPen(QColor(palette.ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._text)


class RecoveryGroups(QWidget):
    """All groups, from left to right in every language, as they stand on the printed sheet."""

    def __init__(self, groups: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery-groups")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        for place, group in enumerate(groups):
            grid.addWidget(_Group(place + 1, group), place // COLUMNS, place % COLUMNS)


class AskBack(QWidget):
    """Asks for two groups, so that the code is on paper before the screen forgets it.

    Attributes:
        asked: The numbers of the groups, from 1.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self, groups: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = tuple(groups)
        chosen = secrets.SystemRandom().sample(range(1, len(self._groups) + 1), ASKED)
        self.asked = tuple(sorted(chosen))
        self._fields: list[Field] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.L)
        for number in self.asked:
            row.addWidget(self._field(number), 1, Qt.AlignmentFlag.AlignTop)

    def is_good(self) -> bool:
        """Whether both groups are right; says beside a field when it is not."""
        wrong = [
            field
            for number, field in zip(self.asked, self._fields, strict=True)
            if self._typed(field) != self._groups[number - 1]
        ]
        for field in self._fields:
            told = self.tr("This is not what stands on the sheet.")
            field.set_error(told if field in wrong else "")
        if wrong:
            wrong[0].input.setFocus()
        return not wrong

    def _field(self, number: int) -> Field:
        edit = QLineEdit()
        edit.setObjectName(f"asked-group-{number}")
        edit.setMaxLength(8)
        edit.setFont(mono(15))
        edit.textEdited.connect(self._forgive)
        field = Field(self.tr("Group {number}").format(number=number), edit)
        self._fields.append(field)
        return field

    def _typed(self, field: Field) -> str:
        edit = field.input
        assert isinstance(edit, QLineEdit)
        return "".join(edit.text().upper().split()).translate(_LOOK_ALIKES)

    def _forgive(self) -> None:
        for field in self._fields:
            field.set_error("")
        self.changed.emit()
