"""The store and the fake have the shape of the ports: mypy reads these lines, pytest runs them."""

from app.services.ports import UnitOfWork, Vault
from app.store.sealed_vault import SealedVault
from tests.fakes import FakeVault


def as_ports(vault: Vault) -> tuple[Vault, UnitOfWork]:
    return vault, vault.unit_of_work()


def test_both_vaults_are_vaults(sealed: SealedVault) -> None:
    for vault in (sealed, FakeVault()):
        assert as_ports(vault)[0] is vault
