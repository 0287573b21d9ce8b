"""One byte form for a JSON value, so that it can be hashed and authenticated."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Members sorted, no spaces, ASCII only, no NaN.

    For strings, whole numbers, booleans, lists and objects it agrees with RFC 8785 as long as the
    member names are ASCII.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )
    return text.encode("ascii")
