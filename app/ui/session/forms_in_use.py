"""The consent forms that may be used with patients here, one for each language."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.consent_form import ConsentForm, FormId
from app.services import clinic
from app.services.clinic import FormNotApprovedError
from app.services.form_library import FormLibrary
from app.services.ports import Records

PHOTOGRAPHY = FormId("clinical-photography")


def forms_in_use(records: Records, forms: FormLibrary) -> dict[str, ConsentForm]:
    """The approved form in each language.

    Raises:
        FormNotApprovedError: The clinic approved none in any language.
    """
    found = {}
    for language in forms.languages(PHOTOGRAPHY):
        try:
            found[language] = clinic.form_in_use(records, forms, PHOTOGRAPHY, language)
        except FormNotApprovedError:
            continue
    if not found:
        raise FormNotApprovedError
    return found


def usual_language(tags: Collection[str], wanted: str) -> str:
    """The language to begin with: the window's, the same without its region, or the first."""
    for tag in (wanted, wanted.split("-", maxsplit=1)[0], "en"):
        if tag in tags:
            return tag
    return next(iter(tags))
