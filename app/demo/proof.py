"""Before the demonstration says that it went well, it reads back what it left."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.cli.verifying import verify
from app.demo.people import AMARA
from app.demo.results import CONSENT, KEYS, PASSPHRASE, VAULT, WITHDRAWAL, Results
from app.demo.throwaway import PASSPHRASE as WORDS
from app.demo.throwaway import Throwaway, passphrase
from app.documents.read_back import check_consent_pdf, check_withdrawal_pdf
from app.domain.consent import Consent, Withdrawal
from app.domain.ids import PatientId, UseId
from app.domain.paper_labels import PrintedAnswer
from app.errors import KnownError
from app.services import papers
from app.services.ports import Records
from app.services.workplace import Workplace


class UnprovenError(KnownError):
    """What was left does not hold what was agreed in the window."""

    code = "DEMO-003"
    message = "What the demonstration left does not hold what was agreed: {what}."
    advice = "Report it: this is a fault of the program."


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the patient said in the window.

    Attributes:
        granted: The uses that got a yes.
        refused: The uses that got a no.
        left_out: For a granted use the numbers of the pictures that it leaves out, from 1.
        taken_back: The uses that were withdrawn afterwards.
    """

    granted: frozenset[UseId]
    refused: frozenset[UseId]
    left_out: Mapping[UseId, tuple[int, ...]] = field(default_factory=dict)
    taken_back: frozenset[UseId] = frozenset()


def prove(place: Throwaway, results: Results, agreed: Agreed) -> None:
    """Read the papers back, and open and check the copy of the vault.

    Raises:
        KnownError: Something is missing; it says what.
    """
    workplace = place.core.unlock(place.vault, passphrase())
    try:
        _prove_papers(workplace, results, agreed)
    finally:
        workplace.close()
    for name, source in ((VAULT, place.vault), (KEYS, place.keys)):
        shutil.copyfile(source, results.place(name))
    results.place(PASSPHRASE).write_text(f"{WORDS}\n", encoding="utf-8")
    copy = place.core.unlock(results.folder / VAULT, passphrase())
    try:
        if not verify(copy, as_json=False):
            raise UnprovenError(what="the copy of the vault is not sound")
    finally:
        copy.close()


def _prove_papers(workplace: Workplace, results: Results, agreed: Agreed) -> None:
    with workplace.vault.reading() as records:
        consent, withdrawal = _newest_facts(records)
        form = workplace.forms.with_hash(consent.shown.form_sha256)
        if form is None:
            raise UnprovenError(what="the form that was shown is missing")
        paper = papers.consent_copy(records, workplace.desk, workplace.pictures, consent.id, form)
        confirmation = papers.withdrawal_confirmation(records, workplace.desk, withdrawal, form)
    check_consent_pdf((results.folder / CONSENT).read_bytes(), paper)
    check_withdrawal_pdf((results.folder / WITHDRAWAL).read_bytes(), confirmation)
    printed = {use.use: use.answer for use in paper.uses}
    for answer, uses in (
        (PrintedAnswer.GRANTED, agreed.granted),
        (PrintedAnswer.REFUSED, agreed.refused),
    ):
        for use in uses:
            if printed[use] is not answer:
                raise UnprovenError(what=f"the answer to {use} is printed as {printed[use]}")
    exceptions = {use.use: use.exceptions for use in paper.uses}
    for use, numbers in agreed.left_out.items():
        if len(exceptions[use]) != len(numbers):
            raise UnprovenError(what=f"the pictures left out of {use} are not printed")
    if withdrawal.uses != agreed.taken_back:
        raise UnprovenError(what="other uses were taken back")


def _newest_facts(records: Records) -> tuple[Consent, Withdrawal]:
    """Today's consent and withdrawal of the patient who was in the room."""
    found = records.patients.with_identifier(AMARA.demographics.identifiers[0])
    history = records.consents.history([PatientId(patient.id) for patient in found])
    consents = [fact for fact in history if isinstance(fact, Consent)]
    withdrawals = [fact for fact in history if isinstance(fact, Withdrawal)]
    if not consents or not withdrawals:
        raise UnprovenError(what="the consent or its withdrawal is missing")
    return (
        max(consents, key=lambda fact: fact.stamp.at),
        max(withdrawals, key=lambda fact: fact.stamp.at),
    )
