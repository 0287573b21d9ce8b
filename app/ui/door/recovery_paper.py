"""The recovery sheet on paper or as a file; each time it is noted in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.domain.audit import Action
from app.domain.disclosure import Report
from app.domain.paper import PageSize, RecoverySheet
from app.services import activity
from app.services.ports import Desk, UnitOfWork
from app.ui.room import Room

SUBJECT = "recovery-sheet"
_DOTS_PER_INCH = 300


class RecoveryPaper(QObject):
    """Makes the sheet once and puts it out.

    Signals:
        printed: It went to the printer.
        saved: It was written to a file.
        failed: It could not be made or written. Argument: the exception.
    """

    printed = Signal()
    saved = Signal()
    failed = Signal(Exception)

    def __init__(
        self,
        room: Room,
        groups: Sequence[str],
        size: PageSize,
        host: QWidget,
    ) -> None:
        super().__init__(host)
        self._room = room
        self._groups = tuple(groups)
        self._size = size
        self._host = host
        self._sheet = b""

    def ask_print(self) -> None:
        """Open the print dialog."""
        self._with_sheet(self._open_print_dialog)

    def ask_save(self) -> None:
        """Ask for a file to write to."""
        dialog = QFileDialog(self._host.window(), self.tr("Save the recovery sheet"))
        dialog.setObjectName("recovery-file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter(self.tr("PDF (*.pdf)"))
        dialog.selectFile(self.tr("Recovery sheet.pdf"))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is written over
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def save(self, path: Path) -> None:
        """Write it to a file that is not there yet."""
        self._target = path
        self._with_sheet(self._write)

    def print_on(self, printer: QPrinter) -> None:
        """Draw it on a printer."""
        buffer = QBuffer(self)
        buffer.setData(QByteArray(self._sheet))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument(self)
        document.load(buffer)
        painter = QPainter(printer)
        for page in range(document.pageCount()):
            if page:
                printer.newPage()
            _draw_page(painter, printer, document, page)
        painter.end()
        document.close()
        document.deleteLater()
        buffer.deleteLater()
        self._room.change(_note, self._told_printed, on_failure=self._fail)

    def _chosen(self, name: str) -> None:
        self.save(Path(name))

    def _with_sheet(self, go_on: Callable[[], None]) -> None:
        if self._sheet:
            go_on()
            return
        workplace, groups, size = self._room.workplace, self._groups, self._size

        def make() -> bytes:
            with workplace.vault.reading() as records:
                clinic = records.people.clinic()
            sheet = RecoverySheet(
                clinic_name=clinic.name,
                groups=groups,
                language="en",
                made_at=workplace.desk.clock.now().astimezone(workplace.desk.zone),
            )
            return workplace.papers.recovery(sheet, size)

        self._room.runner.run(make, partial(self._made, go_on), lane="read", on_failure=self._fail)

    def _made(self, go_on: Callable[[], None], data: bytes) -> None:
        self._sheet = data
        go_on()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _open_print_dialog(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Clinigraph")
        dialog = QPrintDialog(printer, self._host.window())
        dialog.setObjectName("recovery-print")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._printer = printer  # the dialog does not keep it alive
        dialog.accepted.connect(self._print)
        QDialog.open(dialog)  # its own `open` wants a slot to call

    def _print(self) -> None:
        self.print_on(self._printer)

    def _write(self) -> None:
        workplace, data, path = self._room.workplace, self._sheet, self._target

        def written() -> None:
            stamp = workplace.desk.stamp()
            activity.note(workplace.vault.unit_of_work(), workplace.desk, Action.REPORT_WRITTEN)
            workplace.hand_out(Report(SUBJECT, stamp), data, path)

        self._room.runner.run(written, self._told_saved, on_failure=self._fail)

    def _told_printed(self, _nothing: None) -> None:
        self.printed.emit()

    def _told_saved(self, _nothing: None) -> None:
        self.saved.emit()


def _note(uow: UnitOfWork, desk: Desk) -> None:
    activity.note(uow, desk, Action.REPORT_WRITTEN)


def _draw_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    points = document.pagePointSize(page)
    share = _DOTS_PER_INCH / 72
    size = QSize(round(points.width() * share), round(points.height() * share))
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    area = printer.pageRect(QPrinter.Unit.DevicePixel)
    box = QRectF(paper).translated(-area.topLeft())
    painter.drawImage(box, document.render(page, size))
