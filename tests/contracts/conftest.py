"""Both vaults: every contract is tried on the one in memory and on the real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.ports import Vault
from app.store.sealed_vault import SealedVault
from app.store.vault import create_vault
from tests.contracts.workbench import Workbench
from tests.fakes import WORKSTATION, FakeVault
from tests.store.vault_parts import ANNA, QUICK, VAULT_ID, a_passphrase


@pytest.fixture(params=["fake", "sealed"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vault]:
    if request.param == "fake":
        yield FakeVault()
        return
    made = create_vault(
        tmp_path / "rooms.clinigraph",
        VAULT_ID,
        owner=ANNA,
        passphrase=a_passphrase(),
        parameters=QUICK,
    )
    made.recovery_code.wipe()
    with SealedVault(made.vault, WORKSTATION) as sealed:
        yield sealed


@pytest.fixture
def bench(vault: Vault) -> Workbench:
    return Workbench(vault)
