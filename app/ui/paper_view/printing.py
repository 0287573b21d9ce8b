"""Sending a paper to a printer, page by page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.errors import KnownError
from app.ui.paper_view.open_pdf import POINTS_PER_INCH, OpenPdf
from app.ui.tasks import Progress

MOST_DPI = 300  # beyond it nobody sees a difference, and a page takes 100 MB


class NotPrintedError(KnownError):
    """The printer took nothing."""

    code = "PAPER-014"
    message = "The printer did not take the paper; nothing was printed."
    advice = "Check that the printer is on and has paper, or save the copy instead."


def printer_for(data: bytes) -> QPrinter:
    """The system's usual printer, set to the paper's size; its job has no telling name."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Clinigraph")
    printer.setCreator("Clinigraph")
    pdf = OpenPdf(data)
    size = pdf.size_points(0) if pdf.pages else QSizeF(595, 842)
    last = max(pdf.pages, 1)
    pdf.close()
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setFromTo(1, last)
    return printer


def print_pdf(data: bytes, printer: QPrinter, progress: Progress) -> int:
    """Print the pages that the printer is set to; on any lane.

    Returns:
        How many sheets' sides were sent.

    Raises:
        NotPrintedError: The printer took nothing.
        WorkCancelled: The user pressed Cancel; the pages before were sent.
    """
    pdf = OpenPdf(data)
    painter = QPainter()
    try:
        if not painter.begin(printer):
            raise NotPrintedError
        pages = _wanted(printer, pdf.pages)
        for number, page in enumerate(pages):
            progress.report(number, len(pages))
            if number and not printer.newPage():
                raise NotPrintedError
            _print_page(painter, printer, pdf, page)
        return len(pages)
    finally:
        if painter.isActive():
            painter.end()
        pdf.close()


def _wanted(printer: QPrinter, count: int) -> list[int]:
    first = max(printer.fromPage(), 1)
    last = min(printer.toPage() or count, count)
    pages = list(range(first - 1, last))
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return pages * copies


def _print_page(painter: QPainter, printer: QPrinter, pdf: OpenPdf, page: int) -> None:
    """In life size where the sheet is large enough, else as large as it goes."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    dots = pdf.size_points(page) * (printer.resolution() / POINTS_PER_INCH)
    factor = min(paper.width() / dots.width(), paper.height() / dots.height(), 1.0)
    size = dots * factor
    sharp = min(MOST_DPI / printer.resolution(), 1.0)
    picture = pdf.render(page, round(size.width() * sharp), round(size.height() * sharp))
    left, top = (paper.width() - size.width()) / 2, (paper.height() - size.height()) / 2
    painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)
