"""A connection is set up safely, sorts its errors and knows when it is of no more use."""

import threading

import pytest
from sqlcipher3 import dbapi2

from app.errors import KnownError
from app.store import errors
from app.store.connection import PAGE_BYTES, IntegrityError, open_connection, transaction
from app.store.database import salt_of
from app.store.errors import StoreBusyError, StoreClosedError, StoreReadOnlyError
from app.store.keys import KeyLabel
from tests.store.vault_parts import VAULT_ID


def second_connection(database, vault_key, **options):
    key = vault_key.derive(KeyLabel.DATABASE)
    return open_connection(database.path, key, salt_of(VAULT_ID), **options)


def pragma(connection, name):
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("auto_vacuum", 2),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("page_size", str(PAGE_BYTES)),
        ("cipher_log_level", "NONE"),
        ("busy_timeout", 10_000),
        ("application_id", 0x434C4752),
    ],
)
def test_writer_is_set_up(database, name, value):
    assert pragma(database.writer(), name) == value


def test_reader_cannot_write(database):
    with pytest.raises(dbapi2.OperationalError):
        database.reader().execute("INSERT INTO note (text) VALUES ('x')")

    assert pragma(database.reader(), "query_only") == 1
    assert not database.reader().poisoned


def test_transaction_commits(database):
    with transaction(database.writer()) as connection:
        connection.executemany("INSERT INTO note (text) VALUES (?)", [("a",), ("b",)])

    notes = database.reader().execute("SELECT text FROM note ORDER BY id")
    assert [text for (text,) in notes] == ["a", "b"]
    assert notes.fetchone() is None


def interrupted(connection, step):
    """Do a step in a transaction that is then interrupted."""
    with transaction(connection):
        step()
        raise KeyboardInterrupt


def test_transaction_rolls_back_when_anything_is_raised(database):
    writer = database.writer()

    with pytest.raises(KeyboardInterrupt):
        interrupted(writer, lambda: writer.execute("INSERT INTO note (text) VALUES ('a')"))

    assert writer.execute("SELECT count(*) FROM note").fetchone() == (0,)
    assert not writer.in_transaction
    assert not writer.poisoned


def test_transaction_that_ended_by_itself_is_not_rolled_back_twice(database):
    writer = database.writer()

    with pytest.raises(KeyboardInterrupt):
        interrupted(writer, lambda: writer.execute("ROLLBACK"))

    assert not writer.poisoned


def test_rollback_that_fails_gives_the_connection_up(database):
    writer = database.writer()
    deny = 1  # SQLITE_DENY

    with pytest.raises(KeyboardInterrupt):
        interrupted(writer, lambda: writer.set_authorizer(lambda *_: deny))

    assert writer.poisoned


def test_second_writer_waits_and_then_says_busy(database, vault_key):
    second = second_connection(database, vault_key)
    second.execute("PRAGMA busy_timeout = 1")

    with transaction(database.writer()), pytest.raises(StoreBusyError), transaction(second):
        pass

    second.close()


def test_constraint_is_the_callers_matter(database):
    with pytest.raises(IntegrityError), transaction(database.writer()) as connection:
        connection.execute("INSERT INTO note (id, text) VALUES (1, NULL)")


def test_mistake_in_sql_is_a_bug(database):
    with pytest.raises(dbapi2.OperationalError):
        database.writer().execute("SELECT nothing FROM nowhere")
    with pytest.raises(dbapi2.OperationalError):
        database.writer().executemany("INSERT INTO nowhere VALUES (?)", [(1,)])


def test_closed_connection_says_that_the_vault_was_locked(database, vault_key):
    connection = second_connection(database, vault_key)
    rows = connection.execute("SELECT 1 UNION SELECT 2")
    connection.close()

    with pytest.raises(StoreClosedError):
        connection.execute("SELECT 1")
    with pytest.raises(StoreClosedError):
        rows.fetchall()
    with pytest.raises(StoreClosedError):
        rows.fetchone()


def in_thread(work):
    """Run in another thread and give what it raised."""
    raised = []

    def run():
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised


def test_connection_belongs_to_one_thread(database):
    writer = database.writer()
    rows = writer.execute("SELECT 1")

    raised = in_thread(lambda: writer.execute("SELECT 1")) + in_thread(
        lambda: rows.execute("SELECT 2")
    )

    assert [type(error) for error in raised] == [AssertionError, AssertionError]


def test_closing_from_another_thread_interrupts_what_runs(database):
    reader = database.reader()
    started = threading.Event()
    endless = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT count(*) FROM n WHERE i < 0"
    )

    def tell(*_):
        started.set()
        return 0

    reader.set_progress_handler(tell, 1000)
    closer = threading.Thread(target=lambda: started.wait() and database.close())
    closer.start()
    with pytest.raises(StoreClosedError):
        reader.execute(endless).fetchone()
    closer.join()

    with pytest.raises(StoreClosedError):
        database.reader()


def test_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(StoreReadOnlyError):
        open_connection(tmp_path / "none", bytearray(32), bytes(16))

    assert list(tmp_path.iterdir()) == []


def test_key_of_the_wrong_length_is_never_handed_over(database):
    for key, salt in ((bytearray(31), bytes(16)), (bytearray(32), bytes(15))):
        with pytest.raises(AssertionError):
            open_connection(database.path, key, salt)


def test_key_buffer_is_kept_as_it_was(database, vault_key):
    key = vault_key.derive(KeyLabel.DATABASE)
    before = bytes(key)

    open_connection(database.path, key, salt_of(VAULT_ID)).close()

    assert key == before


class DriverError(Exception):
    """An error of the driver with a code."""

    def __init__(self, code):
        super().__init__("…")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "known"),
    [
        (13, errors.DiskFullError),
        (11, errors.PageDamagedError),
        (26, errors.PageDamagedError),
        (8, errors.StoreReadOnlyError),
        (14, errors.StoreReadOnlyError),
        (3, errors.StoreReadOnlyError),
        (5, errors.StoreBusyError),
        (5 | 2 << 8, errors.StoreBusyError),
        (6, errors.StoreBusyError),
        (10, errors.StoreIOError),
        (10 | 4 << 8, errors.StoreIOError),
        (9, errors.StoreClosedError),
    ],
)
def test_driver_codes_are_sorted(code, known):
    sorted_error = errors.sorted_error(DriverError(code))

    assert type(sorted_error) is known
    assert isinstance(sorted_error, KnownError)


@pytest.mark.parametrize("error", [DriverError(1), DriverError(None), ValueError("x")])
def test_what_has_no_known_code_is_a_bug(error):
    assert errors.sorted_error(error) is None


def test_wrong_key_gives_no_connection_and_changes_no_byte(database):
    with transaction(database.writer()) as connection:
        connection.execute("INSERT INTO note (text) VALUES ('x')")
    database.close()
    before = database.path.read_bytes()

    with pytest.raises(errors.PageDamagedError):
        open_connection(database.path, bytearray(32), salt_of(VAULT_ID))

    assert database.path.read_bytes() == before
    assert list(database.path.parent.iterdir()) == [database.path]
