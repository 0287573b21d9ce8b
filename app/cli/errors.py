"""What can go wrong on the command line only."""

from __future__ import annotations

from app.errors import KnownError


class NoVaultNamedError(KnownError):
    """No --vault."""

    code = "CLI-001"
    message = "No vault was named."
    advice = "Say which one: --vault PATH."


class PassphraseUnreadableError(KnownError):
    """The passphrase file cannot be read, or is empty."""

    code = "CLI-002"
    message = "There is no passphrase in the passphrase file, or it cannot be read."
    advice = "Write the passphrase into the first line of the file, in UTF-8."


class NobodyToAskError(KnownError):
    """No passphrase file and no terminal."""

    code = "CLI-003"
    message = "There is no terminal on which the passphrase could be asked."
    advice = "Give a file with --passphrase-file FILE."


class PatientNotUnderstoodError(KnownError):
    """Not ISSUER|ID."""

    code = "CLI-004"
    message = "The patient was not given as ISSUER|ID."
    advice = "Write for example --patient 'MRN|0042-771', with quotes because of the bar."


class FileUnreadableError(KnownError):
    """A file that is to be imported cannot be read."""

    code = "CLI-005"
    message = "The file is missing, is a folder, or cannot be read."
    advice = "Check its name and that you may read it."


class WeakPassphraseError(KnownError):
    """Too short for a new vault."""

    code = "CLI-006"
    message = "A passphrase has at least {characters} characters."
    advice = "Several words are easier to remember than one with odd characters."


class ConsentWithoutCopyError(KnownError):
    """The patient's copy was never made."""

    code = "CLI-007"
    message = "The patient's copy of this consent was not made yet."
    advice = "Open the session in the program and finish its last step."


class ClinicNameMissingError(KnownError):
    """An empty clinic name."""

    code = "CLI-008"
    message = "The clinic has no name."
    advice = "Give the name that patients know: --clinic NAME."


class PassphrasesDifferError(KnownError):
    """Typed twice, and not the same."""

    code = "CLI-009"
    message = "The two passphrases are not the same."
    advice = "Run the command again and type the same passphrase twice."


class NoPassphraseTypedError(KnownError):
    """Nothing was typed."""

    code = "CLI-010"
    message = "No passphrase was typed."
    advice = "Run the command again and type it, or give a file with --passphrase-file FILE."


class OutputNotWrittenError(KnownError):
    """Standard output goes to a file that cannot be written."""

    code = "CLI-011"
    message = "The output could not be written to where it was sent."
    advice = "Make room there, then run the command again; what it did before stays done."


class NoDisplayError(KnownError):
    """The window was asked for where there is no screen."""

    code = "CLI-012"
    message = "There is no display on which the window could be shown."
    advice = "Start it in a desktop session. Commands need no display: see clinigraph --help."
