"""Checking, papers, extracts, the clinic and the activity list, on the vault of fakes."""

from dataclasses import replace

import pytest

from app.domain.audit import Action, Outcome
from app.domain.clinic import Clinic
from app.domain.consent import AttestationKind, Decision, ShownText, Withdrawal
from app.domain.consent_form import FormId
from app.domain.disclosure import HandOver
from app.domain.document import DocumentKind
from app.domain.ids import ConsentId, DocumentId, ImageId, PatientId, RenditionId, UseId
from app.domain.paper_labels import PrintedAnswer, SignatureRole
from app.domain.rendition import Box, Cover, Edits, Identifiable, Resolution
from app.domain.staff import NotPermittedError, Role
from app.services import activity, checking, clinic, consents, encounters, extracts, papers
from app.services import withdrawals as taking_back
from app.services.checking import NoSuchRenditionError, PictureGoneError
from app.services.clinic import FormNotApprovedError, WeakPinError
from app.services.extracts import ExtractNotJustifiedError, NothingToExtractError
from app.services.papers import NoSuchDocumentError
from tests.builders import TEACHING, a_withdrawal, an_attestation

COVERED = Edits(covers=(Cover(Box(10, 10, 50, 20)),))


@pytest.fixture
def visit(room):
    return room.visit()


@pytest.fixture
def image(room, visit):
    return room.take(visit)


def signed(room, visit, kind=AttestationKind.INK):
    draft = room.shown(room.ask(visit))
    one = draft.pictures[0].rendition
    draft = draft.answer(TEACHING, Decision.GRANTED, not_these=frozenset({one}))
    room.save(visit, draft.no_to_the_rest())
    return consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation(kind))


def copy_of(room, consent):
    return room.read(
        lambda records: papers.consent_copy(
            records, room.desk, room.pictures, consent.id, room.form
        )
    )


def test_a_rendition_leaves_the_original_untouched(room, image):
    before = room.read(lambda r: checking.original_of(r, room.desk, image.id))

    rendition = room.check(image, COVERED)

    assert rendition.covered
    assert room.read(lambda r: checking.original_of(r, room.desk, image.id)) == before
    assert room.read(lambda r: checking.picture_of(r, room.desk, rendition.id)).startswith(
        b"\xff\xd8\xff"
    )


def test_the_same_edits_twice_give_the_same_rendition(room, image):
    first, second = room.check(image, COVERED), room.check(image, COVERED)
    third = room.check(image, Edits())

    assert first == second
    assert third.id != first.id


def test_a_picture_is_checked_once_it_was_judged(room, image):
    unchecked = room.read(lambda r: checking.as_checked(r, image))
    room.check(image, identifiable=Identifiable.UNSURE)
    checked = room.read(lambda r: checking.as_checked(r, image))

    assert (unchecked.checked, checked.checked) == (False, True)
    assert checked.assessment.identifiable is Identifiable.UNSURE


def test_metadata_findings_settle_themselves(image):
    settled = checking.stripped(image.image.findings)

    assert [(f.key, f.resolution) for f in settled] == [
        ("position/GPSLatitude", Resolution.STRIPPED)
    ]


def test_what_is_not_there_is_said(room, visit, image):
    rendition = room.check(image)
    drawn = room.pictures.render(b"", Edits())
    with pytest.raises(NoSuchRenditionError):
        room.read(lambda r: checking.picture_of(r, room.desk, RenditionId("x")))
    with pytest.raises(NoSuchRenditionError):
        checking.assess(room.uow(), room.desk, RenditionId("x"), Identifiable.NO, ())
    with pytest.raises(PictureGoneError):
        checking.keep_rendition(room.uow(), room.desk, ImageId("x"), Edits(), drawn)
    encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=False)
    with pytest.raises(PictureGoneError):
        room.read(lambda r: checking.original_of(r, room.desk, image.id))
    with pytest.raises(PictureGoneError):
        room.read(lambda r: checking.picture_of(r, room.desk, rendition.id))


def test_the_copy_says_every_use_with_its_answer(room, visit, image):
    room.check(image)
    second = room.take(visit, b"picture 2")
    room.check(second, COVERED)

    paper = copy_of(room, signed(room, visit))

    said = {use.use: use for use in paper.uses}
    assert len(said) == 10
    assert said["care-record"].answer is PrintedAnswer.GRANTED
    assert said["teaching-local"].answer is PrintedAnswer.GRANTED
    assert said["teaching-local"].exceptions == ("Picture 1",)
    assert said["teaching-local"].expires == "23 November 2031"
    assert said["social-media"].answer is PrintedAnswer.REFUSED
    assert said["publication"].answer is PrintedAnswer.NOT_ASKED
    assert [p.covered for p in paper.pictures] == [False, True]
    assert paper.refusal_confirmed_at is not None
    assert [s.role for s in paper.signatures] == [SignatureRole.CLINICIAN, SignatureRole.PATIENT]


