"""Frozen values of the domain as canonical JSON and back: the body that every row keeps."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.errors import ForbiddenExtraKeysError

T = TypeVar("T")

FORMAT = 1  # of the envelope and of every body in it; a later one keeps the reading of this one


class UnreadableBodyError(ValueError):
    """A stored body that is not what this program writes: a bug, or a changed row."""


def encode(value: object) -> str:
    """A frozen dataclass of the domain as canonical JSON that names its type and its format."""
    body = {
        "format": FORMAT,
        "type": type(value).__name__,
        "value": _CONVERTER.unstructure(value, type(value)),
    }
    return json.dumps(
        body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def decode(text: str, kind: type[T]) -> T:
    """The value of that type.

    Unknown members, other types and later formats are refused. A member that is missing takes the
    default of its field, so that fields with a default can be added without a new format.

    Raises:
        UnreadableBodyError: The text is not a body of that type; says nothing of its content.
    """
    try:
        body = json.loads(text)
        if body["format"] == FORMAT and body["type"] == kind.__name__:
            return _CONVERTER.structure(body["value"], kind)
    except (ValueError, TypeError, KeyError, AttributeError, ForbiddenExtraKeysError):
        pass  # its message may quote the body, so it is not chained either
    raise UnreadableBodyError(kind.__name__)


def instant(at: datetime) -> str:
    """An aware moment as RFC 3339 in UTC, "2026-03-12T09:30:00.000000Z"; sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _write_datetime(at: datetime) -> str:
    """UTC with Z, another zone with its offset, a camera's clock with neither."""
    return instant(at) if at.tzinfo is UTC else at.isoformat()


def _read_datetime(value: object, _: object) -> datetime:
    return datetime.fromisoformat(_exactly(str)(value, str))


def _read_date(value: object, _: object) -> date:
    return date.fromisoformat(_exactly(str)(value, str))


def _write_bytes(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read_bytes(value: object, _: object) -> bytes:
    return base64.b64decode(_exactly(str)(value, str), validate=True)


def _exactly(wanted: type[T]) -> Callable[[object, object], T]:
    """A reader that converts nothing: 1 is no text and no truth value."""

    def read(value: object, _: object) -> T:
        if type(value) is not wanted:
            raise TypeError(wanted.__name__)
        return value

    return read


def _read_float(value: object, _: object) -> float:
    if type(value) not in {int, float}:
        raise TypeError(float.__name__)
    return float(value)  # type: ignore[arg-type]


def _is_set(kind: object) -> bool:
    return get_origin(kind) is frozenset


def _set_writer(_: object) -> Callable[[frozenset[Any]], list[Any]]:
    return lambda items: sorted(_CONVERTER.unstructure(item) for item in items)


def _is_mapping(kind: object) -> bool:
    return get_origin(kind) is Mapping


def _mapping_writer(_: object) -> Callable[[Mapping[Any, Any]], list[Any]]:
    """Pairs in the order of their keys, because a JSON object cannot have a tuple for a key."""
    write = _CONVERTER.unstructure
    return lambda mapping: sorted([write(key), write(value)] for key, value in mapping.items())


def _mapping_reader(kind: object) -> Callable[[object, object], dict[Any, Any]]:
    of_key, of_value = get_args(kind)
    read = _CONVERTER.structure

    def structure(pairs: object, _: object) -> dict[Any, Any]:
        if not isinstance(pairs, list):
            raise TypeError(dict.__name__)
        return {read(key, of_key): read(value, of_value) for key, value in pairs}

    return structure


def _is_list_like(kind: object) -> bool:
    return get_origin(kind) in {tuple, frozenset}


def _list_reader(kind: Any) -> Callable[[object, object], Any]:  # noqa: ANN401 - a generic alias
    origin, parts = get_origin(kind), get_args(kind)
    read = _CONVERTER.structure

    def structure(items: object, _: object) -> Any:  # noqa: ANN401 - tuple or frozenset
        if not isinstance(items, list):
            raise TypeError(list.__name__)
        if origin is tuple and parts[-1] is not Ellipsis:
            return tuple(read(item, of) for item, of in zip(items, parts, strict=True))
        return origin(read(item, parts[0]) for item in items)

    return structure


def _read_word(value: object, kind: type[StrEnum]) -> StrEnum:
    return kind(_exactly(str)(value, str))


def _read_number(value: object, kind: type[IntEnum]) -> IntEnum:
    return kind(_exactly(int)(value, int))


def _converter() -> Converter:
    made = Converter(forbid_extra_keys=True, detailed_validation=False)
    readers: dict[type, Callable[[Any, Any], Any]] = {
        str: _exactly(str),
        int: _exactly(int),
        bool: _exactly(bool),
        float: _read_float,
        bytes: _read_bytes,
        date: _read_date,
        datetime: _read_datetime,
        StrEnum: _read_word,  # named, because a word of a vocabulary is a str, too
        IntEnum: _read_number,
    }
    for plain, read in readers.items():
        made.register_structure_hook(plain, read)
    made.register_unstructure_hook(bytes, _write_bytes)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(datetime, _write_datetime)
    made.register_structure_hook_factory(_is_list_like, _list_reader)
    made.register_structure_hook_factory(_is_mapping, _mapping_reader)
    made.register_unstructure_hook_factory(_is_set, _set_writer)
    made.register_unstructure_hook_factory(_is_mapping, _mapping_writer)
    return made


_CONVERTER = _converter()
