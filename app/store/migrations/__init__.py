"""The schema's history: one module a step, named mNNNN_what, with a function apply(connection)."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store.connection import transaction
from app.store.errors import NewerVaultError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from app.store.connection import Connection

_MODULE_NAME = re.compile(r"m(\d{4})_\w+")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a schema to the next.

    Attributes:
        version: The schema's number afterwards; steps are numbered from 1 without a gap.
        apply: Changes the schema inside a transaction that the runner holds; foreign keys are not
            enforced meanwhile and checked at the end, so that tables can be rebuilt.
    """

    version: int
    apply: Callable[[Connection], None]


def discover(package: ModuleType) -> tuple[Migration, ...]:
    """The steps of a package, in order; a gap or a double number is a bug."""
    found = []
    for module in pkgutil.iter_modules(package.__path__):
        match = _MODULE_NAME.fullmatch(module.name)
        if match:
            step = importlib.import_module(f"{package.__name__}.{module.name}")
            found.append(Migration(int(match[1]), step.apply))
    found.sort(key=lambda migration: migration.version)
    require_sequence(found)
    return tuple(found)


def released() -> tuple[Migration, ...]:
    """The steps of this program."""
    return discover(importlib.import_module(__name__))


def require_sequence(migrations: Sequence[Migration]) -> None:
    """Assert that the steps are numbered from 1 without a gap."""
    numbers = [migration.version for migration in migrations]
    assert numbers == list(range(1, len(numbers) + 1)), f"migrations are numbered {numbers}"


def schema_version(connection: Connection) -> int:
    """The number of the schema in the file; 0 before the first step."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def require_known(connection: Connection, migrations: Sequence[Migration]) -> None:
    """Refuse a schema from the future, before anything is written.

    Raises:
        NewerVaultError: The schema has a number that no step leads to.
    """
    version = schema_version(connection)
    if version > len(migrations):
        raise NewerVaultError(found=version, known=len(migrations))


def migrate(connection: Connection, migrations: Sequence[Migration]) -> int:
    """Run the steps that are missing, each in one transaction together with its number.

    Returns:
        How many steps were run.

    Raises:
        NewerVaultError: The schema is from the future.
    """
    require_sequence(migrations)
    require_known(connection, migrations)
    missing = migrations[schema_version(connection) :]
    for migration in missing:
        _run(connection, migration)
    return len(missing)


def _run(connection: Connection, migration: Migration) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
    try:
        with transaction(connection):
            migration.apply(connection)
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
            assert not dangling, f"migration {migration.version} leaves dangling references"
            connection.execute(f"PRAGMA user_version = {migration.version:d}")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
