"""Sets of backups in a folder: one for each vault, with a folder of its own for each point.

NAME.clinigraph-backup/
    set.json                        which vault, authenticated
    00001-20261123T101500Z-3f9a1c/  a point: it is there whole or not at all
        manifest.json               what it holds and what it adds to, authenticated
        keys.clinigraph-keys        the slots of its day
        rows-….segment              new rows
        content-….segment           new pictures and papers, seldom above 135 MB
    unfinished-…/                   being written by one workstation; does not count
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from app.domain.backup import BackupPoint
from app.domain.ids import VaultId
from app.store import durable_file
from app.store.backup.errors import (
    BackupDamagedError,
    BackupPointUnknownError,
    ForeignBackupError,
    NewerBackupError,
    NoBackupThereError,
)
from app.store.backup.manifest import MAX_BYTES, Manifest, SealedManifest, decoded
from app.store.backup.segment import settle_folder
from app.store.backup.set_keys import SetKeys
from app.store.canonical_json import canonical
from app.store.keys import VaultKey
from app.store.vault_files import DATABASE_SUFFIX

SET_SUFFIX = ".clinigraph-backup"
SET_FILE = "set.json"
MANIFEST_FILE = "manifest.json"
KEYS_FILE = "keys.clinigraph-keys"
UNFINISHED = "unfinished-"
FORMAT = "clinigraph-backup-set"
VERSION = 1


@dataclass(frozen=True, slots=True)
class BackupSet:
    """A set as it lies there; whose it is shows `is_of`."""

    folder: Path
    vault_id: VaultId
    set_id: str
    mac: str

    @property
    def name(self) -> str:
        """Its folder's name without the suffix."""
        return self.folder.name.removesuffix(SET_SUFFIX)

    def is_of(self, keys: SetKeys) -> bool:
        """Whether a holder of the vault key made it."""
        return keys.is_mac(self.mac, _content(self.vault_id, self.set_id))


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it lies there."""

    folder: Path
    sealed: SealedManifest

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""
        return self.sealed.manifest

    def has_its_files(self) -> bool:
        """Whether all its files are there in their full length."""
        try:
            sizes = {f.name: (self.folder / f.name).stat().st_size for f in self.manifest.files}
        except OSError:
            return False
        return all(sizes[f.name] == f.size_bytes for f in self.manifest.files)


def find_sets(folder: Path) -> tuple[BackupSet, ...]:
    """The sets in a folder, or the one that the folder is; what is unreadable is passed over.

    Raises:
        OSError: The folder cannot be looked into.
    """
    if (folder / SET_FILE).is_file():
        places = [folder]
    else:
        places = sorted(place for place in folder.iterdir() if place.name.endswith(SET_SUFFIX))
    return tuple(found for place in places if (found := _read_set(place)) is not None)


def own_set(folder: Path, vault_id: VaultId, key: VaultKey) -> tuple[BackupSet, SetKeys] | None:
    """The newest set in a folder that this vault key made; the caller wipes the keys.

    Raises:
        OSError: The folder cannot be looked into.
    """
    for found in sorted(find_sets(folder), key=lambda s: _begun(s.folder), reverse=True):
        if found.vault_id == vault_id:
            keys = SetKeys(key, found.set_id)
            if found.is_of(keys):
                return found, keys
            keys.wipe()
    return None


def begin_set(
    folder: Path, name: str, vault_id: VaultId, key: VaultKey
) -> tuple[BackupSet, SetKeys]:
    """Make a new set, beside those that are there; the caller wipes the keys.

    Raises:
        OSError, KnownError: It cannot be written.
    """
    set_id = secrets.token_hex(16)
    keys = SetKeys(key, set_id)
    place = _free_place(folder, name)
    mac = keys.mac(_content(vault_id, set_id))
    made = BackupSet(place, vault_id, set_id, mac)
    record = {"content": json.loads(_content(vault_id, set_id)), "mac": mac}
    durable_file.replace_durably(place / SET_FILE, canonical(record) + b"\n")
    settle_folder(folder)
    return made, keys


def _free_place(folder: Path, name: str) -> Path:
    """A new folder for a set; one that was begun and never got its file is taken."""
    for number in count(1):
        place = folder / ((f"{name}-{number}" if number > 1 else name) + SET_SUFFIX)
        try:
            place.mkdir(mode=0o700)
        except FileExistsError:
            if any(place.iterdir()):
                continue
        return place
    raise AssertionError


def points_of(found: BackupSet) -> tuple[Point, ...]:
    """Every point of a set whose manifest can be read, oldest first; nothing is trusted yet.

    Raises:
        OSError: The set cannot be looked into.
    """
    read = (_read_point(place) for place in sorted(found.folder.iterdir()))
    points = [point for point in read if point is not None]
    return tuple(sorted(points, key=_age))


def next_serial(found: BackupSet) -> int:
    """One more than of any point that is there, readable or not.

    Raises:
        OSError: The set cannot be looked into.
    """
    return 1 + max((int(name.split("-")[0]) for name in _point_names(found.folder)), default=0)


def newest(points: Iterable[Point]) -> Point:
    """The one that was made last."""
    return max(points, key=_age)


def authentic(points: Iterable[Point], found: BackupSet, keys: SetKeys) -> tuple[Point, ...]:
    """Those that a holder of the vault key wrote, for this set, under this name."""
    return tuple(
        point
        for point in points
        if point.sealed.is_of(keys)
        and point.manifest.set_id == found.set_id
        and point.manifest.vault_id == found.vault_id
        and point.manifest.point == point.folder.name
    )


def chain(points: Iterable[Point], point: Point) -> tuple[Point, ...]:
    """A point with everything that it adds to, the first one first.

    Raises:
        BackupDamagedError: A link is missing, or is not the one that it was.
    """
    by_name = {each.manifest.point: each for each in points}
    found = [point]
    while (base := found[0].manifest.base) is not None:
        before = by_name.get(base.point)
        if before is None or before.sealed.mac != base.mac or len(found) > len(by_name):
            raise BackupDamagedError
        found.insert(0, before)
    return tuple(found)


def is_whole(points: Iterable[Point], point: Point) -> bool:
    """Whether a point and all that it adds to are there, judged by names and lengths."""
    try:
        return all(each.has_its_files() for each in chain(points, point))
    except BackupDamagedError:
        return False


def described_point(found: BackupSet, points: Iterable[Point], point: Point) -> BackupPoint:
    """A point for people to choose from."""
    said = point.manifest
    return BackupPoint(
        id=said.point,
        set_name=found.name,
        vault=said.vault_id,
        number=said.number,
        at=said.at,
        schema=said.schema,
        events=said.events,
        contents=said.held,
        size_bytes=said.size_bytes,
        whole=is_whole(points, point),
    )


def listed(folder: Path) -> tuple[BackupPoint, ...]:
    """The points in a folder as they describe themselves; nothing is checked.

    The newest of a set comes last, and so does the set that was added to last.

    Raises:
        NoBackupThereError: There is none, or the folder cannot be looked into.
    """
    try:
        found = [(each, points) for each in find_sets(folder) if (points := points_of(each))]
    except OSError as error:
        raise NoBackupThereError from error
    if not found:
        raise NoBackupThereError
    found.sort(key=lambda pair: pair[1][-1].manifest.at)
    return tuple(described_point(each, points, point) for each, points in found for point in points)


def find_point(folder: Path, name: str | None) -> tuple[BackupSet, Point]:
    """The point of a name, or the newest one in the folder.

    Raises:
        NoBackupThereError: There is none at all.
        BackupPointUnknownError: There is none of that name.
        BackupDamagedError: None was named, and the newest one cannot be read: an older one is not
            taken for it silently.
    """
    try:
        found = [(each, point) for each in find_sets(folder) for point in points_of(each)]
    except OSError as error:
        raise NoBackupThereError from error
    if not found:
        raise NoBackupThereError
    if name is None:
        own = max(found, key=lambda pair: pair[1].manifest.at)[0]
        last = newest(point for each, point in found if each == own)
        if last.folder.name < max(_point_names(own.folder)):
            raise BackupDamagedError
        return own, last
    for pair in found:
        if name == pair[1].folder.name:
            return pair
    raise BackupPointUnknownError


def trusted(found: BackupSet, point: Point, keys: SetKeys) -> tuple[tuple[Point, ...], Point]:
    """Every authentic point of a set, and of them the one that was chosen.

    Raises:
        ForeignBackupError: The set was made with another vault key.
        BackupDamagedError: The point is not as it was written.
    """
    if not found.is_of(keys):
        raise ForeignBackupError
    try:
        points = authentic(points_of(found), found, keys)
    except OSError as error:
        raise BackupDamagedError from error
    for each in points:
        if each.folder == point.folder:
            return points, each
    raise BackupDamagedError


def set_name(database: Path) -> str:
    """What a vault's set is called."""
    return database.name.removesuffix(DATABASE_SUFFIX)


