from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.consent import Decision
from app.domain.consent_draft import ConsentDraft, DraftPicture
from app.domain.encounter import Encounter, Ending, Step
from app.domain.ids import EncounterId, PatientId, RenditionId, Sha256, UseId
from app.domain.rendition import Identifiable
from tests.builders import before_camera
from tests.contracts.workbench import REFUSED

TEACHING = UseId("teaching-local")


def a_draft():
    picture = DraftPicture(RenditionId("r-1"), Sha256("a" * 64), Identifiable.NO)
    return ConsentDraft("form", 1, Sha256("f" * 64), "en", (picture,), (TEACHING,))


def read(bench, encounter):
    with bench.vault.reading() as records:
        return records.encounters.get(encounter.id)


class TestOneVisit:
    def test_visit_comes_back_as_it_was_opened(self, bench):
        encounter = bench.visit(bench.patient())

        assert read(bench, encounter) == encounter
        assert encounter.open

    def test_unknown_visit_is_none(self, bench):
        with bench.vault.reading() as records:
            assert records.encounters.get(EncounterId("none")) is None
            assert records.encounters.draft(EncounterId("none")) is None

    def test_step_and_what_was_settled_are_kept(self, bench):
        encounter = bench.visit(bench.patient())

        with bench.change() as uow:
            uow.encounters.set_before(encounter.id, before_camera(), bench.stamp())
            uow.encounters.set_step(encounter.id, Step.CAPTURE, bench.stamp())
            uow.encounters.set_step(encounter.id, Step.SHOW, bench.stamp())

        assert read(bench, encounter) == replace(encounter, before=before_camera(), step=Step.SHOW)

    def test_newest_draft_rules(self, bench):
        encounter = bench.visit(bench.patient())
        answered = a_draft().answer(TEACHING, Decision.GRANTED)

        with bench.change() as uow:
            uow.encounters.set_draft(encounter.id, a_draft(), bench.stamp())
            uow.encounters.set_draft(encounter.id, answered, bench.stamp())

        with bench.vault.reading() as records:
            assert records.encounters.draft(encounter.id) == answered
        assert read(bench, encounter) == encounter

    def test_ending_says_why_and_when(self, bench):
        encounter, stamp = bench.visit(bench.patient()), bench.stamp()

        with bench.change() as uow:
            uow.encounters.end(encounter.id, Ending.DECLINED, "too tired", stamp)

        found = read(bench, encounter)
        assert (found.ending, found.ending_reason, found.closed) == (
            Ending.DECLINED,
            "too tired",
            stamp,
        )

    def test_reopened_visit_goes_on_at_a_step(self, bench):
        encounter = bench.visit(bench.patient())
        with bench.change() as uow:
            uow.encounters.end(encounter.id, Ending.DECLINED, "too tired", bench.stamp())

        with bench.change() as uow:
            uow.encounters.reopen(encounter.id, Step.SHOW, bench.stamp())

        assert read(bench, encounter) == replace(encounter, step=Step.SHOW)
        with bench.vault.reading() as records:
            assert [e.id for e in records.encounters.unfinished()] == [encounter.id]

    def test_fact_about_an_unknown_visit_is_refused(self, bench):
        with pytest.raises(REFUSED), bench.change() as uow:
            uow.encounters.set_step(EncounterId("none"), Step.SIGN, bench.stamp())

    def test_visit_of_an_unknown_patient_is_refused(self, bench):
        with pytest.raises(REFUSED):
            bench.visit(PatientId("nobody"))

    def test_same_visit_twice_is_refused(self, bench):
        encounter = bench.visit(bench.patient())

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.encounters.open(encounter)


class TestManyVisits:
    def test_unfinished_come_newest_first_without_the_ended(self, bench):
        patient = bench.patient()
        first, second, third = bench.visit(patient), bench.visit(patient), bench.visit(patient)

        with bench.change() as uow:
            uow.encounters.end(second.id, Ending.COMPLETED, "", bench.stamp())

        with bench.vault.reading() as records:
            assert [e.id for e in records.encounters.unfinished()] == [third.id, first.id]
            assert [e.id for e in records.encounters.all()] == [first.id, second.id, third.id]

    def test_visit_that_came_with_its_ending_is_not_unfinished(self, bench):
        patient, stamp = bench.patient(), bench.stamp()
        ended = Encounter(
            EncounterId(bench.clock.new_id()), patient, stamp, ending=Ending.ABANDONED, closed=stamp
        )

        with bench.change() as uow:
            uow.encounters.open(ended)

        with bench.vault.reading() as records:
            assert records.encounters.unfinished() == ()

    def test_of_patients_are_theirs_only_newest_first(self, bench):
        one, two, three = bench.patient(), bench.patient(), bench.patient()
        visits = [bench.visit(patient) for patient in (one, two, three, one)]

        with bench.vault.reading() as records:
            found = records.encounters.of_patients([one, three])
            assert records.encounters.of_patients([]) == ()

        assert [e.id for e in found] == [visits[3].id, visits[2].id, visits[0].id]

    def test_opened_since_includes_the_moment(self, bench):
        patient = bench.patient()
        bench.visit(patient)
        later = bench.visit(patient)
        at = later.opened.at

        with bench.vault.reading() as records:
            assert [e.id for e in records.encounters.opened_since(at)] == [later.id]
            assert records.encounters.opened_since(at + timedelta(microseconds=1)) == ()
