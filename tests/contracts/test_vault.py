import json
import threading
from dataclasses import replace

import pytest

from app.domain.audit import Action, Outcome, first_fault
from app.domain.ids import WorkstationId
from app.domain.patient import Demographics
from app.store.errors import StoreClosedError
from app.store.unit_of_work import SilentWriteError
from tests.contracts.workbench import ADA, REFUSED


def everybody(vault):
    with vault.reading() as records:
        return [patient.id for patient in records.patients.all()]


class TestUnitOfWork:
    def test_committed_change_and_its_event_are_there(self, bench):
        patient = bench.patient()

        with bench.vault.reading() as records:
            assert records.patients.get(patient) is not None
            assert len(records.audit.newest()) == 1

    def test_change_without_an_event_is_a_bug_and_leaves_nothing(self, bench):
        version = bench.version(bench.clock.new_id(), Demographics("Okafor"))

        with bench.vault.unit_of_work() as uow:
            uow.patients.add_version(version)
            with pytest.raises(SilentWriteError):
                uow.commit()

        assert everybody(bench.vault) == []

    def test_leaving_without_commit_leaves_nothing(self, bench):
        version = bench.version(bench.clock.new_id(), Demographics("Okafor"))

        with bench.vault.unit_of_work() as uow:
            uow.patients.add_version(version)
            uow.record(bench.event())

        assert everybody(bench.vault) == []
        with bench.vault.reading() as records:
            assert records.audit.newest() == ()

    def test_error_leaves_nothing(self, bench):
        version = bench.version(bench.clock.new_id(), Demographics("Okafor"))

        def failing():
            with bench.vault.unit_of_work() as uow:
                uow.patients.add_version(version)
                uow.record(bench.event())
                raise KeyError

        with pytest.raises(KeyError):
            failing()

        assert everybody(bench.vault) == []
        assert bench.patient() in everybody(bench.vault)

    def test_unit_of_work_sees_its_own_change_and_readers_do_not(self, bench):
        version = bench.version(bench.clock.new_id(), Demographics("Okafor"))

        with bench.vault.unit_of_work() as uow:
            uow.patients.add_version(version)
            seen_inside = uow.patients.get(version.patient)
            seen_outside = everybody(bench.vault)

        assert seen_inside is not None
        assert seen_outside == []

    def test_event_without_a_change_is_enough(self, bench):
        with bench.vault.unit_of_work() as uow:
            uow.record(bench.event())
            uow.commit()

        with bench.vault.reading() as records:
            assert len(records.audit.newest()) == 1

    def test_committed_unit_of_work_reads_but_does_not_write(self, bench):
        version = bench.version(bench.clock.new_id(), Demographics("Okafor"))

        with bench.vault.unit_of_work() as uow:
            uow.record(bench.event())
            uow.commit()
            assert uow.patients.get(version.patient) is None
            for late in (
                lambda: uow.patients.add_version(version),
                lambda: uow.record(bench.event()),
                uow.commit,
            ):
                with pytest.raises(REFUSED):
                    late()

        assert everybody(bench.vault) == []

    def test_one_at_a_time(self, bench):
        with bench.vault.unit_of_work() as uow:
            with pytest.raises(REFUSED), uow:
                pass
            with pytest.raises(REFUSED), bench.vault.unit_of_work():
                pass

    def test_can_be_entered_again_after_it_was_left(self, bench):
        uow = bench.vault.unit_of_work()

        for family in ("Okafor", "Byrne"):
            with uow:
                uow.patients.add_version(bench.version(bench.clock.new_id(), Demographics(family)))
                uow.record(bench.event())
                uow.commit()

        assert len(everybody(bench.vault)) == 2

    def test_entered_again_it_needs_an_event_again(self, bench):
        uow = bench.vault.unit_of_work()
        with uow:
            uow.record(bench.event())
            uow.commit()

        with pytest.raises(SilentWriteError), uow:
            uow.commit()

    def test_nothing_works_outside_the_block(self, bench):
        uow = bench.vault.unit_of_work()
        with pytest.raises(REFUSED):
            uow.patients  # noqa: B018
        with uow:
            pass
        with pytest.raises(REFUSED):
            uow.patients  # noqa: B018
        with pytest.raises(REFUSED):
            uow.record(bench.event())

    def test_event_of_another_workstation_is_a_bug(self, bench):
        event = replace(bench.event(), workstation=WorkstationId("elsewhere"))

        with pytest.raises(REFUSED), bench.vault.unit_of_work() as uow:
            uow.record(event)

    def test_another_thread_is_refused(self, bench):
        bench.patient()
        raised = []

        def elsewhere():
            try:
                with bench.vault.unit_of_work():
                    pass
            except REFUSED as error:
                raised.append(error)

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()

        assert len(raised) == 1


