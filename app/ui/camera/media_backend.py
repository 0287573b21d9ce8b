"""Gets Qt's multimedia ready, quietly, before anything of it is loaded."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QLoggingCategory

# Qt looks for libraries that speed video up (VA-API, PipeWire), does well without, and warns.
QUIET = "qt.multimedia.symbolsresolver=false"
# Rules set later replace those set earlier, so the one of the fonts stands here as well.
ALL_RULES = f"qt.text.font.db.info=false\n{QUIET}"


def prepare_media() -> None:
    """Choose Qt's FFmpeg backend on every platform and silence its search for extras.

    What the environment says already wins. Calling it again changes nothing.
    """
    os.environ.setdefault("QT_MEDIA_BACKEND", "ffmpeg")
    if QCoreApplication.instance() is not None:
        QLoggingCategory.setFilterRules(ALL_RULES)
        return
    rules = os.environ.get("QT_LOGGING_RULES", "")
    if QUIET not in rules:
        os.environ["QT_LOGGING_RULES"] = ";".join(filter(None, [rules, QUIET]))
