"""One decoder for all tests of capturing, and a room for each."""

import pytest

from app.imaging.decoder import ChildDecoder
from tests.ui.capture.capturing_room import capturing_room


@pytest.fixture(scope="session")
def decoder():
    with ChildDecoder() as shared:
        shared.warm_up()
        for starter in shared._starters:
            starter.join()  # its threads are there before a test counts threads
        yield shared


@pytest.fixture
def capturing(qapp, decoder):
    made = capturing_room(decoder)
    yield made
    made.close()
    assert made.failures == []
