"""What was recorded of a person, and corrected, in words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QCoreApplication

from app.domain.ids import StaffId
from app.domain.patient import Demographics, Patient, PatientVersion
from app.services.ports import Desk
from app.ui.people.person_words import (
    DOT,
    born_line,
    clock_word,
    day_word,
    name_of,
    numbers_line,
    sex_word,
)


def version_lines(patient: Patient, staff: Mapping[StaffId, str], desk: Desk) -> tuple[str, ...]:
    """Every version, the newest first: when, by whom, what became of it, and why."""
    first, *_later = patient.history
    lines = [_line(first, (_whole(first.demographics),), staff, desk)]
    for before, after in pairwise(patient.history):
        changes = _changes(before.demographics, after.demographics)
        lines.append(_line(after, changes, staff, desk))
    return tuple(reversed(lines))


def _line(
    version: PatientVersion, said: tuple[str, ...], staff: Mapping[StaffId, str], desk: Desk
) -> str:
    day = day_word(version.stamp.at.astimezone(desk.zone).date())
    when = f"{day}, {clock_word(version.stamp.at, desk)}"
    parts = (when, staff.get(version.stamp.by, ""), *said, version.reason)
    return DOT.join(part for part in parts if part)


def _whole(person: Demographics) -> str:
    parts = (name_of(person), sex_word(person.sex), born_line(person), numbers_line(person))
    return DOT.join(part for part in parts if part)


def demographic_words(person: Demographics) -> dict[str, str]:
    """What is known of a person, each under its name."""
    tr = QCoreApplication.translate
    born = person.birth_date
    return {
        tr("person", "Family name"): person.family,
        tr("person", "Given names"): person.given,
        tr("person", "Date of birth"): day_word(born) if born else "",
        tr("person", "Sex"): sex_word(person.sex),
        tr("person", "Numbers"): numbers_line(person),
        tr("person", "Alert"): person.alert,
    }


def _changes(before: Demographics, after: Demographics) -> tuple[str, ...]:
    was, now = demographic_words(before), demographic_words(after)
    return tuple(
        f"{name}: {was[name] or '–'} → {now[name] or '–'}" for name in now if was[name] != now[name]
    )
