"""A computer at whose door the tests stand."""

import pytest

from tests.ui.door.doorways import a_doorway


@pytest.fixture
def doorway(qtbot, tmp_path):
    with a_doorway(qtbot, tmp_path) as made:
        yield made
