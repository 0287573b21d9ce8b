"""Finding a patient among 200,000 as one types, beside reading one row by its id."""

from __future__ import annotations

import random
import statistics
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from app.domain.audit import Action
from app.domain.ids import FactId, PatientId
from app.domain.patient import Demographics, PatientIdentifier, PatientVersion, Sex
from app.services import patients
from app.services.workplace import Workplace
from tests.bench.figure import Figure, taken_s
from tests.bench.vaults import a_program, a_workplace

BATCH = 5_000
SYLLABLES = [c + v for c in "bdfklmnrst" for v in "aeo"]


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The 95th percentile over names, numbers and dates, three letters and more."""
    count = 20_000 if quick else 200_000
    core = a_program(folder)
    workplace = a_workplace(core, folder)
    chance = random.Random(11)  # noqa: S311 - invented names, no secrets
    ids = _fill(workplace, count, chance)
    queries = _queries(chance, 300)
    with workplace.vault.reading() as records:
        for query in queries[:20]:
            patients.find(records, query)
        found = sorted(taken_s(partial(patients.find, records, query)) for query in queries)
        some = chance.sample(ids, 200)
        one = statistics.median(taken_s(partial(records.patients.get, i)) for i in some)
    workplace.close()
    core.close()
    p95 = found[int(len(found) * 0.95)]
    note = f"p95 {p95 * 1000:.1f} ms, median {found[len(found) // 2] * 1000:.1f} ms"
    return [
        Figure(
            f"patient search over {count:,}, p95 / one row by its id",
            p95 / one,
            "×",
            150,
            at_least=False,
            note=note,
        )
    ]


def _fill(workplace: Workplace, count: int, chance: random.Random) -> list[PatientId]:
    desk, ids = workplace.desk, []
    for begin in range(0, count, BATCH):
        with workplace.vault.unit_of_work() as uow:
            for number in range(begin, min(begin + BATCH, count)):
                ids.append(PatientId(desk.clock.new_id()))
                uow.patients.add_version(
                    PatientVersion(
                        FactId(desk.clock.new_id()), ids[-1], _person(number, chance), desk.stamp()
                    )
                )
            uow.record(desk.event(Action.PATIENT_CREATED))
            uow.commit()
    return ids


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))).capitalize()


def _person(number: int, chance: random.Random) -> Demographics:
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(34_000))
    identifiers = (PatientIdentifier("MRN", f"{number:07}"),)
    return Demographics(_name(chance), _name(chance), born, Sex.UNKNOWN, identifiers)


def _queries(chance: random.Random, count: int) -> list[str]:
    made = []
    for _ in range(count):
        kind = chance.randrange(4)
        if kind == 0:
            made.append(_name(chance)[:3])
        elif kind == 1:
            made.append(f"{_name(chance)[:4]} {_name(chance)[:2]}")
        elif kind == 2:
            made.append(f"{chance.randrange(200_000):07}"[: chance.choice((5, 7))])
        else:
            made.append(f"{date(1930, 1, 1) + timedelta(days=chance.randrange(34_000))}")
    return made
