"""What stands now for one use of one picture: the latest fact decides (R23)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.clinical_image import FiledImage
from app.domain.consent import Answer, Consent, Decision, History, Refiling, Withdrawal
from app.domain.ids import PatientId, UseId
from app.domain.patient import PatientLinks
from app.domain.rendition import Rendition


class State(StrEnum):
    """What may be said of one use of one picture."""

    NEVER_ASKED = "never-asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest fact about one use of one rendition.

    Attributes:
        since: When that fact was recorded; None when never asked.
        answer: The answer that it rests on, also when it was taken back or is void.
        consent: The consent that holds the answer.
        withdrawal: The withdrawal, when that is the latest fact.
    """

    state: State
    since: datetime | None = None
    answer: Answer | None = None
    consent: Consent | None = None
    withdrawal: Withdrawal | None = None

    @property
    def until(self) -> date | None:
        """Last day of a grant."""
        return self.answer.until if self.answer else None


@dataclass(frozen=True, slots=True)
class Picture:
    """One rendition with what it was made from."""

    rendition: Rendition
    filed: FiledImage


def standing(
    picture: Picture, use: UseId, history: History, links: PatientLinks, *, on: date
) -> Standing:
    """What stands for one use of one picture on a day.

    Args:
        picture: The rendition and its image as filed now.
        use: Which use.
        history: Of all patients that may bear on it, in recorded order.
        links: Merged and unmerged patients.
        on: The day, in the clinic's calendar.
    """
    latest = Standing(State.NEVER_ASKED)
    owner = picture.filed.patient
    for fact in history:
        if isinstance(fact, Withdrawal):
            latest = _after_withdrawal(latest, fact, picture, use, links)
        elif isinstance(fact, Refiling):
            latest = _after_refiling(latest, fact, picture)
        else:
            latest = _after_consent(latest, fact, picture, use)
    if latest.state is State.GRANTED and not _same_person_and_bytes(latest, picture, owner, links):
        latest = replace(latest, state=State.VOID)
    if latest.state is State.GRANTED and latest.until is not None and latest.until < on:
        latest = replace(latest, state=State.EXPIRED)
    return latest


def _after_withdrawal(
    before: Standing, fact: Withdrawal, picture: Picture, use: UseId, links: PatientLinks
) -> Standing:
    owner = picture.filed.patient
    reached = owner is not None and any(links.same(p, owner) for p in fact.patients)
    taken_back = before.state in {State.GRANTED, State.VOID}
    if not reached or not taken_back or not fact.reaches(picture.rendition.id, use):
        return before
    return replace(before, state=State.WITHDRAWN, since=fact.stamp.at, withdrawal=fact)


def _after_refiling(before: Standing, fact: Refiling, picture: Picture) -> Standing:
    if fact.image != picture.filed.id or before.answer is None:
        return before
    return replace(before, state=State.VOID, since=fact.stamp.at)


def _after_consent(before: Standing, fact: Consent, picture: Picture, use: UseId) -> Standing:
    for answer in fact.answers:
        if answer.rendition == picture.rendition.id and answer.use == use:
            granted = answer.decision is Decision.GRANTED
            state = State.GRANTED if granted else State.REFUSED
            return Standing(state, fact.stamp.at, answer, fact)
    return before


def _same_person_and_bytes(
    found: Standing, picture: Picture, owner: PatientId | None, links: PatientLinks
) -> bool:
    assert found.consent is not None
    assert found.answer is not None
    same_person = owner is not None and links.same(found.consent.patient, owner)
    return same_person and found.answer.sha256 == picture.rendition.sha256


BEST_FIRST = (State.GRANTED, State.EXPIRED, State.WITHDRAWN, State.VOID, State.REFUSED)


def best_standing(
    pictures: Iterable[Picture],
    uses: Iterable[UseId],
    history: History,
    links: PatientLinks,
    *,
    on: date,
) -> dict[UseId, Standing]:
    """For a banner: each use with the best that stands for any of the pictures."""
    every = tuple(pictures)
    result: dict[UseId, Standing] = {}
    for use in uses:
        found = [standing(p, use, history, links, on=on) for p in every]
        by_state = {s.state: s for s in found}
        best = next((by_state[s] for s in BEST_FIRST if s in by_state), None)
        result[use] = best or Standing(State.NEVER_ASKED)
    return result
