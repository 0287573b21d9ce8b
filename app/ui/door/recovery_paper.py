"""The recovery sheet on paper or as a file; each time it is noted in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.domain.audit import Action
from app.domain.disclosure import Report
from app.domain.paper import PageSize, RecoverySheet
from app.services import activity
from app.services.reading import view
from app.services.workplace import Workplace
from app.ui.paper_view.printing import print_pdf, printer_for
from app.ui.room import Room
from app.ui.tasks import Progress, Step

SUBJECT = "recovery-sheet"


class RecoveryPaper(QObject):
    """Makes the sheet once, notes that it goes out, and only then lets it out.

    Attributes:
        dialog: What asks for a printer or a file, while it is open.

    Signals:
        printed: It went to the printer.
        saved: It was written to a file.
        failed: It could not be made or written. Argument: the exception.
    """

    printed = Signal()
    saved = Signal()
    failed = Signal(Exception)

    def __init__(self, room: Room, groups: Sequence[str], size: PageSize, host: QWidget) -> None:
        super().__init__(host)
        self._room = room
        self._groups = tuple(groups)
        self._size = size
        self._host = host
        self._sheet = b""
        self._printer: QPrinter | None = None
        self.dialog: QPrintDialog | QFileDialog | None = None

    def ask_print(self) -> None:
        """Ask for the printer, then print."""
        if self.dialog is None:
            self._with_sheet(self._open_print_dialog)

    def ask_save(self) -> None:
        """Ask for the file, then save."""
        if self.dialog is not None:
            return
        dialog = QFileDialog(self._host, "Clinigraph")
        dialog.setObjectName("recovery-file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        # Clinigraph never writes over a file, so nobody is asked whether it may.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile(self.tr("Recovery sheet.pdf"))
        dialog.fileSelected.connect(self._save)
        self._open(dialog)

    def _open_print_dialog(self) -> None:
        self._printer = printer_for(self._sheet)
        dialog = QPrintDialog(self._printer, self._host)
        dialog.setObjectName("recovery-print")
        dialog.setWindowTitle("Clinigraph")
        dialog.accepted.connect(self._print)
        self._open(dialog)

    def _open(self, dialog: QPrintDialog | QFileDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        QDialog.open(dialog)  # QPrintDialog has another open() in front of it

    def _closed(self, _result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    # what goes out

    def _with_sheet(self, go_on: Callable[[], None]) -> None:
        if self._sheet:
            go_on()
            return
        make = partial(_made, self._room.workplace, self._groups, self._size)
        told = partial(self._keep, go_on)
        self._room.runner.run(make, told, lane="read", on_failure=self._fail)

    def _keep(self, go_on: Callable[[], None], data: bytes) -> None:
        self._sheet = data
        go_on()

    def _save(self, name: str) -> None:
        self._with_sheet(partial(self._note, partial(self._write, Path(name))))

    def _print(self) -> None:
        self._note(self._send)

    def _note(self, go_on: Callable[[], None]) -> None:
        workplace = self._room.workplace

        def note() -> None:
            activity.note(workplace.vault.unit_of_work(), workplace.desk, Action.REPORT_WRITTEN)

        self._room.runner.run(note, partial(self._go_on, go_on), on_failure=self._fail)

    def _go_on(self, go_on: Callable[[], None], _nothing: None) -> None:
        go_on()

    def _write(self, path: Path) -> None:
        report = Report(SUBJECT, self._room.desk.stamp())
        write = partial(self._room.workplace.hand_out, report, self._sheet, path)
        self._room.runner.run(write, self._told_saved, lane="work", on_failure=self._fail)

    def _send(self) -> None:
        data, printer = self._sheet, self._printer
        assert printer is not None

        def work(progress: Progress) -> int:
            return print_pdf(data, printer, progress)

        self._room.work(work, self._told_printed, on_step=self._step, on_failure=self._fail)

    def _step(self, _step: Step) -> None:
        """One page: there is nothing to show of the way."""

    def _told_printed(self, _sides: int) -> None:
        self._printer = None
        self.printed.emit()

    def _told_saved(self, _nothing: None) -> None:
        self.saved.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


def _made(workplace: Workplace, groups: tuple[str, ...], size: PageSize) -> bytes:
    with view(workplace.vault, workplace.desk) as records:
        clinic = records.people.clinic()
    sheet = RecoverySheet(
        clinic_name=clinic.name,
        groups=groups,
        language="en",
        made_at=workplace.desk.clock.now().astimezone(workplace.desk.zone),
    )
    return workplace.papers.recovery(sheet, size)
