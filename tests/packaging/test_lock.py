"""The lock file pins what pyproject.toml asks for, for every system, and says nothing else."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

PYSIDE_RUNTIME = "shiboken6"  # required by PySide6 in the same version and never alone
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ ;]+)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins():
    """Name and version of every locked package."""
    found = map(PIN.match, LOCK.splitlines())
    return {match[1]: match[2] for match in found if match}


def hashes_of(name):
    """The hashes that the lock admits for a package."""
    section = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", LOCK, re.MULTILINE | re.DOTALL)
    return re.findall("sha256:", section.group()) if section else []


def test_every_line_is_a_pin_or_a_hash():
    lines = LOCK.splitlines()[1:]

    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []


def test_every_package_has_a_hash():
    assert [name for name in pins() if not hashes_of(name)] == []


def test_compiled_packages_have_the_hashes_of_every_system():
    for name in ("pyside6-essentials", "sqlcipher3", "opencv-python-headless", "pillow", "numpy"):
        assert len(hashes_of(name)) >= 5, name


def test_the_lock_holds_what_is_asked_for():
    asked = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    locked = pins()

    for requirement in map(Requirement, asked):
        version = locked.get(canonicalize_name(requirement.name), "none")
        assert requirement.specifier.contains(version), requirement


def test_the_editable_install_needs_nothing_that_is_not_locked():
    assert "setuptools" in pins()


def test_every_import_of_the_program_is_a_declared_dependency():
    direct = [Requirement(line).name for line in PROJECT["dependencies"]]
    declared = {canonicalize_name(name) for name in [*direct, PYSIDE_RUNTIME]}
    graph = grimp.build_graph("app", include_external_packages=True, cache_dir=None)
    foreign = {name for name in graph.modules if not name.startswith("app")}
    foreign -= {*sys.stdlib_module_names, "_typeshed"}

    homes = packages_distributions()
    undeclared = {
        name
        for name in foreign
        if not declared & {canonicalize_name(home) for home in homes.get(name, [])}
    }

    assert undeclared == set()
