"""Handing an open vault to somebody: who it is, and what is put right first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.audit import Action
from app.domain.ids import StaffId, WorkstationId
from app.domain.staff import Staff
from app.services import activity, staffing
from app.services.ports import Desk
from app.store.argon2id import Argon2Parameters
from app.store.errors import WrongPassphraseError
from app.store.sealed_vault import SealedVault
from app.store.staff_slots import VaultSlots
from app.store.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says to be, and what they showed.

    Attributes:
        owners: Whose passphrase or PIN it was; empty for the recovery code, which is nobody's.
        name: As typed; empty when nobody was asked.
        way: "passphrase", "pin" or "recovery-code".
    """

    owners: tuple[StaffId, ...] = ()
    name: str = ""
    way: str = "passphrase"


def enter(
    opened: OpenVault,
    workstation: WorkstationId,
    claim: Claim,
    desk_of: Callable[[Staff], Desk],
    parameters: Argon2Parameters | None,
) -> tuple[SealedVault, Desk]:
    """Let somebody in; that is recorded. Whoever raises here has to close the vault.

    What a crash left half done is finished, and a key file from before sign-in by name is told the
    names.

    Raises:
        KeyFileOutdatedError: An older copy of the key file was put in its place.
        WrongPassphraseError: Nobody of the owners is active and named so.
        UserNotNamedError: Several are.
        NotAnAdministratorError: The recovery code is for administrators.
    """
    opened.require_current_key_file()
    vault = SealedVault(opened, workstation)
    with vault.reading() as records:
        everybody = records.people.all_staff()
        if claim.owners:
            staff = staffing.who_signs_in(records, claim.owners, claim.name)
        else:
            staff = staffing.who_recovers(records, claim.name)
    if staff is None:
        raise WrongPassphraseError
    desk = desk_of(staff)
    activity.note(vault.unit_of_work(), desk, Action.VAULT_UNLOCKED, way=claim.way)
    slots = VaultSlots(opened, parameters)
    staffing.tidy(vault.unit_of_work(), desk, slots)
    slots.name_everybody(everybody)
    return vault, desk
