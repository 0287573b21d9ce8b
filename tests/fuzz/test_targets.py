"""Every target meets its seeds, cut and changed; `python -m tests.fuzz` searches for longer."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from tests.fuzz.targets import TARGETS, seeds
from tests.imaging.test_fuzz import damaged

ROUNDS = 150


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_known_errors_is_raised(target: str) -> None:
    sound = seeds(target)
    chance = np.random.default_rng(zlib.crc32(target.encode()))

    for number in range(ROUNDS):
        data = sound[number % len(sound)]
        TARGETS[target](damaged(data, chance))
        TARGETS[target](data[: int(chance.integers(0, len(data) + 1))])


@pytest.mark.parametrize("target", TARGETS)
def test_a_search_begins_with_what_is_sound(target: str) -> None:
    assert seeds(target)
    assert all(seeds(target))
