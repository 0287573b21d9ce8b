"""The very form that a patient was asked under, found by the hash of its text."""

from __future__ import annotations

from app.domain.consent_form import ConsentForm
from app.domain.ids import Sha256
from app.errors import KnownError
from app.services.form_library import FormLibrary


class FormNotAtHandError(KnownError):
    """The text that the patient was asked under is not installed any more (R27)."""

    code = "SESSION-026"
    message = "The wording that the patient was asked under is not at hand on this workstation."
    advice = "Put that version of the form back into the folder of forms, or ask again."


def shown_form(library: FormLibrary, form_sha256: str) -> ConsentForm:
    """The form with this text.

    Raises:
        FormNotAtHandError: It is not installed.
    """
    found = library.with_hash(Sha256(form_sha256))
    if found is None:
        raise FormNotAtHandError
    return found
