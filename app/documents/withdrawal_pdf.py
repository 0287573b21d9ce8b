"""The confirmation that a yes was taken back, as a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.documents.design import BODY, LEAD, SMALL, STRONG
from app.documents.flow import Row
from app.documents.letter import Fact, Letter, PageText
from app.documents.marks import answer_mark
from app.documents.sheet import Particulars, Sheet
from app.domain.paper import PageSize, WithdrawalPaper
from app.domain.paper_labels import PrintedAnswer

INDENT = 25.0


def render_withdrawal(paper: WithdrawalPaper, *, page: PageSize) -> bytes:
    """The confirmation as a PDF; the same paper gives the same bytes."""
    labels = paper.labels
    reference = f"{labels.reference} {paper.reference}"
    about = Particulars(
        title=labels.heading,
        author=paper.clinic.name,
        subject=reference,
        language=paper.language,
        made_at=paper.made_at,
    )
    texts = PageText(
        running=labels.heading,
        owner=paper.patient.name,
        foot=(f"{labels.consent_id} {paper.consent}", reference),
        page=labels.page,
    )
    letter = Letter(page, about)
    return letter.publish(_rows(letter, paper), texts)


def _rows(letter: Letter, paper: WithdrawalPaper) -> Iterator[Row]:
    labels = paper.labels
    yield letter.letterhead(paper.clinic)
    yield from letter.title(labels.heading, f"{labels.reference} {paper.reference}")
    yield letter.panel(Fact(labels.patient, paper.patient.name, LEAD), _who(paper))
    yield letter.heading(labels.uses_heading)
    for number, title in enumerate(paper.withdrawn_uses):
        yield _use(letter, title, gap=8 if number == 0 else 5)
    yield from _section(letter, labels.stops_heading, paper.stops)
    yield from _section(letter, labels.stays_heading, paper.stays)
    lost = paper.cannot_recall or (labels.nothing_lost,)
    yield from _section(letter, labels.lost_heading, lost)
    yield replace(letter.contact(labels.contact, paper.clinic), gap=24)
    yield letter.paragraph(labels.made.format(time=labels.time(paper.made_at)), SMALL, gap=12)


def _who(paper: WithdrawalPaper) -> list[Fact]:
    labels, patient = paper.labels, paper.patient
    facts = [
        Fact(labels.birth_date, patient.birth_date),
        Fact(labels.identifiers, "\n".join(patient.identifiers)),
        Fact(labels.withdrawn_by, paper.withdrawn_by),
        Fact(labels.withdrawn_at, labels.time(paper.withdrawn_at)),
    ]
    return [fact for fact in facts if fact.value]


def _use(letter: Letter, title: str, *, gap: float) -> Row:
    measure = letter.measure

    def adorn(sheet: Sheet, y: float) -> None:
        answer_mark(sheet, PrintedAnswer.REFUSED, measure.x, y)

    column = letter.column(title, STRONG, measure.x + INDENT, measure.width - INDENT)
    return Row((column,), gap=gap, adorn=adorn, whole=True)


def _section(letter: Letter, heading: str, texts: tuple[str, ...]) -> Iterator[Row]:
    if texts:
        yield letter.heading(heading)
    for text in texts:
        yield letter.paragraph(text, BODY, gap=6)
