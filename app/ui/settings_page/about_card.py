"""What this program is, which version, and whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import __version__
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.cards import Card, Facts
from app.ui.widgets.text import Label, Look


class AboutCard(Card):
    """Version and licences.

    Signals:
        help_requested: Argument: a help topic.
    """

    help_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("About Clinigraph"))
        motto = self.tr("No picture leaves without a yes, and every yes was an informed one.")
        self._licences = QuietButton(self.tr("Licences"), icon="scroll-text", compact=True)
        self._guide = QuietButton(self.tr("Help"), icon="circle-help", compact=True)
        self._licences.setObjectName("about-licences")
        self._guide.setObjectName("about-help")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._guide)
        row.addWidget(self._licences)
        row.addStretch(1)
        self.body.addWidget(Label(motto, Look.SMALL, Role.INK_2, wrap=True))
        self.body.addWidget(
            Facts(
                (
                    (self.tr("Version"), __version__),
                    (self.tr("Licence"), "Apache 2.0"),
                    ("Qt", str(qVersion())),
                )
            )
        )
        self.body.addLayout(row)
        self._licences.clicked.connect(self._ask_licences)
        self._guide.clicked.connect(self._ask_help)

    def _ask_licences(self) -> None:
        self.help_requested.emit("licences")

    def _ask_help(self) -> None:
        self.help_requested.emit("")
