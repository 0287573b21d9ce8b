import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from app.domain.audit import Action
from app.domain.consent_draft import Asking
from app.services import consents, encounters
from app.services.asking import NothingToShowError
from app.store.sealed_vault import SealedVault
from app.store.vault import create_vault
from app.ui.patient_side.patient_side import PATIENCE_AFTER, PatientSide
from app.ui.patient_side.places import Page
from app.ui.patient_side.print_size import SideOptions
from tests.builders import an_attestation
from tests.fakes import WORKSTATION
from tests.store.vault_parts import ANNA, QUICK, VAULT_ID, a_passphrase
from tests.ui.patient_side.asking_room import NAMED, in_french, shipped_form
from tests.ui.patient_side.visitor import NO, YES, Visitor


def test_asking_goes_from_the_pictures_to_the_thanks(visit):
    patient = visit(pictures=2)

    patient.to_questions()
    patient.answer(YES, *[NO] * (len(patient.draft.uses) - 1))
    patient.press("confirm")

    assert patient.label("title") == "Thank you"
    assert patient.made.stored() == patient.draft
    assert patient.draft.state is Asking.ANSWERED
    assert patient.finished == []


def test_every_picture_is_shown_before_anything_is_asked(visit):
    patient = visit(pictures=3)

    patient.look_through_pictures()

    shown = patient.made.stored().renditions
    assert [each.rendition for each in shown] == list(patient.made.pictures)
    assert [each.sha256 for each in shown] == [each.sha256 for each in patient.draft.pictures]


def test_a_picture_counts_as_shown_only_once_it_is_on_the_screen(visit):
    patient = visit(pictures=2)

    assert [each.rendition for each in patient.draft.renditions] == [patient.made.pictures[0]]


def test_that_a_no_changes_nothing_is_confirmed_with_its_time(visit):
    patient = visit()
    patient.look_through_pictures()
    before = patient.draft.refusal_understood_at

    patient.press("confirm")

    stored = patient.made.stored()
    confirmed = [text for text in stored.texts if text.confirmed_at is not None]
    assert before is None
    assert [text.part for text in confirmed] == ["statement:no-effect-on-care"]
    assert stored.refusal_understood_at == confirmed[0].confirmed_at


def test_what_was_not_understood_is_explained_again(visit):
    patient = visit()
    patient.look_through_pictures()

    patient.press("again")
    explained = patient.page
    patient.press("go-on")

    assert explained is Page.STATEMENTS
    assert patient.page is Page.UNDERSTANDING
    assert patient.draft.refusal_understood_at is None


def test_none_of_these_refuses_everything_with_one_tap(visit):
    patient = visit(pictures=2)
    patient.to_questions()

    patient.press("none-of-these")

    assert set(patient.made.stored().answers.values()) == {NO}
    assert patient.label("title") == "You said no"
    assert patient.draft.state is Asking.ANSWERED


def test_none_of_these_can_be_taken_back(visit):
    patient = visit()
    patient.to_questions()
    patient.press("none-of-these")

    patient.press("back")

    assert patient.made.stored().answers == {}
    assert patient.page is Page.QUESTION


def test_no_to_the_rest_keeps_the_answers_before_it(visit):
    patient = visit(pictures=2)
    patient.to_questions()
    offered_at_first = patient.offers("no-to-the-rest")
    patient.answer(YES, NO)

    patient.press("no-to-the-rest")

    first, *rest = patient.draft.uses
    assert not offered_at_first
    assert patient.page is Page.REVIEW
    assert {patient.draft.decision(first, each) for each in patient.made.pictures} == {YES}
    assert {
        patient.draft.decision(use, each) for use in rest for each in patient.made.pictures
    } == {NO}


def test_not_this_picture_leaves_one_out_of_a_yes(visit):
    patient = visit(pictures=3)
    one, two, three = patient.made.pictures
    patient.to_questions()
    use = patient.question.use

    patient.press("picture-chevron-right")
    patient.press("not-this-picture")
    patient.answer(YES)

    answers = patient.made.stored().answers
    assert [answers[(each, use)] for each in (one, two, three)] == [YES, NO, YES]
    assert not patient.button("not-this-picture").isChecked()


