"""The slip at the end of a consent copy: torn off, ticked and handed in, it takes a yes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.graphics.barcode.qr import QrCodeWidget

from app.documents.design import BODY, HEADING, INK_2, INK_3, LEAD, SMALL, TINY
from app.documents.flow import Row
from app.documents.letter import Letter
from app.documents.sheet import Sheet
from app.domain.consent_form import CARE_RECORD
from app.domain.paper import ConsentPaper

CODE_SIZE = 84.0  # pt; 29 modules of 1 mm, which a cheap scanner reads from a crumpled slip
BOX = 10.0
PER_ROW = 2
CUT_GAP = 44.0


def withdrawal_slip(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """The slip with a box for each use that can be taken back; nothing when there is none."""
    taken_back = [use.title for use in paper.granted if use.use != CARE_RECORD]
    if not taken_back:
        return
    yield _who(letter, paper)
    choices = [paper.labels.slip_all, *taken_back]
    for start in range(0, len(choices), PER_ROW):
        yield _boxes(letter, choices[start : start + PER_ROW], gap=14 if start == 0 else 8)
    yield _signature(letter, paper)


def _who(letter: Letter, paper: ConsentPaper) -> Row:
    measure, labels = letter.measure, paper.labels
    width = measure.width - CODE_SIZE - 24
    texts = [
        (labels.slip_heading, HEADING, 0.0),
        (labels.slip_note, SMALL, 4.0),
        (paper.patient.name, LEAD, 8.0),
        (
            " · ".join(filter(None, (paper.patient.birth_date, *paper.patient.identifiers))),
            SMALL,
            0,
        ),
        (f"{labels.consent_id} {paper.consent}", TINY, 2.0),
    ]
    columns = []
    y = 0.0
    for text, style, space in texts:
        if text:
            columns.append(letter.column(text, style, measure.x, width, y + space))
            y = columns[-1].bottom
    code = modules(paper.slip_code)

    def adorn(sheet: Sheet, y: float) -> None:
        sheet.code(code, measure.x + measure.width - CODE_SIZE, y + 2, CODE_SIZE)

    return Row(
        tuple(columns),
        gap=CUT_GAP,
        least=CODE_SIZE + 2,
        adorn=adorn,
        glued=True,
        whole=True,
        rule=INK_3,
        dash=3,
    )


def _boxes(letter: Letter, choices: list[str], *, gap: float) -> Row:
    places = [letter.measure.column(number, PER_ROW) for number in range(len(choices))]
    columns = [
        letter.column(choice, BODY, x + BOX + 9, width - BOX - 9)
        for choice, (x, width) in zip(choices, places, strict=True)
    ]

    def adorn(sheet: Sheet, y: float) -> None:
        for x, _ in places:
            sheet.frame(x + 0.5, y + 2.2, BOX, BOX, INK_2, radius=1.5)

    return Row(tuple(columns), gap=gap, adorn=adorn, glued=True, whole=True)


def _signature(letter: Letter, paper: ConsentPaper) -> Row:
    x, width = letter.measure.x, letter.measure.width

    def adorn(sheet: Sheet, y: float) -> None:
        sheet.rule(x, y - 3, width, INK_2, thick=0.75)

    label = replace(letter.paragraph(paper.labels.slip_signature, SMALL), gap=44, adorn=adorn)
    return replace(label, whole=True)


def modules(text: str) -> list[list[bool]]:
    """The dark and light squares of a QR code, without its quiet zone. Source: ISO/IEC 18004."""
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    count = range(code.getModuleCount())
    return [[bool(code.isDark(row, column)) for column in count] for row in count]
