"""Who signs, in which order and what each declares, for each way to attest a consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.consent import Attestation, AttestationKind, Signature, SignerRole
from app.domain.consent_form import ConsentForm
from app.domain.encounter import BeforeCamera, ConsenterKind

WITNESSED = frozenset({AttestationKind.SPOKEN, AttestationKind.MARK})


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature that is wanted.

    Attributes:
        kind: How this person signs: the consenter as the consent is attested, others with ink.
        name: As printed; empty where it is typed on the page.
        title: The role in the form's language.
        declaration: What this person declares.
        meaning: What is kept with the signature: the words that stand beside the pad.
    """

    role: SignerRole
    kind: AttestationKind
    name: str
    title: str
    declaration: str
    meaning: str
    relationship: str = ""


def signers(
    kind: AttestationKind, before: BeforeCamera, form: ConsentForm, clinician: str
) -> tuple[Signer, ...]:
    """Everybody who signs, the person who decides first, the clinician last."""
    wanted = []
    if kind is not AttestationKind.SPOKEN:
        wanted.append(_consenter(kind, before, form))
    if kind in WITNESSED:
        wanted.append(_witness(kind, form))
    if before.interpreter:
        wanted.append(
            _other(
                SignerRole.INTERPRETER,
                before.interpreter,
                form.paper.role_interpreter,
                form.signing.interpreter_declaration,
            )
        )
    wanted.append(
        _other(
            SignerRole.CLINICIAN,
            clinician,
            form.paper.role_clinician,
            form.signing.clinician_declaration,
        )
    )
    return tuple(wanted)


def attestation(kind: AttestationKind, signatures: Iterable[Signature]) -> Attestation:
    """The signatures together."""
    return Attestation(kind, tuple(signatures))


def _consenter(kind: AttestationKind, before: BeforeCamera, form: ConsentForm) -> Signer:
    alone = before.consenter.kind is ConsenterKind.PATIENT
    signing = form.signing
    declaration = signing.patient_declaration if alone else signing.representative_declaration
    return Signer(
        role=SignerRole.CONSENTER,
        kind=kind,
        name=before.consenter.name,
        title=form.paper.role_patient if alone else form.paper.role_consenter,
        declaration=declaration,
        meaning=f"{declaration} {signing.meaning}",
        relationship=before.consenter.relationship,
    )


def _witness(kind: AttestationKind, form: ConsentForm) -> Signer:
    spoken = kind is AttestationKind.SPOKEN
    signing = form.signing
    declaration = signing.spoken_declaration if spoken else signing.witness_declaration
    return _other(SignerRole.WITNESS, "", form.paper.role_witness, declaration)


def _other(role: SignerRole, name: str, title: str, declaration: str) -> Signer:
    return Signer(role, AttestationKind.INK, name, title, declaration, declaration)
