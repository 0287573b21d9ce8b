from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.audit import (
    FIRST_LINK,
    Action,
    AuditEvent,
    AuditRecord,
    first_fault,
    link,
    linked,
)
from app.domain.ids import Sha256, StaffId, WorkstationId
from tests.builders import NOON

HERE = WorkstationId("ws-1")


def chain(length):
    records, previous = [], FIRST_LINK
    for sequence in range(1, length + 1):
        event = AuditEvent(
            Action.IMAGE_ADMITTED, NOON, StaffId("s"), HERE, details={"bytes": sequence}
        )
        record = linked(
            event,
            sequence=sequence,
            previous=previous,
            staff_pseudonym="p1",
            patient_pseudonym=None,
        )
        records.append(record)
        previous = record.hash
    return records


def test_a_sound_chain_has_no_fault():
    assert first_fault(chain(20)) is None
    assert first_fault([]) is None


@given(st.integers(0, 9), st.sampled_from(["body", "previous", "hash"]), st.data())
def test_any_changed_record_is_named(place, field, data):
    records = chain(10)
    text = getattr(records[place], field)
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
    records[place] = replace(records[place], **{field: changed})

    fault = first_fault(records)

    assert fault is not None
    assert fault.sequence == place + 1


@given(st.integers(0, 8))
def test_a_removed_record_is_named(place):
    records = chain(10)
    del records[place]

    fault = first_fault(records)

    assert fault is not None
    assert (fault.sequence, fault.what) == (place + 1, "missing or out of order")


def test_swapped_records_are_named():
    records = chain(5)
    records[1], records[2] = records[2], records[1]

    fault = first_fault(records)

    assert fault is not None
    assert fault.sequence == 2


def test_a_record_that_was_given_another_place_is_named():
    first, second = chain(2)
    moved = AuditRecord(HERE, 2, first.body, first.hash, link(first.hash, first.body))

    fault = first_fault([first, moved])

    assert second.sequence == moved.sequence
    assert fault is not None
    assert fault.what == "moved"


def test_a_body_that_is_no_object_is_named():
    for body in ("[1]", "no json"):
        broken = AuditRecord(HERE, 1, body, FIRST_LINK, link(FIRST_LINK, body))

        fault = first_fault([broken])

        assert fault is not None
        assert fault.what == "moved"


def test_bodies_have_one_spelling():
    assert chain(1)[0].body.startswith('{"action":"image.admitted","at":"2026-11-23T12:00:00.000')
    assert link(Sha256("0"), "x") != link(Sha256("1"), "x")
