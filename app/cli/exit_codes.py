"""How a command ends, as other programs see it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The numbers that `clinigraph` ends with; they keep their meaning for ever.

    DONE: Everything was done; for `verify`, the vault is sound.
    FAULT_FOUND: `verify` found a fault, or the vault cannot be opened because it is damaged; or a
        restored vault did not pass its check.
    NOT_UNDERSTOOD: The command line makes no sense; nothing was opened.
    SOME_REFUSED: `import` refused some files; the others are stored.
    NOT_DONE: The command could not be carried out; the reason and its code are on standard error.
    OWN_FAULT: A fault of the program; its look-up code is on standard error.
    INTERRUPTED: Ctrl+C; 128 and the number of SIGINT, as shells have it.
    OUTPUT_CLOSED: Whoever read the output stopped reading; 128 and the number of SIGPIPE.
    """

    DONE = 0
    FAULT_FOUND = 1
    NOT_UNDERSTOOD = 2
    SOME_REFUSED = 3
    NOT_DONE = 4
    OWN_FAULT = 5
    INTERRUPTED = 130
    OUTPUT_CLOSED = 141


EXIT_CODES = """\
exit codes:
  0    done; verify: the vault is sound
  1    verify: a fault was found, or the vault cannot be opened because it is damaged
       restore, test-restore: the backup is damaged, or what was restored has faults
  2    the command was not understood; nothing was opened
  3    import: some files were refused; the others are stored
  4    the command could not be carried out; the reason and its code are on standard error
  5    a fault of the program itself; its look-up code is on standard error
  130  interrupted with Ctrl+C
  141  whoever read the output stopped reading
"""
