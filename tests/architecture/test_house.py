"""House rules that no linter knows: sizes, names, error codes, licences, nothing of one machine."""

import importlib
import pkgutil
import re
import subprocess
from importlib.metadata import metadata
from pathlib import Path

import pytest

import app
from app.errors import known_errors

ROOT = Path(__file__).resolve().parents[2]
ERROR_PAGES = ROOT / "resources" / "help" / "errors"
HEADING = re.compile(r"^## ([A-Z]+-\d{3}) · \S", re.MULTILINE)

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler"}
LONGEST_FILE = 400

PARTS = (
    "*.md", "*.toml", ".ci/*", "packaging/*", "app/**/*.py", "tests/**/*.py",
    "forms/**/*", "resources/**/*",
)  # fmt: skip

# Parts of Qt that have no licence but the GPL (doc.qt.io, "Qt Modules", add-ons "GPLv3 only").
GPL_ONLY_QT = re.compile(
    r"\bQt(Charts|DataVisualization|Graphs|GraphsWidgets|HttpServer|NetworkAuth|Quick3D|VirtualKeyboard)\b"
)

# What a file must not say: where it was written, and from which index packages came there.
TRACES = {
    "place": re.compile(rf"{re.escape(str(ROOT))}\b|(?<![\w.$}}~-])/(root|work)/\w".encode()),
    "index": re.compile(
        rb"--(extra-)?index-url|--find-links|--trusted-host|pythonhosted|://pypi\."
    ),
}


def tracked_files():
    """Every file that is in the repository; in a copy without git, every file that could be."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    return [path for part in PARTS for path in ROOT.glob(part) if path.is_file()]


def every_known_error():
    """Every KnownError of the program that can be raised, not what others only derive from."""
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = [error for error in known_errors() if error.__module__.startswith("app.")]
    return [error for error in ours if "code" in vars(error) or not error.__subclasses__()]


def test_no_module_is_named_after_nothing():
    nameless = [path for path in ROOT.glob("app/**/*.py") if path.stem in NAMELESS]

    assert nameless == []


def test_no_file_is_too_long():
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in ROOT.glob("app/**/*.py")}

    assert {path.name: count for path, count in lines.items() if count > LONGEST_FILE} == {}


def test_error_codes_are_well_formed_and_unique():
    codes = [error.code for error in every_known_error()]

    assert codes
    assert [code for code in codes if not re.fullmatch(r"[A-Z]+-\d{3}", code)] == []
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_every_error_and_only_errors_have_an_entry_in_the_help():
    codes = sorted(error.code for error in every_known_error())
    pages = "\n".join(page.read_text("utf-8") for page in sorted(ERROR_PAGES.glob("*.md")))

    assert sorted(HEADING.findall(pages)) == codes


def test_help_headings_are_well_formed():
    pages = "\n".join(page.read_text("utf-8") for page in sorted(ERROR_PAGES.glob("*.md")))

    wrong = [line for line in re.findall(r"^## .*", pages, re.MULTILINE) if not HEADING.match(line)]

    assert wrong == []


def test_every_error_says_what_happened_and_what_to_do():
    errors = every_known_error()

    assert [error.code for error in errors if not error.message.endswith((".", "?"))] == []
    assert [error.code for error in errors if not error.advice.endswith((".", "?"))] == []


def is_gpl_only(name):
    """Tell from a package's own words whether the GPL or AGPL is all it offers."""
    about = metadata(name)
    words = [*about.get_all("License-Expression", []), *about.get_all("License", [])]
    kinds = [kind for kind in about.get_all("Classifier", []) if kind.startswith("License ::")]
    if words:
        return all(map(is_gpl, words[0].partition("\n")[0].split(" OR ")))
    return any(map(is_gpl, kinds))


def is_gpl(licence):
    """Tell whether a licence binds the whole program; the Lesser GPL does not."""
    return "GPL" in licence and "LGPL" not in licence


def test_no_locked_package_is_gpl_only():
    locked = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    names = re.findall(r"^([a-z][\w.-]*)==[^;\n]*\\$", locked, re.MULTILINE)

    assert len(names) > 40
    assert [name for name in names if is_gpl_only(name)] == []


def test_no_part_of_qt_is_used_that_is_gpl_only():
    sources = [
        path for path in ROOT.glob("app/**/*.py") if GPL_ONLY_QT.search(path.read_text("utf-8"))
    ]

    assert sources == []


@pytest.mark.parametrize("pattern", TRACES.values(), ids=list(TRACES))
def test_no_tracked_file_knows_the_machine_it_was_written_on(pattern):
    here = Path(__file__)

    telling = [
        f"{path.relative_to(ROOT)}: {found.group().decode()}"
        for path in tracked_files()
        if path != here and (found := pattern.search(path.read_bytes()))
    ]

    assert telling == []


@pytest.mark.parametrize("raw", [r"\.blobs\b", r"\bvault\.reading\("], ids=["pixels", "records"])
def test_window_and_command_line_read_through_services_that_ask_who_reads(raw):
    """Pixels come from services.sight, checking and papers; records from services.reading.view."""
    faces = [*ROOT.glob("app/ui/**/*.py"), *ROOT.glob("app/cli/*.py")]

    assert [path.name for path in faces if re.search(raw, path.read_text("utf-8"))] == []


def test_every_folder_of_fonts_icons_and_models_has_its_licence():
    bundled = {".ttf", ".otf", ".svg", ".onnx", ".woff2"}
    folders = {path.parent for path in tracked_files() if path.suffix in bundled}

    without = [
        str(folder.relative_to(ROOT))
        for folder in sorted(folders)
        if folder.is_relative_to(ROOT / "resources")
        and not [*folder.glob("LICENSE*"), *folder.parent.glob("LICENSE*")]
    ]

    assert without == []