def test_a_picture_that_was_left_out_can_be_put_back(visit):
    patient = visit(pictures=2)
    patient.to_questions()
    patient.press("not-this-picture")
    patient.answer(YES)

    patient.press("back")
    left_out = patient.button("not-this-picture").isChecked()
    patient.press("not-this-picture")
    patient.answer(YES)

    use = patient.draft.uses[0]
    assert left_out
    assert patient.draft.excluded(use) == frozenset()


def test_not_now_grants_nothing_and_refuses_nothing(visit):
    patient = visit()
    patient.to_questions()
    patient.answer(YES)

    patient.press("not-now")
    patient.enter_pin()

    stored = patient.made.stored()
    assert (stored.state, stored.answers) == (Asking.NOT_NOW, {})
    assert patient.finished == [stored]


@pytest.mark.parametrize("place", ["welcome", "understanding", "statements", "question", "review"])
@pytest.mark.parametrize(("name", "state"), [("stop", Asking.STOPPED), ("not-now", Asking.NOT_NOW)])
def test_there_is_a_way_out_on_every_page(visit, place, name, state):
    patient = visit()
    steps = {
        "welcome": [],
        "understanding": [patient.look_through_pictures],
        "statements": [patient.to_statements],
        "question": [patient.to_questions],
        "review": [
            patient.to_questions,
            lambda: patient.answer(YES),
            lambda: patient.press("no-to-the-rest"),
        ],
    }
    for step in steps[place]:
        step()

    patient.press(name)

    assert patient.made.stored().state is state
    assert patient.page is Page.ENDING


def test_stopping_can_be_taken_back_until_staff_has_the_screen(visit):
    patient = visit()
    patient.to_questions()
    patient.answer(YES)
    patient.press("stop")
    stopped = patient.label("title")

    patient.press("back")

    assert stopped == "You have stopped"
    assert patient.made.stored().grants_anything
    assert patient.draft.state is Asking.OPEN
    assert patient.page is Page.QUESTION


def test_an_answer_is_changed_in_the_review(visit):
    patient = visit()
    patient.to_questions()
    uses = patient.draft.uses
    patient.answer(*[YES] * len(uses))

    patient.press(f"change-{uses[2]}")
    asked_again = patient.question.use
    patient.answer(NO)

    assert asked_again == uses[2]
    assert patient.page is Page.REVIEW
    decisions = [patient.draft.decision(use, patient.made.pictures[0]) for use in uses]
    assert decisions == [NO if use == uses[2] else YES for use in uses]


def test_going_back_keeps_the_answers(visit):
    patient = visit()
    patient.to_questions()
    patient.answer(YES, NO)

    patient.press("back")
    patient.press("back")

    assert patient.question.use == patient.draft.uses[0]
    assert len(patient.made.stored().answers) == 2 * len(patient.made.pictures)
    patient.answer(YES)
    assert patient.question.use == patient.draft.uses[1]


def test_back_leads_through_every_page_to_the_first(visit):
    patient = visit()
    patient.to_questions()
    pages = []

    while patient.offers("back"):
        patient.press("back")
        pages.append(patient.page)

    assert pages == [Page.STATEMENTS, Page.UNDERSTANDING, Page.WELCOME]


def test_back_from_a_change_leads_to_the_review(visit):
    patient = visit()
    patient.to_questions()
    patient.answer(YES)
    patient.press("no-to-the-rest")
    patient.press(f"change-{patient.draft.uses[1]}")

    patient.press("back")

    assert patient.page is Page.REVIEW
    patient.press("confirm")
    patient.press("back")
    assert patient.page is Page.REVIEW


@pytest.fixture
def sealed(tmp_path):
    """Makes the real vault."""

    def create():
        made = create_vault(
            tmp_path / "room.clinigraph",
            VAULT_ID,
            owner=ANNA,
            passphrase=a_passphrase(),
            parameters=QUICK,
        )
        made.recovery_code.wipe()
        return SealedVault(made.vault, WORKSTATION)

    return create


def test_what_was_answered_can_be_signed_and_says_what_was_seen(visit, sealed):
    patient = visit(pictures=2, named=NAMED, open_vault=sealed)
    patient.to_questions()
    patient.answer(YES)
    patient.press("no-to-the-rest")
    patient.press("confirm")
    patient.enter_pin()

    made = patient.made
    consent = made.change(consents.sign, made.encounter.id, made.form, an_attestation())

    shown = {(seen.rendition, seen.sha256) for seen in consent.shown.renditions}
    assert shown == {(picture.rendition, picture.sha256) for picture in patient.draft.pictures}
    assert consent.grants_anything
    assert consent.shown.texts == patient.finished[0].texts
    assert consent.shown.refusal_understood_at is not None


