import re

import pytest

from app.domain.clinical_image import ImageFactKind
from app.domain.ids import StaffId
from app.domain.staff import Role, Staff
from app.store.codec import encode
from app.store.connection import IntegrityError
from tests.builders import a_consent, a_withdrawal

WORKED_OUT = {
    "patient_now",
    "patient_identifier",
    "patient_merged",
    "encounter_unfinished",
    "image_filed",
    "pseudonym",
}
ADDING = {"blob_is_added", "blob_is_erased"}  # triggers that note what came and went
OF_OTHERS = {"meta", "blob", "blob_key", "blob_chunk"}


@pytest.fixture
def connection(bench):
    return bench.vault.opened.database.writer()


def tables(connection):
    """Every table with its definition, without what the full-text search makes for itself."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: sql for name, sql in rows if not name.startswith(("sqlite_", "patient_search"))}


def recorded(connection):
    return tables(connection).keys() - WORKED_OUT - OF_OTHERS


def test_every_table_is_strict(connection):
    assert all(re.search(r"\bSTRICT\b", sql) for sql in tables(connection).values())


def test_recorded_rows_say_where_they_come_from(connection):
    lacking = {
        name
        for name, sql in tables(connection).items()
        if name in recorded(connection)
        and not all(column in sql for column in ("workstation", "recorded_by", "recorded_at"))
    }

    # They carry it in another form, or belong to a row that does.
    assert lacking == {
        "workstation",
        "audit_record",
        "blob_change",
    } | {"permission_patient", "permission_image"}


def test_recorded_rows_are_never_changed(bench, connection):
    patient = bench.patient("Okafor", "Amara", "77")
    other = bench.patient("Byrne")
    bench.merge(other, patient)
    image = bench.photograph(patient, bench.visit(patient).id)
    bench.rendition(image)
    with bench.change() as uow:
        uow.people.set_staff(Staff(StaffId("a"), "Ada", Role.READER), bench.stamp())
        uow.consents.add(a_withdrawal(patient))
        uow.consents.add(a_consent(patient))
    filled = 0
    for table in sorted(recorded(connection)):
        column = tables(connection)[table].split("(", 1)[1].split()[0]
        if connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0:  # noqa: S608
            continue
        filled += 1
        for sql in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(IntegrityError, match=f"{table} is never changed"):
                connection.execute(sql)
    assert filled > 10


def test_every_recorded_table_has_its_two_triggers(connection):
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()

    assert {name for (name,) in rows} - ADDING == {
        f"{table}_refuses_{change}"
        for table in recorded(connection)
        for change in ("update", "delete")
    }


def test_row_outside_a_transaction_is_refused(bench):
    version = bench.version(bench.clock.new_id(), None)
    with bench.vault.unit_of_work() as uow:
        patients = uow.patients

    with pytest.raises(AssertionError):
        patients.add_version(version)


def test_what_is_worked_out_agrees_with_what_was_recorded(bench, connection):
    patient, other = bench.patient("Okafor", "Amara", "77"), bench.patient("Byrne")
    visit = bench.visit(other)
    images = [bench.photograph(patient), bench.photograph()]
    bench.say(images[0], ImageFactKind.PATIENT, other)
    bench.say(images[0], ImageFactKind.ENCOUNTER, visit.id)
    bench.say(images[1], ImageFactKind.STATE, "discarded")

    with bench.vault.reading() as records:
        filed = [
            (image.patient or "", image.encounter or "", str(image.state))
            for image in records.images.all()
        ]
    sql = "SELECT patient, encounter, state FROM image_filed ORDER BY image"
    assert connection.execute(sql).fetchall() == filed


def test_bodies_are_canonical(bench, connection):
    patient = bench.patient("Ó Súilleabháin")

    (text,) = connection.execute("SELECT body FROM patient_version").fetchone()

    with bench.vault.reading() as records:
        assert text == encode(records.patients.get(patient).history[0])
        assert "Ó Súilleabháin" in text
