"""Taking a yes back: as easy as giving it, whole or by use."""

from __future__ import annotations

from app.domain.audit import Action
from app.domain.consent import Decision, Withdrawal
from app.domain.encounter import Encounter
from app.domain.fingerprint import fingerprint
from app.domain.ids import PatientId, UseId, WithdrawalId
from app.domain.staff import Right
from app.domain.standing import Picture, State, best_standing
from app.errors import KnownError
from app.services.ports import Desk, Records, UnitOfWork


class NothingToWithdrawError(KnownError):
    """No yes stands that could be taken back."""

    code = "SESSION-020"
    message = "There is no yes that could be taken back."
    advice = "The patient's page shows what stands for each use."


def withdraw(
    uow: UnitOfWork,
    desk: Desk,
    patient: PatientId,
    uses: frozenset[UseId],
    *,
    by_name: str,
    relationship: str = "",
    reason: str = "",
) -> Withdrawal:
    """Take back some uses, or all, for every picture of the patient.

    Args:
        uses: Empty takes back every use.
        by_name: Who takes it back.
        relationship: To the patient; empty when the patient does.
        reason: Only when somebody gave one.

    Raises:
        NothingToWithdrawError: No yes stands for any of them.
    """
    desk.staff.require(Right.RECORD_WITHDRAWAL)
    with uow:
        granted = {use for use, state in _standing(uow, desk, patient) if state is State.GRANTED}
        reached = granted & uses if uses else granted
        if not reached:
            raise NothingToWithdrawError
        links = uow.patients.links()
        survivor = links.survivor(patient)
        withdrawal = Withdrawal(
            id=WithdrawalId(desk.clock.new_id()),
            patient=survivor,
            patients=frozenset({survivor, *links.absorbed(survivor)}),
            uses=uses,
            by_name=by_name,
            stamp=desk.stamp(),
            relationship=relationship,
            reason=reason,
        )
        _record(uow, desk, withdrawal, reached)
        uow.commit()
    return withdrawal


def end_asking(uow: UnitOfWork, desk: Desk, visit: Encounter) -> None:
    """Take back what was granted in a visit whose asking the patient then stopped (R3).

    Belongs to the change that ends the visit. Pictures that are kept are kept for care alone.
    """
    desk.staff.require(Right.RECORD_WITHDRAWAL)
    answers = [a for consent in uow.consents.of_encounter(visit.id) for a in consent.answers]
    granted = [a for a in answers if a.decision is Decision.GRANTED]
    if not granted or visit.before is None:
        return
    links = uow.patients.links()
    survivor = links.survivor(visit.patient)
    withdrawal = Withdrawal(
        id=WithdrawalId(desk.clock.new_id()),
        patient=survivor,
        patients=frozenset({survivor, *links.absorbed(survivor)}),
        uses=frozenset(),
        by_name=visit.before.consenter.name,
        stamp=desk.stamp(),
        renditions=frozenset(a.rendition for a in granted),
        relationship=visit.before.consenter.relationship,
    )
    _record(uow, desk, withdrawal, {a.use for a in granted})


def _record(uow: UnitOfWork, desk: Desk, withdrawal: Withdrawal, reached: set[UseId]) -> None:
    uow.consents.add(withdrawal)
    uow.record(
        desk.event(
            Action.CONSENT_WITHDRAWN,
            withdrawal.patient,
            withdrawal=withdrawal.id,
            uses=",".join(sorted(reached)),
            whole=not withdrawal.uses,
            record=fingerprint(withdrawal),
        )
    )


def _standing(records: Records, desk: Desk, patient: PatientId) -> list[tuple[UseId, State]]:
    links = records.patients.links()
    survivor = links.survivor(patient)
    everyone = (survivor, *links.absorbed(survivor))
    history = records.consents.history(everyone)
    pictures = [
        Picture(rendition, filed)
        for filed in records.images.of_patients(everyone)
        for rendition in records.images.renditions(filed.id)
    ]
    asked = {a.use for fact in history for a in getattr(fact, "answers", ())}
    day = desk.today()
    found = best_standing(pictures, sorted(asked), history, links, on=day)
    return [(use, stands.state) for use, stands in found.items()]
