"""Long tables are read in pages; here a page has two rows."""

import pytest

from app.store.records import rows
from tests.builders import a_withdrawal


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(rows, "PAGE_ROWS", 2)


@pytest.mark.parametrize("limit", [None, 0, 1, 2, 3, 4, 5, 9])
def test_patients_up_to_a_limit(bench, limit):
    made = [bench.patient(f"Family{number}") for number in range(5)]

    with bench.vault.reading() as records:
        assert [p.id for p in records.patients.all(limit=limit)] == made[:limit]


def test_everything_comes_once_in_its_order(bench):
    patient = bench.patient()
    visits = [bench.visit(patient).id for _ in range(5)]
    images = [bench.photograph(patient).id for _ in range(4)]
    withdrawals = [a_withdrawal(patient) for _ in range(3)]
    with bench.change() as uow:
        for withdrawal in withdrawals:
            uow.consents.add(withdrawal)

    with bench.vault.reading() as records:
        assert [e.id for e in records.encounters.all()] == visits
        assert [i.id for i in records.images.all()] == images
        assert list(records.consents.all()) == withdrawals


def test_other_work_on_the_connection_between_pages(bench):
    made = [bench.patient(f"Family{number}") for number in range(5)]

    with bench.vault.unit_of_work() as uow:
        seen = []
        for patient in uow.patients.all():
            uow.patients.add_version(bench.version(patient.id, patient.now))
            seen.append(patient.id)

    assert seen == made
