"""Body sites in the window's language, and finding them by what was typed."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication

from app.domain.body_site import BODY_SITES, BodySite, body_site
from app.domain.clinical_image import Laterality


def site_name(code: str) -> str:
    """The place without its side; empty for a code that is not in the table."""
    site = body_site(code)
    return QCoreApplication.translate("BodySite", site.name) if site else ""


def side_name(laterality: Laterality | None) -> str:
    """The side; empty for what has none."""
    names = {
        Laterality.LEFT: QCoreApplication.translate("SiteNames", "Left"),
        Laterality.RIGHT: QCoreApplication.translate("SiteNames", "Right"),
        Laterality.BOTH: QCoreApplication.translate("SiteNames", "Both sides"),
    }
    return names.get(laterality, "") if laterality else ""


def site_words(code: str, laterality: Laterality | None) -> str:
    """The place with its side in one line: "Forearm, volar · Left"."""
    return " · ".join(word for word in (site_name(code), side_name(laterality)) if word)


def sites_like(words: str) -> list[BodySite]:
    """The sites in whose name a word begins with each word that was typed; all for none."""
    wanted = _folded(words).split()
    return [
        site
        for site in BODY_SITES
        if all(any(part.startswith(word) for part in _parts(site)) for word in wanted)
    ]


def _parts(site: BodySite) -> list[str]:
    return _folded(site_name(site.code)).split()


def _folded(text: str) -> str:
    """Without case, accents and commas, as somebody types it in haste."""
    split = unicodedata.normalize("NFKD", text.casefold().replace(",", " "))
    return "".join(letter for letter in split if not unicodedata.combining(letter))
