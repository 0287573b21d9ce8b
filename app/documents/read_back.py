"""Before "done" is said, a paper is read back as its reader will see it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pypdfium2

from app.documents.consent_summary import limits
from app.documents.design import MARGIN
from app.documents.fonts import printable
from app.documents.pdf_reading import (
    Extent,
    ReadPage,
    flat,
    found,
    opened,
    picture_fingerprint,
    same,
)
from app.documents.sheet import ANSWER_MARK, DETAIL_MARK, PICTURE_MARK, SIGNATURE_MARK
from app.documents.text import visible
from app.domain.paper import ConsentPaper, PaperSignature, PaperUse, RecoverySheet, WithdrawalPaper
from app.errors import KnownError

LEAST_SIGNATURE = 6.0  # pt; a signature that is smaller has not been drawn as it was written
OVERHANG = 6.0  # pt; a letter may reach beyond the edge of its line by this much
LEAST_MARGIN = 18.0  # pt, above and below: no usual printer leaves more of the sheet white
DISTORTION = 0.02  # of the proportion; a picture of few pixels is rounded


class PaperUnreadableError(KnownError):
    """A finished paper does not show what it must show."""

    code = "PAPER-001"
    message = "The copy was made, but reading it back failed: {check}."
    advice = (
        "Nothing was handed out. Make the copy again; if it fails again, tell support the code and"
        " the words after the colon."
    )


class UnprintableTextError(KnownError):
    """A patient's name has characters that none of the bundled fonts can draw."""

    code = "PAPER-002"
    message = "{count} characters of the patient's name are in no bundled font."
    advice = (
        "On the patient's page, write the name with other letters as well, for example as in the"
        " passport, and make the copy again."
    )


def check_consent_pdf(data: bytes, paper: ConsentPaper) -> None:
    """Make sure that a consent copy shows what was agreed.

    Raises:
        PaperUnreadableError: It does not; `check` in its facts says what is missing.
        UnprintableTextError: The patient's name has characters that cannot be printed.
    """
    _check_name(paper.patient.name)
    with _pages(data) as pages:
        _check_pages(pages, paper.labels.page, paper.consent)
        _check_answers(paper, pages)
        _check_texts(_consent_checks(paper), pages)
        _check_pictures(paper, pages)
        inked = [n for n, s in enumerate(paper.signatures, start=1) if s.strokes]
        _check_marked(pages, SIGNATURE_MARK, inked, "signature {n}")


def check_withdrawal_pdf(data: bytes, paper: WithdrawalPaper) -> None:
    """Make sure that the confirmation of a withdrawal shows what was taken back.

    Raises:
        PaperUnreadableError: It does not.
        UnprintableTextError: The patient's name has characters that cannot be printed.
    """
    checks = [
        ("the patient's name", paper.patient.name),
        ("the contact", paper.clinic.contact),
        ("the reference", paper.reference),
        ("who withdrew", paper.withdrawn_by),
        ("the time", paper.labels.time(paper.withdrawn_at)),
        *((f"use {n}", title) for n, title in enumerate(paper.withdrawn_uses, start=1)),
        *((f"line {n}", text) for n, text in enumerate(_outcome(paper), start=1)),
    ]
    _check_name(paper.patient.name)
    with _pages(data) as pages:
        _check_pages(pages, paper.labels.page, paper.consent)
        _check_texts(checks, pages)


def check_recovery_pdf(data: bytes, sheet: RecoverySheet) -> None:
    """Make sure that every group of a recovery code stands on its sheet, in order.

    Raises:
        PaperUnreadableError: It does not; the code is never told.
    """
    with _pages(data) as pages:
        _check_pages(pages, sheet.labels.page, "")
        if len(pages) != 1:
            raise PaperUnreadableError(check="one page only")
        text = flat(pages[0].body_text)
        at = -1
        for group in sheet.groups:
            at = text.find(flat(group), at + 1)
            if at < 0:
                raise PaperUnreadableError(check="every group of the code")


def _outcome(paper: WithdrawalPaper) -> tuple[str, ...]:
    return (*paper.stops, *paper.stays, *paper.cannot_recall)


def _consent_checks(paper: ConsentPaper) -> Iterator[tuple[str, str]]:
    yield "the patient's name", paper.patient.name
    yield from (("the patient's number", number) for number in paper.patient.identifiers)
    yield from _people_checks(paper)
    yield "the title", paper.title
    yield "the refusal statement", paper.refusal_statement
    yield "how to withdraw", paper.how_to_withdraw
    yield "the contact", paper.clinic.contact
    yield "what stays in the care record", paper.care_record_note
    for number, use in enumerate(paper.uses, start=1):
        yield from _use_checks(use, number)
    for number, statement in enumerate(paper.statements, start=1):
        yield f"statement {number}", statement.text
    for number, picture in enumerate(paper.pictures, start=1):
        yield f"the caption of picture {number}", picture.caption
        yield f"the fingerprint of picture {number}", picture.sha256
    for number, signature in enumerate(paper.signatures, start=1):
        yield from _signature_checks(paper, signature, number)


