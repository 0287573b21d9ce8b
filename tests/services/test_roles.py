"""The role table holds: every service is walked with every role, and compared with the table."""

import importlib
import inspect
import pkgutil
from dataclasses import replace

import pytest

import app.services
from app.domain.staff import RIGHTS, NotPermittedError, Right, Role
from app.services.ports import Desk, UnitOfWork

# What a service needs. A new public function that takes a desk, a unit of work or the records has
# to be put into one of the three tables, or the first test fails.
NEEDS = {
    "activity.newest": Right.READ_AUDIT,
    "asking.begin": Right.OBTAIN_CONSENT,
    "asking.hand_over": Right.OBTAIN_CONSENT,
    "asking.save": Right.OBTAIN_CONSENT,
    "asking.take_back": Right.OBTAIN_CONSENT,
    "checking.assess": Right.CAPTURE,
    "checking.keep_rendition": Right.CAPTURE,
    "checking.original_of": Right.READ,
    "backups.back_up": Right.BACK_UP,
    "backups.keep_schedule": Right.READ,
    "backups.rehearse": Right.BACK_UP,
    "backups.restore": Right.BACK_UP,
    "backups.standing": Right.READ,
    "checking.picture_of": Right.READ,
    "clinic.approve_form": Right.ADMINISTER,
    "clinic.change": Right.ADMINISTER,
    "clinic.found": Right.ADMINISTER,
    "clinic.set_pin": Right.READ,
    "consents.sign": Right.OBTAIN_CONSENT,
    "encounters.abandon": Right.CAPTURE,
    "encounters.begin": Right.CAPTURE,
    "encounters.complete": Right.CAPTURE,
    "encounters.go_to": Right.CAPTURE,
    "encounters.resume": Right.CAPTURE,
    "encounters.settle": Right.CAPTURE,
    "encounters.take_up_again": Right.OBTAIN_CONSENT,
    "extracts.extract": Right.EXTRACT_ORIGINAL,
    "intake.admit": Right.CAPTURE,
    "intake.assign": Right.CAPTURE,
    "intake.describe": Right.CAPTURE,
    "intake.note_refusal": Right.CAPTURE,
    "intake.refile": Right.CORRECT_FILING,
    "intake.set_state": Right.CAPTURE,
    "papers.consent_copy": Right.READ,
    "papers.hand_over": Right.HAND_OVER_COPY,
    "papers.keep_consent_copy": Right.OBTAIN_CONSENT,
    "papers.keep_withdrawal_confirmation": Right.RECORD_WITHDRAWAL,
    "papers.read": Right.READ,
    "papers.withdrawal_confirmation": Right.READ,
    "patients.correct": Right.CAPTURE,
    "patients.create": Right.CAPTURE,
    "patients.identified": Right.CAPTURE,
    "patients.merge": Right.CORRECT_FILING,
    "patients.open_page": Right.READ,
    "patients.unmerge": Right.CORRECT_FILING,
    "reading.view": Right.READ,
    "sight.break_glass": Right.BREAK_GLASS,
    "sight.broken_since": Right.NAME_VIEWERS,
    "sight.name_viewer": Right.NAME_VIEWERS,
    "sight.remove_viewer": Right.NAME_VIEWERS,
    "sight.require_sight": Right.READ,
    "sight.require_sight_of_paper": Right.READ,
    "sight.thumbnails": Right.READ,
    "sight.who_may_see": Right.NAME_VIEWERS,
    "staffing.add": Right.MANAGE_STAFF,
    "staffing.change_role": Right.MANAGE_STAFF,
    "staffing.disable": Right.MANAGE_STAFF,
    "staffing.enable": Right.MANAGE_STAFF,
    "staffing.people": Right.READ,
    "staffing.reset_passphrase": Right.MANAGE_STAFF,
    "withdrawals.end_asking": Right.RECORD_WITHDRAWAL,
    "withdrawals.withdraw": Right.RECORD_WITHDRAWAL,
}
# Notes of what happened to anybody: opening, locking, a refused sign-in, an unfinished removal.
ANYBODY = {
    "activity.note",
    "activity.record",
    "backups.note_failed",
    "backups.note_made",
    "backups.note_rehearsed",
    "backups.note_restored",
    "staffing.tidy",
}
# Questions that answer with yes, no or ids and hand nothing out; tried in test_sight.py.
ANSWERS = {"sight.closed", "sight.glass", "sight.is_named", "sight.may_see", "sight.shown"}
# Parts of a question inside `reading.view`, which has looked at the role; none hands out pixels.
WITHIN_A_VIEW = {
    "activity.faults",
    "checking.as_checked",
    "clinic.form_in_use",
    "consents.known",
    "encounters.reachable",
    "intake.known",
    "papers.copy_of",
    "patients.everyone",
    "patients.find",
    "patients.known",
    "patients.possible_duplicates",
    "patients.shown_demographics",
    "staffing.who_recovers",
    "staffing.who_signs_in",
}
OF_THE_VAULT = ("Desk", "UnitOfWork", "Records")


