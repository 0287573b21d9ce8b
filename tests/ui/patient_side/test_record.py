from datetime import timedelta

import pytest

from app.domain.consent_draft import ConsentDraft, DraftPicture
from app.domain.ids import RenditionId, Sha256
from app.domain.rendition import Identifiable
from app.ui.patient_side.record import AskingRecord
from tests.builders import NOON, TEACHING

ONE, TWO = RenditionId("one"), RenditionId("two")


class Watch:
    """A clock that goes on only when it is told to."""

    def __init__(self):
        self.ms = 0

    def now(self):
        return NOON + timedelta(milliseconds=self.ms)

    def elapsed(self):
        return self.ms


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def record(watch):
    pictures = tuple(DraftPicture(each, Sha256("a" * 64), Identifiable.NO) for each in (ONE, TWO))
    draft = ConsentDraft("form", 1, Sha256("f" * 64), "en", pictures, (TEACHING,))
    return AskingRecord(draft, watch.now, watch.elapsed)


def test_how_long_a_text_was_on_screen_adds_up(record, watch):
    for spent in (1500, 700):
        record.put_on({"statement:a": "A"})
        watch.ms += spent
        record.take_off()
        watch.ms += 9000

    (seen,) = record.draft.texts
    assert (seen.shown_at, seen.seen_ms) == (NOON, 2200)


def test_a_text_that_stays_on_is_not_counted_anew(record, watch):
    record.put_on({"statement:a": "A"})
    watch.ms += 400
    record.put_on({"statement:a": "A"})

    assert record.draft.texts[0].seen_ms == 0
    record.take_off()
    assert record.draft.texts[0].seen_ms == 400


def test_a_text_that_was_just_taken_off_has_been_seen(record):
    record.put_on({"statement:a": "A"})
    record.take_off()

    assert record.draft.texts[0].seen_ms == 1


def test_each_wording_is_kept_and_the_last_on_screen_stands_last(record):
    for text in ("Yes", "Oui", "Yes"):
        record.put_on({"statement:a": text})

    assert [each.text for each in record.draft.texts] == ["Oui", "Yes"]


def test_a_picture_is_noted_once(record):
    first = record.see_picture(ONE)
    again = record.see_picture(ONE)

    assert (first, again) == (True, False)
    assert record.unseen() == {TWO}
