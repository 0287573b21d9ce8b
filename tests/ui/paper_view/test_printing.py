"""Printing, tried on the printer that writes a file."""

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from app.ui.paper_view.open_pdf import OpenPdf
from app.ui.paper_view.printing import NotPrintedError, print_pdf, printer_for
from app.ui.tasks import Progress, WorkCancelled
from tests.ui.session.session_room import a_pdf


@pytest.fixture
def told():
    return []


@pytest.fixture
def progress(told):
    return Progress(told.append)


def to_file(data, path):
    printer = printer_for(data)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def printed(path):
    pdf = OpenPdf(path.read_bytes())
    sizes = [pdf.size_points(page) for page in range(pdf.pages)]
    pdf.close()
    return sizes


def test_every_page_is_printed_in_the_papers_size(qapp, tmp_path, progress):
    data = a_pdf(3)

    count = print_pdf(data, to_file(data, tmp_path / "out.pdf"), progress)

    sizes = printed(tmp_path / "out.pdf")
    assert count == 3
    assert len(sizes) == 3
    assert (round(sizes[0].width()), round(sizes[0].height())) == (595, 842)


def test_what_is_printed_looks_like_the_paper(qapp, tmp_path, progress):
    data = a_pdf(1)
    original = OpenPdf(data)

    print_pdf(data, to_file(data, tmp_path / "out.pdf"), progress)

    copy = OpenPdf((tmp_path / "out.pdf").read_bytes())
    one, other = original.render(0, 120, 170), copy.render(0, 120, 170)
    differing = sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 60
        for x in range(120)
        for y in range(170)
    )
    assert differing < 0.02 * 120 * 170
    original.close()
    copy.close()


def test_only_the_wanted_pages_are_printed(qapp, tmp_path, progress):
    data = a_pdf(4)
    printer = to_file(data, tmp_path / "out.pdf")
    printer.setFromTo(2, 3)

    count = print_pdf(data, printer, progress)

    assert count == 2


def test_a_smaller_sheet_gets_it_smaller(qapp, tmp_path, progress):
    data = a_pdf(1)
    printer = to_file(data, tmp_path / "out.pdf")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))

    print_pdf(data, printer, progress)

    assert round(printed(tmp_path / "out.pdf")[0].width()) == 420


def test_the_job_has_no_telling_name(qapp):
    printer = printer_for(a_pdf(1))

    assert printer.docName() == "Clinigraph"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(qapp, tmp_path, progress):
    data = a_pdf(1)
    printer = to_file(data, tmp_path / "gone" / "out.pdf")

    with pytest.raises(NotPrintedError):
        print_pdf(data, printer, progress)


def test_printing_can_be_cancelled(qapp, tmp_path, progress):
    data = a_pdf(2)
    printer = to_file(data, tmp_path / "out.pdf")
    progress.cancel()

    with pytest.raises(WorkCancelled):
        print_pdf(data, printer, progress)
