"""Where in the text of a TOML file each key stands, which tomllib does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from app.domain.form_parts import FormPath

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(
    rf"""(?P<array>\[\[[ \t]*(?P<array_key>{_DOTTED})[ \t]*\]\])
       | (?P<table>\[[ \t]*(?P<table_key>{_DOTTED})[ \t]*\])
       | (?P<value>(?P<value_key>{_DOTTED})[ \t]*=)""",
    re.VERBOSE,
)
_BLANK = re.compile(r"(?:[ \t\r\n]|\#[^\n]*)*")
# Closing quotes may be three to five: up to two of them belong to the text (TOML 1.0, String).
_TOKEN = re.compile(
    r"""(?P<text>\"\"\"(?:[^\\]|\\.)*?\"{3,5} | '''.*?'{3,5}
          | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' | \#[^\n]*)
      | (?P<open>[\[{]) | (?P<close>[\]}]) | (?P<end>\n) | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class LineIndex:
    """The line of each key and table of a TOML text that tomllib has accepted."""

    def __init__(self, text: str) -> None:
        self._lines: dict[FormPath, int] = {(): 1}
        self._lengths: dict[FormPath, int] = {}
        self._read(text.replace("\r\n", "\n"))

    def line(self, path: FormPath) -> int:
        """The line of the key at the path, from 1; of its nearest table where it has none."""
        known = path
        while known not in self._lines:
            known = known[:-1]
        return self._lines[known]

    def _read(self, text: str) -> None:
        table: FormPath = ()
        position, line = 0, 1
        for start, found in _statements(text):
            line += text.count("\n", position, start)
            position = start
            if found["array"]:
                table = self._array_entry(_parts(found["array_key"]), line)
            elif found["table"]:
                table = self._entered(_parts(found["table_key"]))
            path = table if not found["value"] else (*table, *_parts(found["value_key"]))
            self._lines.setdefault(path, line)

    def _array_entry(self, keys: tuple[str, ...], line: int) -> FormPath:
        """The path of the entry that `[[keys]]` begins on a line."""
        array = (*self._entered(keys[:-1]), keys[-1])
        count = self._lengths.get(array, 0)
        self._lengths[array] = count + 1
        self._lines.setdefault(array, line)
        return (*array, count)

    def _entered(self, keys: tuple[str, ...]) -> FormPath:
        """The path of a table; a name of an array means its last entry."""
        path: FormPath = ()
        for key in keys:
            path = (*path, key)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path


def _statements(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Each table header and each key with its offset, values skipped."""
    position = 0
    while True:
        blank = _BLANK.match(text, position)
        assert blank is not None  # it matches nothing, too
        start = blank.end()
        found = _STATEMENT.match(text, start)
        if found is None:
            return
        yield start, found
        position = _after_value(text, found.end()) if found["value"] else found.end()


def _after_value(text: str, start: int) -> int:
    """The offset after the line on which a value ends."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["end"] and depth == 0:
            return token.end()
    return len(text)


def _parts(dotted: str) -> tuple[str, ...]:
    """The keys of a dotted key, quotes removed."""
    keys: list[str] = []
    table: object = tomllib.loads(f"{dotted} = 0")
    while isinstance(table, dict):
        ((key, table),) = table.items()
        keys.append(key)
    return tuple(keys)
