"""Backup, reading it back and restoring, beside a plain encrypted write of the same bytes."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from app.domain.audit import Action
from app.domain.backup import tell_nobody
from app.domain.disclosure import Backup
from app.domain.ids import BlobId
from app.services import activity, backups
from app.services.workplace import Workplace
from app.store.backup import sets
from app.store.backup.contents import PREFIX, checked
from app.store.backup.segment import SUFFIX
from app.store.backup.set_keys import SetKeys
from app.store.sealed_vault import SealedVault
from tests.bench.figure import Figure, taken_s
from tests.bench.importing import MB, plain_database, write_plainly
from tests.bench.vaults import a_program, a_workplace

BYTES = 8 * MB


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Back a vault of so many pictures up, add one, back up again, restore."""
    count = 24 if quick else 200
    files = [folder / f"{number:04}.bin" for number in range(count + 1)]
    for file in files:
        file.write_bytes(os.urandom(BYTES))
    core = a_program(folder)
    workplace = a_workplace(core, folder)
    for file in files[:-1]:
        _keep(workplace, file)
    medium = folder / "medium"
    medium.mkdir()
    plain = plain_database(folder)
    total_mb = count * BYTES / MB
    half = count // 2  # the load may change: one half before the backup, one after
    written_s = taken_s(partial(write_plainly, plain, files[:half]))
    backed_up = total_mb / taken_s(partial(_back_up, workplace, medium))
    written_s += taken_s(partial(write_plainly, plain, files[half:-1]))
    written = total_mb / written_s
    read_back = total_mb / taken_s(partial(_read_back, workplace, medium))
    _keep(workplace, files[-1])
    increment_s = taken_s(partial(_back_up, workplace, medium))
    newest = workplace.backups.points(medium)[-1]
    restored = total_mb / taken_s(
        lambda: backups.restore(
            workplace.desk, workplace.backups, medium, "", folder / "r.clinigraph", tell_nobody
        )
    )
    workplace.close()
    core.close()
    beside = f"beside {written:.0f} MB/s"
    return [
        Figure(
            f"backup of {count} contents of 8 MB, read back / plain encrypted write",
            backed_up / written,
            "×",
            0.35,
            note=f"{backed_up:.0f} MB/s {beside}",
        ),
        Figure(
            "reading a backup back / plain encrypted write",
            read_back / written,
            "×",
            1.0,
            note=f"{read_back:.0f} MB/s {beside}",
        ),
        Figure(
            "restore with the check of everything / plain encrypted write",
            restored / written,
            "×",
            0.25,
            note=f"{restored:.0f} MB/s {beside}",
        ),
        Figure(
            "bytes of a backup with one new content / that content",
            newest.size_bytes / BYTES,
            "×",
            1.2,
            at_least=False,
            note=f"{newest.size_bytes / MB:.1f} MB in {increment_s:.2f} s",
        ),
    ]


def _keep(workplace: Workplace, file: Path) -> None:
    uow = workplace.vault.unit_of_work()
    with uow:
        uow.blobs.put(BlobId(workplace.desk.clock.new_id()), file.read_bytes())
        uow.record(workplace.desk.event(Action.IMAGE_ADMITTED))
        uow.commit()


def _back_up(workplace: Workplace, medium: Path) -> None:
    workplace.backups.make(Backup(workplace.desk.stamp()), medium, tell_nobody)
    activity.note(workplace.vault.unit_of_work(), workplace.desk, Action.BACKUP_MADE)


def _read_back(workplace: Workplace, medium: Path) -> None:
    vault = workplace.vault
    assert isinstance(vault, SealedVault)
    (found,) = sets.find_sets(medium)
    keys = SetKeys(vault.opened.key, found.set_id)
    for file in found.folder.glob(f"*/{PREFIX}*{SUFFIX}"):
        for _ in checked(file.parent, file.name.removesuffix(SUFFIX), keys, lambda *_: None):
            pass
    keys.wipe()
