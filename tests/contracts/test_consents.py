import pytest

from app.domain.clinical_image import ImageFactKind
from app.domain.consent import Refiling
from app.domain.ids import ConsentId, EncounterId, FactId
from app.domain.standing import Picture, State, standing
from tests.builders import TEACHING, TODAY, a_consent, a_withdrawal, an_answer
from tests.contracts.workbench import REFUSED


def a_picture(bench, patient):
    image = bench.photograph(patient)
    return Picture(bench.rendition(image, bench.clock.new_id().encode()), image)


def add(bench, *facts):
    with bench.change() as uow:
        for fact in facts:
            uow.consents.add(fact)


def history(bench, *patients):
    with bench.vault.reading() as records:
        return records.consents.history(patients)


def refile(bench, picture, was, now):
    """Move a picture as the service does: a fact about the picture and one about permission."""
    refiling = Refiling(
        FactId(bench.clock.new_id()), picture.filed.id, was, now, bench.stamp(), "mixed up"
    )
    add(bench, refiling)
    return refiling, Picture(
        picture.rendition, bench.say(picture.filed, ImageFactKind.PATIENT, now)
    )


class TestFacts:
    def test_consent_comes_back_as_it_was_signed(self, bench):
        patient = bench.patient()
        consent = a_consent(patient, an_answer(a_picture(bench, patient)))

        add(bench, consent)

        with bench.vault.reading() as records:
            assert records.consents.get(consent.id) == consent
            assert records.consents.get(ConsentId("none")) is None
            assert records.consents.of_encounter(consent.encounter) == (consent,)
            assert records.consents.of_encounter(EncounterId("other")) == ()

    def test_withdrawal_is_no_consent(self, bench):
        withdrawal = a_withdrawal(bench.patient())

        add(bench, withdrawal)

        with bench.vault.reading() as records:
            assert records.consents.get(ConsentId(withdrawal.id)) is None
            assert list(records.consents.all()) == [withdrawal]

    def test_same_fact_twice_is_refused(self, bench):
        withdrawal = a_withdrawal(bench.patient())
        add(bench, withdrawal)

        with pytest.raises(REFUSED):
            add(bench, withdrawal)


class TestHistory:
    def test_all_kinds_come_in_recorded_order(self, bench):
        patient, other = bench.patient(), bench.patient("Byrne")
        picture = a_picture(bench, patient)
        consent, withdrawal = a_consent(patient, an_answer(picture)), a_withdrawal(patient)
        add(bench, consent, a_consent(other, an_answer(a_picture(bench, other))), withdrawal)
        away, _ = refile(bench, picture, patient, other)
        back, _ = refile(bench, picture, other, patient)
        later = a_consent(patient)
        add(bench, later)

        assert history(bench, patient) == (consent, withdrawal, away, back, later)
        assert history(bench) == ()

    def test_facts_about_a_picture_follow_it_to_its_new_patient(self, bench):
        patient, other = bench.patient(), bench.patient("Byrne")
        picture = a_picture(bench, patient)
        consent = a_consent(patient, an_answer(picture))
        add(bench, consent)

        refiling, moved = refile(bench, picture, patient, other)

        found = history(bench, other)
        assert found == (consent, refiling)
        with bench.vault.reading() as records:
            links = records.patients.links()
        assert standing(moved, TEACHING, found, links, on=TODAY).state is State.VOID

    def test_own_consents_stay_when_the_picture_has_left(self, bench):
        patient, other = bench.patient(), bench.patient("Byrne")
        picture = a_picture(bench, patient)
        consent = a_consent(patient, an_answer(picture))
        add(bench, consent)

        refile(bench, picture, patient, other)

        assert history(bench, patient) == (consent,)

    def test_withdrawal_reaches_every_record_it_names(self, bench):
        patient, other = bench.patient(), bench.patient("Byrne")
        withdrawal = a_withdrawal(patient, others=(other,))

        add(bench, withdrawal)

        assert history(bench, other) == history(bench, patient) == (withdrawal,)

    def test_withdrawal_under_a_merged_record_is_not_missed(self, bench):
        patient, survivor = bench.patient(), bench.patient("Byrne")
        picture = a_picture(bench, survivor)
        consent, withdrawal = a_consent(survivor, an_answer(picture)), a_withdrawal(patient)
        bench.merge(patient, survivor)

        add(bench, consent, withdrawal)

        assert history(bench, survivor) == (consent, withdrawal)
        assert history(bench, patient) == (consent, withdrawal)

    def test_unmerged_records_have_their_own_history_again(self, bench):
        patient, survivor = bench.patient(), bench.patient("Byrne")
        bench.merge(patient, survivor)
        one, other = a_withdrawal(patient), a_withdrawal(survivor)
        add(bench, one, other)

        bench.unmerge(patient, survivor)

        assert history(bench, patient) == (one,)
        assert history(bench, survivor) == (other,)
