"""A medium that fails, a power cut, a lock: the points before stay, and the next backup goes on."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from app.domain.backup import BackupStage
from app.domain.disclosure import Backup
from app.store.backup import segment as segments
from app.store.backup import sets
from app.store.backup.errors import (
    BackupFolderMissingError,
    BackupFullError,
    BackupMediumError,
    BackupNotVerifiedError,
    BackupReadOnlyError,
)
from app.store.backup.making import make
from app.store.errors import StoreClosedError
from tests.store.backup.rooms import Rooms, everything
from tests.store.backup.test_making import noise

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("CLINIGRAPH_BACKUP_KILLS", "4"))

CHILD = """
import os, sys
from pathlib import Path
from app.domain.backup import tell_nobody
from app.domain.disclosure import Backup
from app.store.backup.making import make
from app.store.keys import VaultKey
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault
from tests.contracts.workbench import Workbench
from tests.fakes import WORKSTATION

path, medium, kib, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
if sys.argv[5]:
    os.setuid(int(sys.argv[5]))
key = VaultKey(bytearray(sys.stdin.buffer.read(32)))
with SealedVault(ClosedVault(path).open(key), WORKSTATION) as vault:
    bench = Workbench(vault)
    bench.clock.go_on(hours=int(medium.stat().st_mtime_ns % 10_000))
    def tell(stage, done, total):
        print(stage, done, flush=True)
    made = make(vault, Backup(bench.stamp()), medium, tell, segment_bytes=kib << 10)
    print("made", made.point, flush=True)
"""


def child(rooms, path, *, limit="", user=""):
    """Another process that backs the closed vault up."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(CHILD),
            path,
            rooms.medium,
            "2048",
            str(limit),
            user,
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(rooms.secret)
    process.stdin.close()
    return process


@pytest.fixture
def closed(rooms, empty_vault):
    """A vault with a point, locked, whose key the test knows."""
    rooms.back_up()
    for number in range(6):
        rooms.bench.photograph(data=noise(number))
    rooms.secret = bytes(rooms.key.view())
    state, path = everything(rooms.vault), rooms.vault.opened.files.database
    rooms.vault.close()

    def again():
        vault = empty_vault.opened(path)
        return Rooms(vault, rooms.medium)

    return rooms, path, state, again


def test_killed_at_any_moment_it_does_not_count_and_the_next_one_goes_on(closed, tmp_path):
    rooms, path, state, again = closed
    before = rooms.names()
    contents = {p: rooms.bytes_of(p) for p in before}
    counted = 0
    for kill in range(KILLS):
        with child(rooms, path) as process:
            for told, line in enumerate(process.stdout):
                if line.startswith(b"made") or told >= 3 + kill * 5:
                    break
            process.send_signal(signal.SIGKILL)
        assert len(rooms.names()) - len(before) - counted in {0, 1}
        assert {p: rooms.bytes_of(p) for p in before} == contents
        counted = len(rooms.names()) - len(before)

    later = again()
    with later.vault:
        later.bench.clock.go_on(days=9_000)
        later.back_up()
        assert not list(rooms.set_folder.glob("unfinished-*"))
        for point in later.names():
            result, _ = later.restored(tmp_path / point, point)
            assert result.sound
        with later.restored_vault(tmp_path / "newest") as restored:
            assert everything(restored) == state


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")
def test_file_that_may_not_grow_is_told_as_a_full_medium(closed):
    rooms, path, _, again = closed
    before = rooms.names()

    with child(rooms, path, limit=1 << 20) as process:
        process.stdout.read()
        said = process.stderr.read()

    assert b"BACKUP-00" in said
    assert rooms.names() == before
    later = again()
    with later.vault:
        assert later.back_up().unreadable == 0


@pytest.fixture
def small_medium(tmp_path):
    """A file system of 6 MB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small file system is mounted by root only")
    place = tmp_path / "small"
    place.mkdir()
    options = ("-t", "tmpfs", "-o", "size=6m", "tmpfs")
    mounted = subprocess.run(["mount", *options, place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], capture_output=True, check=False)


def test_full_medium(rooms, small_medium, tmp_path):
    rooms.medium = small_medium
    state = everything(rooms.vault)
    first = rooms.back_up().point
    for number in range(4):
        rooms.bench.photograph(data=noise(number))

    with pytest.raises(BackupFullError):
        rooms.back_up()

    assert rooms.names() == [first]
    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == state


def test_unplugged_medium(rooms, small_medium):
    rooms.medium = small_medium
    rooms.back_up()
    rooms.bench.photograph(data=noise(1, 50_000))

    def unplug(stage, done, total):
        if stage is BackupStage.COPYING:
            for file in small_medium.rglob("*.segment"):
                file.unlink()
            subprocess.run(["umount", "-l", small_medium], capture_output=True, check=False)

    with pytest.raises((BackupFolderMissingError, BackupMediumError)):
        rooms.back_up(unplug)


def test_folder_that_is_not_there(rooms):
    rooms.medium.rmdir()

    with pytest.raises(BackupFolderMissingError):
        rooms.back_up()


def test_read_only_medium(rooms, monkeypatch):
    first = rooms.back_up().point

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(BackupReadOnlyError):
        rooms.back_up()
    monkeypatch.undo()

    assert rooms.names() == [first]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
def test_really_read_only_folder(closed, read_only_folder):
    rooms, path, _, _ = closed
    vaults = read_only_folder / "vaults"
    shutil.copytree(path.parent, vaults, ignore=shutil.ignore_patterns("medium"))
    vaults.chmod(0o777)
    for file in vaults.iterdir():
        file.chmod(0o666)
    medium = read_only_folder / "medium"
    shutil.copytree(rooms.medium, medium)
    for place in (medium, *medium.rglob("*")):
        place.chmod(0o555 if place.is_dir() else 0o444)
    read_only_folder.chmod(0o755)
    before = sorted(medium.rglob("*"))
    ours, rooms.medium = rooms.medium, medium

    with child(rooms, vaults / path.name, user="" if os.geteuid() else "65534") as process:
        process.stdout.read()
        said = process.stderr.read()

    for place in (medium, *medium.rglob("*")):
        place.chmod(0o755)
    rooms.medium = ours
    assert b"BACKUP-002" in said
    assert sorted(medium.rglob("*")) == before


@pytest.mark.parametrize("what", ["content-*", "rows-*", "keys.*", "manifest.json"])
def test_medium_that_changes_what_is_written(rooms, monkeypatch, what):
    first = rooms.back_up().point
    rooms.bench.photograph(data=noise(1, 50_000))
    settle = segments.settle

    def worn_out(path):
        settle(path)
        if path.match(what):
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)

    monkeypatch.setattr(segments, "settle", worn_out)
    with pytest.raises(BackupNotVerifiedError):
        rooms.back_up()
    monkeypatch.undo()

    assert rooms.names() == [first]
    assert rooms.back_up().unreadable == 0


def test_lock_in_the_middle(rooms):
    for number in range(3):
        rooms.bench.photograph(data=noise(number))
    secret = bytes(rooms.key.view())
    ended = []

    def lock(stage, done, total):
        if stage is BackupStage.COPYING and done:
            rooms.vault.close()

    def work():
        try:
            make(rooms.vault, Backup(rooms.bench.stamp()), rooms.medium, lock)
        except StoreClosedError as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert len(ended) == 1
    assert secret
    assert rooms.names() == []


def test_set_that_was_begun_and_not_finished_is_taken(rooms):
    (rooms.medium / f"rooms{sets.SET_SUFFIX}").mkdir()

    assert rooms.back_up().set_name == "rooms"
