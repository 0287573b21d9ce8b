import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.audit import FIRST_LINK, link
from app.domain.ids import Sha256, WorkstationId
from app.store.audit_log import AuditHead, AuditLog
from app.store.connection import IntegrityError, transaction

HERE = WorkstationId("ws-1")
ELSEWHERE = WorkstationId("ws-2")


def write_events(bench, count, workstation=HERE):
    with transaction(bench.vault.opened.database.writer()) as connection:
        for _ in range(count):
            AuditLog(connection).add(replace(bench.event(), workstation=workstation))


def tamper(bench, sql, *parameters):
    """Change the trail as somebody would who has the key: without the triggers."""
    with transaction(bench.vault.opened.database.writer()) as connection:
        connection.execute("DROP TRIGGER IF EXISTS audit_record_refuses_update")
        connection.execute("DROP TRIGGER IF EXISTS audit_record_refuses_delete")
        connection.execute(sql, parameters)


def faults(bench, *known):
    with bench.vault.reading() as records:
        return [(f.workstation, f.sequence, f.what) for f in records.audit.faults(known)]


def head(bench, workstation=HERE):
    with bench.vault.reading() as records:
        return records.audit.head(workstation)


class TestChains:
    def test_sound_chains_have_no_fault(self, bench):
        write_events(bench, 5)
        write_events(bench, 3, ELSEWHERE)

        assert faults(bench) == []

    def test_each_workstation_has_a_chain_of_its_own(self, bench):
        write_events(bench, 2)
        write_events(bench, 3, ELSEWHERE)
        write_events(bench, 1)

        with bench.vault.reading() as records:
            assert records.audit.workstations() == (HERE, ELSEWHERE)
            assert [h.sequence for h in records.audit.heads()] == [3, 3]
            newest = [(r.workstation, r.sequence) for r in records.audit.newest(limit=2)]
        assert newest == [(HERE, 3), (ELSEWHERE, 3)]

    @pytest.mark.parametrize(
        ("sql", "sequence", "what"),
        [
            ("UPDATE audit_record SET body = upper(body) WHERE sequence = 3", 3, "changed"),
            ("UPDATE audit_record SET hash = previous WHERE sequence = 3", 3, "changed"),
            ("DELETE FROM audit_record WHERE sequence = 3", 3, "missing or out of order"),
            ("DELETE FROM audit_record WHERE sequence = 1", 1, "missing or out of order"),
            (
                "UPDATE audit_record SET sequence = 9 WHERE sequence = 3",
                3,
                "missing or out of order",
            ),
        ],
    )
    def test_fault_is_named_at_its_place(self, bench, sql, sequence, what):
        write_events(bench, 5)
        write_events(bench, 2, ELSEWHERE)

        tamper(bench, sql.replace("WHERE", "WHERE workstation = 'ws-1' AND"))

        assert faults(bench) == [(HERE, sequence, what)]

    def test_record_moved_to_another_chain_is_found(self, bench):
        write_events(bench, 1, ELSEWHERE)

        tamper(bench, "UPDATE audit_record SET workstation = 'ws-1'")

        assert faults(bench) == [(HERE, 1, "moved")]

    def test_chain_written_anew_is_found_by_its_kept_end(self, bench):
        write_events(bench, 2)
        kept = head(bench)
        with bench.vault.reading() as records:
            last = list(records.audit.records(HERE))[-1]

        body = last.body.replace("success", "failure")
        digest = link(last.previous, body)
        tamper(bench, "UPDATE audit_record SET body = ?, hash = ? WHERE sequence = 2", body, digest)

        assert faults(bench) == []
        assert faults(bench, kept) == [(HERE, 2, "not the record that was there before")]

    def test_chain_that_was_cut_is_found_by_its_kept_end(self, bench):
        write_events(bench, 5)
        kept = head(bench)

        tamper(bench, "DELETE FROM audit_record WHERE sequence > 3")

        assert faults(bench) == []
        assert faults(bench, kept) == [(HERE, 5, "not the record that was there before")]

    def test_chain_that_went_on_contains_its_kept_end(self, bench):
        write_events(bench, 2)
        kept = head(bench)

        write_events(bench, 2)

        assert faults(bench, kept, AuditHead(ELSEWHERE, 0, FIRST_LINK)) == []

    def test_chain_that_is_gone_is_found_by_its_kept_end(self, bench):
        kept = AuditHead(ELSEWHERE, 4, Sha256("a" * 64))

        assert faults(bench, kept) == [(ELSEWHERE, 4, "not the record that was there before")]

    def test_empty_chain_ends_at_the_first_link(self, bench):
        assert head(bench) == AuditHead(HERE, 0, FIRST_LINK)

    def test_long_chain_is_read_in_pages(self, bench):
        write_events(bench, 1203)

        with bench.vault.reading() as records:
            assert [r.sequence for r in records.audit.records(HERE)] == list(range(1, 1204))
        assert faults(bench) == []

    @given(place=st.integers(1, 6), column=st.sampled_from(["body", "previous", "hash"]))
    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_changed_letter_is_found(self, bench, place, column):
        with bench.vault.reading() as records:
            missing = 6 - records.audit.head(HERE).sequence
        write_events(bench, missing)
        read = f"SELECT {column} FROM audit_record WHERE sequence = ?"  # noqa: S608
        write = f"UPDATE audit_record SET {column} = ? WHERE sequence = ?"  # noqa: S608
        kept = bench.vault.opened.database.writer().execute(read, (place,)).fetchone()[0]
        other = ("b" if kept[0] == "a" else "a") + kept[1:]

        tamper(bench, write, other, place)

        found = faults(bench)
        tamper(bench, write, kept, place)
        assert found == [(HERE, place, "changed")]
        assert faults(bench) == []


