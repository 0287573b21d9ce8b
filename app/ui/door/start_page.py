"""The very first screen: make a vault, open one that exists, or restore one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.design.tokens import Space
from app.ui.door.stage import RING, Stage
from app.ui.widgets.choices import Choice, ChoiceGroup


class StartPage(Stage):
    """Three ways on.

    Signals:
        new_wanted: Make a vault.
        open_wanted: Open one that exists.
        restore_wanted: Make one from a backup.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(520, parent=parent)
        self.add_heading(
            self.tr("Welcome to Clinigraph"),
            self.tr(
                "Photographs and consents are kept in a vault: one encrypted file on this"
                " computer, which opens with your passphrase only."
            ),
        )
        self._ways = ChoiceGroup(
            self.tr("What to do"),
            (
                Choice(
                    "new",
                    self.tr("Create a new vault"),
                    self.tr("For a clinic that begins with Clinigraph. Takes about five minutes."),
                    "plus",
                ),
                Choice(
                    "open",
                    self.tr("Open an existing vault"),
                    self.tr("From another computer, or a folder on this one."),
                    "folder-open",
                ),
                Choice(
                    "restore",
                    self.tr("Restore from a backup"),
                    self.tr("From a stick, a disk or a network drive, into a new vault."),
                    "history",
                ),
            ),
        )
        self._ways.setObjectName("first-choice")
        self.body.addSpacing(Space.S)
        room = self._ways.layout()
        assert room is not None
        room.setContentsMargins(RING, RING, RING, RING)
        self.body.addWidget(self._ways)
        self._ways.chosen.connect(self._go)

    def _go(self, way: str) -> None:
        self._ways.set_value(None)
        if way == "new":
            self.new_wanted.emit()
        elif way == "restore":
            self.restore_wanted.emit()
        else:
            self.open_wanted.emit()
