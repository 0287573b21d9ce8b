"""A hash of what a recorded value says, so that the audit trail can vouch for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from app.domain.ids import Sha256


def fingerprint(value: object) -> Sha256:
    """SHA-256 over the members of a frozen value that differ from their defaults.

    Leaving defaults out keeps the fingerprint of an old record when its kind gains a member later.
    """
    spelled = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"))
    return Sha256(hashlib.sha256(spelled.encode()).hexdigest())


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of the domain
    if is_dataclass(value):
        said = {f.name: getattr(value, f.name) for f in fields(value)}
        defaults = {f.name: f.default for f in fields(value) if f.default is not MISSING}
        return {k: _plain(v) for k, v in said.items() if k not in defaults or v != defaults[k]}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
