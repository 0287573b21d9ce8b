"""One line of a settings card: what it is, a word more below, and the control at the end."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.design.tokens import Space
from app.ui.widgets.text import Label, Look


def setting_line(name: str, below: QWidget, control: QWidget) -> QHBoxLayout:
    """The line; `below` says how it stands, or what it is for."""
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(name, Look.BODY))
    words.addWidget(below)
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    row.addLayout(words, 1)
    row.addWidget(control)
    return row
