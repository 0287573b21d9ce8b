"""What every test shares: no display, no real home, no unexpected warning in the log."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Qt reads this when it is loaded; who wants to watch a test sets it to xcb or wayland.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Shared machines are slow at times, so no deadline; CI has the same examples as everybody.
settings.register_profile("house", deadline=None, max_examples=50, print_blob=True)
settings.load_profile("house")

HOMES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".runtime",
}

UNCOMMON_FILENAMES = {
    "quotes": " -n 'Zoë' “Ω” $(id);&%s{0}#1 ",
    "bidi": "left \u202egnp.tfel\u202c 皮膚 صورة",
    "decomposed": "Mu\u0308ller e\u0301te\u0301",
    "long": "x" * 200,
}
if sys.platform == "linux":
    UNCOMMON_FILENAMES["newline"] = "two\nlines\ttab\x1b[31m"
    UNCOMMON_FILENAMES["bytes"] = os.fsdecode(b"latin-1 \xfc\xff")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker by which a test says what it expects in the log."""
    config.addinivalue_line(
        "markers",
        "logs(*patterns): the test must log at WARNING or above exactly what these regexes match",
    )


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give what lives longer than one test, the QApplication above all, a home of its own."""
    home = tmp_path_factory.mktemp("session-home")
    with pytest.MonkeyPatch.context() as patch:
        move_home(patch, home)
        yield home


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give each test an empty home: no settings, no vaults, nothing of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    move_home(monkeypatch, home)
    return home


def move_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Point every variable that names a person's folders into this folder."""
    for name, below in HOMES.items():
        patch.setenv(name, str(home / below) if below else str(home))
    (home / ".runtime").mkdir(mode=0o700)  # Qt warns when the folder is absent or open to others.


class WarningRecords(logging.Handler):
    """Keep the log records that tell of trouble.

    Attributes:
        records: Those at WARNING or above, in order.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that warns in the log without @pytest.mark.logs("…"), or does not when it has.

    The handler hangs on the root logger and on "app", so that it sees records also where a test
    sets the program's own logging up and stops their way to the root.
    """
    marker = request.node.get_closest_marker("logs")
    expected = [re.compile(pattern) for pattern in marker.args] if marker else []
    handler = WarningRecords()
    loggers = [logging.getLogger(), logging.getLogger("app")]
    for logger in loggers:
        logger.addHandler(handler)

    yield

    for logger in loggers:
        logger.removeHandler(handler)
    said = list(dict.fromkeys(record.getMessage() for record in handler.records))
    unexpected = [text for text in said if not any(known.search(text) for known in expected)]
    assert not unexpected, f"unexpected in the log: {unexpected}"
    unsaid = [known.pattern for known in expected if not any(known.search(text) for text in said)]
    assert not unsaid, f"expected in the log, but not there: {unsaid}"


@pytest.fixture(params=list(UNCOMMON_FILENAMES.values()), ids=list(UNCOMMON_FILENAMES))
def uncommon_filename(request: pytest.FixtureRequest) -> str:
    """A file name without suffix that careless code trips over; the test runs once for each."""
    name: str = request.param
    return name
