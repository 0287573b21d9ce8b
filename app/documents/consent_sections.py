"""The sections of the consent copy: answers, pictures, statements, signatures, checking, slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.documents.consent_summary import CHIP_HEIGHT, CHIP_PAD, INDENT, chip
from app.documents.design import (
    ACCENT,
    BODY,
    DIGITS,
    INK_2,
    LEAD,
    LINE,
    PICTURE_GROUND,
    QUIET,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TINY,
)
from app.documents.flow import Column, Row
from app.documents.letter import Fact, Letter
from app.documents.marks import answer_mark, handwriting, tick
from app.documents.sheet import DETAIL_MARK, PICTURE_MARK, SIGNATURE_MARK, Align, Sheet
from app.domain.paper import ConsentPaper, PaperPicture, PaperSignature, PaperStatement, PaperUse

LABEL = 92.0
FEW_PICTURES, MANY_PICTURES = 2, 3  # side by side
HASH_DIGITS = 16  # of a picture's fingerprint, under the picture; all 64 stand in the list
SIGNATURE_HEIGHT = 54.0
LONG_MEANING = 700  # characters; a signature with more has its row to itself and may be split


def uses(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """What was said about each use, under its answer."""
    if not paper.statements:
        yield letter.heading(paper.labels.statements_heading)
    for number, use in enumerate(paper.uses, start=1):
        rows = [_use_title(letter, paper, use, number), *_use_facts(letter, paper, use)]
        for row in rows[:-1]:
            yield replace(row, glued=True)
        yield rows[-1]


def _use_title(letter: Letter, paper: ConsentPaper, use: PaperUse, number: int) -> Row:
    measure = letter.measure
    words, tint = chip(letter, paper, use)
    width = words.width + 2 * CHIP_PAD
    edge = measure.x + measure.width - width
    title = letter.column(use.title, LEAD, measure.x + INDENT, measure.width - INDENT - width - 12)
    answer = Column(words, edge, width, Align.CENTRE, y=1.5)

    def adorn(sheet: Sheet, y: float) -> None:
        sheet.box(edge, y, width, CHIP_HEIGHT, tint, radius=CHIP_HEIGHT / 2)
        answer_mark(sheet, use.answer, measure.x, y + 1)

    return Row(
        (title, answer),
        gap=18,
        least=CHIP_HEIGHT + 2,
        adorn=adorn,
        rule=LINE,
        mark=f"{DETAIL_MARK}{number}",
        whole=True,
    )


def _use_facts(letter: Letter, paper: ConsentPaper, use: PaperUse) -> Iterator[Row]:
    labels = paper.labels
    long = [Fact(labels.audience, use.audience), Fact(labels.example, use.example)]
    short = [
        Fact(labels.how_long, use.how_long),
        Fact(labels.take_back, use.take_back),
        Fact(labels.recipient, use.recipient),
        Fact(labels.expires, use.expires, STRONG),
        Fact(labels.exceptions, "; ".join(use.exceptions), STRONG),
    ]
    measure = letter.measure
    for fact in (*long, *short):
        if fact.value:
            x, width = measure.x + INDENT, measure.width - INDENT
            yield Row(letter.labelled(fact, x, width, LABEL), gap=3)


def pictures(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """The renditions, small and whole, with caption and fingerprint."""
    if not paper.pictures:
        return
    yield letter.heading(paper.labels.pictures_heading)
    numbered = list(enumerate(paper.pictures, start=1))
    per_row = FEW_PICTURES if len(numbered) <= FEW_PICTURES else MANY_PICTURES
    for start in range(0, len(numbered), per_row):
        yield _picture_row(letter, paper, numbered[start : start + per_row], per_row)


def _picture_row(
    letter: Letter, paper: ConsentPaper, numbered: list[tuple[int, PaperPicture]], per_row: int
) -> Row:
    places = [letter.measure.column(place, per_row) for place in range(len(numbered))]
    height = places[0][1] * 0.75
    columns: list[Column] = []
    for (x, width), (number, picture) in zip(places, numbered, strict=True):
        columns += _caption(letter, paper, picture, number, x, width, height + 6)

    def adorn(sheet: Sheet, y: float) -> None:
        for (x, width), (number, picture) in zip(places, numbered, strict=True):
            sheet.box(x, y, width, height, PICTURE_GROUND)
            with sheet.marked(f"{PICTURE_MARK}{number}"):
                sheet.picture(picture.data, x, y, width, height)

    return Row(tuple(columns), gap=12, adorn=adorn, whole=True)


def _caption(
    letter: Letter,
    paper: ConsentPaper,
    picture: PaperPicture,
    number: int,
    x: float,
    width: float,
    y: float,
) -> Iterator[Column]:
    labels = paper.labels
    texts = [
        (labels.picture.format(number=number), SMALL_STRONG),
        (picture.caption, SMALL),
        (labels.covered if picture.covered else "", SMALL),
        (labels.fingerprint.format(digits=picture.sha256[:HASH_DIGITS]), TINY),
    ]
    for text, style in texts:
        if text:
            column = letter.column(text, style, x, width, y)
            y = column.bottom
            yield column


def statements(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """What was said, word for word, with the time where the patient confirmed it."""
    if not paper.statements:
        return
    yield letter.heading(paper.labels.statements_heading)
    for number, statement in enumerate(paper.statements):
        yield _statement(letter, paper, statement, gap=8 if number == 0 else 5)


def _statement(
    letter: Letter, paper: ConsentPaper, statement: PaperStatement, *, gap: float
) -> Row:
    measure = letter.measure
    text = letter.column(statement.text, BODY, measure.x + 16, measure.width - 16)
    confirmed = statement.confirmed_at is not None
    columns = [text]
    if statement.confirmed_at is not None:
        note = paper.labels.confirmed.format(time=paper.labels.time(statement.confirmed_at))
        columns.append(letter.column(note, TINY, measure.x + 16, measure.width - 16, text.bottom))

    def adorn(sheet: Sheet, y: float) -> None:
        if confirmed:
            tick(sheet, measure.x - 1, y + 1.5, 11, ACCENT)
        else:
            sheet.disc(measure.x + 3, y + 6, 3, INK_2)

    return Row(tuple(columns), gap=gap, adorn=adorn, whole=len(columns) > 1)


def signatures(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """Each signature with printed name, meaning and time (21 CFR 11.50)."""
    if not paper.signatures:
        return
    yield letter.heading(paper.labels.signatures_heading)
    numbered = list(enumerate(paper.signatures, start=1))
    said = max(len(signature.meaning + signature.remark) for signature in paper.signatures)
    per_row = 2 if said <= LONG_MEANING else 1
    for start in range(0, len(numbered), per_row):
        yield _signature_row(letter, paper, numbered[start : start + per_row])


def _signature_row(
    letter: Letter, paper: ConsentPaper, signed: list[tuple[int, PaperSignature]]
) -> Row:
    places = [letter.measure.column(place, 2, 28) for place in range(len(signed))]
    columns: list[Column] = []
    for (_, signature), (x, width) in zip(signed, places, strict=True):
        columns += _signature_text(letter, paper, signature, x, width)

    def adorn(sheet: Sheet, y: float) -> None:
        for (number, signature), (x, width) in zip(signed, places, strict=True):
            if signature.strokes:
                with sheet.marked(f"{SIGNATURE_MARK}{number}"):
                    handwriting(sheet, signature, x + 6, y, width - 12, SIGNATURE_HEIGHT - 6)
            sheet.rule(x, y + SIGNATURE_HEIGHT, width, INK_2, thick=0.75)

    return Row(tuple(columns), gap=10, adorn=adorn, whole=True)


def _signature_text(
    letter: Letter, paper: ConsentPaper, signature: PaperSignature, x: float, width: float
) -> Iterator[Column]:
    labels = paper.labels
    if not signature.strokes:
        words = letter.setter.set(labels.signature_kinds[signature.kind], QUIET, width)
        yield Column(words, x, width, y=SIGNATURE_HEIGHT - words.height - 4)
    kind = labels.signature_kinds[signature.kind] if signature.strokes else ""
    texts = [
        (signature.name, STRONG),
        (labels.signature_roles[signature.role], SMALL),
        (signature.meaning, SMALL),
        (labels.time(signature.signed_at), SMALL),
        (kind, SMALL),
        (signature.remark, SMALL),
    ]
    y = SIGNATURE_HEIGHT + 4
    for text, style in texts:
        if text:
            column = letter.column(text, style, x, width, y)
            y = column.bottom
            yield column


def checking(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """What somebody needs who holds this copy against the clinic's record."""
    labels = paper.labels
    yield letter.heading(labels.checking_heading)
    form = paper.form
    facts = [
        Fact(labels.consent_id, paper.consent, DIGITS),
        Fact(
            labels.form,
            labels.form_version.format(form=form.id, version=form.version, language=form.language),
            SMALL,
        ),
    ]
    for fact in facts:
        yield Row(_listed(letter, fact), gap=4, glued=True)
    made = letter.paragraph(labels.made.format(time=labels.time(paper.made_at)), SMALL, gap=4)
    yield replace(made, glued=bool(paper.pictures))
    if paper.pictures:
        yield replace(letter.paragraph(labels.checking_note, SMALL, gap=8), glued=True)
    last = len(paper.pictures)
    for number, picture in enumerate(paper.pictures, start=1):
        fact = Fact(labels.picture.format(number=number), picture.sha256, DIGITS)
        yield Row(_listed(letter, fact), gap=3, glued=number < last)


def _listed(letter: Letter, fact: Fact) -> tuple[Column, ...]:
    measure = letter.measure
    label = letter.column(fact.label, SMALL_STRONG, measure.x, LABEL - 8)
    value = letter.column(fact.value, fact.style, measure.x + LABEL, measure.width - LABEL)
    return label, value
