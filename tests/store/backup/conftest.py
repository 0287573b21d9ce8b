"""A furnished vault with a medium beside it for each test."""

from pathlib import Path

import pytest

from app.store.sealed_vault import SealedVault
from tests.store.backup.rooms import Rooms
from tests.store.furnishing import furnish


@pytest.fixture
def rooms(sealed: SealedVault, tmp_path: Path) -> Rooms:
    made = Rooms(sealed, tmp_path / "medium")
    furnish(made.bench)
    return made
