"""Bytes leave the vault in one place: nothing else in the program writes files."""

import ast
from pathlib import Path

APP = Path(__file__).parents[2] / "app"

# Each with what it writes; no patient's data is in any of it but what lies sealed in the store.
WRITERS = {
    "documents/hand_out.py": "what a disclosure lets out",
    "settings.py": "settings",
    "ui/design/theme_images.py": "icons in the colours of the theme",
    "capture/stream_reader.py": "the null device",
    "cli/output.py": "the null device",
    "imaging/child.py": "the answer to the parent process",
    "demo/album.py": "screenshots of invented patients",
    "demo/proof.py": "the passphrase of the demonstration's vault",
    "demo/results.py": "the list of what the demonstration left",
    "demo/throwaway.py": "photographs of invented patients",
}
METHODS = {"write_bytes", "write_text", "QSaveFile", "QPdfWriter", "setOutputFileName"}
WRITING = set("wax+")


def writes(call: ast.Call) -> bool:
    """Whether a call may write a file: by its name, or by the mode that a file is opened in."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in METHODS or (name == "save" and any(map(_is_path, call.args[:1]))):
        return True
    if name not in {"open", "fdopen"}:
        return False
    given = [*call.args, *(word.value for word in call.keywords)]
    texts = [g.value for g in given if isinstance(g, ast.Constant) and isinstance(g.value, str)]
    flags = {n.attr for g in given for n in ast.walk(g) if isinstance(n, ast.Attribute)}
    return bool(flags & {"O_WRONLY", "O_RDWR"}) or any(set(t) & WRITING for t in texts)


def _is_path(given: ast.expr) -> bool:
    """What Qt's pictures are saved to: it takes paths as text."""
    if isinstance(given, ast.Call):
        return getattr(given.func, "id", "") == "str"
    return isinstance(given, ast.Constant) and isinstance(given.value, str)


def test_only_what_is_listed_writes_files():
    found = {
        str(file.relative_to(APP).as_posix())
        for file in APP.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and writes(node)
    }

    assert {name for name in found if not name.startswith("store/")} == set(WRITERS)


def test_a_careless_writer_would_be_found():
    for line in (
        "path.write_bytes(data)",
        "open(path, 'wb')",
        "path.open(mode='a')",
        "os.open(path, os.O_WRONLY | os.O_CREAT)",
        "QPdfWriter(name)",
        "image.save(str(path))",
    ):
        assert any(writes(n) for n in ast.walk(ast.parse(line)) if isinstance(n, ast.Call)), line
    for line in ("path.open('rb')", "open(path)", "path.read_bytes()", "painter.save()"):
        assert not any(writes(n) for n in ast.walk(ast.parse(line)) if isinstance(n, ast.Call))
