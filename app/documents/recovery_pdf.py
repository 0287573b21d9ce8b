"""The recovery sheet: the code that opens the vault when every passphrase is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.documents.design import (
    BODY,
    CODE,
    INK_2,
    INK_3,
    LARGE,
    LEAD,
    LINE,
    SUNKEN,
    TINY,
    Measure,
)
from app.documents.flow import Band, Column, Row
from app.documents.letter import Letter, PageText
from app.documents.sheet import Align, Particulars, reads_right_to_left
from app.domain.paper import PageSize, RecoverySheet

PER_ROWS = (4, 3)  # the first that leaves no row short
PAD = 14.0
NUMBER = 22.0  # width of a step's number, in pt


def render_recovery(sheet: RecoverySheet, *, page: PageSize) -> bytes:
    """The sheet as a PDF of one page; the same sheet gives the same bytes."""
    labels = sheet.labels
    about = Particulars(
        title=labels.heading,
        author=sheet.clinic_name,
        subject=labels.heading,
        language=sheet.language,
        made_at=sheet.made_at,
    )
    texts = PageText(
        running=labels.heading,
        owner=sheet.clinic_name,
        foot=(labels.warning, labels.made.format(time=labels.time(sheet.made_at))),
        page=labels.page,
    )
    letter = Letter(page, about)
    return letter.publish(_rows(letter, sheet), texts)


def _rows(letter: Letter, sheet: RecoverySheet) -> Iterator[Row]:
    labels = sheet.labels
    yield letter.paragraph(sheet.clinic_name, LEAD)
    yield from letter.title(labels.heading, labels.keep)
    yield letter.callout(labels.warning)
    rows = range(0, len(sheet.groups), _per_row(sheet))
    for start in rows:
        gap = 20.0 if start == 0 else 0.0
        yield replace(_groups(letter, sheet, start), gap=gap, glued=start != rows[-1])
    yield letter.heading(labels.steps_heading)
    for number, step in enumerate(labels.steps, start=1):
        yield _step(letter, number, step)
    yield replace(letter.paragraph(labels.none_else, BODY.with_colour(INK_2)), gap=18, rule=LINE)


def _per_row(sheet: RecoverySheet) -> int:
    return next((n for n in PER_ROWS if len(sheet.groups) % n == 0), PER_ROWS[0])


def _groups(letter: Letter, sheet: RecoverySheet, start: int) -> Row:
    """One row of groups; a code is read from left to right in every language."""
    measure = letter.measure
    inner = Measure(measure.x + PAD, measure.width - 2 * PAD)
    backwards = reads_right_to_left(sheet.language)
    count = _per_row(sheet)
    columns: list[Column] = []
    for place, group in enumerate(sheet.groups[start : start + count]):
        x, width = inner.column(count - 1 - place if backwards else place, count, 8)
        label = f"{sheet.labels.group} {start + place + 1}"
        number = letter.setter.set(label, TINY.with_colour(INK_3), width)
        code = letter.setter.set(group, CODE, width)
        columns.append(Column(number, x, width, Align.CENTRE))
        columns.append(Column(code, x, width, Align.CENTRE, y=number.height))
    band = Band(measure.x, measure.width, SUNKEN, radius=0)
    return Row(tuple(columns), pad=8, band=band, whole=True)


def _step(letter: Letter, number: int, text: str) -> Row:
    measure = letter.measure
    mark = letter.column(f"{number}", LARGE.with_colour(INK_2), measure.x, NUMBER)
    words = letter.column(text, LARGE, measure.x + NUMBER, measure.width - NUMBER)
    return Row((mark, words), gap=8)
