"""The card for the view: context, close-up, dermoscopic; ticked as each is there for the place."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.clinical_image import Sensitivity, View
from app.ui.capture.card_head import HeadedCard
from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Space, Type
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.selects import Menu

_ROW_PX = 36
_SIGN_PX = 20


class ViewRow(QRadioButton):
    """One view: its sign says chosen, done or open."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._done = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_done(self, *, done: bool) -> None:
        """Whether a picture of this view is there."""
        self._done = done
        self.setAccessibleDescription(self.tr("There is a picture of it") if done else "")
        self.update()

    def is_done(self) -> bool:
        """Whether a picture of this view is there."""
        return self._done

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(160), theme().px(_ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(80), theme().px(_ROW_PX))

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be hit."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        name = "circle-dot" if on else "circle-check" if self._done else "circle"
        colour = palette.accent if on else palette.granted if self._done else palette.outline
        side = theme().px(_SIGN_PX)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        sign = QRectF(self.width() - side if rtl else 0, 0, side, self.height())
        draw_icon(painter, name, colour, sign)
        painter.setFont(theme().font(Type.BODY, 600 if on else 500))
        plain = palette.ink if self.underMouse() else palette.ink_2
        painter.setPen(QColor(palette.ink if on else plain))
        indent = side + Space.S
        words = QRectF(self.rect()).adjusted(0 if rtl else indent, 0, -indent if rtl else 0, 0)
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, int(leading), text)


class ViewCard(HeadedCard):
    """Chooses the view and who may see the picture at all.

    Signals:
        view_chosen: Argument: the `View`.
        sensitivity_chosen: Argument: the `Sensitivity`.
    """

    view_chosen = Signal(object)
    sensitivity_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._degree = QuietButton("", trailing="chevron-down", compact=True)
        super().__init__(self._degree, parent)
        self._group = QButtonGroup(self)
        self._menu = Menu(self)
        self._rows = {view: ViewRow(text) for view, text in self._names().items()}
        self.set_title(self.tr("View"))
        self._arrange()
        self._group.buttonClicked.connect(self._tell_view)
        self._degree.clicked.connect(self._open_menu)
        self._menu.triggered.connect(self._tell_sensitivity)

    def show_view(
        self, view: View | None, done: Collection[View], sensitivity: Sensitivity
    ) -> None:
        """Show what is chosen, and which views of the place are there already."""
        self._group.setExclusive(False)
        for one, row in self._rows.items():
            row.setChecked(one is view)
            row.set_done(done=one in done)
        self._group.setExclusive(True)
        self.setAccessibleDescription(
            self.tr("{done} of {total}").format(done=len(done), total=len(self._rows))
        )
        name = self._degrees()[sensitivity]
        self._degree.setText(name)
        self._degree.setAccessibleName(self.tr("Sensitivity: {degree}").format(degree=name))

    def row(self, view: View) -> ViewRow:
        """The row of a view."""
        return self._rows[view]

    def _names(self) -> dict[View, str]:
        return {
            View.CONTEXT: self.tr("Context"),
            View.CLOSE_UP: self.tr("Close-up with scale"),
            View.DERMOSCOPIC: self.tr("Dermoscopic"),
        }

    def _degrees(self) -> dict[Sensitivity, str]:
        return {
            Sensitivity.ORDINARY: self.tr("Ordinary"),
            Sensitivity.INTIMATE: self.tr("Intimate"),
            Sensitivity.SAFEGUARDING: self.tr("Safeguarding"),
            Sensitivity.FORENSIC: self.tr("Forensic"),
        }

    def _tell_view(self, button: QRadioButton) -> None:
        self.view_chosen.emit(next(view for view, row in self._rows.items() if row is button))

    def _open_menu(self) -> None:
        self._menu.popup(self._degree.mapToGlobal(self._degree.rect().bottomLeft()))

    def _tell_sensitivity(self, action: QAction) -> None:
        self.sensitivity_chosen.emit(Sensitivity(action.data()))

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        for view, row in self._rows.items():
            row.setObjectName(f"view-{view}")
            self._group.addButton(row)
            column.addWidget(row)
        self.body.addLayout(column)
        for degree, name in self._degrees().items():
            self._menu.addAction(name).setData(degree.value)
        self._degree.setObjectName("sensitivity")
        self._degree.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._degree.setToolTip(self.tr("Who may see the picture at all"))
