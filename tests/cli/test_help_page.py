"""The page about the command line says what the program does."""

import argparse
import re

import pytest

from app import paths
from app.cli.arguments import parser
from app.cli.exit_codes import ExitCode
from app.domain.standing import State
from app.domain.verification import FindingKind
from app.services.intake import Status


@pytest.fixture(scope="module")
def page():
    return (paths.resources() / "help" / "command-line.md").read_text("utf-8")


def commands():
    (found,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return found.choices


def test_every_command_has_its_section(page):
    sections = set(re.findall(r"^## (\S+)$", page, re.MULTILINE))

    assert {"export-original", "export-consent", *commands()} - sections == set()


def test_every_option_is_explained(page):
    options = {
        option
        for command in (parser(), *commands().values())
        for action in command._actions
        for option in action.option_strings
        if option not in {"-h", "--help"}
    }

    assert {option for option in options if option not in page} == set()


def test_every_exit_code_is_explained(page):
    assert [code for code in ExitCode if f"\n| {code.value} | " not in page] == []


@pytest.mark.parametrize("kind", [*FindingKind, *Status])
def test_every_word_of_a_table_is_explained(page, kind):
    assert f"\n| `{kind.value}` | " in page


def test_everything_that_may_stand_is_named(page):
    asked = [state for state in State if state is not State.NEVER_ASKED]

    assert [state for state in asked if f"`{state.value}`" not in page] == []


def test_every_code_that_is_named_exists(page):
    entries = "".join(p.read_text("utf-8") for p in (paths.resources() / "help/errors").iterdir())

    assert [c for c in re.findall(r"[A-Z]+-\d{3}", page) if f"## {c} · " not in entries] == []