def test_a_confirmed_statement_stays_confirmed_when_it_is_read_again(room, visit, image):
    room.check(image)
    draft, at = room.shown(room.ask(visit)), room.clock.now()
    part = f"statement:{room.form.refusal.id}"
    for confirmed in (at, None):
        draft = draft.show_text(ShownText(part, room.form.refusal.text, at, 900, confirmed))
    room.save(visit, draft.none_of_these())
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, None)

    paper = copy_of(room, consent)

    assert [s.confirmed_at for s in paper.statements if s.confirmed_at] == [at]


def test_a_spoken_consent_is_printed_with_its_witness(room, visit, image):
    room.check(image)
    second = room.take(visit, b"picture 2")
    room.check(second)

    paper = copy_of(room, signed(room, visit, AttestationKind.SPOKEN))

    assert {s.role for s in paper.signatures} == {SignatureRole.CLINICIAN, SignatureRole.WITNESS}


def test_a_refusal_is_printed_without_signatures(room, visit, image):
    room.check(image)
    room.save(visit, room.shown(room.ask(visit)).none_of_these())
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, None)

    assert copy_of(room, consent).signatures == ()


def test_a_paper_names_the_clinic_when_it_has_no_contact(room, visit, image):
    clinic.change(room.uow(), room.desk, Clinic("St Brigid's", "Dermatology"))
    room.check(image)
    room.save(visit, room.shown(room.ask(visit)).none_of_these())
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, None)

    assert copy_of(room, consent).clinic.contact == "Dermatology\nSt Brigid's"


def test_the_copy_is_kept_once_and_never_remade(room, visit, image):
    room.check(image)
    room.save(visit, room.shown(room.ask(visit)).none_of_these())
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, None)

    first = papers.keep_consent_copy(room.uow(), room.desk, consent.id, b"%PDF one")
    second = papers.keep_consent_copy(room.uow(), room.desk, consent.id, b"%PDF two")

    assert second == first
    assert room.read(lambda r: papers.read(r, room.desk, first.id)) == b"%PDF one"
    assert room.read(lambda r: papers.copy_of(r, consent.id)) == first


def test_handing_a_copy_over_is_recorded_before_it_leaves(room, visit, image):
    room.check(image)
    room.save(visit, room.shown(room.ask(visit)).none_of_these())
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, None)
    document = papers.keep_consent_copy(room.uow(), room.desk, consent.id, b"%PDF one")

    copy = papers.hand_over(room.uow(), room.desk, document.id, HandOver.PRINTED)

    given = room.read(lambda r: r.documents.hand_overs(document.id))
    assert (copy.sha256, [g.way for g in given]) == (document.sha256, [HandOver.PRINTED])
    assert room.actions()[0] is Action.COPY_HANDED_OVER


def test_a_withdrawal_has_its_own_paper(room, visit, image):
    room.check(image)
    second = room.take(visit, b"picture 2")
    room.check(second)
    signed(room, visit)
    withdrawal = taking_back.withdraw(
        room.uow(),
        room.desk,
        visit.patient,
        frozenset(),
        by_name="Ngozi Okafor",
        relationship="mother",
    )

    paper = room.read(lambda r: papers.withdrawal_confirmation(r, room.desk, withdrawal, room.form))
    document = papers.keep_withdrawal_confirmation(room.uow(), room.desk, withdrawal, b"%PDF")

    assert paper.withdrawn_uses == ("Teaching in this department",)
    assert paper.withdrawn_by == "Ngozi Okafor (mother)"
    assert document.kind is DocumentKind.WITHDRAWAL_CONFIRMATION


def test_the_paper_of_a_withdrawal_by_the_patient_names_the_uses_it_reached(room, visit, image):
    room.check(image)
    second = room.take(visit, b"picture 2")
    room.check(second)
    signed(room, visit)
    withdrawal: Withdrawal = taking_back.withdraw(
        room.uow(), room.desk, visit.patient, frozenset({TEACHING}), by_name="Amara Okafor"
    )

    paper = room.read(lambda r: papers.withdrawal_confirmation(r, room.desk, withdrawal, room.form))

    assert (paper.withdrawn_by, len(paper.withdrawn_uses)) == ("Amara Okafor", 1)


def test_the_paper_of_a_withdrawal_names_only_what_that_one_took_back(room, visit, image):
    room.check(image)
    room.check(room.take(visit, b"picture 2"))
    colleague = UseId("colleague-advice")
    draft = room.shown(room.ask(visit)).answer(TEACHING, Decision.GRANTED)
    room.save(visit, draft.answer(colleague, Decision.GRANTED).no_to_the_rest())
    consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())

    def taken_back(*uses):
        found = taking_back.withdraw(
            room.uow(), room.desk, visit.patient, frozenset(uses), by_name="Amara Okafor"
        )
        return found, titles(found)

    def titles(withdrawal):
        return room.read(
            lambda r: papers.withdrawal_confirmation(r, room.desk, withdrawal, room.form)
        ).withdrawn_uses

    first, of_first = taken_back(TEACHING)
    _, of_second = taken_back()

    assert of_first == (room.form.use(TEACHING).title,)
    assert of_second == (room.form.use(colleague).title,)
    assert titles(first) == of_first, "the same paper whenever it is made"