class ReachedError(Exception):
    """The service went on behind the check of the role."""


class Untouched:
    """Stands for every argument: whoever looks at it has looked at the role before."""

    def _reach(self, *_, **__):
        raise ReachedError

    __getattr__ = __enter__ = __len__ = __getitem__ = __iter__ = __bool__ = _reach

    def __exit__(self, *_):
        return False


def services():
    """Every public function of app.services that is given something of an open vault."""
    found = {}
    for module in pkgutil.iter_modules(app.services.__path__):
        loaded = importlib.import_module(f"app.services.{module.name}")
        for name, service in inspect.getmembers(loaded, inspect.isfunction):
            plain = inspect.unwrap(service)
            if name.startswith("_") or plain.__module__ != loaded.__name__:
                continue
            kinds = {str(p.annotation) for p in inspect.signature(plain).parameters.values()}
            if kinds & set(OF_THE_VAULT):
                found[f"{module.name}.{name}"] = service
    return found


def called(service, desk):
    """Call a service with nothing but a desk; whether it went on behind the check of the role."""
    parameters = inspect.signature(inspect.unwrap(service)).parameters.values()
    given = {p.name: desk if p.annotation == "Desk" else Untouched() for p in parameters}
    placed = [given[p.name] for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    placed += [given[p.name] for p in parameters if p.kind is p.POSITIONAL_ONLY]
    named = {p.name: given[p.name] for p in parameters if p.kind is p.KEYWORD_ONLY}
    try:
        answer = service(*placed, **named)
        if hasattr(answer, "__enter__"):
            answer.__enter__()
    except NotPermittedError:
        return False
    except ReachedError:
        return True
    return True


def test_every_service_has_its_place_in_the_tables():
    tables = [set(NEEDS), ANYBODY, ANSWERS, WITHIN_A_VIEW]

    assert set().union(*tables) == set(services())
    assert sum(map(len, tables)) == len(services())


def test_parts_of_a_question_are_not_given_a_desk():
    for name in WITHIN_A_VIEW:
        signature = inspect.signature(services()[name])
        assert "Desk" not in {p.annotation for p in signature.parameters.values()}, name


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(NEEDS))
def test_service_is_for_those_whose_role_includes_it(room, name, role):
    assert called(services()[name], room.as_role(role)) is (NEEDS[name] in RIGHTS[role])


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_no_service_is_for_somebody_who_was_disabled(room, name):
    staff = replace(room.desk.staff, active=False)

    assert not called(services()[name], replace(room.desk, staff=staff))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(ANYBODY))
def test_notes_are_for_everybody(room, name, role):
    assert called(services()[name], room.as_role(role))


def test_a_service_that_forgets_the_role_would_be_noticed(room):
    def forgetful(uow: UnitOfWork, desk: Desk) -> None:
        uow.__enter__()

    assert called(forgetful, room.as_role(Role.READER))
