"""The import contracts hold, and each of them goes red when it is broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# what a careless change would add: file, its new last lines
FORBIDDEN = {
    "domain knows the store": ("domain/oops.py", "import app.store"),
    "domain knows the settings": ("domain/oops.py", "import app.settings"),
    "domain reads the clock": ("domain/oops.py", "import app.system_clock"),
    "domain knows a third-party package": ("domain/oops.py", "import numpy"),
    "services know Qt": ("services/oops.py", "from PySide6 import QtCore"),
    "services know an adapter": ("services/oops.py", "import app.imaging"),
    "services know the store's library": ("services/oops.py", "import sqlcipher3"),
    "the store knows imaging": ("store/oops.py", "import app.imaging"),
    "imaging knows documents": ("imaging/oops.py", "import app.documents"),
    "capture knows the window": ("capture/oops.py", "import app.ui"),
    "the store needs Qt": ("store/oops.py", "from PySide6 import QtCore"),
    "documents open databases": ("documents/oops.py", "import sqlcipher3"),
    "the window opens databases": ("ui/oops.py", "import sqlcipher3"),
    "the window lays out paper": ("ui/oops.py", "import reportlab"),
    "the window knows OpenCV": ("ui/oops.py", "import cv2"),
    "the window decodes camera formats": ("ui/oops.py", "import rawpy"),
    "the command line needs Qt": ("cli/oops.py", "import PySide6"),
    "the command line knows the window": ("cli/oops.py", "import app.ui"),
    "an adapter knows the demo": ("store/oops.py", "import app.demo"),
    "bootstrap needs Qt": ("bootstrap.py", "import PySide6"),
    "bootstrap knows the window": ("bootstrap.py", "import app.ui"),
    "a module without a layer": ("oops.py", "import app.errors"),
}


def lint(folder):
    """Run import-linter on the copy of app/ in this folder."""
    command = [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path):
    """A copy of the program and of its contracts, to be spoilt."""
    only_code = shutil.ignore_patterns("__pycache__", "*.md")
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_keeps_its_contracts(tree):
    result = lint(tree)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(("file", "line"), FORBIDDEN.values(), ids=list(FORBIDDEN))
def test_a_forbidden_import_goes_red(tree, file, line):
    with (tree / "app" / file).open("a", encoding="utf-8") as careless:
        careless.write(f"\n{line}\n")

    result = lint(tree)

    assert result.returncode == 1
    assert " broken." in result.stdout, result.stdout + result.stderr


def test_a_cycle_goes_red(tree):
    (tree / "app/domain/one_oops.py").write_text("import app.domain.two_oops\n", "utf-8")
    (tree / "app/domain/two_oops.py").write_text("import app.domain.one_oops\n", "utf-8")

    result = lint(tree)

    assert "No cycles are allowed in app.domain." in result.stdout


def test_domain_and_services_import_only_the_standard_library():
    graph = grimp.build_graph("app", include_external_packages=True, cache_dir=None)

    inner = [
        module for module in graph.modules if module.startswith(("app.domain", "app.services"))
    ]
    foreign = {
        imported.split(".")[0]
        for module in inner
        for imported in graph.find_modules_directly_imported_by(module)
    } - {*sys.stdlib_module_names, "_typeshed"}

    assert foreign == {"app"}
