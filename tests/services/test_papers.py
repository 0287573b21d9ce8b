"""What stands on the papers, and that each is kept once, on the vault of fakes."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from app.domain.consent import AttestationKind, Decision, ShownText
from app.domain.paper_labels import SignatureKind, SignatureRole
from app.services import consents, papers
from app.services import withdrawals as taking_back
from tests.builders import TEACHING, an_attestation

SUMMER_IN_INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.fixture
def visit(room):
    visit = room.visit()
    room.check(room.take(visit))
    return visit


def signed(room, visit, kind=AttestationKind.INK):
    draft, now = room.shown(room.ask(visit)), room.clock.now()
    part = f"statement:{room.form.refusal.id}"
    draft = draft.show_text(ShownText(part, room.form.refusal.text, now, 900, now))
    room.save(visit, draft.answer(TEACHING, Decision.GRANTED).no_to_the_rest())
    return consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation(kind))


def copy_of(room, desk, consent):
    return room.read(
        lambda records: papers.consent_copy(records, desk, room.pictures, consent.id, room.form)
    )


def test_every_time_on_the_copy_is_told_in_the_clinics_zone(room, visit):
    desk = replace(room.desk, zone=SUMMER_IN_INDIA)

    paper = copy_of(room, desk, signed(room, visit))

    confirmed = [s.confirmed_at for s in paper.statements if s.confirmed_at]
    signatures = [signature.signed_at for signature in paper.signatures]
    assert len(confirmed) == 1
    for moment in (paper.refusal_confirmed_at, paper.made_at, *confirmed, *signatures):
        assert moment.utcoffset() == SUMMER_IN_INDIA.utcoffset(None)


def test_a_spoken_consent_says_beside_its_witness_that_it_was_spoken(room, visit):
    paper = copy_of(room, room.desk, signed(room, visit, AttestationKind.SPOKEN))

    remarks = {signature.role: signature.remark for signature in paper.signatures}
    assert remarks == {
        SignatureRole.CLINICIAN: "",
        SignatureRole.WITNESS: paper.labels.signature_kinds[SignatureKind.SPOKEN],
    }


def test_the_confirmation_of_a_withdrawal_is_kept_once_and_never_remade(room, visit):
    signed(room, visit)
    withdrawal = taking_back.withdraw(
        room.uow(), room.desk, visit.patient, frozenset(), by_name="Amara Okafor"
    )

    first = papers.keep_withdrawal_confirmation(room.uow(), room.desk, withdrawal, b"%PDF one")
    second = papers.keep_withdrawal_confirmation(room.uow(), room.desk, withdrawal, b"%PDF two")

    assert second == first
    assert room.read(lambda r: papers.read(r, room.desk, first.id)) == b"%PDF one"


def test_each_withdrawal_has_its_own_confirmation(room, visit):
    kept = []
    for name in ("Amara Okafor", "Ngozi Okafor"):
        signed(room, visit)
        withdrawal = taking_back.withdraw(
            room.uow(), room.desk, visit.patient, frozenset(), by_name=name
        )
        kept.append(
            papers.keep_withdrawal_confirmation(
                room.uow(), room.desk, withdrawal, b"%PDF " + name.encode()
            )
        )

    assert len({document.id for document in kept}) == len(kept)
