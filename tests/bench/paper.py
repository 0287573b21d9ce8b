"""Making and reading back the patient's copy, beside copying its pictures into an empty PDF."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from statistics import median

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.documents.papers import ReportLabPapers
from app.domain.paper import PageSize
from tests.bench.figure import Figure, taken_s
from tests.documents.papers import a_paper


def measure(_folder: Path, *, quick: bool) -> list[Figure]:
    """The copy as it is made in the room: set, read back, checked."""
    papers, paper = ReportLabPapers(), a_paper()
    pictures = [picture.data for picture in paper.pictures]
    times = 3 if quick else 9
    taken_s(lambda: papers.consent(paper, PageSize.A4))
    turns = [
        (taken_s(partial(papers.consent, paper, PageSize.A4)), taken_s(partial(_bare, pictures)))
        for _ in range(times)
    ]
    ours, bare = (median(seconds) for seconds in zip(*turns, strict=True))
    note = f"{ours * 1000:.0f} ms beside {bare * 1000:.0f} ms"
    return [
        Figure(
            "consent copy made and read back / bare PDF of its pictures",
            ours / bare,
            "×",
            40,
            at_least=False,
            note=note,
        )
    ]


def _bare(pictures: list[bytes]) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    for picture in pictures:
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 50, 50, 200, 150)
        canvas.showPage()
    canvas.save()
    return written.getvalue()
