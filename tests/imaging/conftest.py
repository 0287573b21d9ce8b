"""One decoder for all tests of imaging: its processes take a moment to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.imaging.decoder import ChildDecoder


@pytest.fixture(scope="session")
def decoder() -> Iterator[ChildDecoder]:
    with ChildDecoder() as shared:
        shared.warm_up()
        yield shared
