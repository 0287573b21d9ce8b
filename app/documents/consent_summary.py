"""The answers at a glance: one line for each use, on the first page of the consent copy."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.design import (
    GRANTED,
    GRANTED_TINT,
    LINE,
    REFUSED,
    REFUSED_TINT,
    SMALL,
    STRONG,
)
from app.documents.flow import Column, Row
from app.documents.letter import Letter
from app.documents.marks import answer_mark
from app.documents.sheet import ANSWER_MARK, Align, Sheet
from app.documents.text import Colour, Lines
from app.domain.paper import ConsentPaper, PaperUse
from app.domain.paper_labels import PrintedAnswer

INDENT = 25.0  # of what stands beside an answer's sign
CHIP_HEIGHT = 18.0
CHIP_PAD = 10.0
ANSWER_SHARE = 0.52  # of the width: where the answers begin


def answers(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """Each use with its answer as a sign and in words, and what limits a yes."""
    yield letter.heading(paper.labels.answers_heading)
    for number, use in enumerate(paper.uses, start=1):
        yield _answer(letter, paper, use, number)


def _answer(letter: Letter, paper: ConsentPaper, use: PaperUse, number: int) -> Row:
    measure = letter.measure
    edge = measure.x + measure.width * ANSWER_SHARE
    words, tint = chip(letter, paper, use)
    widest = max(letter.setter.set(text, STRONG).width for text in paper.labels.answers.values())
    beside = edge + widest + 2 * CHIP_PAD + 10
    title = letter.column(
        use.title, STRONG, measure.x + INDENT, edge - measure.x - INDENT - 10, 1.5
    )
    answer = Column(words, edge, words.width + 2 * CHIP_PAD, Align.CENTRE, y=1.5)
    narrower = letter.column(
        limits(paper, use), SMALL, beside, measure.x + measure.width - beside, 3
    )

    def adorn(sheet: Sheet, y: float) -> None:
        sheet.box(edge, y, answer.width, CHIP_HEIGHT, tint, radius=CHIP_HEIGHT / 2)
        answer_mark(sheet, use.answer, measure.x, y + 1)

    return Row(
        (title, answer, narrower),
        gap=7,
        least=CHIP_HEIGHT,
        adorn=adorn,
        rule=None if number == 1 else LINE,
        mark=f"{ANSWER_MARK}{number}",
        whole=True,
    )


def chip(letter: Letter, paper: ConsentPaper, use: PaperUse) -> tuple[Lines, Colour]:
    """The answer in words and the tint of the ground that it stands on."""
    granted = use.answer is PrintedAnswer.GRANTED
    colour, tint = (GRANTED, GRANTED_TINT) if granted else (REFUSED, REFUSED_TINT)
    return letter.setter.set(paper.labels.answers[use.answer], STRONG.with_colour(colour)), tint


def limits(paper: ConsentPaper, use: PaperUse) -> str:
    """For whom, until when and except for what a yes counts; one line each."""
    labels = paper.labels
    lines = [use.recipient]
    if use.answer is PrintedAnswer.GRANTED:
        lines += [f"{labels.expires} {use.expires}"] if use.expires else []
        lines += [f"{labels.exceptions} {'; '.join(use.exceptions)}"] if use.exceptions else []
    return "\n".join(filter(None, lines))
