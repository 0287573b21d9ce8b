"""Choosing where a new vault lies and what it is called."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.text import Label, Look

SUFFIX = ".clinigraph"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^\.|[. ]$')
_LONGEST = 80


def default_folder() -> Path:
    """Documents/Clinigraph of this user."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(documents)) / "Clinigraph"


class VaultPlace(QWidget):
    """Folder and name.

    Signals:
        changed: The place is another one. Argument: the path of the vault, or None.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit(self.tr("Photographs"))
        self.folder = QLineEdit(str(default_folder()))
        self._browse = SecondaryButton(self.tr("Choose…"), icon="folder-open")
        self._name = Field(
            self.tr("Name of the vault"),
            self.name,
            self.tr("Seen on the unlock screen and in the folder; put no patient's name in it."),
        )
        self._folder = Field(self.tr("Folder"), self.folder)
        self._files = Label("", Look.SMALL, Role.INK_3, wrap=True)
        self._sync = Notice(
            Tone.WARN,
            self.tr("This folder seems to be copied to a cloud."),
            self.tr(
                "A program that copies the vault while it is open can damage it, and puts it where"
                " others may reach it. Choose a folder that is not synchronised."
            ),
        )
        self._build()
        self._tell()

    def path(self) -> Path | None:
        """Where the vault will lie; None while name or folder cannot be used."""
        name, folder = self.name.text().strip(), self.folder.text().strip()
        if not name or len(name) > _LONGEST or _FORBIDDEN.search(name):
            return None
        place = Path(folder)
        return place / f"{name}{SUFFIX}" if folder and place.is_absolute() else None

    def is_good(self) -> bool:
        """Whether it can be used; says beside the field what is wrong when it cannot."""
        if self.path() is not None:
            return True
        folder = self.folder.text().strip()
        if not folder or not Path(folder).is_absolute():
            self._folder.set_error(self.tr("Choose a folder on this computer."))
            self.folder.setFocus()
        else:
            self._name.set_error(self.tr('Use letters, digits and spaces; not < > : " / \\ | ? *'))
            self.name.setFocus()
        return False

    def show_synchronised(self, synchronised: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Warn of the folder, or do not."""
        self._sync.setVisible(synchronised)

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Folder of the new vault"))
        dialog.setObjectName("vault-folder-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _tell(self) -> None:
        self._name.set_error("")
        self._folder.set_error("")
        path = self.path()
        name = path.stem if path else "…"
        told = self.tr("Two files will lie there: {name}.clinigraph and {name}.clinigraph-keys.")
        self._files.setText(told.format(name=name))
        self.changed.emit(path)

    def _build(self) -> None:
        self.name.setObjectName("vault-name")
        self.folder.setObjectName("vault-folder")
        self._browse.setObjectName("vault-browse")
        self.name.setMaxLength(_LONGEST)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._folder, 1)
        row.addWidget(self._browse, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(self._name)
        column.addLayout(row)
        column.addWidget(self._files)
        column.addWidget(self._sync)
        self._sync.hide()
        self.name.textChanged.connect(self._tell)
        self.folder.textChanged.connect(self._tell)
        self._browse.clicked.connect(self._ask)
