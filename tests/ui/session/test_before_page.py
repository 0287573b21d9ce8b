"""The second step: who decides, in which language, and the one question before the camera."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from app.domain.encounter import Capacity, CareRecord, ConsenterKind, Step
from app.domain.patient import Demographics, PatientIdentifier
from app.services import clinic, encounters
from app.services.form_library import FormLibrary
from app.ui.session import deciding
from app.ui.session.forms_in_use import usual_language
from app.ui.widgets.text import Paragraph
from tests.ui.patient_side.asking_room import in_french, shipped_form
from tests.ui.session.session_room import AMARA, LEO


@pytest.fixture
def before(clinician):
    """A clinician at the second step: before(), before(LEO)."""

    def begin(person=AMARA, made=None):
        work = clinician(made)
        work.begin(work.made.patient(person))
        work.go_on()
        assert work.view.step is Step.BEFORE
        return work

    return begin


def ready(work):
    return work.view.footer.primary.isEnabled()


def words_on(widget):
    shown = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    return [each.plain_text() if isinstance(each, Paragraph) else each.text() for each in shown]


def test_an_adult_decides_and_only_the_question_is_open(before):
    work = before()

    undecided = ready(work)
    work.press("choice-agreed")

    assert not undecided
    assert work.page._question.answer() is CareRecord.AGREED
    assert ready(work)


def test_the_question_stands_in_the_forms_words(before):
    work = before()

    told = words_on(work.page._question)

    assert "May we take photographs and keep them in your care record?" in told
    assert "The people who treat you, here and where we send you for care" in told


def test_yes_is_stored_with_who_decided(before):
    work = before()

    work.settle_before()

    settled = work.visit.before
    assert settled.consenter.kind is ConsenterKind.PATIENT
    assert settled.consenter.name == "Amara Okafor"
    assert settled.capacity is Capacity.ABLE
    assert settled.care_record is CareRecord.AGREED
    assert settled.language == "en"
    assert work.view.step is Step.CAPTURE


def test_both_answers_are_drawn_alike(before):
    work = before()

    yes, no = work.button("choice-agreed"), work.button("choice-declined")

    assert yes.size() == no.size()
    assert not yes.isChecked()
    assert not no.isChecked()


def test_for_a_child_nothing_is_preselected(before):
    work = before(LEO)

    work.press("choice-agreed")

    assert work.page._decider.decider.value() is None
    assert not ready(work)


def test_a_parent_decides_for_a_child(before):
    work = before(LEO)
    work.press("choice-parent")
    work.press("choice-child")
    work.press("choice-agreed")
    nameless = ready(work)
    work.type_into("decider-name", "Ida Braun")
    work.type_into("decider-relationship", "mother")

    note = [text for text in words_on(work.page._decider) if text.startswith("Ask the child")]
    work.go_on()

    assert not nameless
    assert note
    assert work.visit.before.consenter.relationship == "mother"
    assert work.visit.before.capacity is Capacity.CHILD


def test_a_guardian_says_what_the_right_rests_on(before):
    work = before()
    work.press("choice-guardian")
    work.press("choice-not-able")
    work.press("choice-agreed")
    work.type_into("decider-name", "Ngozi Okafor")
    work.type_into("decider-relationship", "sister")
    without = ready(work)

    work.type_into("decider-authority", "Court order of 3 May 2024")
    work.go_on()

    assert not without
    assert work.visit.before.consenter.authority == "Court order of 3 May 2024"


def test_who_recovers_is_asked_later_and_that_is_said(before):
    work = before()
    work.press("choice-proxy")

    work.press("choice-temporarily-not-able")

    assert "Only for the care record: about other uses ask after recovery." in words_on(
        work.page._decider
    )


def test_what_is_missing_is_said_beside_its_field(before):
    work = before(LEO)
    work.press("choice-parent")

    work.page.finish()

    assert work.page._decider._name.error() == "Whoever decides has a name."
    assert work.page._decider._relationship.error() == "For example: mother, brother."


def test_changing_who_decides_asks_again_whether_they_can(before):
    work = before(LEO)
    work.press("choice-patient")
    work.press("choice-competent-child")

    work.press("choice-parent")

    assert work.page._decider.chosen_capacity() is None


def test_an_unnamed_patient_is_asked_for_a_name(before):
    work = before(Demographics(identifiers=(PatientIdentifier("MRN", "9"),)))
    work.press("choice-patient")
    work.press("choice-able")
    work.press("choice-agreed")
    without = ready(work)

    work.type_into("decider-name", "A. Person")
    work.go_on()

    assert not without
    assert work.visit.before.consenter.name == "A. Person"


def test_an_interpreter_has_a_name(before):
    work = before()
    work.press("choice-agreed")
    work.page._circumstances.interprets.setChecked(True)
    work.page.finish()
    told = work.page._circumstances._interpreter.error()

    work.type_into("interpreter-name", "Mehmet Öztürk")
    work.go_on()

    assert told == "The name is kept with the session."
    assert work.visit.before.interpreter == "Mehmet Öztürk"


@pytest.mark.parametrize(
    ("offer", "name", "offered"),
    [("present", "Joy Mbeki", True), ("declined", "", True), ("not-offered", "", False)],
)
def test_a_chaperone_is_offered_for_intimate_places(before, offer, name, offered):
    work = before()
    work.press("choice-agreed")
    work.page._circumstances.intimate.setChecked(True)
    unsaid = ready(work)

    work.press(f"choice-{offer}")
    if name:
        work.type_into("chaperone-name", name)
    work.go_on()

    assert not unsaid
    assert work.visit.before.chaperone == name
    assert work.visit.before.chaperone_offered is offered


def test_nobody_speaks_of_a_chaperone_otherwise(before):
    work = before()

    work.settle_before()

    assert work.visit.before.chaperone_offered is None


@pytest.mark.parametrize(
    ("offer", "name"), [("present", "Joy Mbeki"), ("declined", ""), ("not-offered", "")]
)
def test_what_was_settled_is_shown_again(before, clinician, offer, name):
    work = before()
    work.press("choice-proxy")
    work.press("choice-not-able")
    work.type_into("decider-name", "Ngozi Okafor")
    work.type_into("decider-relationship", "sister")
    work.type_into("decider-authority", "Lasting power of attorney")
    work.page._circumstances.interprets.setChecked(True)
    work.type_into("interpreter-name", "Mehmet Öztürk")
    work.page._circumstances.intimate.setChecked(True)
    work.press(f"choice-{offer}")
    if name:
        work.type_into("chaperone-name", name)
    work.settle_before()
    settled = work.visit.before
    work.back()

    work.page._of = None  # as in a program that was closed in between
    work.page.begin()
    work.settle()

    assert work.page._settled() == settled


def test_continuing_without_a_change_records_nothing_twice(before):
    work = before()
    work.settle_before()
    work.back()
    events = len(work.made.read(lambda records: records.audit.newest(limit=100)))

    work.go_on()

    after = work.made.read(lambda records: records.audit.newest(limit=100))
    assert len(after) == events + 1, "only the step"


def test_the_patient_can_be_asked_in_another_language(before, make_clinic):
    made = make_clinic()
    french = in_french(shipped_form())
    library = FormLibrary((made.form, french))
    made.room.workplace = replace(made.room.workplace, forms=library)
    made.change(clinic.approve_form, french)
    work = before(made=made)

    work.page._circumstances.language.set_value("fr")
    work.page._circumstances.language_chosen.emit("fr")
    told = words_on(work.page._question)
    work.settle_before()

    assert any(text.startswith("Dire non") for text in told)
    assert work.visit.before.language == "fr"


def test_without_an_approved_form_nobody_goes_on(before, make_clinic):
    made = make_clinic(approve=False)
    work = before(made=made)

    work.press("choice-agreed")

    assert work.notice._code == "SESSION-025"
    assert not ready(work)


def test_a_failed_storing_leaves_everything_as_it_was(before):
    work = before()
    work.press("choice-agreed")
    work.made.change(_end, work.view.session.visit.id)

    work.go_on()

    assert work.notice._code == "SESSION-003"
    assert ready(work)


def _end(uow, desk, visit):
    return encounters.complete(uow, desk, visit)


def test_the_windows_language_comes_first():
    tags = ("de", "en", "pt")

    chosen = [usual_language(tags, tag) for tag in ("de-AT", "fr", "pt")]

    assert chosen == ["de", "en", "pt"]
    assert usual_language(["ar"], "fr") == "ar"


def test_only_who_is_known_to_be_of_age_is_taken_to_decide():
    deciders = [deciding.usual_decider(age) for age in (None, 17, 18)]

    assert deciders == [None, None, ConsenterKind.PATIENT]
