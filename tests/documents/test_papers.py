"""The papers that other parts of the program ask for have been read back."""

import pytest

from app.documents.papers import ReportLabPapers
from app.domain.paper import PageSize
from tests.documents.papers import a_paper, a_recovery_sheet, a_withdrawal


@pytest.mark.parametrize("size", list(PageSize))
def test_every_paper_is_a_pdf(size):
    papers = ReportLabPapers()

    made = [
        papers.consent(a_paper(), size),
        papers.withdrawal(a_withdrawal(), size),
        papers.recovery(a_recovery_sheet(), size),
    ]

    assert all(data.startswith(b"%PDF-1.7") for data in made)
