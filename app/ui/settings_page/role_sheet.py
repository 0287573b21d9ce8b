"""The role table as the domain has it: who may do what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.domain.staff import Role, role_table
from app.ui.design.tokens import Role as Colour
from app.ui.design.tokens import Space
from app.ui.people.role_words import right_name, role_name
from app.ui.widgets.cards import Rule
from app.ui.widgets.sheet import Sheet, list_height
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look

WIDTH, HEIGHT = 880, 620


class RoleSheet(Sheet):
    """One row a right, one column a role; a tick has a word for screen readers."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("", "", host, width=WIDTH)
        title = self.tr("What each role may do")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.setObjectName("role-sheet")
        self.primary.setText(self.tr("Done"))
        self.secondary.hide()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(list_height(host, HEIGHT))
        area.setAccessibleName(title)
        area.setWidget(self._table())
        self.body.addWidget(area, 1)

    def _table(self) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(0, 5)
        roles = tuple(Role)
        for column, role in enumerate(roles, start=1):
            head = Label(role_name(role), Look.SMALL, Colour.INK_2, wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 2)
        for number, row in enumerate(role_table(), start=1):
            grid.addWidget(Rule(), 2 * number - 1, 0, 1, len(roles) + 1)
            grid.addWidget(Label(right_name(row.right), Look.BODY, wrap=True), 2 * number, 0)
            for column, role in enumerate(roles, start=1):
                cell = self._tick(has=role in row.roles)
                cell.setObjectName(f"{row.right.value}/{role.value}")
                grid.addWidget(cell, 2 * number, column, Qt.AlignmentFlag.AlignCenter)
        return table

    def _tick(self, *, has: bool) -> QWidget:
        cell: QWidget = Sign("check", Colour.GRANTED) if has else Label("–", tone=Colour.INK_3)
        cell.setAccessibleName(self.tr("Yes") if has else self.tr("No"))
        return cell
