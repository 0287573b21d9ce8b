"""The sixth step: everybody's signature under the answers, or none where nothing was granted."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.consent import AttestationKind, SignerRole
from app.domain.consent_draft import Asking
from app.domain.encounter import BeforeCamera, Capacity, CareRecord, Consenter, ConsenterKind, Step
from app.domain.picture import EncodedPicture
from app.domain.rendition import Box, Cover, Edits, Identifiable
from app.services import asking, checking, encounters
from app.services.form_library import FormLibrary
from app.ui.session.show_panels import AnswersPanel
from app.ui.widgets.notices import EmptyState
from app.ui.widgets.text import Paragraph
from tests.ui.patient_side.asking_room import jpeg
from tests.ui.session.session_room import AMARA, COLLEAGUE, TEACHING, YES, Clinician, sign

MOTHER = BeforeCamera(
    Consenter(ConsenterKind.PARENT, "Ida Okafor", "mother"),
    Capacity.NOT_ABLE,
    "en",
    CareRecord.AGREED,
    interpreter="Mehmet Öztürk",
)


@pytest.fixture
def signing(qtbot, make_clinic):
    """A clinician at the step Sign: signing({TEACHING: YES})."""

    def begin(said, before=None):
        made = make_clinic()
        visit = made.answered(said, before=before)
        work = Clinician(qtbot, made)
        work.resume(visit)
        assert work.view.step is Step.SIGN
        return work

    return begin


def consents_of(work):
    visit = work.view.session.visit.id
    return work.made.read(lambda records: records.consents.of_encounter(visit))


def tabs(work):
    return [work.page.tabs.tabText(n) for n in range(work.page.tabs.count())]


def pane(work):
    return work.page._pads.currentWidget()


def primary(work):
    button = work.view.footer.primary
    return button.text(), button.isEnabled()


def words_on(widget):
    shown = [label for label in widget.findChildren(QLabel) if label.isVisible()]
    return [each.plain_text() if isinstance(each, Paragraph) else each.text() for each in shown]


def test_the_answers_stand_beside_the_pad(signing):
    work = signing({TEACHING: YES})

    panel = work.page.findChild(AnswersPanel)

    assert panel is not None
    assert panel.isVisible()
    assert work.made.form.signing.patient_declaration in words_on(pane(work))


def test_patient_and_clinician_sign_one_after_the_other(signing):
    work = signing({TEACHING: YES})
    unsigned = primary(work)
    sign(pane(work).pad)
    first = primary(work)
    work.go_on()
    second = pane(work).signer.role
    sign(pane(work).pad)
    last = primary(work)

    work.go_on()

    (consent,) = consents_of(work)
    signed = {s.role: s for s in consent.attestation.signatures}
    assert not unsigned[1]
    assert first == ("Next signature", True)
    assert second is SignerRole.CLINICIAN
    assert last == ("Record the answers", True)
    assert consent.attestation.kind is AttestationKind.INK
    assert signed[SignerRole.CONSENTER].name == "Amara Okafor"
    assert signed[SignerRole.CONSENTER].ink.counts
    assert work.made.form.signing.meaning in signed[SignerRole.CONSENTER].meaning
    assert signed[SignerRole.CLINICIAN].name == "Dr Ada Byrne"
    assert work.view.step is Step.COPY


def test_a_representative_and_an_interpreter_sign_too(signing):
    work = signing({TEACHING: YES}, MOTHER)

    names = tabs(work)
    told = words_on(pane(work))
    work.sign_all()
    work.go_on()

    (consent,) = consents_of(work)
    roles = [s.role for s in consent.attestation.signatures]
    assert len(names) == 3
    assert "Ida Okafor, mother" in told
    assert work.made.form.signing.representative_declaration in told
    assert roles == [SignerRole.CONSENTER, SignerRole.INTERPRETER, SignerRole.CLINICIAN]


def test_a_signed_paper_is_confirmed_instead_of_drawn(signing):
    work = signing({TEACHING: YES})
    work.press("choice-paper")
    hidden = pane(work).pad.isVisible()

    pane(work).on_paper.setChecked(True)
    work.go_on()
    sign(pane(work).pad)
    work.go_on()

    (consent,) = consents_of(work)
    consenter = consent.attestation.signatures[0]
    assert not hidden
    assert consent.attestation.kind is AttestationKind.PAPER
    assert (consenter.kind, consenter.ink) == (AttestationKind.PAPER, None)


def test_a_spoken_consent_has_a_named_witness_and_no_signature_of_the_patient(signing):
    work = signing({TEACHING: YES})
    work.press("choice-spoken")
    first = pane(work).signer.role
    sign(pane(work).pad)
    nameless = primary(work)[1]
    work.type_into("signer-name", " Joy   Mbeki ")
    work.go_on()
    sign(pane(work).pad)

    work.go_on()

    (consent,) = consents_of(work)
    signed = {s.role: s.name for s in consent.attestation.signatures}
    assert first is SignerRole.WITNESS
    assert not nameless
    assert signed == {SignerRole.WITNESS: "Joy Mbeki", SignerRole.CLINICIAN: "Dr Ada Byrne"}


def test_a_mark_may_be_a_dot_before_a_witness(signing, qtbot):
    work = signing({TEACHING: YES})
    qtbot.mouseClick(pane(work).pad, Qt.MouseButton.LeftButton)
    as_ink = primary(work)[1]
    work.press("choice-mark")
    as_mark = work.page._shown[0].complete()
    work.page.tabs.setCurrentIndex(1)
    work.type_into("signer-name", "Joy Mbeki")
    sign(pane(work).pad)
    work.page.tabs.setCurrentIndex(2)
    sign(pane(work).pad)

    work.go_on()

    (consent,) = consents_of(work)
    assert not as_ink
    assert as_mark
    assert consent.attestation.kind is AttestationKind.MARK


def test_back_goes_through_the_signatures_first(signing):
    work = signing({TEACHING: YES})
    sign(pane(work).pad)
    work.go_on()

    work.back()
    within = work.view.step
    work.back()

    assert within is Step.SIGN
    assert work.view.step is Step.SHOW


def test_signing_last_leads_to_who_is_missing(signing):
    work = signing({TEACHING: YES})
    work.page.tabs.setCurrentIndex(1)
    sign(pane(work).pad)

    work.go_on()

    assert pane(work).signer.role is SignerRole.CONSENTER


def test_where_nothing_was_granted_nobody_signs(signing):
    work = signing({})

    told = words_on(work.page.findChild(EmptyState, "nothing-to-sign"))
    work.go_on()

    (consent,) = consents_of(work)
    assert "Nothing was granted; no signature is needed." in told
    assert consent.attestation is None
    assert work.view.step is Step.COPY


def test_recorded_answers_are_not_signed_twice(signing):
    work = signing({TEACHING: YES})
    work.sign_all()
    work.go_on()

    work.back()
    told = words_on(work.page.findChild(EmptyState, "nothing-to-sign"))
    work.go_on()

    assert "The answers are recorded." in told
    assert any("Amara Okafor" in text for text in told)
    assert len(consents_of(work)) == 1
    assert work.view.step is Step.COPY


def test_a_recorded_refusal_names_no_signers(signing):
    work = signing({})
    work.go_on()

    work.back()

    told = words_on(work.page.findChild(EmptyState, "nothing-to-sign"))
    assert "The answers are recorded." in told
    assert not any("Signed by" in text for text in told)


def test_other_answers_need_new_signatures(signing):
    work = signing({TEACHING: YES})
    work.sign_all()
    work.go_on()
    work.back()
    work.back()
    work.made.answer(work.view.session.visit, {TEACHING: YES, COLLEAGUE: YES})

    work.view._go_to(Step.SIGN)
    work.settle()
    inked = [each.complete() for each in work.page._shown]
    work.sign_all()
    work.go_on()

    assert not any(inked)
    assert len(consents_of(work)) == 2


def test_a_picture_that_was_changed_meanwhile_is_told(signing):
    work = signing({TEACHING: YES})
    visit = work.view.session.visit.id
    (image,) = work.made.read(lambda records: records.images.of_encounter(visit))
    edits = Edits(covers=(Cover(Box(1, 1, 20, 20)),))
    drawn = EncodedPicture(jpeg(3), "image/jpeg", 640, 480)
    rendition = work.made.change(checking.keep_rendition, image.id, edits, drawn)
    work.made.change(checking.assess, rendition.id, Identifiable.NO, ())
    work.sign_all()

    work.go_on()

    assert work.notice._code == "SESSION-019"
    assert all(each.complete() for each in work.page._shown), "the ink is still there"


def test_an_asking_that_was_put_off_meanwhile_is_told(signing):
    work = signing({TEACHING: YES})
    visit = work.view.session.visit.id
    draft = work.made.read(lambda records: records.encounters.draft(visit))
    work.made.change(asking.save, visit, draft.not_now())

    work.page.begin()
    work.settle()

    assert draft.state is Asking.ANSWERED
    assert work.notice._code == "SESSION-015"


def test_a_wording_that_is_gone_is_told(qtbot, make_clinic):
    made = make_clinic()
    visit = made.answered({TEACHING: YES})
    made.room.workplace = replace(made.room.workplace, forms=FormLibrary(()))
    work = Clinician(qtbot, made)

    work.resume(visit)

    assert work.notice._code == "SESSION-026"
    assert not primary(work)[1]


def test_nothing_can_be_recorded_twice(signing):
    work = signing({TEACHING: YES})
    work.sign_all()

    work.page.finish()
    work.page.finish()
    work.settle()

    assert len(consents_of(work)) == 1


def test_a_session_that_ended_meanwhile_is_told(signing):
    work = signing({TEACHING: YES})
    work.made.change(encounters.abandon, work.view.session.visit.id, keep_pictures=False, reason="")
    work.sign_all()

    work.go_on()

    assert work.notice._code == "SESSION-015"
    assert AMARA.plain_name == "Amara Okafor"
