from dataclasses import replace

import pytest

from app.domain.backup import BackupMade
from app.domain.clinic import Clinic, FormApproval
from app.domain.disclosure import HandOver, OriginalExtract
from app.domain.document import CopyHandedOver, DocumentKind, StoredDocument
from app.domain.ids import (
    BlobId,
    ConsentId,
    DocumentId,
    EncounterId,
    FactId,
    ImageId,
    PatientId,
    Sha256,
    StaffId,
)
from app.domain.protection import GlassBroken, GlassReason
from app.domain.staff import Role, Staff
from app.store.errors import BlobErasedError
from tests.builders import TODAY
from tests.contracts.workbench import REFUSED


def a_paper(bench, patient, *, encounter=None, consent=None):
    with bench.change() as uow:
        blob, digest = bench.blob(uow, b"%PDF-1.7 a paper")
        paper = StoredDocument(
            id=DocumentId(bench.clock.new_id()),
            kind=DocumentKind.CONSENT_COPY,
            patient=patient,
            encounter=encounter,
            consent=consent,
            withdrawal=None,
            sha256=digest,
            blob=blob,
            media_type="application/pdf",
            stamp=bench.stamp(),
        )
        uow.documents.add(paper)
    return paper


class TestDocuments:
    def test_papers_are_found_by_what_they_belong_to(self, bench):
        one, two = bench.patient(), bench.patient("Byrne")
        visit, consent = EncounterId("visit"), ConsentId("consent")
        first = a_paper(bench, one, encounter=visit, consent=consent)
        second = a_paper(bench, one, encounter=visit)
        third = a_paper(bench, two, consent=consent)

        with bench.vault.reading() as records:
            papers = records.documents
            assert papers.get(second.id) == second
            assert papers.get(DocumentId("none")) is None
            assert papers.of_encounter(visit) == (first, second)
            assert papers.of_consent(consent) == (first, third)
            assert papers.of_patients([one]) == (second, first)
            assert papers.of_patients([two, one]) == (third, second, first)

    def test_what_became_of_the_copies_comes_oldest_first(self, bench):
        paper = a_paper(bench, bench.patient())
        declined, printed = (
            CopyHandedOver(FactId(bench.clock.new_id()), paper.id, way, bench.stamp())
            for way in (HandOver.DECLINED, HandOver.PRINTED)
        )

        with bench.change() as uow:
            uow.documents.add_hand_over(declined)
            uow.documents.add_hand_over(printed)

        with bench.vault.reading() as records:
            assert records.documents.hand_overs(paper.id) == (declined, printed)
            assert records.documents.hand_overs(DocumentId("none")) == ()

    def test_paper_without_its_blob_is_refused(self, bench):
        paper = a_paper(bench, bench.patient())

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.documents.add(replace(paper, id=DocumentId("new"), blob=BlobId("none")))


class TestDisclosures:
    def test_extracts_come_in_recorded_order(self, bench):
        image = bench.photograph().id
        extracts = [
            OriginalExtract(image, "second opinion", to, bench.stamp()) for to in ("Dr Z", "Dr A")
        ]

        with bench.change() as uow:
            for extract in extracts:
                uow.disclosures.add(extract)

        with bench.vault.reading() as records:
            assert list(records.disclosures.all()) == extracts

    def test_extract_of_an_unknown_picture_is_refused(self, bench):
        extract = OriginalExtract(ImageId("none"), "second opinion", "Dr A", bench.stamp())

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.disclosures.add(extract)


class TestBackups:
    def test_last_one_is_the_last_that_was_recorded(self, bench):
        with bench.vault.reading() as records:
            assert records.disclosures.last_backup() is None
        later, earlier = (
            BackupMade(point, "rooms", 2, 4096, 0, bench.stamp()) for point in ("b", "a")
        )

        for made in (later, earlier):
            with bench.change() as uow:
                uow.disclosures.add_backup(made)

        with bench.vault.reading() as records:
            assert records.disclosures.last_backup() == earlier


class TestPeople:
    def test_newest_clinic_rules(self, bench):
        approval = FormApproval(Sha256("f" * 64), "Dr Ada Byrne", TODAY)
        clinic = Clinic("St Brigid's", "Dermatology", "1 Main St\nDublin", "01 234", b"\x89PNG\x00")

        for version in (clinic, replace(clinic, approvals=(approval,))):
            with bench.change() as uow:
                uow.people.set_clinic(version, bench.stamp())

        with bench.vault.reading() as records:
            assert records.people.clinic() == replace(clinic, approvals=(approval,))

    def test_vault_without_a_clinic_is_a_bug(self, bench):
        with bench.vault.reading() as records, pytest.raises(LookupError):
            records.people.clinic()

    def test_staff_stand_as_last_recorded_in_the_order_of_joining(self, bench):
        ada = Staff(StaffId("a"), "Ada Byrne", Role.ADMINISTRATOR, "pin")
        joy = Staff(StaffId("j"), "Joy Mbeki", Role.READER)
        disabled = replace(ada, active=False)

        for member in (ada, joy, disabled):
            with bench.change() as uow:
                uow.people.set_staff(member, bench.stamp())

        with bench.vault.reading() as records:
            assert records.people.all_staff() == (disabled, joy)
            assert records.people.staff(ada.id) == disabled
            assert records.people.staff(StaffId("none")) is None


class TestBrokenGlass:
    def test_what_was_opened_with_a_reason_comes_newest_first(self, bench):
        patient = bench.patient()
        broken = [
            GlassBroken(
                FactId(bench.clock.new_id()), patient, why, "on call tonight", bench.stamp()
            )
            for why in (GlassReason.EMERGENCY, GlassReason.OTHER)
        ]

        for glass in broken:
            with bench.change() as uow:
                uow.people.add_broken(glass)

        with bench.vault.reading() as records:
            assert records.people.broken(broken[0].stamp.at) == (broken[1], broken[0])
            assert records.people.broken(broken[1].stamp.at) == (broken[1],)

    def test_glass_of_an_unknown_patient_is_refused(self, bench):
        broken = GlassBroken(
            FactId("g"), PatientId("none"), GlassReason.OTHER, "on call tonight", bench.stamp()
        )

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.people.add_broken(broken)


class TestBlobs:
    def test_bytes_come_back(self, bench):
        with bench.change() as uow:
            blob, _ = bench.blob(uow, bytes(range(256)))

        with bench.vault.reading() as records:
            assert records.blobs.read(blob) == bytes(range(256))

    def test_erased_bytes_are_gone(self, bench):
        with bench.change() as uow:
            blob, _ = bench.blob(uow, b"gone")

        with bench.change() as uow:
            uow.blobs.erase(blob)

        with bench.vault.reading() as records, pytest.raises(BlobErasedError):
            records.blobs.read(blob)

    def test_unknown_blob_is_a_bug(self, bench):
        with bench.vault.reading() as records, pytest.raises(LookupError):
            records.blobs.read(BlobId("none"))

    def test_same_blob_twice_is_refused(self, bench):
        with bench.change() as uow:
            blob, _ = bench.blob(uow, b"one")

        with pytest.raises(REFUSED), bench.change() as uow:
            uow.blobs.put(blob, b"two")
