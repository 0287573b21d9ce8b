"""One run of the command line: every way in which it can end has its number."""

from __future__ import annotations

import argparse
import logging

from app import logs, paths
from app.bootstrap import program
from app.cli.commands import carry_out
from app.cli.exit_codes import ExitCode
from app.cli.output import OutputClosedError, prepare, tell, tell_failure
from app.errors import KnownError
from app.store.process_hardening import harden_process

log = logging.getLogger(__name__)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Carry out a command that works on a vault; how it ended. Raises nothing."""
    harden_process()
    prepare()
    handler = logs.start(paths.log_folder())
    try:
        return _carried_out(arguments)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except OutputClosedError:
        return ExitCode.OUTPUT_CLOSED
    except KnownError as error:
        tell_failure(error)
        return ExitCode.NOT_DONE
    except Exception as error:  # noqa: BLE001 - the last place that can answer
        return _own_fault(error)
    finally:
        logs.stop(handler)


def _carried_out(arguments: argparse.Namespace) -> ExitCode:
    core = program()
    try:
        return carry_out(core, arguments)
    finally:
        core.close()


def _own_fault(error: Exception) -> ExitCode:
    """Say a code that stands for the place of the fault, and nothing that the error quotes."""
    code = logs.look_up_code(error)
    log.error("a command met a fault of the program, look-up code %s", code, exc_info=error)
    tell(
        f"Something went wrong that Clinigraph did not expect: look-up code {code}. "
        "Tell support this code; what was stored before stays stored."
    )
    return ExitCode.OWN_FAULT
