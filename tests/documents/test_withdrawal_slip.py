"""The code on the slip can be scanned from the printed page."""

import cv2
import pypdfium2

from app.documents.consent_pdf import render_consent
from app.documents.withdrawal_slip import modules
from app.domain.paper import PageSize
from tests.documents.papers import CONSENT, a_paper


def test_slip_is_scanned_from_the_last_page():
    data = render_consent(a_paper(), page=PageSize.A4)

    with pypdfium2.PdfDocument(data) as pdf:
        pixels = pdf[len(pdf) - 1].render(scale=2.5, grayscale=True).to_numpy()
    text, *_ = cv2.QRCodeDetector().detectAndDecode(pixels)

    assert text == f"clinigraph:consent:{CONSENT}"


def test_code_is_a_square():
    rows = modules("clinigraph:consent:x")

    assert {len(row) for row in rows} == {len(rows)}
