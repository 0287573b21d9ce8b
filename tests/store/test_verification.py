from dataclasses import replace
from itertools import islice

import pytest

from app.domain.audit import FIRST_LINK, Action, AuditEvent
from app.domain.fingerprint import fingerprint
from app.domain.ids import FactId
from app.domain.patient import PatientVersion
from app.domain.verification import FindingKind, VerificationReport
from app.store.audit_log import AuditHead
from app.store.connection import PAGE_BYTES, transaction
from app.store.errors import PageDamagedError, StoreBusyError, VaultDamagedError
from app.store.verification import BODIES, verify
from tests.builders import (
    NOON,
    TEACHING,
    a_patient_id,
    a_stamp,
    a_withdrawal,
    an_id,
    demographics,
)
from tests.fakes import WORKSTATION
from tests.store.furnishing import furnish


def a_version(patient):
    return PatientVersion(FactId(an_id()), patient, demographics(), a_stamp())


def an_event(action, details):
    return AuditEvent(action, NOON, a_stamp().by, WORKSTATION, details=details)


def checked(bench, *known) -> VerificationReport:
    *_, report = verify(bench.vault, known)
    return report


def found(bench, *known):
    return [(finding.kind, finding.where) for finding in checked(bench, *known).findings]


def tamper(bench, *statements):
    """Change rows as somebody would who has the key: without triggers and references."""
    connection = bench.vault.opened.database.writer()
    connection.execute("PRAGMA foreign_keys = OFF")
    with transaction(connection):
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (trigger,) in rows.fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def furnished(bench):
    return furnish(bench)


class TestSound:
    def test_empty_vault_is_sound(self, bench):
        assert checked(bench) == VerificationReport(complete=True)
        assert checked(bench).sound

    def test_furnished_vault_is_sound(self, bench, furnished):
        report = checked(bench)

        assert report.findings == ()
        assert report.sound
        assert report.done == report.total > 20

    def test_progress_goes_to_the_end(self, bench, furnished):
        reports = list(verify(bench.vault))

        assert [r.done for r in reports] == sorted(r.done for r in reports)
        assert {r.total for r in reports} == {reports[-1].done}
        assert [r.complete for r in reports] == [False] * (len(reports) - 1) + [True]

    def test_broken_off_it_is_neither_complete_nor_sound_and_holds_nothing(self, bench, furnished):
        _, report = islice(verify(bench.vault), 2)

        assert not report.sound
        bench.vault.opened.database.checkpoint()

    def test_work_goes_on_between_the_steps(self, bench, furnished):
        reports = []
        for report in verify(bench.vault):
            reports.append(report)
            if report.done < 100:
                bench.patient("Chen")

        assert reports[-1].sound

    def test_erased_content_is_no_finding(self, bench, furnished):
        with bench.change() as uow:
            uow.blobs.erase(furnished.image.image.original)

        assert checked(bench).sound

    def test_content_erased_during_the_check_is_no_finding(self, bench, furnished):
        steps = verify(bench.vault)
        report = next(steps)
        while report.done < report.total - 3:  # the last contents, the paper among them
            report = next(steps)
        with bench.change() as uow:
            uow.blobs.erase(furnished.paper.blob)

        assert [report.findings for report in steps][-1] == ()


