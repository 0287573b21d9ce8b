"""A person in words: name, sex, age, date of birth and numbers, as banner and lists show them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from app.domain.patient import Demographics, Sex
from app.services.ports import Desk

DOT = " · "


def name_of(person: Demographics) -> str:
    """The name as banner and lists show it; unnamed patients have words of their own."""
    return person.display_name or QCoreApplication.translate("person", "Unnamed patient")


def sex_word(sex: Sex) -> str:
    """The sex in one word; "" when it is not known."""
    tr = QCoreApplication.translate
    words = {
        Sex.FEMALE: tr("person", "Female"),
        Sex.MALE: tr("person", "Male"),
        Sex.OTHER: tr("person", "Other sex"),
        Sex.UNKNOWN: "",
    }
    return words[sex]


def day_word(day: date) -> str:
    """A day in short: 12 Mar 1992, with the month's name in the window's language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def month_word(day: date) -> str:
    """A month in short: Nov 2028."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "MMM yyyy")


def clock_word(moment: datetime, desk: Desk) -> str:
    """The time of day on the clinic's clock: 10:42."""
    local = moment.astimezone(desk.zone)
    return QLocale().toString(QTime(local.hour, local.minute), "HH:mm")


def born_line(person: Demographics) -> str:
    """The date of birth in words: born 12 Mar 1992."""
    tr = QCoreApplication.translate
    if person.birth_date is None:
        return tr("person", "date of birth not known")
    return tr("person", "born {day}").format(day=day_word(person.birth_date))


def age_line(person: Demographics, today: date) -> str:
    """The age: 34 y; "" when it is not known."""
    age = person.age(today)
    if age is None:
        return ""
    return QCoreApplication.translate("person", "{age} y").format(age=age)


def numbers_line(person: Demographics) -> str:
    """The identifiers: MRN 0042-771 · NHS 943 476 5919."""
    return DOT.join(str(identifier) for identifier in person.identifiers)


def person_line(person: Demographics, today: date) -> str:
    """The line under the name: Female · 34 y · born 12 Mar 1992 · MRN 0042-771."""
    parts = (sex_word(person.sex), age_line(person, today), born_line(person), numbers_line(person))
    return DOT.join(part for part in parts if part)
