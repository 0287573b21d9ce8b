"""A morning's work on a vault, acknowledged step by step; run as a process that may die any time.

`python -m tests.faults.workload VAULT KEY_HEX SEED STEPS [careless]`: what was done is written as a
line into the file `acknowledged` beside the vault, after the service returned and before the next
step.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.domain.audit import Action
from app.domain.clinic import Clinic
from app.domain.clinical_image import ImageFactKind, ImageSource
from app.domain.consent import Decision
from app.domain.encounter import Encounter
from app.domain.ids import ImageId, PatientId
from app.services import activity, clinic, consents, encounters, intake, patients, withdrawals
from app.store.keys import VaultKey
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault
from app.system_clock import SystemClock
from tests.builders import TEACHING, an_attestation, demographics
from tests.fakes import WORKSTATION
from tests.services.conftest import Room
from tests.store.vault_parts import BEN, QUICK, a_passphrase

ACKNOWLEDGED = "acknowledged"
SMALLEST_BYTES, LARGEST_BYTES = 1_000, 120_000
Told = dict[str, Any]


def opened(vault: Path, key: bytes) -> SealedVault:
    """The vault with its own key, without a passphrase."""
    return SealedVault(ClosedVault(vault).open(VaultKey(bytearray(key))), WORKSTATION)


def content(number: int) -> bytes:
    """A picture for the decoder of fakes, the same for the same number."""
    chance = random.Random(number)
    return b"picture" + chance.randbytes(chance.randint(SMALLEST_BYTES, LARGEST_BYTES))


class Morning(Room):
    """One person's work on a real vault; each step gives what is acknowledged."""

    vault: Any
    clock: Any

    def __init__(self, sealed: SealedVault, seed: int) -> None:
        super().__init__()
        self.sealed = self.vault = sealed
        self.clock = SystemClock()
        self.desk = type(self.desk)(self.desk.staff, WORKSTATION, self.clock)
        self.chance = random.Random(seed)
        self.seed, self.number = seed, 0
        self.everybody: list[PatientId] = []
        self.images: list[ImageId] = []
        self.visits: list[Encounter] = []

    def furnish(self) -> None:
        """What every vault begins with."""
        about = Clinic("St Brigid's", "Dermatology", contact="Tel 01 555 0142")
        clinic.found(self.uow(), self.desk, about)
        clinic.approve_form(self.uow(), self.desk, self.form)

    def step(self) -> Told:
        """Do something."""
        self.number += 1
        if not self.everybody:
            return self.register()
        if not self.images:
            return self.photograph()
        steps: list[Callable[[], Told]] = [
            *(self.register, self.photograph, self.photograph, self.photograph),
            *(self.turn, self.agree, self.agree, self.take_back, self.note),
            *(self.give_passphrase, self.empty_log),
        ]
        return self.chance.choice(steps)()

    def register(self) -> Told:
        family = f"Family{self.seed}x{self.number}"
        made = patients.create(self.uow(), self.desk, demographics(family, "Given"))
        self.everybody.append(made.id)
        return {"did": "patient", "id": made.id, "family": family}

    def photograph(self) -> Told:
        number = self.seed * 1000 + self.number
        arrival = intake.Arrival(content(number), ImageSource.FILE)
        filing = intake.Filing(self.chance.choice(self.everybody))
        examined = intake.examine(self.pictures, arrival)
        image = intake.admit(self.uow(), self.desk, examined, filing).image
        self.images.append(image.id)
        return {"did": "image", "id": image.id, "number": number}

    def turn(self) -> Told:
        image, side = self.chance.choice(self.images), self.chance.choice(["left", "right"])
        intake.describe(self.uow(), self.desk, image, {ImageFactKind.LATERALITY: side})
        return {"did": "laterality", "id": image, "side": side}

    def agree(self) -> Told:
        """A whole visit: a picture, its check, the asking, the signature, the end."""
        visit = self.visit(self.register()["id"])
        self.check(self.take(visit, content(self.seed * 1000 + 500 + self.number)))
        draft = self.shown(self.ask(visit)).answer(TEACHING, Decision.GRANTED).no_to_the_rest()
        self.save(visit, draft)
        signed = consents.sign(self.uow(), self.desk, visit.id, self.form, an_attestation())
        self.visits.append(visit)
        return {"did": "consent", "id": signed.id, "patient": visit.patient, "visit": visit.id}

    def take_back(self) -> Told:
        if not self.visits:
            return self.agree()
        visit = self.visits.pop()
        taken = withdrawals.withdraw(
            self.uow(), self.desk, visit.patient, frozenset(), by_name="Amara Okafor"
        )
        encounters.abandon(self.uow(), self.desk, visit.id, keep_pictures=False)
        return {"did": "withdrawal", "id": taken.id, "patient": visit.patient}

    def note(self) -> Told:
        activity.note(self.uow(), self.desk, Action.PATIENTS_SEARCHED, found=self.number)
        return {"did": "note", "found": self.number}

    def give_passphrase(self) -> Told:
        opened = self.sealed.opened
        opened.key_file.set_passphrase(opened.key, BEN, a_passphrase(), parameters=QUICK)
        opened.remember_key_file()
        return {"did": "slot", "revision": opened.key_file.revision}

    def empty_log(self) -> Told:
        self.sealed.opened.database.checkpoint()
        return {"did": "checkpoint"}


def work(vault: Path, key: bytes, seed: int, steps: int, *, careless: bool = False) -> None:
    """Work until the steps are done, or something ends it; careless is without syncs."""
    told = os.open(vault.parent / ACKNOWLEDGED, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with opened(vault, key) as sealed:
        morning = Morning(sealed, seed)
        if careless:
            sealed.opened.database.writer().execute("PRAGMA synchronous = OFF")
        for _ in range(steps):
            os.write(told, json.dumps(morning.step()).encode() + b"\n")
    os.close(told)


if __name__ == "__main__":
    place, key_hex, number, how_many, *how = sys.argv[1:]
    work(Path(place), bytes.fromhex(key_hex), int(number), int(how_many), careless=bool(how))
