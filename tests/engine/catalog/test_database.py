"""The promises of one SQLite file: what it refuses, how it moves between versions, what readers see."""

import gc
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.catalog import database as module
from engine.catalog.database import Database, Schema
from engine.catalog.schema import CATALOG, CATALOG_ID, THUMBNAILS
from engine.errors import CatalogTooNewError, LibraryBusyError, LibraryUnusableError, NotFoundError
from tests.engine import children

OURS = 0x12345


def create_words(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE words (word TEXT NOT NULL) STRICT")


def add_length(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE words ADD COLUMN length INTEGER NOT NULL DEFAULT 0")
    connection.execute("UPDATE words SET length = length(word)")


def fail_halfway(connection: sqlite3.Connection) -> None:
    add_length(connection)
    connection.execute("DELETE FROM words")
    raise RuntimeError("the migration has a bug")


ONE = Schema(OURS, (create_words,))
TWO = Schema(OURS, (create_words, add_length))
BROKEN = Schema(OURS, (create_words, fail_halfway))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "words.db"


@pytest.fixture
def database(file):
    database = Database(file, ONE)
    yield database
    database.close()


def insert(database: Database, *words: str) -> None:
    with database.writing() as connection:
        connection.executemany("INSERT INTO words (word) VALUES (?)", [(word,) for word in words])


def words(database: Database) -> list[str]:
    return [word for (word,) in database.rows("SELECT word FROM words ORDER BY rowid")]


def raw(file: Path, sql: str) -> list[tuple]:
    """Ask the file with a plain connection, behind the program's back."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def open_files(file: Path) -> list[str]:
    links = list(Path("/proc/self/fd").iterdir())
    return [str(link.readlink()) for link in links if link.is_symlink() and str(link.readlink()).startswith(str(file))]


@pytest.mark.parametrize("schema", [CATALOG, THUMBNAILS])
def test_a_new_file_is_marked_as_ours_in_wal_mode_and_strict(tmp_path, schema):
    Database(tmp_path / "new.db", schema).close()
    assert raw(tmp_path / "new.db", "PRAGMA application_id") == [(schema.application_id,)]
    assert raw(tmp_path / "new.db", "PRAGMA user_version") == [(schema.version,)]
    assert raw(tmp_path / "new.db", "PRAGMA journal_mode") == [("wal",)]
    assert raw(tmp_path / "new.db", "PRAGMA page_size") == [(8192,)]
    tables = raw(tmp_path / "new.db", "SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'")
    assert tables
    assert all(strict for _, strict in tables)


def test_foreign_keys_and_types_are_enforced(tmp_path):
    database = Database(tmp_path / "catalog.db", CATALOG)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), database.writing() as connection:
        connection.execute("INSERT INTO embeddings (photo, model, vector, crc) VALUES (1, 1, x'', 0)")
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"), database.writing() as connection:
        connection.execute("INSERT INTO calibrations VALUES (1, 'many', x'')")
    database.close()


def test_what_was_committed_is_there_after_opening_again(file, database):
    insert(database, "one", "two")
    database.close()
    again = Database(file, ONE)
    assert words(again) == ["one", "two"]
    again.close()


def test_an_empty_file_is_a_new_database(file):
    file.touch()
    Database(file, ONE).close()
    assert raw(file, "PRAGMA application_id") == [(OURS,)]


def test_a_newer_schema_is_refused_with_what_to_do_and_left_as_it_is(file):
    Database(file, TWO).close()
    before = file.read_bytes()
    with pytest.raises(CatalogTooNewError, match=r"newer Lookalike \(schema 2, this one knows 1\)") as caught:
        Database(file, ONE)
    assert "Update the program" in caught.value.hint
    assert file.read_bytes() == before
    assert open_files(file) == []


def test_a_database_of_another_program_is_refused_and_left_as_it_is(file):
    raw(file, "CREATE TABLE theirs (value)")
    before = file.read_bytes()
    with pytest.raises(LibraryUnusableError, match="another program"):
        Database(file, ONE)
    assert file.read_bytes() == before
    assert not file.with_name("words.db-wal").exists()


def test_the_catalogue_is_not_taken_for_the_thumbnail_cache(tmp_path):
    Database(tmp_path / "catalog.db", CATALOG).close()
    with pytest.raises(LibraryUnusableError, match="another program"):
        Database(tmp_path / "catalog.db", THUMBNAILS)
    assert raw(tmp_path / "catalog.db", "PRAGMA application_id") == [(CATALOG_ID,)]


def test_a_migration_brings_the_rows_along_and_keeps_a_copy_from_before(file, database):
    insert(database, "three", "fourteen")
    database.close()
    migrated = Database(file, TWO)
    assert migrated.rows("SELECT word, length FROM words ORDER BY rowid") == [("three", 5), ("fourteen", 8)]
    migrated.close()
    copy = file.with_name("words-schema1.db")
    assert raw(copy, "PRAGMA user_version") == [(1,)]
    assert raw(copy, "PRAGMA application_id") == [(OURS,)]
    assert raw(copy, "SELECT * FROM words") == [("three",), ("fourteen",)]


def test_an_up_to_date_file_is_not_copied(file, database):
    database.close()
    Database(file, ONE).close()
    assert [path.name for path in file.parent.glob("*schema*")] == []


def test_a_failing_migration_leaves_the_old_version_as_it_was(file, database):
    insert(database, "kept")
    database.close()
    with pytest.raises(RuntimeError, match="has a bug"):
        Database(file, BROKEN)
    again = Database(file, ONE)
    assert again.rows("SELECT * FROM words") == [("kept",)]
    again.close()
    Database(file, TWO).close()
    assert raw(file, "SELECT * FROM words") == [("kept", 4)]


@pytest.mark.parametrize("reason", [NotFoundError("stop"), KeyboardInterrupt(), ZeroDivisionError()])
def test_any_exception_rolls_the_transaction_back(database, reason):
    def change_of_mind() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO words VALUES ('lost')")
            raise reason

    insert(database, "before")
    with pytest.raises(type(reason)):
        change_of_mind()
    insert(database, "after")
    assert words(database) == ["before", "after"]


def test_readers_of_other_threads_see_what_is_committed_and_nothing_else(database):
    with ThreadPoolExecutor(1) as other:
        assert other.submit(words, database).result() == []
        with database.writing() as connection:
            connection.execute("INSERT INTO words VALUES ('one')")
            assert other.submit(words, database).result() == []
        assert other.submit(words, database).result() == ["one"]


def test_many_threads_may_write_and_read_at_once(database):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: insert(database, f"word {number}"), range(80)))
        counts = list(threads.map(lambda _: len(words(database)), range(16)))
    assert counts == [80] * 16


def test_readers_cannot_write(database):
    with pytest.raises(LibraryUnusableError, match="readonly"):
        database.rows("INSERT INTO words VALUES ('sneaked in') RETURNING word")
    assert words(database) == []


def test_a_stream_gives_every_row_in_chunks_and_does_not_mind_a_writer(database):
    insert(database, *(str(number) for number in range(25)))
    chunks = []
    for chunk in database.stream("SELECT word FROM words ORDER BY rowid", chunk=10):
        chunks.append(chunk)
        insert(database, "later")
    assert [len(chunk) for chunk in chunks] == [10, 10, 5]
    assert len(words(database)) == 28


def test_another_program_that_keeps_writing_is_named(file, monkeypatch):
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    database = Database(file, ONE)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryBusyError, match="Another program is writing"):
        insert(database, "refused")
    assert words(database) == []
    other.execute("ROLLBACK")
    other.close()
    insert(database, "accepted")
    assert words(database) == ["accepted"]
    database.close()


def test_close_closes_the_connection_of_every_thread(file, database):
    ready, leave = threading.Barrier(4), threading.Event()

    def read_and_wait() -> None:
        words(database)
        ready.wait()
        leave.wait()

    threads = [threading.Thread(target=read_and_wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    ready.wait()
    assert open_files(file)
    database.close()
    assert open_files(file) == []
    assert not file.with_name("words.db-wal").exists(), "the last connection folds the log into the file"
    leave.set()
    for thread in threads:
        thread.join()


def test_threads_that_have_ended_leave_no_connection_behind(file, database):
    def in_a_thread() -> None:
        thread = threading.Thread(target=words, args=(database,))
        thread.start()
        thread.join()

    in_a_thread()
    gc.collect()
    before = len(open_files(file))
    for _ in range(20):
        in_a_thread()
    gc.collect()
    assert len(open_files(file)) <= before + 3


def test_closing_while_other_threads_read_ends_no_process(file):
    """SQLite connections must not be closed while another thread uses them: that is a segmentation fault."""
    script = """
import sqlite3, sys, threading
from pathlib import Path
from engine.catalog.database import Database
from tests.engine.catalog.test_database import ONE, insert, words

def read(database, started):
    words(database)
    started.set()
    try:
        while True:
            words(database)
            for chunk in database.stream("SELECT word FROM words", chunk=10):
                pass
    except sqlite3.ProgrammingError:
        pass

for _ in range(10):
    database = Database(Path(sys.argv[1]), ONE)
    insert(database, *(str(number) * 100 for number in range(300)))
    started = [threading.Event() for _ in range(4)]
    threads = [threading.Thread(target=read, args=(database, event)) for event in started]
    [thread.start() for thread in threads]
    [event.wait() for event in started]
    database.close()
    [thread.join() for thread in threads]
print("closed")
"""
    assert children.run(script, file).split() == ["closed"]


def test_closing_twice_is_harmless(database):
    database.close()
    database.close()


def test_a_sound_file_has_no_problems(database):
    insert(database, "one")
    assert database.problems() == []
