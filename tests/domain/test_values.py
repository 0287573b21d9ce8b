"""Small values: ids, stamps, staff, clinic, boxes, filed images, body sites."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.body_site import BODY_SITES, INTIMATE_SITES, body_site, site_caption
from app.domain.clinic import Clinic, FormApproval
from app.domain.clinical_image import (
    FiledImage,
    ImageFact,
    ImageFactKind,
    ImageState,
    Laterality,
    Sensitivity,
    View,
    kept,
)
from app.domain.disclosure import extract_original
from app.domain.encounter import Encounter, Ending
from app.domain.ids import EncounterId, FactId, ImageId, Sha256, StaffId, WorkstationId, uuid7
from app.domain.rendition import Box, Cover, Edits, Identifiable
from app.domain.staff import RIGHTS, NotPermittedError, Right, Role, Staff
from app.domain.stamp import Stamp
from tests.builders import NOON, TODAY, a_patient_id, a_picture, a_stamp, an_id


def test_uuid7_sorts_by_time_and_says_its_version():
    early, late = uuid7(1, b"\xff" * 10), uuid7(2, b"\x00" * 10)

    assert early < late
    assert early == "00000000-0001-7fff-bfff-ffffffffffff"


def test_stamps_are_in_utc():
    plus_two = timezone(timedelta(hours=2))

    with pytest.raises(ValueError, match="UTC"):
        Stamp(datetime(2026, 1, 1, tzinfo=plus_two), StaffId("s"), WorkstationId("w"))
    assert Stamp(datetime(2026, 1, 1, tzinfo=UTC), StaffId("s"), WorkstationId("w"))


@pytest.mark.parametrize("role", list(Role))
def test_a_role_permits_what_its_table_says(role):
    staff = Staff(StaffId("s"), "Dr Ada Byrne", role)

    for right in Right:
        if right in RIGHTS[role]:
            staff.require(right)
        else:
            with pytest.raises(NotPermittedError):
                staff.require(right)


def test_disabled_staff_may_nothing():
    with pytest.raises(NotPermittedError):
        Staff(StaffId("s"), "Dr Ada Byrne", Role.ADMINISTRATOR, active=False).require(Right.READ)


def test_only_administrators_extract_originals():
    picture = a_picture(a_patient_id()).filed.id
    admin = Staff(StaffId("s"), "Dr Ada Byrne", Role.ADMINISTRATOR)
    reader = replace(admin, role=Role.READER)

    def extract(staff):
        return extract_original(
            staff, picture, reason="second opinion", recipient="Dr Lindqvist", stamp=a_stamp()
        )

    assert extract(admin).image == picture
    with pytest.raises(NotPermittedError):
        extract(reader)


def test_a_clinic_has_a_name_and_remembers_approvals():
    with pytest.raises(ValueError, match="has a name"):
        Clinic(" ")
    wording = Sha256("f" * 64)
    first, second = FormApproval(wording, "A", TODAY), FormApproval(wording, "B", TODAY)

    assert Clinic("St Brigid's", approvals=(first, second)).approval(wording) == second
    assert Clinic("St Brigid's").approval(wording) is None


@pytest.mark.parametrize("place", [(-1, 0, 1, 1), (0, -1, 1, 1), (0, 0, 0, 1), (0, 0, 1, 0)])
def test_a_box_has_an_area_inside_the_picture(place):
    with pytest.raises(ValueError, match="box"):
        Box(*place)


def test_a_box_is_cut_to_the_picture():
    assert Box(90, 90, 50, 50).within(100, 120) == Box(90, 90, 10, 30)
    assert Box(100, 0, 5, 5).within(100, 100) is None
    assert Box(0, 100, 5, 5).within(100, 100) is None


def test_edits_turn_by_quarters():
    assert Edits().empty
    assert not Edits(covers=(Cover(Box(0, 0, 1, 1)),)).empty
    with pytest.raises(ValueError, match="quarter"):
        Edits(quarter_turns=4)


def test_unsure_counts_as_identifiable():
    assert [i.counts_as_identifiable for i in Identifiable] == [True, False, True]


def fact(image, kind, value):
    return ImageFact(FactId(an_id()), ImageId(image), kind, value, a_stamp())


def test_the_newest_fact_of_each_kind_rules():
    image = a_picture(a_patient_id()).filed.image
    bare = FiledImage(image, ())
    said = (
        (ImageFactKind.PATIENT, "p1"),
        (ImageFactKind.PATIENT, "p2"),
        (ImageFactKind.ENCOUNTER, "e1"),
        (ImageFactKind.BODY_SITE, "70559009"),
        (ImageFactKind.LATERALITY, "L"),
        (ImageFactKind.VIEW, "close-up"),
        (ImageFactKind.SENSITIVITY, "intimate"),
        (ImageFactKind.STATE, "superseded"),
    )
    filed = FiledImage(image, tuple(fact(image.id, kind, value) for kind, value in said))

    assert (filed.patient, filed.encounter, filed.in_quarantine) == ("p2", "e1", False)
    assert (filed.laterality, filed.view) == (Laterality.LEFT, View.CLOSE_UP)
    assert (filed.sensitivity, filed.state) == (Sensitivity.INTIMATE, ImageState.SUPERSEDED)
    assert filed.body_site == "70559009"
    assert (bare.patient, bare.encounter, bare.laterality, bare.view) == (None,) * 4
    assert (bare.sensitivity, bare.state) == (Sensitivity.ORDINARY, ImageState.KEPT)
    assert kept((filed, bare)) == (bare,)


def test_taking_the_visit_back_puts_a_picture_into_quarantine():
    picture = a_picture(a_patient_id()).filed
    back = replace(picture, facts=(*picture.facts, fact(picture.id, ImageFactKind.ENCOUNTER, "")))

    assert not picture.in_quarantine
    assert back.in_quarantine


def test_covers_are_said():
    rendition = a_picture(a_patient_id()).rendition
    covered = replace(rendition, edits=Edits(covers=(Cover(Box(0, 0, 9, 9)),)))

    assert (rendition.covered, covered.covered) == (False, True)


def test_body_sites_have_distinct_codes():
    codes = [site.code for site in BODY_SITES]

    assert len(set(codes)) == len(codes)
    assert set(codes) >= INTIMATE_SITES


@pytest.mark.parametrize(
    ("code", "side", "caption"),
    [
        ("70559009", Laterality.LEFT, "Forearm, volar, left"),
        ("70559009", None, "Forearm, volar"),
        ("43067004", Laterality.UNPAIRED, "Scalp"),
        ("0", Laterality.LEFT, ""),
    ],
)
def test_site_captions(code, side, caption):
    assert site_caption(code, side) == caption
    assert (body_site(code) is None) == (caption == "")


def test_an_encounter_is_open_until_it_ends():
    visit = Encounter(EncounterId("e"), a_patient_id(), a_stamp())

    assert visit.open
    assert not replace(visit, ending=Ending.DECLINED).open
    assert NOON.tzinfo is UTC
