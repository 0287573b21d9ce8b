"""Vaults for the command line: one is made once, and each test works on a copy."""

from pathlib import Path

import pytest

from tests.command_line import Rooms
from tests.contracts.workbench import Workbench
from tests.imaging.builders import camera_jpeg
from tests.store.furnishing import Furnished, furnish


@pytest.fixture(scope="session")
def first_rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    return Rooms.made_in(tmp_path_factory.mktemp("first"))


@pytest.fixture
def rooms(first_rooms: Rooms, tmp_path: Path) -> Rooms:
    """An empty vault of its own."""
    folder = tmp_path / "vault"
    folder.mkdir()
    return first_rooms.copied_to(folder)


@pytest.fixture(scope="session")
def first_furnished(
    first_rooms: Rooms, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Rooms, Furnished]:
    rooms = first_rooms.copied_to(tmp_path_factory.mktemp("furnished"))
    with rooms.opened() as workplace:
        furnished = furnish(Workbench(workplace.vault))
    return rooms, furnished


@pytest.fixture
def furnished(first_furnished: tuple[Rooms, Furnished]) -> Furnished:
    """What stands in the vault of `clinic_rooms`."""
    return first_furnished[1]


@pytest.fixture
def clinic_rooms(first_furnished: tuple[Rooms, Furnished], tmp_path: Path) -> Rooms:
    """A vault of its own with a morning's work in it."""
    folder = tmp_path / "clinic"
    folder.mkdir()
    return first_furnished[0].copied_to(folder)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A folder with three photographs: 1.jpg, 2.jpg, 3.jpg."""
    folder = tmp_path / "card"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.jpg").write_bytes(camera_jpeg(number))
    return folder