class TestReading:
    def test_view_stays_at_its_moment(self, bench):
        bench.patient()

        with bench.vault.reading() as records:
            before = [p.id for p in records.patients.all()]
            bench.patient("Byrne")
            assert [p.id for p in records.patients.all()] == before

        assert len(everybody(bench.vault)) == 2

    def test_view_inside_a_view(self, bench):
        bench.patient()

        with bench.vault.reading() as outer:
            inner = everybody(bench.vault)
            assert [p.id for p in outer.patients.all()] == inner

    def test_other_threads_read(self, bench):
        patient, found = bench.patient(), []

        def elsewhere():
            found.extend(everybody(bench.vault))

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()

        assert found == [patient]

    def test_reader_does_not_write(self, bench):
        version = bench.version(bench.clock.new_id(), Demographics("Okafor"))

        with pytest.raises(Exception, match=r"(?s)."), bench.vault.reading() as records:
            records.patients.add_version(version)

        assert everybody(bench.vault) == []


class TestClosed:
    def test_locked_vault_refuses(self, bench):
        bench.patient()

        bench.vault.close()

        with pytest.raises(StoreClosedError):
            everybody(bench.vault)
        with pytest.raises(StoreClosedError), bench.vault.unit_of_work():
            pass


class TestAuditTrail:
    def test_records_are_one_sound_chain(self, bench):
        for family in ("Okafor", "Byrne", "Chen"):
            bench.patient(family)

        with bench.vault.reading() as records:
            assert records.audit.workstations() == (bench.vault.workstation,)
            chain = list(records.audit.records(bench.vault.workstation))
            assert list(records.audit.records(bench.vault.workstation, after=1)) == chain[1:]
            assert records.audit.newest(limit=2) == (chain[2], chain[1])

        assert [record.sequence for record in chain] == [1, 2, 3]
        assert first_fault(chain) is None

    def test_no_events_no_chain(self, bench):
        with bench.vault.reading() as records:
            assert records.audit.workstations() == ()
            assert list(records.audit.records(bench.vault.workstation)) == []
            assert records.audit.newest() == ()

    def test_people_are_pseudonyms_that_can_be_looked_up(self, bench):
        patient = bench.patient()
        with bench.vault.unit_of_work() as uow:
            uow.record(bench.event(patient))
            uow.commit()

        with bench.vault.reading() as records:
            (record,) = records.audit.newest(limit=1)
            body = json.loads(record.body)
            assert records.audit.staff_of(body["by"]) == ADA
            assert records.audit.patient_of(body["patient"]) == patient
            assert records.audit.patient_of(body["by"]) is None
            assert records.audit.staff_of(body["patient"]) is None
        assert ADA not in record.body
        assert patient not in record.body

    def test_event_keeps_what_it_says(self, bench):
        event = replace(
            bench.event(count=2, use="teaching", first=True),
            action=Action.PIN_REFUSED,
            outcome=Outcome.FAILURE,
        )

        with bench.vault.unit_of_work() as uow:
            uow.record(event)
            uow.commit()

        with bench.vault.reading() as records:
            body = json.loads(records.audit.newest()[0].body)
        assert body["details"] == {"count": 2, "use": "teaching", "first": True}
        assert (body["action"], body["outcome"]) == ("staff.pin-refused", "failure")

    def test_events_of_one_patient(self, bench):
        one, two, none = bench.patient(), bench.patient("Byrne"), bench.patient("Chen")
        with bench.vault.unit_of_work() as uow:
            for patient in (one, two, one):
                uow.record(bench.event(patient))
            uow.commit()

        with bench.vault.reading() as records:
            chain = list(records.audit.records(bench.vault.workstation))
            assert records.audit.newest(patient=one) == (chain[5], chain[3])
            assert records.audit.newest(patient=one, limit=1) == (chain[5],)
            assert records.audit.newest(patient=none) == ()
