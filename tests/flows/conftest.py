"""A computer at whose door the tests stand, and a room with a patient in it."""

from pathlib import Path

import pytest

from tests.flows.consulting_room import ConsultingRoom
from tests.ui.door.doorways import a_doorway

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Let lists and dialogs open: the offscreen platform says each time what it cannot do."""
    ignored = pytest.mark.qt_log_ignore(r"^This plugin does not support", extend=True)
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(ignored)


@pytest.fixture
def doorway(qtbot, tmp_path):
    with a_doorway(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def room(doorway):
    made = ConsultingRoom(doorway)
    yield made
    made.close()
