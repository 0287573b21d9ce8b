"""A few things that only a process of its own can show."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import UNCOMMON_FILENAMES
from tests.imaging.builders import camera_jpeg

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clinigraph(tmp_path):
    """Start the program as a user does, in an empty folder and with few words around it."""

    def start(*arguments, **options):
        environment = dict(os.environ) | options.pop("environment", {})
        return subprocess.Popen(
            [sys.executable, "-m", "app", *map(str, arguments)],
            cwd=tmp_path,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            **options,
        )

    return start


def ended(process):
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_bytes_of_a_file_name_come_back_in_any_locale(clinigraph, rooms, card, tmp_path):
    name = UNCOMMON_FILENAMES["bytes"]
    (card / "1.jpg").rename(tmp_path / name)

    code, out, err = ended(
        clinigraph(
            *rooms.options,
            "import",
            "--patient",
            "Krankenhaus Ö|1",
            name,
            environment={"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        )
    )

    assert (code, err) == (0, "")
    line = json.loads(out)
    assert os.fsencode(line["file"]) == os.fsencode(name)


def test_reader_that_stops_reading_ends_it_quietly(clinigraph, rooms):
    reading, writing = os.pipe()
    os.close(reading)

    code, _, err = ended(clinigraph(*rooms.options, "list", "patients", "--json", stdout=writing))
    os.close(writing)

    assert (code, err) == (141 if sys.platform != "win32" else 4, "")


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_output_that_is_full_is_a_known_failure(clinigraph, rooms):
    with Path("/dev/full").open("wb") as full:
        code, _, err = ended(clinigraph(*rooms.options, "list", "patients", stdout=full))
        assert code == 0, "an empty table says nothing"
        code, _, err = ended(clinigraph(*rooms.options, "verify", stdout=full))

    assert code == 4
    assert err.startswith("CLI-011: ")


def test_known_failure_shows_no_traceback(clinigraph):
    code, out, err = ended(clinigraph("list", "patients", "--vault", "nowhere"))

    assert (code, out) == (4, b"")
    assert err.startswith("VAULT-003: ")
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent to a child there")
def test_ctrl_c_in_the_middle_of_an_import_loses_nothing_that_was_said(clinigraph, rooms, tmp_path):
    files = []
    for number in range(40):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(camera_jpeg(1) + bytes(number))
        files.append(file)
    process = clinigraph(*rooms.options, "import", "--patient", "MRN|1", *files)
    first = process.stdout.readline()

    process.send_signal(signal.SIGINT)
    code, rest, err = ended(process)

    assert code == 130
    assert "Traceback" not in err
    said = [json.loads(line)["image_id"] for line in (first + rest).splitlines()]
    assert 1 <= len(said) < 40
    assert [row["id"] for row in rooms.listed("images")] == said
    assert rooms("verify").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a desktop")
def test_window_without_a_display_says_so(clinigraph):
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

    code, out, err = ended(clinigraph(environment=dict.fromkeys(names, "")))

    assert (code, out) == (4, b"")
    assert err.startswith("CLI-012: There is no display")
