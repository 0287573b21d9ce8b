"""One decoder for all tests of capturing, and a room for each."""

import threading

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
    made.room.runner.shutdown()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):  # the decoder's, cancelled and about to end
            thread.join()
    qapp.processEvents()
    made.session.deleteLater()
    made.room.deleteLater()
    made.room.runner.deleteLater()
    qapp.processEvents()
    assert made.failures == []
