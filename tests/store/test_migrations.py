"""Steps run once, in order, each whole or not at all."""

import types

import pytest

from app.store import migrations
from app.store.connection import IntegrityError, transaction
from app.store.database import Database
from app.store.errors import NewerVaultError
from app.store.migrations import Migration, discover, migrate, schema_version
from tests.store.vault_parts import SCHEMA, VAULT_ID


def adds(name):
    return lambda connection: connection.execute(f"CREATE TABLE {name} (a INTEGER) STRICT")


def test_missing_steps_run_in_order_and_once(database, vault_key):
    database.close()
    steps = (*SCHEMA, Migration(2, adds("second")), Migration(3, adds("third")))

    for _ in range(2):
        with Database.open(database.path, vault_key, VAULT_ID, migrations=steps) as again:
            assert schema_version(again.reader()) == 3
            assert again.reader().execute("SELECT count(*) FROM third").fetchone() == (0,)
            assert migrate(again.writer(), steps) == 0


def test_content_survives_a_step(database):
    writer = database.writer()
    with transaction(writer):
        writer.execute("INSERT INTO note (text) VALUES ('kept')")

    def rebuild(connection):
        connection.execute("ALTER TABLE note ADD COLUMN language TEXT NOT NULL DEFAULT 'en'")

    assert migrate(writer, (*SCHEMA, Migration(2, rebuild))) == 1

    assert writer.execute("SELECT text, language FROM note").fetchall() == [("kept", "en")]


def test_failed_step_leaves_the_schema_before_it(database):
    def fails(connection):
        adds("half")(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate(database.writer(), (*SCHEMA, Migration(2, adds("whole")), Migration(3, fails)))

    writer = database.writer()
    tables = {name for (name,) in writer.execute("SELECT name FROM sqlite_master")}
    assert schema_version(writer) == 2
    assert "whole" in tables
    assert "half" not in tables
    assert writer.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_referenced_table_can_be_rebuilt(database, blobs):
    writer = database.writer()
    with transaction(writer):
        blobs.put(writer, "picture", b"content")

    def rebuild(connection):
        connection.execute("CREATE TABLE blob_new AS SELECT * FROM blob")
        connection.execute("DROP TABLE blob")
        connection.execute(
            "CREATE TABLE blob (id TEXT PRIMARY KEY, size_bytes INTEGER NOT NULL,"
            " sha256 TEXT NOT NULL, erased INTEGER NOT NULL) STRICT, WITHOUT ROWID"
        )
        connection.execute("INSERT INTO blob SELECT * FROM blob_new")
        connection.execute("DROP TABLE blob_new")

    migrate(writer, (*SCHEMA, Migration(2, rebuild)))

    assert blobs.read(writer, "picture") == b"content"
    with pytest.raises(IntegrityError), transaction(writer):
        writer.execute("INSERT INTO blob_key VALUES ('none', 1, zeroblob(12), zeroblob(48))")


def test_step_that_leaves_dangling_references_is_undone(database, blobs):
    writer = database.writer()
    with transaction(writer):
        blobs.put(writer, "picture", b"content")

    def careless(connection):
        connection.execute("DELETE FROM blob")

    with pytest.raises(AssertionError):
        migrate(writer, (*SCHEMA, Migration(2, careless)))

    assert blobs.read(writer, "picture") == b"content"


def test_schema_from_the_future_is_refused(database):
    with pytest.raises(NewerVaultError):
        migrate(database.writer(), ())


def test_gap_in_the_numbers_is_a_bug(database):
    with pytest.raises(AssertionError):
        migrate(database.writer(), (*SCHEMA, Migration(3, adds("third"))))


def test_steps_are_found_by_their_names(tmp_path, monkeypatch):
    for name in ("m0002_later", "m0001_initial", "notes", "m3_short"):
        (tmp_path / f"{name}.py").write_text("def apply(connection):\n    pass\n")
    package = types.ModuleType("steps_of_a_test")
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(__import__("sys").modules, package.__name__, package)

    found = discover(package)

    assert [(step.version, step.apply.__module__) for step in found] == [
        (1, "steps_of_a_test.m0001_initial"),
        (2, "steps_of_a_test.m0002_later"),
    ]


def test_programs_own_steps_make_a_vault(database_path, vault_key):
    with Database.create(database_path, vault_key, VAULT_ID) as made:
        assert schema_version(made.reader()) == len(migrations.released()) >= 1
        assert made.check(structure=True).sound

    Database.open(database_path, vault_key, VAULT_ID).close()
