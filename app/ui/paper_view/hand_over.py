"""Giving a paper to the patient: printed, saved, or not wanted; each is recorded."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.domain.disclosure import HandOver, PatientCopy
from app.domain.document import DocumentKind, StoredDocument
from app.errors import KnownError
from app.services import papers
from app.ui.paper_view.printing import print_pdf, printer_for
from app.ui.room import Room
from app.ui.tasks import Progress, Step


class NameTakenError(KnownError):
    """There is a file of that name."""

    code = "PAPER-013"
    message = "There is a file of this name already; nothing was saved."
    advice = "Choose another name. Clinigraph never writes over a file."


class PaperHandOver(QObject):
    """Asks where to, records that the paper is given, and only then lets it out.

    Signals:
        given: It was handed over or declined. Argument: the `HandOver`.
        stepped: Printing goes on. Argument: a `Step`.
        busy_changed: Something leaves or no longer. Argument: whether.
        failed: It was not handed over. Argument: the exception.
    """

    given = Signal(object)
    stepped = Signal(object)
    busy_changed = Signal(bool)
    failed = Signal(Exception)

    def __init__(self, room: Room, host: QWidget) -> None:
        super().__init__(host)
        self._room = room
        self._host = host
        self._document: StoredDocument | None = None
        self._data = b""
        self._busy = False
        self._printer: QPrinter | None = None
        self._dialog: QPrintDialog | QFileDialog | None = None

    @property
    def dialog(self) -> QPrintDialog | QFileDialog | None:
        """What asks for a printer or a file, while it is open."""
        return self._dialog

    def set_paper(self, document: StoredDocument | None, data: bytes = b"") -> None:
        """The paper that is to be handed over; None forgets it."""
        self.close_dialog()
        self._document, self._data = document, data

    def close_dialog(self) -> None:
        """Take the question from the screen."""
        if self._dialog is not None:
            self._dialog.reject()

    def print_copy(self) -> None:
        """Ask for the printer, then print."""
        if not self._idle():
            return
        self._printer = printer_for(self._data)
        dialog = QPrintDialog(self._printer, self._host)
        dialog.setObjectName("print-dialog")
        dialog.setWindowTitle("Clinigraph")  # never the paper's name: titles are seen by others
        self._open(dialog)

    def save_copy(self) -> None:
        """Ask for the file, then save."""
        if not self._idle():
            return
        assert self._document is not None
        dialog = QFileDialog(self._host, "Clinigraph")
        dialog.setObjectName("save-dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        # Clinigraph never writes over a file, so nobody is asked whether it may.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDirectory(_documents())
        dialog.selectFile(suggested_name(self._document.kind, self._room.desk.today()))
        dialog.fileSelected.connect(self._save)
        self._open(dialog)

    def decline(self) -> None:
        """The patient does not want a copy."""
        if self._idle():
            self._record(HandOver.DECLINED)

    # what leaves

    def _idle(self) -> bool:
        return self._document is not None and self._dialog is None and not self._busy

    def _open(self, dialog: QPrintDialog | QFileDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._closed)
        QDialog.open(dialog)  # QPrintDialog has another open() in front of it

    def _closed(self, result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
        if isinstance(dialog, QPrintDialog) and result == QDialog.DialogCode.Accepted:
            self._record(HandOver.PRINTED)

    def _save(self, file: str) -> None:
        path = Path(file)
        if path.exists():
            self.failed.emit(NameTakenError())
        else:
            self._record(HandOver.SAVED, path)

    def _record(self, way: HandOver, path: Path | None = None) -> None:
        """Written before anything leaves."""
        assert self._document is not None
        self._be_busy(busy=True)
        self._room.change(
            partial(papers.hand_over, document=self._document.id, way=way),
            partial(self._let_out, path),
            on_failure=self._fail,
        )

    def _let_out(self, path: Path | None, copy: PatientCopy) -> None:
        data, printer = self._data, self._printer
        if copy.way is HandOver.SAVED:
            assert path is not None
            hand_out = self._room.workplace.hand_out
            self._room.runner.run(
                partial(hand_out, copy, data, path),
                partial(self._done, copy.way),
                lane="work",
                on_failure=self._fail,
            )
        elif copy.way is HandOver.PRINTED:
            assert printer is not None

            def work(progress: Progress) -> int:
                return print_pdf(data, printer, progress)

            self._room.work(
                work,
                partial(self._done, copy.way),
                on_step=self._step,
                on_failure=self._fail,
            )
        else:
            self._done(copy.way, None)

    def _step(self, step: Step) -> None:
        self.stepped.emit(step)

    def _done(self, way: HandOver, _result: object) -> None:
        self._printer = None
        self._be_busy(busy=False)
        self.given.emit(way)

    def _fail(self, error: Exception) -> None:
        self._printer = None
        self._be_busy(busy=False)
        self.failed.emit(error)

    def _be_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


def suggested_name(kind: DocumentKind, day: date) -> str:
    """A file name that tells nothing about the patient: Consent copy 2026-11-23.pdf."""
    words = {
        DocumentKind.CONSENT_COPY: "Consent copy",
        DocumentKind.WITHDRAWAL_CONFIRMATION: "Withdrawal confirmation",
        DocumentKind.PAPER_ORIGINAL: "Signed paper",
    }
    return f"{words[kind]} {day.isoformat()}.pdf"


def _documents() -> QDir:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return QDir(folder)
