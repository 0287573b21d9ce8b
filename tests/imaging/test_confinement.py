"""What a picture that took the decoding process over can reach."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.imaging import confinement, landlock, seccomp
from app.imaging.confinement import NICENESS, Layer
from app.imaging.decoder import ChildDecoder
from app.imaging.landlock import handled
from app.imaging.limits import ADDRESS_SPACE_BYTES
from app.imaging.seccomp import AARCH64, X86_64, program
from app.imaging.windows_job import ALL_UI, EXTENDED_LIMITS, UI_RESTRICTIONS, Job
from tests.imaging.builders import camera_jpeg

FAULTY = (sys.executable, "-s", "-P", "-B", "-m", "tests.imaging.faulty_child")
GOOD = camera_jpeg(1)
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these layers")
ON_THIS_PROCESSOR = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="numbers of x86-64 calls"
)


@pytest.fixture
def probe(tmp_path: Path) -> Path:
    return tmp_path / "written by the child"


@pytest.fixture
def faulty(probe: Path) -> Iterator[ChildDecoder]:
    with ChildDecoder(processes=1, command=[*FAULTY, str(probe), "3000"]) as decoder:
        yield decoder


@pytest.fixture
def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


@ON_LINUX
def test_every_layer_that_the_kernel_has_is_in_force(
    faulty: ChildDecoder, libc: ctypes.CDLL
) -> None:
    told = faulty.inspect(b"do:tell").camera_model

    child = faulty._children[0]
    assert child._process is not None
    status = Path(f"/proc/{child._process.pid}/status").read_text("ascii")
    expected = {Layer.LIMITS, Layer.NO_PRIVILEGES}
    expected |= {Layer.LANDLOCK} if landlock.version(libc) else set()
    expected |= {Layer.SECCOMP} if platform.machine() in seccomp.ARCHITECTURES else set()
    assert set(child.layers) == expected
    assert "NoNewPrivs:\t1" in status
    assert (Layer.SECCOMP in expected) == ("Seccomp:\t2" in status)
    assert os.getpriority(os.PRIO_PROCESS, child._process.pid) == min(os.nice(0) + NICENESS, 19)
    assert told == "qt=False"


@ON_THIS_PROCESSOR
def test_a_process_that_was_taken_over_reaches_nothing(faulty: ChildDecoder, probe: Path) -> None:
    reached = faulty.inspect(b"do:probe").camera_model

    assert reached == "nothing"
    assert not probe.exists()
    assert faulty.inspect(GOOD).width_px == 320


@ON_THIS_PROCESSOR
def test_landlock_alone_keeps_files_and_network_away(
    monkeypatch: pytest.MonkeyPatch, libc: ctypes.CDLL
) -> None:
    if landlock.version(libc) < 4:
        pytest.skip("this kernel's Landlock knows no network")
    pid = os.fork()
    if pid == 0:
        os._exit(_reached_behind_landlock())

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _reached_behind_landlock() -> int:
    """How many of four attempts were not refused; 99 when the rules were not accepted."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(confinement.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if not landlock.forbid_files_and_network(libc):
        return 99
    import socket  # noqa: PLC0415 - read before the rules would not be worth a test

    attempts = (
        lambda: os.open("/etc/passwd", os.O_RDONLY),
        lambda: os.open("/tmp/clinigraph-probe", os.O_CREAT | os.O_WRONLY),  # noqa: S108
        lambda: socket.create_connection(("127.0.0.1", 9), 1),
        lambda: os.kill(os.getppid(), 0),
    )
    reached = 0
    for attempt in attempts:
        try:
            attempt()
            reached += 1
        except PermissionError:
            continue
        except OSError:
            reached += 1
    return reached


@pytest.mark.parametrize(
    ("version", "rights"),
    [
        (0, (0, 0, 0)),
        (1, (0x1FFF, 0, 0)),
        (2, (0x3FFF, 0, 0)),
        (3, (0x7FFF, 0, 0)),
        (4, (0x7FFF, 3, 0)),
        (5, (0xFFFF, 3, 0)),
        (6, (0xFFFF, 3, 3)),
        (99, (0xFFFF, 3, 3)),
    ],
)
def test_every_right_that_a_kernel_knows_is_taken_and_no_other(
    version: int, rights: tuple[int, int, int]
) -> None:
    assert handled(version) == rights


class _Libc:
    """A C library whose calls give what they are told to."""

    def __init__(self, *answers: int) -> None:
        self._answers = list(answers)

    def syscall(self, *_: object) -> int:
        return self._answers.pop(0)

    def prctl(self, *_: object) -> int:
        return self._answers.pop(0)


def test_a_kernel_without_landlock_goes_without() -> None:
    assert not landlock.forbid_files_and_network(_Libc(-1))  # type: ignore[arg-type]


