"""The consent copy holds what was agreed, in order, on every size of page."""

import io
import subprocess
from dataclasses import replace

import pypdfium2
import pytest

from app.documents.consent_pdf import render_consent
from app.domain.paper import PageSize
from tests.documents.papers import CONSENT, a_paper


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def poppler_text(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("page", list(PageSize))
def test_each_use_stands_with_its_answer(page):
    paper = a_paper()

    text = " ".join(text_of(render_consent(paper, page=page)).split())

    for use in paper.uses:
        assert f"{use.title} {paper.labels.answers[use.answer]}" in text


def test_same_paper_gives_same_bytes():
    assert render_consent(a_paper(), page=PageSize.A4) == render_consent(
        a_paper(), page=PageSize.A4
    )
