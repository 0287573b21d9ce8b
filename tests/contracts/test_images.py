from dataclasses import replace

import pytest

from app.domain.clinical_image import ImageFactKind, ImageState
from app.domain.ids import BlobId, EncounterId, FactId, ImageId, RenditionId
from app.domain.rendition import Assessment, Identifiable, Resolution, SettledFinding
from tests.contracts.workbench import REFUSED


@pytest.fixture
def patient(bench):
    return bench.patient()


@pytest.fixture
def visit(bench, patient):
    return bench.visit(patient)


class TestPhotographs:
    def test_photograph_comes_back_with_its_facts(self, bench, patient, visit):
        image = bench.photograph(patient, visit.id)

        image = bench.say(image, ImageFactKind.BODY_SITE, "70559009")

        with bench.vault.reading() as records:
            assert records.images.get(image.id) == image
            assert records.images.get(ImageId("none")) is None

    def test_same_bytes_are_found_by_their_hash(self, bench, patient):
        one, two = bench.photograph(data=b"same"), bench.photograph(data=b"same")
        bench.photograph(data=b"other")

        with bench.vault.reading() as records:
            assert records.images.with_sha256(one.image.sha256) == (one, two)

    def test_visit_and_patient_are_as_filed_now(self, bench, patient, visit):
        other = bench.patient("Byrne")
        kept, moved = bench.photograph(patient, visit.id), bench.photograph(patient, visit.id)

        moved = bench.say(moved, ImageFactKind.PATIENT, other)
        moved = bench.say(moved, ImageFactKind.ENCOUNTER, bench.visit(other).id)

        with bench.vault.reading() as records:
            assert records.images.of_encounter(visit.id) == (kept,)
            assert records.images.of_patients([patient]) == (kept,)
            assert records.images.of_patients([other]) == (moved,)
            assert records.images.of_patients([other, patient]) == (kept, moved)
            assert records.images.of_patients([]) == ()
            assert list(records.images.all()) == [kept, moved]

    def test_quarantine_waits_for_a_visit(self, bench, patient, visit):
        waiting, assigned, discarded = bench.photograph(), bench.photograph(), bench.photograph()
        taken_back = bench.photograph(patient, visit.id)

        bench.say(assigned, ImageFactKind.ENCOUNTER, visit.id)
        bench.say(discarded, ImageFactKind.STATE, ImageState.DISCARDED)
        taken_back = bench.say(taken_back, ImageFactKind.ENCOUNTER, "")

        with bench.vault.reading() as records:
            assert records.images.quarantine() == (waiting, taken_back)
            assert records.images.of_encounter(EncounterId("")) == ()

    def test_state_that_was_taken_back_is_kept(self, bench):
        image = bench.say(bench.photograph(), ImageFactKind.STATE, ImageState.DISCARDED)

        image = bench.say(image, ImageFactKind.STATE, "")

        with bench.vault.reading() as records:
            assert records.images.quarantine() == (image,)

    def test_photograph_without_its_blob_is_refused(self, bench):
        image = bench.photograph().image

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.images.add(replace(image, id=ImageId("new"), original=BlobId("none")), [])

    def test_fact_about_another_picture_is_refused(self, bench):
        one, two = bench.photograph().image, bench.photograph().image
        fact = bench.fact(two.id, ImageFactKind.VIEW, "context")

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.images.add(replace(one, id=ImageId("new")), [fact])

    def test_fact_about_an_unknown_picture_is_refused(self, bench):
        with pytest.raises(REFUSED), bench.change() as uow:
            uow.images.add_fact(bench.fact(ImageId("none"), ImageFactKind.VIEW, "context"))


class TestRenditions:
    def test_renditions_come_oldest_first(self, bench):
        image = bench.photograph()
        first, second = bench.rendition(image, b"one"), bench.rendition(image, b"two")
        bench.rendition(bench.photograph(), b"three")

        with bench.vault.reading() as records:
            assert records.images.renditions(image.id) == (first, second)
            assert records.images.rendition(second.id) == second
            assert records.images.rendition(RenditionId("none")) is None

    def test_rendition_of_an_unknown_picture_is_refused(self, bench):
        rendition = bench.rendition(bench.photograph())

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.images.add_rendition(
                replace(rendition, id=RenditionId("new"), image=ImageId("none"))
            )

    def test_newest_assessment_rules(self, bench):
        rendition = bench.rendition(bench.photograph())
        settled = SettledFinding("position/GPSLatitude", Resolution.ACCEPTED, "a park")
        unsure, sure = (
            Assessment(FactId(bench.clock.new_id()), rendition.id, who, found, bench.stamp())
            for who, found in ((Identifiable.UNSURE, ()), (Identifiable.NO, (settled,)))
        )

        with bench.change() as uow:
            uow.images.add_assessment(unsure)
            uow.images.add_assessment(sure)

        with bench.vault.reading() as records:
            assert records.images.assessment(rendition.id) == sure
            assert records.images.assessment(RenditionId("none")) is None
