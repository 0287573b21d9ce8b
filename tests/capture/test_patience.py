from __future__ import annotations

from itertools import islice

from app.capture.patience import Patience


def test_pauses_double_up_to_the_longest() -> None:
    patience = Patience(first_pause_s=0.5, longest_pause_s=3)

    pauses = list(islice(patience.pauses(), 5))

    assert pauses == [0.5, 1, 2, 3, 3]