def _people_checks(paper: ConsentPaper) -> Iterator[tuple[str, str]]:
    decider = paper.decider
    if decider.relationship:
        yield from (("who decided", text) for text in (decider.name, decider.relationship))
        yield "the right to decide", decider.authority
    for what, person in (("the interpreter", paper.interpreter), ("the witness", paper.witness)):
        if person is not None:
            yield from ((what, text) for text in (person.name, person.detail))


def _use_checks(use: PaperUse, number: int) -> Iterator[tuple[str, str]]:
    yield f"who sees use {number}", use.audience
    yield f"the example of use {number}", use.example
    yield f"how long use {number} goes on", use.how_long
    yield f"whether use {number} can be taken back", use.take_back
    yield f"the exceptions of use {number}", "; ".join(use.exceptions)
    yield f"the end of use {number}", use.expires
    yield f"the recipient of use {number}", use.recipient


def _signature_checks(
    paper: ConsentPaper, signature: PaperSignature, number: int
) -> Iterator[tuple[str, str]]:
    yield f"the name under signature {number}", signature.name
    yield f"the meaning of signature {number}", signature.meaning
    yield f"the time of signature {number}", paper.labels.time(signature.signed_at)
    yield f"the kind of signature {number}", paper.labels.signature_kinds[signature.kind]
    yield f"the remark on signature {number}", signature.remark


def _check_name(name: str) -> None:
    """A patient must be able to read the own name; other texts show U+XXXX for what no font has."""
    unknown = {char for char in name if char not in "\n\t" and not printable(char)}
    if unknown:
        raise UnprintableTextError(count=len(unknown))


@contextmanager
def _pages(data: bytes) -> Iterator[list[ReadPage]]:
    try:
        with opened(data) as pages:
            yield pages
    except pypdfium2.PdfiumError as error:  # for a file without a page too
        raise PaperUnreadableError(check="it opens") from error


def _check_pages(pages: list[ReadPage], label: str, consent: str) -> None:
    for number, page in enumerate(pages, start=1):
        text = flat(page.text)
        if not page.has_ink(page.body):
            raise PaperUnreadableError(check=f"page {number} is not blank")
        if flat(label.format(page=number, pages=len(pages))) not in text:
            raise PaperUnreadableError(check=f"the number of page {number}")
        if flat(consent) not in text:
            raise PaperUnreadableError(check=f"the consent's id on page {number}")
        if not page.printed.inside(_margins(page)):
            raise PaperUnreadableError(check=f"the margins of page {number}")


def _margins(page: ReadPage) -> Extent:
    side, end = MARGIN - OVERHANG, LEAST_MARGIN
    return Extent(side, end, page.width - side, page.height - end)


def _check_texts(checks: Iterable[tuple[str, str]], pages: list[ReadPage]) -> None:
    whole = flat("".join(page.body_text for page in pages))
    for check, wanted in checks:
        if not found(visible(wanted), whole):
            raise PaperUnreadableError(check=check)


def _check_marked(pages: list[ReadPage], mark: str, numbers: Iterable[int], what: str) -> None:
    for number in numbers:
        name = f"{mark}{number}"
        holders = [page for page in pages if name in page.marked]
        if len(holders) != 1 or not _visible(holders[0], holders[0].marked[name]):
            raise PaperUnreadableError(check=what.format(n=number))


def _check_answers(paper: ConsentPaper, pages: list[ReadPage]) -> None:
    """Each answer at a glance and in detail, neither more nor less."""
    for number, use in enumerate(paper.uses, start=1):
        answer = f"{use.title} {paper.labels.answers[use.answer]}"
        for mark, wanted in (
            (ANSWER_MARK, f"{answer} {limits(paper, use)}"),
            (DETAIL_MARK, answer),
        ):
            read = [
                page.texts[f"{mark}{number}"] for page in pages if f"{mark}{number}" in page.texts
            ]
            if len(read) != 1 or not same(visible(wanted), read[0]):
                raise PaperUnreadableError(check=f"use {number} with its answer")


def _check_pictures(paper: ConsentPaper, pages: list[ReadPage]) -> None:
    """Each picture once, the very one, whole and undistorted."""
    numbers = range(1, len(paper.pictures) + 1)
    _check_marked(pages, PICTURE_MARK, numbers, "picture {n}")
    for number, picture in enumerate(paper.pictures, start=1):
        name = f"{PICTURE_MARK}{number}"
        (page,) = (page for page in pages if name in page.marked)
        read, extent = page.pictures.get(name), page.marked[name]
        if read is None or read.fingerprint != picture_fingerprint(picture.data):
            raise PaperUnreadableError(check=f"that picture {number} is the right one")
        if not math.isclose(extent.proportion, read.proportion, rel_tol=DISTORTION):
            raise PaperUnreadableError(check=f"the shape of picture {number}")


def _visible(page: ReadPage, extent: Extent) -> bool:
    large = max(extent.right - extent.left, extent.top - extent.bottom) >= LEAST_SIGNATURE
    return large and extent.inside(Extent(0, 0, page.width, page.height)) and page.has_ink(extent)
