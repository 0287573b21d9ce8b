"""Both vaults: every contract is tried on the one in memory and on the real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.ports import Vault
from tests.contracts.workbench import Workbench
from tests.fakes import FakeVault
from tests.sealed_vaults import EmptyVault


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> EmptyVault:
    return EmptyVault.made_in(tmp_path_factory.mktemp("empty"))


@pytest.fixture(params=["fake", "sealed"])
def vault(
    request: pytest.FixtureRequest, tmp_path: Path, empty_vault: EmptyVault
) -> Iterator[Vault]:
    if request.param == "fake":
        yield FakeVault()
        return
    with empty_vault.opened(empty_vault.copied_to(tmp_path)) as sealed:
        yield sealed


@pytest.fixture
def bench(vault: Vault) -> Workbench:
    return Workbench(vault)
