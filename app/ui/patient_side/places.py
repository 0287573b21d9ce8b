"""The pages of the patient's side in their order, and the one at which an asking goes on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.consent_draft import Asking, ConsentDraft
from app.domain.consent_form import ConsentForm, Statement
from app.domain.ids import UseId
from app.ui.patient_side.record import statement_part


class Page(StrEnum):
    """The kinds of pages."""

    WELCOME = "welcome"
    UNDERSTANDING = "understanding"
    STATEMENTS = "statements"
    QUESTION = "question"
    REVIEW = "review"
    ENDING = "ending"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Place:
    """One page.

    Attributes:
        index: Which statement to confirm, or which use; 0 for the other pages.
    """

    page: Page
    index: int = 0


WELCOME = Place(Page.WELCOME)
STATEMENTS = Place(Page.STATEMENTS)
REVIEW = Place(Page.REVIEW)
ENDING = Place(Page.ENDING)
STAFF = Place(Page.STAFF)


def read_only(form: ConsentForm) -> tuple[Statement, ...]:
    """The statements that are read and not confirmed."""
    return tuple(each for each in form.statements if not each.confirm)


def order(form: ConsentForm, draft: ConsentDraft) -> tuple[Place, ...]:
    """The pages from the first to the review."""
    statements = (STATEMENTS,) if read_only(form) else ()
    return (
        WELCOME,
        *(Place(Page.UNDERSTANDING, index) for index in range(len(form.confirming))),
        *statements,
        *(Place(Page.QUESTION, index) for index in range(len(draft.uses))),
        REVIEW,
    )


def first_open(form: ConsentForm, draft: ConsentDraft) -> Place:
    """Where an asking goes on: the first page with something that is still to do.

    What must be said before the yes is to be said in the language on screen (R13), so a change of
    language leads to it again; the answers stay.
    """
    if draft.state in {Asking.NOT_NOW, Asking.STOPPED}:
        return ENDING
    if not draft.texts:
        return WELCOME
    # What was on screen when the program ended has no time yet: it comes again.
    shown = {(text.part, text.text) for text in draft.texts if text.seen_ms}
    confirmed = {(text.part, text.text) for text in draft.texts if text.confirmed_at is not None}
    for index, statement in enumerate(form.confirming):
        if (statement_part(statement), statement.text) not in confirmed:
            return Place(Page.UNDERSTANDING, index)
    if any((statement_part(each), each.text) not in shown for each in read_only(form)):
        return STATEMENTS
    return next_question(draft)


def next_question(draft: ConsentDraft) -> Place:
    """The first use without an answer; the review when each has one."""
    use = draft.next_use
    return REVIEW if use is None else question(draft, use)


def question(draft: ConsentDraft, use: UseId) -> Place:
    """The page of a use."""
    return Place(Page.QUESTION, draft.uses.index(use))


def after(place: Place, form: ConsentForm, draft: ConsentDraft) -> Place:
    """The page after one."""
    pages = order(form, draft)
    following = pages[pages.index(place) + 1]
    begins_asking = following.page is Page.QUESTION and place.page is not Page.QUESTION
    if draft.answers and (begins_asking or following is REVIEW):
        return next_question(draft)
    return following


def before(place: Place, form: ConsentForm, draft: ConsentDraft) -> Place | None:
    """The page before one; None for the first."""
    pages = order(form, draft)
    at = pages.index(place)
    return pages[at - 1] if at else None
