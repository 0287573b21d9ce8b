"""A translated form translates the whole printed copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from app.domain.form_paper import consent_labels, withdrawal_labels
from app.domain.paper_labels import ConsentLabels, SharedLabels, WithdrawalLabels
from app.services.form_library import parse_form

SHIPPED = Path(__file__).parents[2] / "forms" / "clinical-photography" / "en.toml"


def texts(labels: SharedLabels) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in fields(labels):
        value = getattr(labels, each.name)
        if isinstance(value, Mapping):
            found |= {f"{each.name}.{key}": text for key, text in value.items()}
        else:
            found[each.name] = value
    return found


def in_capitals(source: str) -> bytes:
    """The form as if translated: every text outside braces in capitals, in the parts with words."""
    head, sections = source.split("[patient]", 1)
    lines = []
    for line in sections.split("\n"):
        key, equals, value = line.partition(" = ")
        outside = "".join(part if part.startswith("{") else part.upper() for part in _split(value))
        lines.append(f"{key}{equals}{outside}")
    return (head + "[patient]" + "\n".join(lines)).encode()


def _split(value: str) -> list[str]:
    return value.replace("{", "\0{").replace("}", "}\0").split("\0")


def test_no_label_of_the_paper_stays_english_in_a_translation():
    form = parse_form(in_capitals(SHIPPED.read_text(encoding="utf-8")), name="x")

    for labels, english in (
        (texts(consent_labels(form)), texts(ConsentLabels())),
        (texts(withdrawal_labels(form)), texts(WithdrawalLabels())),
    ):
        same = {name for name, text in labels.items() if text == english[name]}
        # These two hold nothing but their fields and marks.
        assert same == {"date_form", "time_form"}


def test_times_are_printed_in_the_order_of_the_form():
    source = SHIPPED.read_text(encoding="utf-8")
    source = source.replace('"{date}, {clock} ({zone})"', '"{clock} {zone}, {date}"')

    labels = consent_labels(parse_form(source.encode(), name="x"))

    moment = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
    assert labels.time(moment) == "09:05 UTC, 3 November 2026"
