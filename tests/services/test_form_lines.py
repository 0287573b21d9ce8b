"""Every key of a TOML file is found on its line, however it is written."""

from __future__ import annotations

import tomllib

import pytest

from app.services.form_lines import LineIndex

TEXT = '''# a comment = "not a key"
first = 1
"quoted \\u0061" = 2
multi = """
third = 3 [not a table]
""""
'literal key' = 4
several = [
  "a", # [x]
  { inner = "}" },
]
raw = \'\'\'
[[uses]]\'\'\'

[approval]
state = "x" # state = 2
[[uses]]
id = "one"
take_back = { revocable = true, text = "]" }
[uses.deep.er]
here = 1
[[uses]]
id = "two"
dotted.key = 1
[[uses.parts]]
name = "p"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("first",), 2),
        (("quoted a",), 3),
        (("multi",), 4),
        (("literal key",), 7),
        (("several",), 8),
        (("several", 1, "inner"), 8),
        (("raw",), 12),
        (("approval",), 15),
        (("approval", "state"), 16),
        (("approval", "missing"), 15),
        (("uses",), 17),
        (("uses", 0), 17),
        (("uses", 0, "id"), 18),
        (("uses", 0, "take_back", "text"), 19),
        (("uses", 0, "deep", "er"), 20),
        (("uses", 0, "deep", "er", "here"), 21),
        (("uses", 1), 22),
        (("uses", 1, "id"), 23),
        (("uses", 1, "dotted", "key"), 24),
        (("uses", 1, "parts", 0, "name"), 26),
        (("nowhere",), 1),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_key_is_found_on_its_line(path, line, line_end):
    text = TEXT.replace("\n", line_end)
    tomllib.loads(text)

    index = LineIndex(text)

    assert index.line(path) == line


def test_last_line_needs_no_end():
    index = LineIndex('a = 1\nb = "x"')

    assert index.line(("b",)) == 2
