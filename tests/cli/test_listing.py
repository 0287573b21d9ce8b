import pytest

from app.domain.audit import Action


@pytest.mark.parametrize("what", ["patients", "encounters", "images", "consents"])
def test_empty_vault_lists_nothing(rooms, what):
    assert rooms.listed(what) == []
    assert rooms("list", what).out == ""


def test_patients_come_with_their_identifiers_and_merges(clinic_rooms, furnished):
    patients = {row["id"]: row for row in clinic_rooms.listed("patients")}

    assert len(patients) == 3
    amara = patients[furnished.patient]
    assert (amara["family"], amara["given"], amara["birth_date"]) == (
        "Okafor",
        "Amara",
        "1992-03-12",
    )
    assert amara["identifiers"] == [{"issuer": "MRN", "value": "0042-771"}]
    assert amara["merged_into"] is None
    assert patients[furnished.absorbed]["merged_into"] == furnished.patient
    assert patients[furnished.other]["name"] == "陳大文"


def test_encounters_say_how_they_ended(clinic_rooms, furnished):
    (visit,) = clinic_rooms.listed("encounters")

    assert visit["id"] == furnished.visit.id
    assert visit["patient"] == furnished.patient
    assert (visit["ending"], visit["step"], visit["care_record"]) == ("completed", "sign", "agreed")
    assert visit["closed_at"] > visit["opened_at"]


def test_images_say_where_they_are_filed_now(clinic_rooms, furnished):
    images = {row["id"]: row for row in clinic_rooms.listed("images")}

    assert len(images) == 3
    assert images[furnished.image.id]["body_site"] == "70559009"
    assert images[furnished.image.id]["encounter"] == furnished.visit.id
    assert images[furnished.moved.id]["patient"] == furnished.other
    assert sum(image["quarantine"] for image in images.values()) == 1


def test_consents_say_what_was_answered_and_what_stands(clinic_rooms, furnished):
    (consent,) = clinic_rooms.listed("consents")

    assert consent["id"] == furnished.consent.id
    assert consent["decided_by"] == "patient"
    assert (consent["granted"], consent["refused"]) == (["teaching-local"], ["publication"])
    stands = {answer["use"]: answer["stands"] for answer in consent["answers"]}
    assert stands == {"teaching-local": "withdrawn", "publication": "refused"}
    assert {answer["until"] for answer in consent["answers"]} == {"2030-01-31", None}


def test_rows_are_one_a_line(clinic_rooms):
    lines = clinic_rooms("list", "images", "--json").out.splitlines()

    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 5)


def test_table_has_a_line_of_columns(clinic_rooms):
    first, *rows = clinic_rooms("list", "patients").out.splitlines()

    assert first.split("\t")[:3] == ["id", "name", "family"]
    assert {len(row.split("\t")) for row in rows} == {len(first.split("\t"))}
    assert '[{"issuer": "MRN", "value": "0042-771"}]' in rows[0]


def test_table_keeps_its_lines_whatever_a_name_holds(rooms, card):
    rooms.bring(card / "1.jpg", patient="MRN|a\nb\tc\x1b[31m")

    _, row = rooms("list", "patients").out.splitlines()

    assert r"a\nb\tc\u001b[31m" in row


def test_that_a_list_was_made_is_recorded(clinic_rooms):
    clinic_rooms.listed("patients")

    with clinic_rooms.opened() as workplace, workplace.vault.reading() as records:
        newest = records.audit.newest(limit=5)
    assert any(Action.REPORT_WRITTEN.value in record.body for record in newest)
