import re
from datetime import date

import pytest

from app.domain.ids import BlobId, ConsentId, DocumentId, PatientId, RenditionId, Sha256, StaffId
from app.domain.patient import Demographics, PatientIdentifier
from tests.builders import NOON

# Small whatever the vault holds, or read from one end and stopped by a limit.
MAY_BE_SCANNED = {"json_each", "one", "person", "bearing", "patient_search", "encounter_unfinished"}
MAY_BE_SCANNED |= {"patient_link", "staff_version", "patient_merged"}

SOMEBODY = PatientId("somebody")
ASKED = {
    "patient": lambda records: records.patients.get(SOMEBODY),
    "search": lambda records: records.patients.search("oka ama"),
    "identifier": lambda records: records.patients.with_identifier(PatientIdentifier("MRN", "7")),
    "like": lambda records: records.patients.like(
        Demographics("A", "B", date(1992, 3, 12), identifiers=(PatientIdentifier("MRN", "7"),))
    ),
    "unfinished": lambda records: records.encounters.unfinished(),
    "visits": lambda records: records.encounters.of_patients([SOMEBODY]),
    "visits since": lambda records: records.encounters.opened_since(NOON),
    "draft": lambda records: records.encounters.draft("visit"),
    "images": lambda records: records.images.of_patients([SOMEBODY]),
    "images of a visit": lambda records: records.images.of_encounter("visit"),
    "quarantine": lambda records: records.images.quarantine(),
    "duplicates": lambda records: records.images.with_sha256(Sha256("a")),
    "renditions": lambda records: records.images.renditions("image"),
    "rendition": lambda records: records.images.rendition(RenditionId("r")),
    "assessment": lambda records: records.images.assessment(RenditionId("r")),
    "consent": lambda records: records.consents.get(ConsentId("c")),
    "history": lambda records: records.consents.history([SOMEBODY]),
    "consents of a visit": lambda records: records.consents.of_encounter("visit"),
    "papers": lambda records: records.documents.of_patients([SOMEBODY]),
    "papers of a visit": lambda records: records.documents.of_encounter("visit"),
    "papers of a consent": lambda records: records.documents.of_consent(ConsentId("c")),
    "copies": lambda records: records.documents.hand_overs(DocumentId("d")),
    "staff": lambda records: records.people.staff(StaffId("a")),
    "clinic": lambda records: records.people.clinic(),
    "events": lambda records: records.audit.newest(limit=5),
    "events of a patient": lambda records: records.audit.newest(patient=SOMEBODY),
    "end of a chain": lambda records: records.audit.head("ws-1"),
    "part of a chain": lambda records: list(records.audit.records("ws-1", after=9)),
    "pseudonym": lambda records: records.audit.patient_of("p"),
    "content": lambda records: records.blobs.read(BlobId("b")),
}


@pytest.mark.parametrize("asked", list(ASKED))
def test_no_question_reads_a_whole_table(bench, asked):
    """Neither when the tables are long: what the planner scans without an index is named here."""
    with bench.vault.unit_of_work() as uow:
        uow.patients.add_version(bench.version(SOMEBODY, Demographics("Okafor", "Amara")))
        uow.record(bench.event(SOMEBODY))
        uow.commit()
    reader = bench.vault.opened.database.reader()
    said: list[str] = []

    with bench.vault.reading() as records:
        reader.set_trace_callback(said.append)
        try:
            ASKED[asked](records)
        except LookupError:
            pass  # it asked, which is enough
        finally:
            reader.set_trace_callback(None)

    scanned = {table for sql in said for table in scans(reader, sql)}
    assert scanned - MAY_BE_SCANNED == set()


def scans(reader, sql):
    """The tables that a statement reads from one end to the other, without a limit to stop it."""
    of_the_search_itself = "patient_search_" in sql
    if of_the_search_itself or not sql.lstrip().upper().startswith(("SELECT", "WITH")):
        return
    stopped = "LIMIT" in sql
    for *_, detail in reader.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall():
        if re.search(r"TEMP B-TREE FOR ORDER BY", detail) and stopped:
            yield "a sort before the limit"
        found = re.match(r"SCAN (\w+)", detail)
        if found and not (stopped and "TEMP B-TREE" not in detail):
            yield found[1]
