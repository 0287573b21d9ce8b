import pytest

from app.domain.consent import Decision, ShownText
from app.domain.consent_draft import Asking, ConsentDraft, DraftPicture
from app.domain.ids import RenditionId, Sha256
from app.domain.rendition import Identifiable
from tests.builders import COLLEAGUE, NOON, PUBLICATION, TEACHING

ONE, TWO = RenditionId("one"), RenditionId("two")
YES, NO = Decision.GRANTED, Decision.REFUSED


@pytest.fixture
def draft():
    pictures = tuple(DraftPicture(r, Sha256("a" * 64), Identifiable.NO) for r in (ONE, TWO))
    return ConsentDraft(
        "clinical-photography", 1, Sha256("f" * 64), "en", pictures, (COLLEAGUE, TEACHING)
    )


def test_nothing_is_preselected(draft):
    assert draft.answers == {}
    assert draft.next_use == COLLEAGUE
    assert draft.decision(TEACHING, ONE) is None
    assert not draft.grants_anything


def test_one_tap_answers_for_all_pictures(draft):
    after = draft.answer(COLLEAGUE, YES)

    assert after.decision(COLLEAGUE, ONE) is after.decision(COLLEAGUE, TWO) is YES
    assert after.next_use == TEACHING
    assert after.state is Asking.OPEN
    assert after.grants_anything


def test_not_this_one_excludes_one_picture(draft):
    after = draft.answer(TEACHING, YES, not_these=frozenset({TWO}))

    assert after.decision(TEACHING, ONE) is YES
    assert after.decision(TEACHING, TWO) is NO
    assert after.excluded(TEACHING) == {TWO}
    assert after.excluded(COLLEAGUE) == frozenset()


def test_answering_every_use_answers_the_asking(draft):
    after = draft.answer(COLLEAGUE, YES).answer(TEACHING, NO)

    assert after.state is Asking.ANSWERED
    assert after.next_use is None


def test_an_answer_can_be_changed(draft):
    after = draft.answer(COLLEAGUE, YES).answer(COLLEAGUE, NO)

    assert after.decision(COLLEAGUE, ONE) is NO
    assert after.excluded(COLLEAGUE) == frozenset()


def test_none_of_these_refuses_also_what_was_granted(draft):
    after = draft.answer(COLLEAGUE, YES).none_of_these()

    assert set(after.answers.values()) == {NO}
    assert after.state is Asking.ANSWERED


def test_no_to_the_rest_keeps_the_earlier_answers(draft):
    after = draft.answer(COLLEAGUE, YES).no_to_the_rest()

    assert after.decision(COLLEAGUE, ONE) is YES
    assert after.decision(TEACHING, ONE) is NO
    assert after.state is Asking.ANSWERED


def test_not_now_grants_nothing_and_can_be_taken_up_again(draft):
    later = draft.answer(COLLEAGUE, YES).not_now()

    assert later.answers == {}
    assert later.state is Asking.NOT_NOW
    assert later.take_up_again().state is Asking.OPEN


def test_stopping_grants_nothing(draft):
    after = draft.answer(COLLEAGUE, YES).stop()

    assert (after.state, after.answers) == (Asking.STOPPED, {})


def test_what_is_not_asked_cannot_be_answered(draft):
    with pytest.raises(ValueError, match="only what is asked"):
        draft.answer(PUBLICATION, YES)


def test_the_first_showing_of_a_picture_is_kept(draft):
    later = NOON.replace(hour=13)

    after = draft.show_picture(ONE, NOON).show_picture(ONE, later).show_picture(TWO, later)

    assert [(s.rendition, s.shown_at) for s in after.renditions] == [(ONE, NOON), (TWO, later)]


def test_every_text_on_screen_is_kept_in_order(draft):
    texts = [ShownText(f"use:{n}", "words", NOON) for n in range(2)]

    after = draft.show_text(texts[0]).show_text(texts[1])

    assert list(after.texts) == texts


def test_understanding_is_confirmed_once(draft):
    after = draft.understand_refusal(NOON).understand_refusal(NOON.replace(hour=13))

    assert after.refusal_understood_at == NOON


@pytest.mark.parametrize("end", [ConsentDraft.not_now, ConsentDraft.stop])
def test_asking_somebody_else_forgets_the_answers_but_no_ending(draft, end):
    answered = draft.understand_refusal(NOON).show_picture(draft.pictures[0].rendition, NOON)

    assert answered.none_of_these().ask_somebody_else() == draft
    assert end(answered).ask_somebody_else() == end(draft)