def test_a_crash_is_survived_in_the_real_vault_too(visit, sealed):
    before = visit(pictures=2, open_vault=sealed)
    before.to_questions()
    before.answer(NO, YES)
    before.side.hide()

    after = visit(made=before.made)

    assert after.question.use == after.draft.uses[2]
    assert after.draft.answers == before.draft.answers
    assert [text.part for text in after.draft.texts] == [text.part for text in before.draft.texts]


def test_staff_gets_the_screen_back_with_the_pin(visit, qtbot):
    patient = visit()
    patient.to_questions()
    patient.press("none-of-these")

    patient.enter_pin()

    assert patient.finished == [patient.made.stored()]
    patient.side.close()
    assert not patient.side.isVisible()


def test_a_wrong_pin_is_told_and_gives_nothing_back(visit):
    patient = visit()
    patient.press("stop")

    patient.enter_pin("0000")

    pad = patient.side.page().pad
    assert patient.finished == []
    assert pad.accessibleDescription() == "That PIN is not right. · SESSION-014"
    patient.enter_pin()
    assert len(patient.finished) == 1


def test_several_wrong_pins_are_followed_by_a_pause(visit, qtbot):
    patient = visit()
    patient.press("stop")

    for _ in range(PATIENCE_AFTER):
        patient.enter_pin("0000")
    patient.enter_pin()

    assert patient.finished == []
    patient.side._patience.setInterval(1)
    patient.side._patience.start()
    qtbot.waitUntil(lambda: not patient.side._patience.isActive())
    patient.enter_pin()
    assert len(patient.finished) == 1


def test_staff_can_take_the_screen_back_in_the_middle(visit):
    patient = visit()
    patient.to_questions()
    patient.answer(YES)

    patient.press("staff")
    patient.press("back")
    went_on = patient.page
    patient.press("staff")
    patient.enter_pin()

    assert went_on is Page.QUESTION
    assert patient.finished[0].state is Asking.OPEN
    assert patient.finished[0].grants_anything


def test_nothing_else_leads_away(visit, qtbot):
    patient = visit()
    patient.to_questions()
    close = QCloseEvent()

    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_F1):
        qtbot.keyClick(patient.side.page(), key)
        qtbot.keyClick(patient.side, key)
    patient.side.closeEvent(close)
    patient.side.close()

    assert not close.isAccepted()
    assert patient.side.isVisible()
    assert patient.page is Page.QUESTION
    assert patient.draft.answers == {}


def test_a_crash_in_the_middle_loses_nothing(visit):
    before = visit(pictures=2)
    before.to_questions()
    before.answer(YES, NO)
    stored = before.made.stored()
    before.side.hide()

    after = visit(made=before.made)

    assert after.question.use == stored.uses[2]
    assert after.draft.answers == stored.answers
    assert after.draft.refusal_understood_at == stored.refusal_understood_at
    after.press("back")
    assert after.question.answers.no.accessibleDescription() == ""
    assert after.draft.answers == stored.answers


@pytest.mark.parametrize("pages", [0, 1, 2, 3])
def test_a_crash_before_the_questions_goes_on_where_it_was(visit, pages):
    before = visit()
    steps = [before.look_through_pictures, before.to_statements, before.to_questions]
    for step in steps[:pages]:
        step()
    place = before.side.place
    before.side.hide()

    after = visit(made=before.made)

    assert after.side.place == place


def test_a_crash_after_the_last_answer_goes_on_with_the_review(visit):
    before = visit()
    before.to_questions()
    before.answer(YES)
    before.press("no-to-the-rest")
    before.side.hide()

    after = visit(made=before.made)

    assert after.page is Page.REVIEW


def test_a_crash_after_stopping_asks_nothing_more(visit):
    before = visit()
    before.press("stop")
    before.side.hide()

    after = visit(made=before.made)

    assert after.label("title") == "You have stopped"
    assert not after.offers("back")


def test_a_yes_does_not_reach_a_picture_that_cannot_be_shown(visit, make_room):
    made = make_room(pictures=2)
    made.change(erase, made.pictures[1])
    patient = visit(made=made)
    patient.to_questions()

    patient.answer(YES)

    use = patient.draft.uses[0]
    assert patient.draft.decision(use, made.pictures[0]) is YES
    assert patient.draft.decision(use, made.pictures[1]) is NO
    assert len(patient.failures) == 1


