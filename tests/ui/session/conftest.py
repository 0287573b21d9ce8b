"""Clinics in memory, each left tidy, and clinicians who work in them."""

import pytest

from tests.ui.session.session_room import Clinician, SessionRoom


@pytest.fixture
def make_clinic(qapp):
    """Make clinics: make_clinic(approve=False)."""
    made = []

    def make(**options):
        made.append(SessionRoom(**options))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def clinician(qtbot, make_clinic):
    """Somebody who works with a session: clinician(), or clinician(a_clinic)."""

    def begin(made=None, **options):
        return Clinician(qtbot, made or make_clinic(), **options)

    return begin
