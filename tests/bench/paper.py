"""Making and reading back the patient's copy, beside copying its pictures into an empty PDF."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.documents.papers import ReportLabPapers
from app.domain.paper import PageSize
from tests.bench.figure import Figure, median_s, taken_s
from tests.documents.papers import a_paper


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The copy as it is made in the room: set, read back, checked."""
    papers, paper = ReportLabPapers(), a_paper()
    pictures = [picture.data for picture in paper.pictures]
    times = 3 if quick else 9
    taken_s(lambda: papers.consent(paper, PageSize.A4))
    ours = median_s(lambda: papers.consent(paper, PageSize.A4), times=times)
    bare = median_s(lambda: _bare(pictures), times=times)
    note = f"{ours * 1000:.0f} ms beside {bare * 1000:.0f} ms, in {folder.name[:5]}"
    return [
        Figure(
            "consent copy made and read back / bare PDF of its pictures",
            ours / bare,
            "×",
            note=note,
        ),
        Figure("consent copy made and read back", ours * 1000, "ms", 3000, at_least=False),
    ]


def _bare(pictures: list[bytes]) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    for picture in pictures:
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 50, 50, 200, 150)
        canvas.showPage()
    canvas.save()
    return written.getvalue()