def _point_names(folder: Path) -> list[str]:
    """The folders of a set's points, readable or not; their names begin with the time."""
    return [
        place.name for place in folder.iterdir() if place.is_dir() and place.name[:1].isdecimal()
    ]


def _content(vault_id: VaultId, set_id: str) -> bytes:
    return canonical({"format": FORMAT, "version": VERSION, "vault_id": vault_id, "set_id": set_id})


def _read_set(place: Path) -> BackupSet | None:
    try:
        record: dict[str, Any] = json.loads((place / SET_FILE).read_bytes())
        content = record["content"]
        if content["format"] != FORMAT or int(content["version"]) > VERSION:
            return None
        vault_id, set_id = VaultId(str(content["vault_id"])), str(content["set_id"])
        return BackupSet(place, vault_id, set_id, str(record["mac"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _read_point(place: Path) -> Point | None:
    if place.name.startswith(UNFINISHED):
        return None
    try:
        with (place / MANIFEST_FILE).open("rb") as file:
            return Point(place, decoded(file.read(MAX_BYTES)))
    except (OSError, BackupDamagedError, NewerBackupError):
        return None


def _age(point: Point) -> tuple[int, datetime]:
    return point.manifest.serial, point.manifest.at


def _begun(folder: Path) -> float:
    try:
        return (folder / SET_FILE).stat().st_mtime
    except OSError:
        return 0.0
