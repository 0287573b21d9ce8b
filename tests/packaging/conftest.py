"""The set-up script as a module; it is run by path, so no package holds it."""

import importlib.util
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[2] / "packaging" / "dev.py"


@pytest.fixture
def dev():
    """A fresh copy of packaging/dev.py, to be spoilt by one test."""
    spec = importlib.util.spec_from_file_location("clinigraph_dev", DEV)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
