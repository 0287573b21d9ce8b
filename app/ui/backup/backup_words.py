"""Backups in words: how big, when, and what is being done."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.domain.backup import BackupPoint, BackupStage, Restored, SlotSince, Tell
from app.ui.people.person_words import DOT
from app.ui.tasks import Progress

MB = 1_000_000


def _tr(text: str) -> str:
    return QCoreApplication.translate("BackupWords", text)


def moment_word(at: datetime, zone: tzinfo | None) -> str:
    """Day and time of day on the clinic's clock; without a zone on this computer's."""
    local = at.astimezone(zone)
    naive = QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)
    return QLocale().toString(naive, "d MMM yyyy, HH:mm")


def size_word(size_bytes: int) -> str:
    """How big: 85 MB, 1.2 GB."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def stage_words() -> dict[BackupStage, str]:
    """What is being done."""
    return {
        BackupStage.READING: _tr("Reading what is new…"),
        BackupStage.COPYING: _tr("Copying pictures and papers (MB)"),
        BackupStage.CHECKING: _tr("Reading back what was written (MB)"),
        BackupStage.RESTORING: _tr("Restoring (MB)"),
        BackupStage.VERIFYING: _tr("Checking every record, picture and paper"),
    }


def teller(progress: Progress) -> Tell:
    """Tells a progress strip, and breaks the work off when Cancel was pressed."""
    words = stage_words()

    def tell(stage: BackupStage, done: int, total: int) -> None:
        scale = 1 if stage is BackupStage.VERIFYING else MB
        progress.report(done // scale, -(-total // scale), words[stage])

    return tell


def point_line(point: BackupPoint) -> str:
    """The line under a point's time."""
    held = _tr("Pictures and papers: {count}").format(count=QLocale().toString(point.contents))
    size = _tr("{size} for this point").format(size=size_word(point.size_bytes))
    return DOT.join((held, size))


def slot_words(restored: Restored) -> str:
    """What is to be known of who can open the restored vault; empty when nothing is."""
    said = {
        SlotSince.CURRENT: "",
        SlotSince.CHANGED: _tr(
            "What opened this backup has been changed since: a backup brings the passphrases and"
            " the recovery code of its day along."
        ),
        SlotSince.REMOVED: _tr(
            "The person whose passphrase opened this backup has been removed since: a backup"
            " brings the passphrases of its day along."
        ),
    }[restored.slot]
    if restored.returned:
        told = _tr("Removed since, and able to open the restored vault: {count}.")
        said = " ".join((said, told.format(count=restored.returned))).strip()
    return said