def test_the_paper_of_a_withdrawal_is_in_the_words_of_the_form(room, visit, image):
    room.check(image)
    room.check(room.take(visit, b"picture 2"))
    signed(room, visit)
    withdrawal = taking_back.withdraw(
        room.uow(), room.desk, visit.patient, frozenset(), by_name="Amara Okafor"
    )
    form = replace(
        room.form,
        language="pt-BR",
        paper=replace(room.form.paper, date_form="{day} de {month} de {year}"),
        confirmation=replace(room.form.confirmation, reference="Referência"),
    )

    paper = room.read(lambda r: papers.withdrawal_confirmation(r, room.desk, withdrawal, form))

    assert paper.labels.reference == "Referência"
    assert paper.patient.birth_date == "12 de March de 1992"


def test_papers_that_are_not_there_are_said(room):
    for attempt in (
        lambda: papers.keep_consent_copy(room.uow(), room.desk, ConsentId("x"), b""),
        lambda: papers.hand_over(room.uow(), room.desk, DocumentId("x"), HandOver.SAVED),
        lambda: room.read(lambda r: papers.read(r, room.desk, DocumentId("x"))),
        lambda: room.read(
            lambda r: papers.consent_copy(r, room.desk, room.pictures, ConsentId("x"), room.form)
        ),
        lambda: room.read(
            lambda r: papers.withdrawal_confirmation(
                r, room.desk, a_withdrawal(PatientId("x")), room.form
            )
        ),
    ):
        with pytest.raises(NoSuchDocumentError):
            attempt()


def test_an_extract_gives_the_bytes_as_they_came_and_is_recorded(room, image):
    found = extracts.extract(
        room.uow(), room.desk, image.id, reason="second opinion", recipient="Dr Lindqvist"
    )

    assert found.data == b"picture 1"
    assert room.read(lambda r: [d.reason for d in r.disclosures.all()]) == ["second opinion"]
    assert room.actions()[0] is Action.ORIGINAL_EXTRACTED


def test_an_extract_is_refused_before_anything_is_read(room, visit, image):
    def extract(desk=None, which=None, reason="r", recipient="x"):
        extracts.extract(
            room.uow(), desk or room.desk, which or image.id, reason=reason, recipient=recipient
        )

    with pytest.raises(NotPermittedError):
        extract(desk=room.as_role(Role.CLINICIAN))
    with pytest.raises(ExtractNotJustifiedError):
        extract(reason=" ")
    with pytest.raises(ExtractNotJustifiedError):
        extract(recipient="")
    with pytest.raises(NothingToExtractError):
        extract(which=ImageId("x"))
    encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=False)
    with pytest.raises(NothingToExtractError):
        extract()
    assert Action.ORIGINAL_EXTRACTED not in room.actions()


def test_a_form_is_used_once_the_clinic_approved_it(room):
    form = FormId("clinical-photography")
    in_use = room.read(lambda r: clinic.form_in_use(r, room.forms, form, "en"))

    assert (in_use.text_sha256, in_use.approval.by) == (room.form.text_sha256, "Dr Ada Byrne")
    with pytest.raises(FormNotApprovedError):
        room.read(lambda r: clinic.form_in_use(r, room.forms, form, "xx"))
    clinic.change(room.uow(), room.desk, Clinic("St Brigid's"))
    with pytest.raises(FormNotApprovedError):
        room.read(lambda r: clinic.form_in_use(r, room.forms, form, "en"))


@pytest.mark.parametrize("pin", ["", "123", "12a4", "١٢٣"])
def test_weak_pins_are_refused(room, pin):
    with pytest.raises(WeakPinError):
        clinic.set_pin(room.uow(), room.desk, room.pins, pin)


def test_a_new_pin_opens_at_once(room):
    staff = clinic.set_pin(room.uow(), room.desk, room.pins, "97531")

    assert room.pins.matches("97531", staff.pin_verifier)
    assert room.read(lambda r: r.people.staff(staff.id)) == staff


def test_the_activity_list_names_people_only_while_they_are_known(room, visit):
    activity.note(room.uow(), room.desk, Action.VAULT_UNLOCKED)

    newest, *rest = room.read(lambda r: activity.newest(r, room.desk))

    assert (newest.action, newest.staff, newest.patient, newest.outcome) == (
        Action.VAULT_UNLOCKED,
        "Dr Ada Byrne",
        "",
        Outcome.SUCCESS,
    )
    assert "OKAFOR, Amara" in {entry.patient for entry in rest}
    assert visit.open


def test_sound_chains_have_no_faults(room):
    assert room.read(activity.faults) == ()
