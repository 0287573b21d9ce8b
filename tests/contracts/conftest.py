"""Both vaults: every contract is tried on the one in memory and on the real one."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.services.ports import Vault
from app.store.keys import VaultKey
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault, create_vault
from tests.contracts.workbench import Workbench
from tests.fakes import WORKSTATION, FakeVault
from tests.store.vault_parts import ANNA, QUICK, VAULT_ID, a_passphrase


@pytest.fixture(scope="session")
def copied_vault(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], SealedVault]:
    """Open a copy of an empty vault that is made only once, which is quicker than making it."""
    path = tmp_path_factory.mktemp("empty") / "rooms.clinigraph"
    made = create_vault(path, VAULT_ID, owner=ANNA, passphrase=a_passphrase(), parameters=QUICK)
    made.recovery_code.wipe()
    key = bytes(made.vault.key.view())
    made.vault.close()

    def opened(folder: Path) -> SealedVault:
        for file in (path, path.with_suffix(".clinigraph-keys")):
            shutil.copyfile(file, folder / file.name)
        vault_key = VaultKey(bytearray(key))
        return SealedVault(ClosedVault(folder / path.name).open(vault_key), WORKSTATION)

    return opened


@pytest.fixture(params=["fake", "sealed"])
def vault(
    request: pytest.FixtureRequest, tmp_path: Path, copied_vault: Callable[[Path], SealedVault]
) -> Iterator[Vault]:
    if request.param == "fake":
        yield FakeVault()
        return
    with copied_vault(tmp_path) as sealed:
        yield sealed


@pytest.fixture
def bench(vault: Vault) -> Workbench:
    return Workbench(vault)
