"""Before "done" is said, a paper is read back as its reader will see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pypdfium2

from app.documents.fonts import printable
from app.documents.pdf_reading import Extent, ReadPage, flat, found, opened
from app.documents.sheet import PICTURE_MARK, SIGNATURE_MARK
from app.domain.paper import ConsentPaper, PaperSignature, PaperUse, RecoverySheet, WithdrawalPaper
from app.errors import KnownError

LEAST_SIGNATURE = 6.0  # pt; a signature that is smaller has not been drawn as it was written


class PaperUnreadableError(KnownError):
    """A finished paper does not show what it must show."""

    code = "PAPER-001"
    message = "The copy was made, but reading it back failed: {check}."
    advice = (
        "Nothing was handed out. Make the copy again; if it fails again, tell support the code and"
        " the words after the colon."
    )


class UnprintableTextError(KnownError):
    """A text has characters that none of the bundled fonts can draw."""

    code = "PAPER-002"
    message = "{count} characters on this paper are in no bundled font."
    advice = (
        "Write the name or the text with other letters as well, for example as in the passport, and"
        " make the copy again."
    )


def check_consent_pdf(data: bytes, paper: ConsentPaper) -> None:
    """Make sure that a consent copy shows what was agreed.

    Raises:
        PaperUnreadableError: It does not; `check` in its facts says what is missing.
        UnprintableTextError: The paper has characters that cannot be printed.
    """
    _check_characters(_consent_texts(paper))
    with _pages(data) as pages:
        _check_pages(pages, paper.labels.page, paper.consent)
        _check_texts(_consent_checks(paper), pages)
        _check_marked(pages, PICTURE_MARK, range(1, len(paper.pictures) + 1), "picture {n}")
        inked = [n for n, s in enumerate(paper.signatures, start=1) if s.strokes]
        _check_marked(pages, SIGNATURE_MARK, inked, "signature {n}")


def check_withdrawal_pdf(data: bytes, paper: WithdrawalPaper) -> None:
    """Make sure that the confirmation of a withdrawal shows what was taken back.

    Raises:
        PaperUnreadableError: It does not.
        UnprintableTextError: The paper has characters that cannot be printed.
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
    _check_characters(text for _, text in checks)
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
    yield "who decided", paper.decider.name if paper.decider.relationship else ""
    yield "the refusal statement", paper.refusal_statement
    yield "how to withdraw", paper.how_to_withdraw
    yield "the contact", paper.clinic.contact
    for number, use in enumerate(paper.uses, start=1):
        yield f"use {number} with its answer", _use_with_answer(paper, use)
        yield f"who sees use {number}", use.audience
        yield f"the exceptions of use {number}", " ".join(use.exceptions)
        yield f"the end of use {number}", use.expires
    for number, statement in enumerate(paper.statements, start=1):
        yield f"statement {number}", statement.text
    for number, picture in enumerate(paper.pictures, start=1):
        yield f"the fingerprint of picture {number}", picture.sha256
    for number, signature in enumerate(paper.signatures, start=1):
        yield from _signature_checks(paper, signature, number)


def _use_with_answer(paper: ConsentPaper, use: PaperUse) -> str:
    return f"{use.title} {paper.labels.answers[use.answer]}"


def _signature_checks(
    paper: ConsentPaper, signature: PaperSignature, number: int
) -> Iterator[tuple[str, str]]:
    yield f"the name under signature {number}", signature.name
    yield f"the meaning of signature {number}", signature.meaning
    yield f"the time of signature {number}", paper.labels.time(signature.signed_at)
    yield f"the kind of signature {number}", paper.labels.signature_kinds[signature.kind]


def _consent_texts(paper: ConsentPaper) -> Iterator[str]:
    yield from (text for _, text in _consent_checks(paper))
    yield from (paper.title, paper.clinic.name, paper.clinic.department, paper.care_record_note)
    yield from paper.patient.identifiers
    for use in paper.uses:
        yield from (use.example, use.how_long, use.take_back, use.recipient)
    yield from (picture.caption for picture in paper.pictures)


def _check_characters(texts: Iterable[str]) -> None:
    unknown = {char for text in texts for char in text if not _drawn(char)}
    if unknown:
        raise UnprintableTextError(count=len(unknown))


def _drawn(char: str) -> bool:
    return char in "\n\t" or printable(char)


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


def _check_texts(checks: Iterable[tuple[str, str]], pages: list[ReadPage]) -> None:
    whole = flat("".join(page.body_text for page in pages))
    for check, wanted in checks:
        if not found(wanted, whole):
            raise PaperUnreadableError(check=check)


def _check_marked(pages: list[ReadPage], mark: str, numbers: Iterable[int], what: str) -> None:
    for number in numbers:
        name = f"{mark}{number}"
        holders = [page for page in pages if name in page.marked]
        if len(holders) != 1 or not _visible(holders[0], holders[0].marked[name]):
            raise PaperUnreadableError(check=what.format(n=number))


def _visible(page: ReadPage, extent: Extent) -> bool:
    large = max(extent.right - extent.left, extent.top - extent.bottom) >= LEAST_SIGNATURE
    inside = extent.left >= 0 and extent.right <= page.width and extent.bottom >= 0
    return large and inside and extent.top <= page.height and page.has_ink(extent)
