import io
import logging
import sys
from datetime import date

import pytest

from app import logs

SECRET = "Amara Okafor"
log = logging.getLogger("app.of_these_tests")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "state" / "log"


@pytest.fixture
def started(folder):
    handler = logs.start(folder)
    yield folder / "clinigraph.log"
    logs.stop(handler)


def raised():
    """An exception whose text tells a name."""
    try:
        date.fromisoformat(SECRET)
    except ValueError as error:
        return error
    raise AssertionError


def test_events_are_kept_with_their_time_and_place(started):
    log.info("image %s admitted", "i-1")

    assert started.read_text("utf-8").endswith(" INFO app.of_these_tests image i-1 admitted\n")


@pytest.mark.logs("broken")
def test_words_of_an_exception_are_not_kept(started):
    log.error("broken %s", "i-1", exc_info=raised())

    kept = started.read_text("utf-8")
    assert "broken i-1 [ValueError at test_logs:" in kept
    assert SECRET not in kept


def test_described_exception_names_its_type_and_place():
    assert logs.described(raised()).startswith("ValueError at test_logs:")
    assert logs.described(ValueError(SECRET)) == "ValueError at unknown"


def test_look_up_code_stands_for_the_place_and_not_for_the_words():
    first, same = (raised() for _ in range(2))
    same.args = ("another",)

    assert logs.look_up_code(first) == logs.look_up_code(same)
    assert len(logs.look_up_code(first)) == 8
    assert logs.look_up_code(ValueError()) != logs.look_up_code(TypeError())


def test_only_this_user_may_look_into_a_new_folder(started):
    if sys.platform != "win32":
        assert started.parent.stat().st_mode & 0o077 == 0


def test_log_does_not_grow_for_ever(started, monkeypatch):
    (handler,) = (h for h in logging.getLogger().handlers if isinstance(h, logs.DiagnosticFile))
    handler.maxBytes = 2000

    for number in range(500):
        log.info("event %s", number)

    assert {file.name for file in started.parent.iterdir()} == {
        "clinigraph.log",
        *(f"clinigraph.log.{number}" for number in range(1, logs.KEEP + 1)),
    }
    assert sum(file.stat().st_size for file in started.parent.iterdir()) < 2000 * 5


def test_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path):
    (tmp_path / "state").write_text("no folder", encoding="utf-8")

    handler = logs.start(tmp_path / "state" / "log")
    logs.stop(handler)

    assert handler is None


class FullDisk(io.StringIO):
    def write(self, _):
        raise OSError


def test_record_that_cannot_be_written_is_lost_in_silence(folder, capsys):
    handler = logs.start(folder)
    assert isinstance(handler, logs.DiagnosticFile)
    handler.setStream(FullDisk()).close()

    log.info("nobody reads this")

    logs.stop(handler)
    assert capsys.readouterr().err == ""


def test_after_the_end_nothing_is_kept(folder):
    logs.stop(logs.start(folder))

    log.info("too late")

    assert (folder / "clinigraph.log").read_text("utf-8") == ""
    assert logging.getLogger().level == logging.WARNING