class TestFindings:
    @pytest.mark.parametrize(
        ("statement", "where"),
        [
            ("UPDATE patient_version SET body = '{}' WHERE seq = 1", "patient_version/1"),
            ("UPDATE permission_fact SET body = 'x' WHERE seq = 2", "permission_fact/2"),
            ("UPDATE clinic_version SET body = replace(body, 'Brigid', '\"')", "clinic_version/1"),
            (
                "UPDATE image SET body = replace(body, 'ClinicalImage', 'ImageFact')",
                "image/1",
            ),
        ],
    )
    def test_row_that_is_not_ours(self, bench, furnished, statement, where):
        tamper(bench, statement)

        assert (FindingKind.RECORD_UNREADABLE, where) in found(bench)

    def test_audit_chain_that_was_changed(self, bench, furnished):
        tamper(bench, "UPDATE audit_record SET body = body || ' ' WHERE sequence = 2")

        assert found(bench) == [(FindingKind.AUDIT_CHAIN, f"{bench.vault.workstation}/2")]

    def test_audit_chain_without_its_kept_end(self, bench):
        head = AuditHead(bench.vault.workstation, 7, FIRST_LINK)

        assert found(bench, head) == [(FindingKind.AUDIT_CHAIN, f"{bench.vault.workstation}/7")]

    def test_content_that_was_changed(self, bench, furnished):
        blob = furnished.image.image.original

        wiped = "UPDATE blob_chunk SET data = zeroblob(length(data)) WHERE blob_id = '{}'"
        tamper(bench, wiped.format(blob))

        assert found(bench) == [(FindingKind.CONTENT_DAMAGED, blob)]

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_content_other_than_the_one_that_is_named(self, bench, furnished, place):
        blob = (
            furnished.image.image.original,
            furnished.rendition.blob,
            furnished.paper.blob,
        )[place]
        table = ("image", "rendition", "document")[place]

        tamper(bench, f"UPDATE {table} SET sha256 = '{'0' * 64}' WHERE seq = 1")  # noqa: S608

        assert found(bench) == [(FindingKind.CONTENT_DIFFERS, blob)]

    def test_reference_to_nothing(self, bench, furnished):
        tamper(bench, "DELETE FROM encounter")

        kinds = {kind for kind, _ in found(bench)}
        assert kinds == {FindingKind.STRUCTURE}

    def test_findings_hold_nothing_of_the_patient(self, bench, furnished):
        tamper(
            bench,
            "UPDATE patient_version SET body = replace(body, 'Okafor', 'Okafor\"')",
            "DELETE FROM encounter",
        )

        assert "kafor" not in repr(checked(bench))


class TestDamage:
    def test_every_damaged_page_is_told_and_the_rest_is_looked_at(
        self, bench, furnished, empty_vault, tmp_path
    ):
        path = tmp_path / empty_vault.path.name
        bench.vault.opened.database.checkpoint()
        pages = path.stat().st_size // PAGE_BYTES
        bench.vault.close()
        whole = path.read_bytes()
        seen = set()
        for page in range(2, pages, 3):
            content = bytearray(whole)
            content[page * PAGE_BYTES + 50] ^= 1
            path.write_bytes(content)
            try:
                again = empty_vault.opened(path)
            except VaultDamagedError:
                continue  # one of the few pages without which it is not opened
            with again:
                report = checked(replace(bench, vault=again))
            assert report.complete
            assert (FindingKind.PAGE_DAMAGED, str(page + 1)) in [
                (f.kind, f.where) for f in report.findings
            ]
            seen |= {f.kind for f in report.findings}

        assert FindingKind.RECORD_UNREADABLE in seen
        assert FindingKind.CONTENT_DAMAGED in seen

    def test_tables_that_cannot_be_read_are_told(self, bench, furnished, monkeypatch):
        """What a damaged index or inner page does, wherever it lies in the file."""

        def damaged(*_):
            raise PageDamagedError

        monkeypatch.setattr(bench.vault.opened.database, "reader", damaged)

        assert {where for _, where in found(bench)} == {"audit_record", "blob", *BODIES}

    def test_somebody_who_reads_makes_it_wait(self, bench, furnished, monkeypatch):
        def busy(*, structure):
            raise StoreBusyError

        monkeypatch.setattr(bench.vault.opened.database, "check", busy)

        with pytest.raises(StoreBusyError):
            next(verify(bench.vault))


class TestPermission:
    """Facts that the trail vouches for, changed by somebody who has the key."""

    @pytest.fixture
    def withdrawn(self, bench):
        patient = a_patient_id()
        fact = a_withdrawal(patient, TEACHING)
        details = {"withdrawal": fact.id, "record": fingerprint(fact)}
        with bench.vault.unit_of_work() as uow:
            uow.patients.add_version(a_version(patient))
            uow.consents.add(fact)
            uow.record(an_event(Action.CONSENT_WITHDRAWN, details))
            uow.commit()
        return fact

    def test_facts_as_they_were_recorded_are_sound(self, bench, withdrawn):
        assert checked(bench).sound

    def test_a_changed_withdrawal_is_named(self, bench, withdrawn):
        tamper(bench, "UPDATE permission_fact SET body = replace(body, 'teaching', 'reaching')")

        assert (FindingKind.PERMISSION_CHANGED, f"permission_fact/{withdrawn.id}") in found(bench)

    def test_a_removed_withdrawal_is_named(self, bench, withdrawn):
        tamper(bench, "DELETE FROM permission_fact")

        assert [f.what for f in checked(bench).findings if "permission" in f.kind] == ["missing"]
