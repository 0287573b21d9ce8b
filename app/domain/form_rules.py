"""What every consent form must hold, whoever wrote it."""

from __future__ import annotations

import re

from app.domain.form_parts import (
    CARE_RECORD,
    PUBLICATION,
    RESEARCH_STUDY,
    Asked,
    FormPath,
    FormProblem,
    JurisdictionProfile,
    NamedThing,
    Statement,
    StatementId,
    Use,
)
from app.domain.form_wording import placeholders
from app.domain.ids import UseId

OPEN_TO_ALL = frozenset({PUBLICATION, UseId("public-web"), UseId("social-media")})
LAST_RULE = 33  # the rules are numbered R1 to R33
CARE_UNAFFECTED, NO_ANONYMITY, AUTHORISATION = 9, 12, 22
LAST_GRADE = 12

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Language, script, region of BCP 47, in its customary case.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def check_head(form_id: str, version: int, language: str, reading_level_limit: int) -> None:
    """Refuse a bad id, version, language tag or reading grade.

    Raises:
        FormProblem: One of them is wrong.
    """
    _check_id(form_id, ())
    _refuse(version < 1, ("version",), "versions start at 1")
    bad_language = not _LANGUAGE.fullmatch(language)
    _refuse(bad_language, ("language",), "a language is a tag such as en, pt-BR or zh-Hans")
    bad_level = not 1 <= reading_level_limit <= LAST_GRADE
    _refuse(bad_level, ("reading_level_limit",), f"a reading grade is from 1 to {LAST_GRADE}")


def check_statements(statements: tuple[Statement, ...], profile: JurisdictionProfile) -> None:
    """Refuse statements that do not say what must be said before the yes (R9, R12, R22).

    Raises:
        FormProblem: An id or rule is wrong, or a rule that must be answered is not.
    """
    seen: set[StatementId] = set()
    for index, statement in enumerate(statements):
        path: FormPath = ("statements", index)
        _check_id(statement.id, path)
        _refuse(statement.id in seen, (*path, "id"), f"statement {statement.id} is there twice")
        wrong_rule = any(not 1 <= rule <= LAST_RULE for rule in statement.rules)
        _refuse(wrong_rule, (*path, "rules"), f"rules are numbered 1 to {LAST_RULE}")
        seen.add(statement.id)
    confirmed = {rule for each in statements if each.confirm for rule in each.rules}
    reason = "no statement of rule 9 is confirmed by the patient (confirm = true)"
    _refuse(CARE_UNAFFECTED not in confirmed, ("statements",), reason)
    said = {rule for each in statements for rule in each.rules}
    needed = {NO_ANONYMITY}
    # Law of the US; generic is the strictest of all.
    if profile in {JurisdictionProfile.US, JurisdictionProfile.GENERIC}:
        needed.add(AUTHORISATION)
    for rule in sorted(needed - said):
        raise FormProblem(("statements",), f"no statement answers rule {rule}")


def check_ladder(uses: tuple[Use, ...]) -> None:
    """Refuse uses that are no ladder: each once, from 1 to n, with the care record.

    Raises:
        FormProblem: An id is there twice, the order has gaps, or a use breaks a rule of its own.
    """
    seen: set[UseId] = set()
    places: set[int] = set()
    for index, use in enumerate(uses):
        path: FormPath = ("uses", index)
        _refuse(use.id in seen, (*path, "id"), f"use {use.id} is there twice")
        wrong = use.order in places or not 1 <= use.order <= len(uses)
        reason = f"order numbers the uses from 1 to {len(uses)}, each number once"
        _refuse(wrong, (*path, "order"), reason)
        seen.add(use.id)
        places.add(use.order)
        _check_use(use, path)
    _refuse(CARE_RECORD not in seen, ("uses",), "the use care-record is missing")


def _check_use(use: Use, path: FormPath) -> None:
    _check_id(use.id, path)
    _check_when_asked(use, path)
    if use.id == PUBLICATION:
        journal = use.needs_named is NamedThing.JOURNAL
        _refuse(not journal, (*path, "needs_named"), "publication is in one named journal (R17)")
        reason = "publication is agreed to each time (R17)"
        _refuse(not use.fresh_each_time, (*path, "fresh_each_time"), reason)
    if use.id == RESEARCH_STUDY:
        study = use.needs_named is NamedThing.STUDY
        _refuse(not study, (*path, "needs_named"), "research is one named study")
    overpromised = use.id in OPEN_TO_ALL and use.take_back.revocable
    reason = "published material cannot be called back: revocable is false (R12)"
    _refuse(overpromised, (*path, "take_back"), reason)
    wanted = frozenset() if use.needs_named is NamedThing.NONE else frozenset({"named"})
    reason = "the question holds {named} where something must be named, and only there"
    _refuse(placeholders(use.question) != wanted, (*path, "question"), reason)
    endless = use.expiry_months is not None and use.expiry_months < 1
    reason = "expiry_months is left out where an event ends the yes"
    _refuse(endless, (*path, "expiry_months"), reason)


def _check_when_asked(use: Use, path: FormPath) -> None:
    if use.id == CARE_RECORD:
        early = use.asked is Asked.BEFORE_CAMERA
        _refuse(not early, (*path, "asked"), "care-record is asked before-camera")
        _refuse(use.order != 1, (*path, "order"), "care-record is the narrowest use, order 1")
        named = use.needs_named is not NamedThing.NONE
        _refuse(named, (*path, "needs_named"), "care-record needs nothing named")
    else:
        early = use.asked is Asked.BEFORE_CAMERA
        reason = "only care-record is asked before the picture has been seen (R20)"
        _refuse(early, (*path, "asked"), reason)


def _check_id(found: str, path: FormPath) -> None:
    reason = "an id is lower-case words joined by hyphens"
    _refuse(not _SLUG.fullmatch(found), (*path, "id"), reason)


def _refuse(wrong: object, path: FormPath, reason: str) -> None:
    """Raise FormProblem where something is wrong."""
    if wrong:
        raise FormProblem(path, reason)
