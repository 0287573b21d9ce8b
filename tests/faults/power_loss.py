"""Replays what a process did to a folder, up to any moment, as a disk could show it afterwards.

The recorder (`recorder.c`, preloaded) writes down every write, cut, sync, removal and renaming.
What was synced is there; of what was not, nothing, everything, or any part in sectors may be. New,
removed and renamed names follow one of two models: as ext4 keeps them (in order, and the sync of a
file keeps all names before it), or as POSIX promises (only the sync of the folder does).
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

SECTOR_BYTES = 512
_HEAD = struct.Struct("<cQQQ")
NOT_ON_DISK = ("-shm",)  # shared memory; SQLite makes it anew


class Names(Enum):
    """How a file system keeps names."""

    EXT4 = "ext4"
    POSIX = "posix"


class Lost(Enum):
    """What became of what was not synced."""

    NOTHING = "nothing"  # the process was killed, the disk was not
    EVERYTHING = "everything"
    PART = "part"


@dataclass(frozen=True)
class Operation:
    """One line of the recorder's log."""

    kind: str
    inode: int
    offset: int
    data: bytes


def operations(log: Path) -> list[Operation]:
    """Everything that was recorded, in order."""
    data, at, found = log.read_bytes(), 0, []
    while at + _HEAD.size <= len(data):
        kind, inode, offset, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        found.append(Operation(kind.decode(), inode, offset, data[at : at + length]))
        at += length
    return found


@dataclass
class _File:
    """One file, whatever its name: what is safe, and what came since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        for operation in self.since:
            _apply(self.safe, operation)
        self.since.clear()

    def shown(self, lost: Lost, chance: random.Random) -> bytes:
        """The content as it may be found."""
        content = bytearray(self.safe)
        if lost is Lost.EVERYTHING:
            return bytes(content)
        for operation in self.since:
            if lost is Lost.NOTHING:
                _apply(content, operation)
            elif operation.kind == "T":
                if chance.random() < 0.5:
                    _apply(content, operation)
            else:
                for part in _sectors(operation):
                    if chance.random() < 0.5:
                        _apply(content, part)
        return bytes(content)


class Disk:
    """A folder on a disk, as it becomes while operations are replayed."""

    def __init__(self, names: Names, start: dict[str, bytes]) -> None:
        self._model = names
        self._numbers: dict[int, _File] = {}
        self._now = {name: _File(bytearray(data)) for name, data in start.items()}
        self._history = [dict(self._now)]  # names after each change since the last safe one

    def replay(self, operation: Operation) -> None:
        """Let one operation happen."""
        kind, text = operation.kind, operation.data
        if kind == "O":
            name = text.decode()
            if name not in self._now:
                self._now[name] = _File()
                self._history.append(dict(self._now))
            self._numbers[operation.inode] = self._now[name]
        elif kind in "WT":
            self._numbers[operation.inode].since.append(operation)
        elif kind == "S":
            self._numbers[operation.inode].sync()
            if self._model is Names.EXT4:
                self._names_are_safe()
        elif kind == "D":
            self._names_are_safe()
        else:
            self._rename(*(part.decode() for part in text.split(b"\0")))

    def shown(self, lost: Lost, chance: random.Random) -> dict[str, bytes]:
        """Names and contents as they may be found after the power is back."""
        if lost is Lost.NOTHING:
            names = self._now
        elif lost is Lost.EVERYTHING:
            names = self._history[0]
        else:
            names = chance.choice(self._history)
        return {
            name: file.shown(lost, chance)
            for name, file in names.items()
            if not name.endswith(NOT_ON_DISK)
        }

    def _rename(self, old: str, new: str = "") -> None:
        file = self._now.pop(old)
        if new:
            self._now[new] = file
        self._history.append(dict(self._now))

    def _names_are_safe(self) -> None:
        self._history = [dict(self._now)]


def states(
    log: list[Operation], start: dict[str, bytes], *, names: Names, count: int, seed: int
) -> Iterator[tuple[int, Lost, dict[str, bytes]]]:
    """Random moments and what the disk may show then: how far the log had come, and the files."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(len(log) + 1) for _ in range(count))
    disk, done = Disk(names, start), 0
    for moment in moments:
        while done < moment:
            disk.replay(log[done])
            done += 1
        lost = chance.choices(list(Lost), weights=(1, 1, 4))[0]
        yield done, lost, disk.shown(lost, chance)


def _sectors(operation: Operation) -> Iterator[Operation]:
    at, data = operation.offset, operation.data
    while data:
        length = SECTOR_BYTES - at % SECTOR_BYTES
        yield Operation("W", operation.inode, at, data[:length])
        at, data = at + length, data[length:]


def _apply(content: bytearray, operation: Operation) -> None:
    at = operation.offset
    if operation.kind == "T":
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    if at > len(content):
        content.extend(bytes(at - len(content)))
    content[at : at + len(operation.data)] = operation.data
