"""A computer with an open vault and a stick in it."""

import pytest

from tests.ui.door.doorways import a_doorway


@pytest.fixture
def doorway(qtbot, tmp_path):
    with a_doorway(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