class TestPseudonyms:
    def test_one_person_has_one_pseudonym(self, bench):
        write_events(bench, 2)

        with bench.vault.reading() as records:
            pseudonyms = {json.loads(r.body)["by"] for r in records.audit.newest()}
        assert len(pseudonyms) == 1

    def test_pseudonym_is_not_worked_out_from_the_person(self, bench, empty_vault, tmp_path):
        (tmp_path / "other").mkdir()
        write_events(bench, 1)
        with empty_vault.opened(empty_vault.copied_to(tmp_path / "other")) as other:
            write_events(replace(bench, vault=other), 1)
            with other.reading() as records:
                theirs = json.loads(records.audit.newest()[0].body)["by"]

        with bench.vault.reading() as records:
            assert json.loads(records.audit.newest()[0].body)["by"] != theirs

    def test_forgotten_patient_leaves_a_sound_chain_that_names_nobody(self, bench):
        patient, other = bench.patient(), bench.patient("Byrne")
        with bench.vault.unit_of_work() as uow:
            for person in (patient, other):
                uow.record(bench.event(person))
            uow.commit()

        with bench.change() as uow:
            uow.audit.forget_patient(patient)

        with bench.vault.reading() as records:
            assert records.audit.newest(patient=patient) == ()
            assert len(records.audit.newest(patient=other)) == 1
            bodies = [json.loads(r.body)["patient"] for r in records.audit.newest()]
            known = [records.audit.patient_of(p) for p in bodies if p]
        assert known == [other, None]
        assert faults(bench) == []

    def test_trail_itself_is_never_changed(self, bench):
        write_events(bench, 1)
        connection = bench.vault.opened.database.writer()

        for sql in (
            "UPDATE audit_record SET body = ''",
            "DELETE FROM audit_record",
            "INSERT OR REPLACE INTO audit_record SELECT * FROM audit_record",
            "UPDATE OR REPLACE audit_record SET sequence = 1",
        ):
            with pytest.raises(IntegrityError, match="audit_record is never changed"):
                connection.execute(sql)
