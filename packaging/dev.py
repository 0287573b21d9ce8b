"""Set Clinigraph up in a checkout and run it: one command, the standard library, every system.

python3 packaging/dev.py COMMAND [ARGUMENTS]

  demo   open the demo clinic (without a display: draw its screens into ./demo-out)
  run    start the program; what follows is passed on (a leading -- is dropped)
  test   style, types, architecture and all tests; with arguments: pytest with these
  shots  redraw the user guide's screenshots
  bench  measure against the floors
  setup  only make or update .venv
  system only check, and where allowed install, what the system must have
  lock   remake requirements.lock from pyproject.toml (--upgrade takes newer versions)

Every command first makes .venv from the locked packages when that has not been done.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "clinigraph-lock.txt"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

LOCK_TOOL = "uv>=0.9,<1"
RESOLVE = (
    "pip compile pyproject.toml --quiet --extra dev --universal --python-version 3.11"
    " --fork-strategy fewest --generate-hashes --no-header --no-annotate"
    " --no-emit-index-url --no-emit-find-links --output-file"
)
LOCK_HEADER = "# Made from pyproject.toml by `python3 packaging/dev.py lock`; not edited by hand.\n"

# What the Qt and imaging wheels link to but do not bring: shared library -> Debian package.
# Read from the wheels' NEEDED entries (objdump -p), PySide6 6.12.
LIBRARIES = {
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbz2.so.1": "libbz2-1.0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libstdc++.so.6": "libstdc++6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# Only for a window on a screen: the xcb and wayland platforms.
SCREEN_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Programs that the tests use to look at the product's files from outside.
TEST_PROGRAMS = {
    "git": "git",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "exiftool": "libimage-exiftool-perl",
    "Xvfb": "xvfb",
    "xauth": "xauth",
}


class CannotGoOnError(Exception):
    """What stops this script and what the person can do about it, in one or two sentences."""


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    commands = {
        "demo": demo,
        "run": run,
        "test": test,
        "shots": shots,
        "bench": bench,
        "setup": setup,
        "system": system,
        "lock": lock,
        "help": explain,
        "-h": explain,
        "--help": explain,
    }
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    try:
        return commands[name](rest) if name in commands else explain([name])
    except CannotGoOnError as problem:
        say(f"dev.py: {problem}")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `dev.py help | head`; Python's manual, "Note on SIGPIPE"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def explain(unknown: list[str]) -> int:
    """Show what this script can do."""
    say(__doc__.strip())
    return 2 if unknown else 0


def demo(arguments: list[str]) -> int:
    """Open the demo; where nothing can be shown, draw it into a folder."""
    if sys.platform == "linux" and not has_display() and "--offscreen" not in arguments:
        say("There is no display here: the demo draws its screens into files instead.")
        arguments = [*arguments, "--offscreen"]
        if not any(word.split("=")[0] == "--out" for word in arguments):
            arguments += ["--out", "demo-out"]
    return run(["demo", *arguments])


def run(arguments: list[str]) -> int:
    """Start the program itself."""
    prepare(for_screen=has_display() and "--offscreen" not in arguments)
    rest = arguments[1:] if arguments[:1] == ["--"] else arguments
    return in_venv(["-P", "-m", "app", *rest], folder=Path.cwd())


def test(arguments: list[str]) -> int:
    """Run every check; with arguments only pytest, with them."""
    prepare(for_screen=True, programs=TEST_PROGRAMS)
    return in_venv(["-m", "pytest", *arguments] if arguments else ["-m", "poethepoet", "check"])


def shots(arguments: list[str]) -> int:
    """Redraw the screenshots of the user guide."""
    prepare(for_screen=False)
    return in_venv(["-m", "poethepoet", "shots", *arguments])


def bench(arguments: list[str]) -> int:
    """Measure the program."""
    prepare(for_screen=False)
    return in_venv(["-m", "poethepoet", "bench", *arguments])


def setup(_: list[str]) -> int:
    """Make or update the environment and do nothing else."""
    prepare(for_screen=has_display())
    say(f"Ready: {PYTHON}")
    return 0


def system(_: list[str]) -> int:
    """See to what the system must have, for running and for testing."""
    prepare_system(LIBRARIES | SCREEN_LIBRARIES, TEST_PROGRAMS)
    return 0


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml for every system and Python version; write versions and hashes."""
    require_pip()
    with tempfile.TemporaryDirectory() as folder:
        call([sys.executable, "-m", "venv", folder], "Making a temporary environment failed")
        resolver = Path(folder) / BIN.name
        install = [str(resolver / PYTHON.name), "-m", "pip", "install", "-q", LOCK_TOOL]
        call([*install, "--disable-pip-version-check"], "The lock's resolver cannot be installed")
        resolve = [str(resolver / "uv"), *shlex.split(RESOLVE)]
        call([*resolve, str(LOCK), *arguments], "The dependencies cannot be resolved")
    LOCK.write_text(LOCK_HEADER + LOCK.read_text("utf-8"), "utf-8", newline="\n")
    return 0


