"""Where files and pasted pictures arrive: the file dialog, dropping, the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.clinical_image import ImageSource
from app.services.ports import Stills
from app.ui.capture.pasting import Brought, brought, may_bring
from app.ui.capture.problems import NothingToPasteError

SUFFIXES = "jpg jpeg png tif tiff webp heic heif dng cr2 cr3 nef arw orf rw2 raf"


class Reception(QObject):
    """Watches a page for what is dragged onto it, and asks for files.

    Signals:
        files_brought: Arguments: a list of Path, the ImageSource.
        picture_brought: A picture without a file. Argument: the Offer.
        invited: Something is being dragged over the page. Argument: is it.
        failed: Argument: the exception.
    """

    files_brought = Signal(object, object)
    picture_brought = Signal(object)
    invited = Signal(bool)
    failed = Signal(Exception)

    def __init__(self, page: QWidget, stills: Stills) -> None:
        super().__init__(page)
        self._page = page
        self._stills = stills
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def choose_files(self) -> QFileDialog:
        """Let files be chosen, in the system's own dialog."""
        dialog = QFileDialog(self._page, self.tr("Import photographs"))
        dialog.setObjectName("import-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*.{one} *.{one.upper()}" for one in SUFFIXES.split())
        photographs = self.tr("Photographs ({patterns})").format(patterns=patterns)
        dialog.setNameFilters([photographs, self.tr("All files (*)")])
        dialog.filesSelected.connect(self._chosen)
        dialog.open()
        return dialog

    def paste(self) -> None:
        """Take in what the clipboard holds."""
        mime = QGuiApplication.clipboard().mimeData()
        self._bring(brought(mime, self._stills, ImageSource.PASTED), ImageSource.PASTED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer drags over the page; whoever is asked to, originals are copied, never moved."""
        if event.type() == QEvent.Type.DragLeave:
            self.invited.emit(False)  # noqa: FBT003 - a signal's argument
        elif isinstance(event, QDragEnterEvent):
            may_copy = bool(event.possibleActions() & Qt.DropAction.CopyAction)
            if may_copy and may_bring(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.invited.emit(True)  # noqa: FBT003 - a signal's argument
            return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.invited.emit(False)  # noqa: FBT003 - a signal's argument
            found = brought(event.mimeData(), self._stills, ImageSource.DROPPED)
            self._bring(found, ImageSource.DROPPED)
            return True
        return super().eventFilter(watched, event)

    def _chosen(self, names: list[str]) -> None:
        self.files_brought.emit([Path(name) for name in names], ImageSource.FILE)

    def _bring(self, found: Brought, source: ImageSource) -> None:
        if found.offer is not None:
            self.picture_brought.emit(found.offer)
        elif found.files:
            self.files_brought.emit(list(found.files), source)
        else:
            self.failed.emit(NothingToPasteError())
