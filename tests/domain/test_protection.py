"""Who may see a protected picture, and for how long broken glass stays open."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.clinical_image import ImageFact, ImageFactKind, Sensitivity
from app.domain.encounter import Encounter
from app.domain.ids import EncounterId, FactId, StaffId
from app.domain.protection import (
    GLASS_OPEN,
    GlassBroken,
    GlassReason,
    is_protected,
    made_in,
    still_open,
    veiled,
    viewers,
)
from app.domain.staff import RIGHTS, Right, Role, Staff, role_table, sign_in_name
from tests.builders import NOON, a_patient_id, a_picture, a_stamp, an_id

ADA, BEN, JOY = StaffId("staff-1"), StaffId("ben"), StaffId("joy")


def said(filed, *words):
    facts = [ImageFact(FactId(an_id()), filed.id, kind, value, a_stamp()) for kind, value in words]
    return replace(filed, facts=(*filed.facts, *facts))


@pytest.fixture
def filed():
    return a_picture(a_patient_id()).filed


def glass(by=ADA, *, at=NOON):
    stamp = replace(a_stamp(), by=by, at=at)
    return GlassBroken(FactId(an_id()), a_patient_id(), GlassReason.OTHER, "needed now", stamp)


@pytest.mark.parametrize("sensitivity", Sensitivity)
def test_every_sensitivity_but_the_ordinary_protects(filed, sensitivity):
    now = said(filed, (ImageFactKind.SENSITIVITY, sensitivity.value))

    assert is_protected(now) is (sensitivity is not Sensitivity.ORDINARY)


def test_the_first_visit_made_the_picture_whatever_came_later(filed):
    now = said(filed, (ImageFactKind.ENCOUNTER, "another visit"))

    assert made_in(now) == EncounterId("visit")
    assert made_in(a_picture(a_patient_id(), encounter=None).filed) is None


def test_who_took_it_and_who_led_the_visit_may_see_it(filed):
    visit = Encounter(EncounterId("visit"), a_patient_id(), replace(a_stamp(), by=BEN))

    assert viewers(filed, visit) == {ADA, BEN}
    assert viewers(filed, None) == {ADA}


def test_the_newest_word_about_a_person_rules(filed):
    named, removed = ImageFactKind.VIEWER_NAMED, ImageFactKind.VIEWER_REMOVED

    assert viewers(said(filed, (named, JOY)), None) == {ADA, JOY}
    assert viewers(said(filed, (named, JOY), (removed, JOY)), None) == {ADA}
    assert viewers(said(filed, (removed, JOY), (named, JOY)), None) == {ADA, JOY}
    assert viewers(said(filed, (removed, ADA)), None) == frozenset()


def test_broken_glass_closes_by_itself_and_a_clock_set_back_opens_nothing():
    broken = glass()

    assert broken.open_at(NOON)
    assert broken.open_at(NOON + GLASS_OPEN - timedelta(seconds=1))
    assert not broken.open_at(NOON + GLASS_OPEN)
    assert not broken.open_at(NOON - timedelta(seconds=1))


def test_glass_is_open_to_who_broke_it_only():
    first, later = glass(), glass(at=NOON + timedelta(minutes=5))
    now = NOON + timedelta(minutes=6)

    assert still_open([later, first], ADA, now) == later
    assert still_open([later, first], BEN, now) is None


def test_the_veil_hides_what_is_said_of_the_body(filed):
    body = (ImageFactKind.BODY_SITE, "70559009"), (ImageFactKind.VIEW, "close-up")
    now = veiled(said(filed, *body, (ImageFactKind.SENSITIVITY, "intimate")))

    assert (now.body_site, now.view, now.laterality) == ("", None, None)
    assert is_protected(now)
    assert now.patient == filed.patient


def test_the_table_is_whole_and_nobody_may_everything():
    table = role_table()

    assert [row.right for row in table] == list(Right)
    assert all(row.roles for row in table)
    assert {role for row in table for role in row.roles} == set(Role)
    assert all(RIGHTS[role] != set(Right) for role in Role)
    assert {role for role in Role if Right.READ in RIGHTS[role]} == set(Role)


def test_a_disabled_person_has_no_right():
    staff = Staff(ADA, "Ada Byrne", Role.ADMINISTRATOR, active=False)

    assert not any(staff.may(right) for right in Right)


def test_names_are_told_apart_without_case_and_accents():
    assert sign_in_name("  Siobhán  O'NEILL ") == sign_in_name("siobhan o’neill")
    assert sign_in_name("陳大文") != ""
    assert sign_in_name(" .- ") == ""