def prepare(*, for_screen: bool, programs: dict[str, str] | None = None) -> None:
    """Bring the system and the environment to where the locked packages work."""
    needed = LIBRARIES | SCREEN_LIBRARIES if for_screen else LIBRARIES
    prepare_system(needed, programs or {})
    wanted = stamp()
    if STAMP.is_file() and PYTHON.is_file() and STAMP.read_text("utf-8") == wanted:
        return
    require_pip()
    make_venv(wanted)
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    # The lock is complete, so pip looks nothing up beside it: its resolver takes a requirement with
    # an extra, coverage[toml], for one that asks for the newest release, and refuses that.
    locked = ["--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)]
    here = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    say("Installing the locked packages into .venv (once; about 350 MB to fetch) …")
    call([*pip, *quiet, *locked], "The locked packages could not be installed")
    call([*pip, *quiet, *here], "Clinigraph itself could not be installed into .venv")
    check = [str(PYTHON), "-m", "pip", "check", "--disable-pip-version-check"]
    call(check, "The lock file lacks a package that another one needs")
    STAMP.write_text(wanted, "utf-8")


def stamp() -> str:
    """Tell what .venv must have been made from to be used as it is."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"python {sys.version_info[0]}.{sys.version_info[1]}\nlock {digest}\nat {ROOT}\n"


def make_venv(wanted: str) -> None:
    """Make .venv, anew where it was made by another Python or at another place."""
    stale = STAMP.is_file() and not same_home(STAMP.read_text("utf-8"), wanted)
    if not stale and PYTHON.is_file() and works(PYTHON):
        return
    say(f"Making .venv with Python {sys.version_info[0]}.{sys.version_info[1]} …")
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    call(make, "The environment .venv could not be made")


def same_home(one: str, other: str) -> bool:
    """Tell whether two stamps differ at most in the lock."""
    return [line for line in one.splitlines() if not line.startswith("lock ")] == [
        line for line in other.splitlines() if not line.startswith("lock ")
    ]


def works(python: Path) -> bool:
    """Tell whether this interpreter still starts and has pip."""
    try:
        asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def require_pip() -> None:
    """Make sure environments can be made; Debian ships that part of Python apart."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if may_install():
        apt_install([package])
    else:
        raise CannotGoOnError(f"This Python cannot make environments. {advice([package])}")


def prepare_system(libraries: dict[str, str], programs: dict[str, str]) -> None:
    """See that shared libraries and programs are there, installing them where that is allowed.

    Raises:
        CannotGoOnError: A library is missing and cannot be installed from here.
    """
    if sys.platform != "linux":
        return
    packages = missing_packages(libraries, programs)
    if packages and may_install():
        apt_install(packages)
    absent = [name for name in libraries if not loads(name)]
    if absent:
        missing = missing_packages(libraries, {})
        raise CannotGoOnError(f"Missing on this system: {', '.join(absent)}. {advice(missing)}")
    lacking = [name for name in programs if not shutil.which(name)]
    if lacking:
        needed = missing_packages({}, programs)
        say(f"Tests that need {', '.join(lacking)} will fail. {advice(needed)}")


def missing_packages(libraries: dict[str, str], programs: dict[str, str]) -> list[str]:
    """Name the Debian packages of what is not there."""
    absent = {package for name, package in libraries.items() if not loads(name)}
    return sorted(
        absent | {package for name, package in programs.items() if not shutil.which(name)}
    )


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def may_install() -> bool:
    """Tell whether this is root on Debian, Ubuntu or a relative."""
    return is_debian() and os.geteuid() == 0 and shutil.which("apt-get") is not None


def is_debian() -> bool:
    """Tell whether the system says that it is Debian or made from it."""
    release = Path("/etc/os-release")
    text = release.read_text("utf-8") if release.is_file() else ""
    like = [line for line in text.splitlines() if line.startswith(("ID=", "ID_LIKE="))]
    return "debian" in " ".join(like)


def advice(packages: list[str]) -> str:
    """Say how a person installs these Debian packages."""
    if is_debian():
        return f"Install with: sudo apt-get install {' '.join(packages)}"
    return f"Install what your system calls these Debian packages: {' '.join(packages)}"


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, waiting for other installers, and say so."""
    say(f"Installing with apt-get: {' '.join(packages)}")
    path = os.environ.get("PATH", os.defpath) + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PATH": path}
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]
    for wait_s in (0, 5, 15, 30, 60):
        # apt-get does not wait for the lock of the package lists, so this does.
        time.sleep(wait_s)
        update = [*apt, "update"]
        done = subprocess.run(update, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0 or "lock" not in done.stderr:
            break
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    done = subprocess.run(install, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        say(done.stderr.strip())
        raise CannotGoOnError(f"apt-get could not install {' '.join(packages)}; see above.")


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def in_venv(arguments: list[str], folder: Path = ROOT) -> int:
    """Run the environment's Python in a folder and give its exit code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    environment["VIRTUAL_ENV"] = str(VENV)
    environment["PATH"] = str(BIN) + os.pathsep + os.environ.get("PATH", os.defpath)
    code = subprocess.call([str(PYTHON), *arguments], cwd=folder, env=environment)
    return code if code >= 0 else 128 - code


def call(command: list[str], failure: str) -> None:
    """Run a step whose own output explains a failure.

    Raises:
        CannotGoOnError: The step ended with another code than 0, or could not be started.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    try:
        code = subprocess.call(command, cwd=ROOT, env=environment)
    except OSError as error:
        raise CannotGoOnError(f"{failure}: {error.strerror}.") from error
    if code:
        step = shlex.join([Path(command[0]).name, *command[1:3]])
        raise CannotGoOnError(f"{failure} ({step} ended with {code}; its own words are above).")


def say(text: str) -> None:
    """Tell the person something, at once."""
    print(text, flush=True)


def start() -> int:
    """Check the Python version, hand over to a newer one where this is too old, and begin."""
    if sys.version_info >= OLDEST:
        return main(sys.argv[1:])
    newer = next((found for found in map(shutil.which, NEWER) if found), None)
    if newer:
        return subprocess.call([newer, *sys.argv])
    have = ".".join(map(str, sys.version_info[:3]))
    say(f"Clinigraph needs Python 3.11 or newer; this is Python {have}. Install a newer one.")
    return 1


if __name__ == "__main__":
    sys.exit(start())