@pytest.mark.parametrize("offered", [1, 4, 7])
def test_landlock_that_refuses_is_no_layer_to_rely_on(offered: int) -> None:
    with pytest.raises(OSError, match="landlock_create_ruleset"):
        landlock.forbid_files_and_network(_Libc(offered, -1))  # type: ignore[arg-type]
    handle = os.open(os.devnull, os.O_RDONLY)
    with pytest.raises(OSError, match="landlock_restrict_self"):
        landlock.forbid_files_and_network(_Libc(offered, handle, -1))  # type: ignore[arg-type]
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.close(handle)


def test_an_unknown_processor_goes_without_a_filter() -> None:
    assert not seccomp.allow_only_decoding(_Libc(), "riscv64")  # type: ignore[arg-type]


def test_a_kernel_without_filters_goes_without() -> None:
    ctypes.set_errno(errno.EINVAL)
    assert not seccomp.allow_only_decoding(_Libc(-1), "x86_64")  # type: ignore[arg-type]


def test_a_filter_that_is_refused_is_told() -> None:
    ctypes.set_errno(errno.EACCES)
    with pytest.raises(OSError, match="PR_SET_SECCOMP"):
        seccomp.allow_only_decoding(_Libc(-1), "x86_64")  # type: ignore[arg-type]


def answer(steps: tuple[seccomp.Step, ...], data: dict[int, int]) -> int:
    """What the kernel's interpreter makes of a filter; `data` gives the word at each offset."""
    at, loaded = 0, 0
    while True:
        code, if_true, if_false, value = steps[at]
        at += 1
        if code == seccomp.LOAD:
            loaded = data.get(value, 0)
            continue
        if code == seccomp.RETURN:
            return value
        true = {
            seccomp.IF_EQUAL: loaded == value,
            seccomp.IF_AT_LEAST: loaded >= value,
            seccomp.IF_ANY_BIT: bool(loaded & value),
        }[code]
        at += if_true if true else if_false


REFUSED = seccomp.FAIL | errno.EPERM


@pytest.mark.parametrize("architecture", [X86_64, AARCH64], ids=["x86-64", "aarch64"])
def test_filter_lets_through_what_is_on_the_list(architecture: seccomp.Architecture) -> None:
    steps = program(architecture)

    def asked(number: int, first: int = 0, third: int = 0, audit: int = architecture.audit) -> int:
        return answer(steps, {0: number, 4: audit, 16: first, 32: third})

    listed = {*architecture.allowed, *architecture.mappings}
    listed |= {architecture.clone, architecture.clone3, architecture.prctl}
    assert {asked(number) for number in architecture.allowed} == {seccomp.ALLOW}
    assert {asked(number) for number in range(600) if number not in listed} == {REFUSED}
    assert asked(architecture.clone3) == seccomp.FAIL | errno.ENOSYS
    assert asked(architecture.clone, first=0x3D0F00) == seccomp.ALLOW  # a thread
    assert asked(architecture.clone, first=0x1200011) == REFUSED  # a fork
    assert asked(architecture.prctl, first=seccomp.PR_SET_NAME) == seccomp.ALLOW
    assert asked(architecture.prctl, first=seccomp.PR_SET_VMA) == seccomp.ALLOW
    assert asked(architecture.prctl, first=4) == REFUSED  # PR_SET_DUMPABLE
    for mapping in architecture.mappings:
        assert asked(mapping, third=3) == seccomp.ALLOW
        assert asked(mapping, third=7) == REFUSED
    assert asked(architecture.allowed[0], audit=0x40000003) == seccomp.KILL  # 32-bit calls
    assert asked(seccomp.X32 + 59) == seccomp.KILL


class Kernel32:
    """Stands in for Windows: remembers what it was asked, refuses one call."""

    def __init__(self, refusing: str = "") -> None:
        self.asked: list[tuple[Any, ...]] = []
        self._refusing = refusing

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            shown = [getattr(each, "_obj", each) for each in arguments]  # behind a byref
            self.asked.append((name, *shown))
            if name == "GetLastError":
                return 5
            return 0 if name == self._refusing else 77

        return call


def test_a_job_holds_one_process_with_little_memory_and_no_desktop() -> None:
    windows = Kernel32()

    Job(windows).hold(42)

    settings = {ask[2]: ask[3] for ask in windows.asked if ask[0] == "SetInformationJobObject"}
    extended, ui = settings[EXTENDED_LIMITS], settings[UI_RESTRICTIONS]
    assert extended.ProcessMemoryLimit == ADDRESS_SPACE_BYTES
    assert extended.BasicLimitInformation.ActiveProcessLimit == 1
    assert extended.BasicLimitInformation.LimitFlags == 0x2508
    assert ctypes.sizeof(extended) == 144  # on 64-bit Windows
    assert ui.value == ALL_UI
    assert ("AssignProcessToJobObject", 77, 42) in windows.asked


def test_a_job_is_closed_once() -> None:
    windows = Kernel32()
    job = Job(windows)

    job.close()
    job.close()

    assert [ask for ask in windows.asked if ask[0] == "CloseHandle"] == [("CloseHandle", 77)]


@pytest.mark.parametrize(
    "call", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
)
def test_what_windows_refuses_is_told(call: str) -> None:
    with pytest.raises(OSError, match=call):
        Job(Kernel32(call)).hold(42)