def erase(uow, desk, rendition):
    with uow:
        uow.blobs.erase(uow.images.rendition(rendition).blob)
        uow.record(desk.event(Action.IMAGE_STATE_CHANGED))
        uow.commit()


def test_what_cannot_be_stored_is_told_to_staff(visit):
    patient = visit()
    patient.made.change(
        encounters.abandon, patient.made.encounter.id, keep_pictures=True, reason="x"
    )

    patient.look_through_pictures()
    patient.press("stop")
    patient.enter_pin()

    assert {type(each) for each in patient.failures} == {NothingToShowError}
    assert patient.finished == []
    assert patient.side.page().pad.accessibleDescription().endswith("SESSION-012")


def test_uses_without_a_name_are_not_asked(visit):
    patient = visit(named={})

    assert "publication" not in patient.draft.uses
    assert "research-study" not in patient.draft.uses


def test_the_named_journal_stands_in_the_question(visit):
    patient = visit(named=NAMED)
    patient.to_questions()
    at = patient.draft.uses.index("publication")
    patient.answer(*[NO] * at)

    assert patient.label("question") == "May we print this picture in “British Journal of Skin”?"


def test_the_languages_are_listed_by_their_own_names(visit):
    patient = visit(forms=(in_french(shipped_form()),))
    menu = patient.side.header().menu()

    patient.press("language")
    listed = [action.text() for action in menu.actions()]
    opened = menu.isVisible()
    menu.hide()

    assert opened
    assert listed == ["English", "Français"]
    assert patient.button("language").accessibleName() == "Language: English"


def test_one_language_needs_no_menu(visit):
    patient = visit()

    assert not patient.offers("language")


def test_another_language_keeps_the_answers_and_says_again_what_comes_before_a_yes(visit):
    patient = visit(forms=(in_french(shipped_form()),))
    patient.to_questions()
    patient.answer(YES)
    french = patient.side.header().menu().actions()[1]
    offered = french.text()

    french.trigger()
    patient.settle()

    stored = patient.made.stored()
    assert offered == "Français"
    assert patient.label("statement") == "Dire non ne change nothing about your care."
    assert (stored.language, len(stored.answers)) == ("fr", 1 * len(patient.made.pictures))
    patient.to_questions()
    assert patient.question.use == stored.uses[1]
    shown = [t.text for t in patient.draft.texts if t.part == "statement:no-effect-on-care"]
    assert shown == [
        "Saying no changes nothing about your care.",
        "Dire non ne change nothing about your care.",
    ]


def test_a_language_that_is_not_approved_any_more_gives_way_to_the_patients(visit):
    before = visit(forms=(in_french(shipped_form()),))
    before.to_questions()
    before.answer(YES)
    before.side.header().menu().actions()[1].trigger()
    before.settle()
    before.side.hide()
    draft = before.made.begin()

    english = before.made.room.workplace.forms.forms[:1]
    side = PatientSide(before.made.room, before.made.encounter.id, draft, english)
    before.qtbot.addWidget(side)

    assert draft.language == "fr"
    assert side.draft.language == "en"
    assert side.draft.answers == draft.answers
    assert side.place.page is Page.QUESTION


def test_the_language_is_changed_on_the_last_page_without_losing_the_end(visit):
    patient = visit(forms=(in_french(shipped_form()),))
    patient.press("stop")

    patient.side.header().menu().actions()[1].trigger()
    patient.settle()

    assert patient.page is Page.ENDING
    assert patient.made.stored().language == "en"
    assert patient.made.stored().state is Asking.STOPPED


def test_larger_print_keeps_what_was_left_out(visit):
    patient = visit(pictures=3)
    patient.to_questions()
    patient.press("picture-chevron-right")
    patient.press("not-this-picture")

    patient.press("large-print")

    assert patient.question.pane.current() == patient.made.pictures[1]
    assert patient.button("not-this-picture").isChecked()
    assert patient.button("large-print").isChecked()


def test_nothing_is_recorded_before_it_is_on_the_screen(make_room, qtbot):
    patient = Visitor(qtbot, make_room(), options=SideOptions(large_print=True))
    qtbot.addWidget(patient.side)

    assert patient.draft.texts == ()
    assert patient.draft.renditions == ()
