"""An encrypted database of its own for each test that asks for one."""

import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.store.blobs import BlobStore
from app.store.database import Database
from app.store.keys import VaultKey
from app.store.sealed_vault import SealedVault
from tests.contracts.workbench import Workbench
from tests.sealed_vaults import EmptyVault
from tests.store.vault_parts import SCHEMA, VAULT_ID

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def vault_key() -> VaultKey:
    return VaultKey.random()


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    return tmp_path / "rooms.clinigraph"


@pytest.fixture
def database(database_path: Path, vault_key: VaultKey) -> Iterator[Database]:
    with Database.create(database_path, vault_key, VAULT_ID, migrations=SCHEMA) as made:
        yield made


@pytest.fixture
def blobs(vault_key: VaultKey) -> BlobStore:
    return BlobStore(vault_key)


@pytest.fixture
def run_python() -> Callable[..., str]:
    """Run code in a process of its own and give what it prints; its failure fails the test."""

    def run(code: str, *arguments: object, stdin: bytes = b"") -> str:
        command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, input=stdin, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    return run


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that an ordinary user may read and not write, once `protect` was called on it."""
    folder = Path(tempfile.mkdtemp(prefix="clinigraph-test-"))
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def protect(folder: Path) -> None:
    """Let everybody read the folder and its files, and nobody write them."""
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> EmptyVault:
    """A real vault with the program's own tables; tests open copies of it."""
    return EmptyVault.made_in(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def sealed(tmp_path: Path, empty_vault: EmptyVault) -> Iterator[SealedVault]:
    """An open vault of its own for each test."""
    with empty_vault.opened(empty_vault.copied_to(tmp_path)) as vault:
        yield vault


@pytest.fixture
def bench(sealed: SealedVault) -> Workbench:
    """Somebody who works in that vault."""
    return Workbench(sealed)
