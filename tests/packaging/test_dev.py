"""The set-up script says what is missing, installs it where it may, and passes results on."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

LINUX = sys.platform == "linux"


@pytest.fixture
def calls(dev, monkeypatch):
    """What would be run in the environment, instead of running it."""
    made = []

    def record(arguments, **_):
        made.append(arguments)
        return 0

    monkeypatch.setattr(dev, "prepare", lambda **_: None)
    monkeypatch.setattr(dev, "in_venv", record)
    return made


@pytest.fixture
def debian_root(dev, monkeypatch, tmp_path):
    """Root on Debian, with an apt-get that writes down how it was called."""
    log = tmp_path / "apt.log"
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> "{log}"\n. "{tmp_path}/answer"\n')
    apt.chmod(apt.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "answer").write_text("exit 0\n")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev.time, "sleep", lambda _: None)
    return tmp_path


@pytest.fixture
def debian_person(dev, monkeypatch):
    """A person without rights on Debian."""
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)


def test_no_command_shows_the_help(dev, capsys):
    code = dev.main([])

    assert code == 0
    assert "demo   open the demo clinic" in capsys.readouterr().out


def test_unknown_command_shows_the_help_and_fails(dev, capsys):
    code = dev.main(["tset"])

    assert code == 2
    assert "python3 packaging/dev.py COMMAND" in capsys.readouterr().out


def test_python_that_is_too_old_is_told_in_a_sentence(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)

    code = dev.start()

    assert code == 1
    assert capsys.readouterr().out == (
        "Clinigraph needs Python 3.11 or newer; this is Python 3.9.2. Install a newer one.\n"
    )


def test_python_that_is_too_old_hands_over_to_a_newer_one(dev, monkeypatch):
    handed = []

    def hand_over(command):
        handed.append(command)
        return 3

    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "test"])
    newest = {"python3.12": "/usr/bin/python3.12", "python3.11": "/usr/bin/python3.11"}
    monkeypatch.setattr(dev.shutil, "which", newest.get)
    monkeypatch.setattr(dev.subprocess, "call", hand_over)

    code = dev.start()

    assert code == 3
    assert handed == [["/usr/bin/python3.12", "dev.py", "test"]]


def test_demo_without_a_display_draws_into_files_and_says_so(dev, calls, monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    dev.main(["demo", "--seed", "3"])

    assert calls[0][3:] == ["demo", "--seed", "3", "--offscreen", "--out", "demo-out"]
    assert "no display here" in capsys.readouterr().out


@pytest.mark.parametrize("out", [["--out", "elsewhere"], ["--out=elsewhere"]])
def test_demo_without_a_display_keeps_the_chosen_folder(dev, calls, monkeypatch, out):
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    dev.main(["demo", *out])

    assert calls[0][3:] == ["demo", *out, "--offscreen"]


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_demo_with_a_display_opens_a_window(dev, calls, monkeypatch, variable):
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setenv(variable, ":0")

    dev.main(["demo"])

    assert calls[0][3:] == ["demo"]


def test_run_passes_its_arguments_on(dev, calls):
    dev.main(["run", "--", "verify", "--", "x y"])

    assert calls[0][3:] == ["verify", "--", "x y"]


def test_test_runs_every_check(dev, calls):
    dev.main(["test"])

    assert calls == [["-m", "poethepoet", "check"]]


def test_test_with_arguments_runs_these_tests_only(dev, calls):
    dev.main(["test", "tests/domain", "-x"])

    assert calls == [["-m", "pytest", "tests/domain", "-x"]]


def test_exit_code_is_passed_through(dev, monkeypatch):
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))

    assert dev.in_venv(["-c", "raise SystemExit(7)"]) == 7


@pytest.mark.skipif(not LINUX, reason="signals end processes on Unix only")
def test_death_by_a_signal_becomes_the_shells_exit_code(dev, monkeypatch):
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))

    code = dev.in_venv(["-c", "import os; os.kill(os.getpid(), 15)"])

    assert code == 128 + signal.SIGTERM


def test_environments_programs_come_first_on_the_path(dev, monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    look = (
        "import os, sys; path = os.environ['PATH'].split(os.pathsep);"
        "sys.exit('PYTHONHOME' in os.environ or path[0] != sys.argv[1])"
    )

    assert dev.in_venv(["-c", look, str(dev.BIN)]) == 0


@pytest.mark.skipif(not LINUX, reason="shared libraries are looked for on Linux only")
def test_missing_library_is_named_with_the_line_that_installs_it(dev, debian_person, capsys):
    dev.LIBRARIES, dev.SCREEN_LIBRARIES = {"libno-such.so.1": "libno-such1"}, {}

    code = dev.main(["setup"])

    assert code == 1
    assert capsys.readouterr().out == (
        "dev.py: Missing on this system: libno-such.so.1. "
        "Install with: sudo apt-get install libno-such1\n"
    )


@pytest.mark.skipif(not LINUX, reason="programs are looked for on Linux only")
def test_missing_program_is_named_but_does_not_stop(dev, debian_person, capsys):
    dev.prepare_system({}, {"no-such-program": "no-such"})

    assert capsys.readouterr().out == (
        "Tests that need no-such-program will fail. Install with: sudo apt-get install no-such\n"
    )


@pytest.mark.skipif(not LINUX, reason="Debian is Linux")
def test_root_on_debian_gets_the_missing_packages_installed(dev, debian_root, capsys):
    dev.prepare_system({}, {"no-such-program": "no-such", "sh": "dash"})

    update, install = (debian_root / "apt.log").read_text().splitlines()
    assert update == "noninteractive -q -o DPkg::Lock::Timeout=600 update"
    assert install.startswith("noninteractive -q -o DPkg::Lock::Timeout=600 install -y")
    assert install.endswith("no-such")
    assert "Installing with apt-get: no-such\n" in capsys.readouterr().out


@pytest.mark.skipif(not LINUX, reason="Debian is Linux")
def test_installation_waits_while_another_one_holds_the_lock(dev, debian_root):
    answer = debian_root / "answer"
    answer.write_text(f'echo "exit 0" > "{answer}"; echo "E: Could not get lock" >&2; exit 100\n')

    dev.apt_install(["no-such"])

    words = [line.split()[4] for line in (debian_root / "apt.log").read_text().splitlines()]
    assert words == ["update", "update", "install"]


@pytest.mark.skipif(not LINUX, reason="Debian is Linux")
def test_failed_installation_is_a_sentence_not_a_traceback(dev, debian_root, capsys):
    (debian_root / "answer").write_text('echo "E: Unable to locate package" >&2; exit 100\n')
    dev.LIBRARIES, dev.SCREEN_LIBRARIES = {"libno-such.so.1": "no-such"}, {}

    code = dev.main(["setup"])

    assert code == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-2:] == [
        "E: Unable to locate package",
        "dev.py: apt-get could not install no-such; see above.",
    ]


def test_missing_part_of_python_is_named(dev, debian_person, monkeypatch):
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(dev.CannotGoOnError, match=r"apt-get install python3\.\d+-venv"):
        dev.require_pip()


def test_failed_step_is_a_sentence(dev):
    command = [sys.executable, "-c", "raise SystemExit(4)"]

    with pytest.raises(dev.CannotGoOnError, match=r"It failed \(.*ended with 4"):
        dev.call(command, "It failed")


def test_step_that_cannot_start_is_a_sentence(dev, tmp_path):
    with pytest.raises(dev.CannotGoOnError, match=r"It failed: No such file"):
        dev.call([str(tmp_path / "absent")], "It failed")


def test_environment_made_from_the_same_lock_is_used_as_it_is(dev, monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "prepare_system", lambda *_: None)
    monkeypatch.setattr(dev, "call", lambda *_: pytest.fail("nothing is to be installed"))
    dev.STAMP.write_text(dev.stamp(), "utf-8")

    dev.prepare(for_screen=False)


def test_environment_is_updated_when_the_lock_changed(dev, monkeypatch, tmp_path):
    steps = []
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "prepare_system", lambda *_: None)
    monkeypatch.setattr(dev, "call", lambda command, _: steps.append(command))
    dev.STAMP.write_text(dev.stamp().replace("lock ", "lock 0"), "utf-8")

    dev.prepare(for_screen=False)

    assert {"--require-hashes", "--no-deps"} <= set(steps[0])
    assert "--no-build-isolation" in steps[1]
    assert steps[2][1:4] == ["-m", "pip", "check"]
    assert dev.STAMP.read_text("utf-8") == dev.stamp()


def test_environment_of_another_python_is_made_anew(dev, monkeypatch, tmp_path):
    steps = []
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "call", lambda command, _: steps.append(command))
    dev.STAMP.write_text(dev.stamp().replace("python 3.", "python 3.9"), "utf-8")

    dev.make_venv(dev.stamp())

    assert steps[0][1:4] == ["-m", "venv", "--clear"]


def test_script_runs_without_a_home_or_any_variable():
    done = subprocess.run(
        [sys.executable, "-I", "packaging/dev.py", "help"],
        cwd=Path(__file__).resolve().parents[2],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
