"""Full disks, killed processes, damaged files and folders without rights: nothing acknowledged is ever lost."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from engine.catalog.database import Database
from engine.errors import CatalogDamagedError, EngineError, LibraryUnusableError
from tests.engine import children
from tests.engine.catalog.test_database import ONE, insert, words

pytestmark = pytest.mark.faults

OPEN = """
import sys
from pathlib import Path
from engine.catalog.database import Database
from engine.errors import EngineError
from tests.engine.catalog.test_database import ONE, insert, words
file = Path(sys.argv[1])
"""

WRITE_UNTIL_FULL = """
acknowledged = 0
try:
    while acknowledged < 100_000:
        insert(database, str(acknowledged) + "x" * 500)
        acknowledged += 1
except EngineError as error:
    print(type(error).__name__, acknowledged, sep="|")
    print(error)
print(len(words(database)))
database.close()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "words.db"


def test_a_full_disk_is_a_sentence_and_every_acknowledged_row_is_there(file):
    printed = children.run(
        OPEN + children.NO_ROOM + "database = Database(file, ONE)\nno_room(400_000)" + WRITE_UNTIL_FULL, file
    ).splitlines()
    kind, acknowledged = printed[0].split("|")
    assert kind == "StorageFullError"
    assert "is full; nothing that was saved is lost. Free some space" in printed[1]
    assert int(acknowledged) > 20
    assert int(printed[2]) == int(acknowledged), "what was acknowledged can still be read on the full disk"
    database = Database(file, ONE)
    assert [word.rstrip("x") for word in words(database)] == [str(number) for number in range(int(acknowledged))]
    insert(database, "there is room again")
    assert database.problems() == []
    database.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only the super-user can make a small disk")
def test_a_really_full_disk_too(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("this machine does not let us make a small disk")
    try:
        script = OPEN + "database = Database(file, ONE)" + WRITE_UNTIL_FULL
        kind, acknowledged = children.run(script, disk / "words.db").splitlines()[0].split("|")
        assert kind == "StorageFullError"
        shutil.copytree(disk, tmp_path / "copy")
    finally:
        subprocess.run(["umount", disk], check=True)
    database = Database(tmp_path / "copy" / "words.db", ONE)
    assert len(words(database)) == int(acknowledged)
    database.close()


def test_a_disk_that_is_full_from_the_start_is_a_sentence(file):
    script = """
no_room(0)
try:
    Database(file, ONE)
except EngineError as error:
    print(type(error).__name__)
"""
    assert children.run(OPEN + children.NO_ROOM + script, file).split() == ["StorageFullError"]


def test_a_migration_without_room_for_its_copy_leaves_the_file_as_it_was(file):
    database = Database(file, ONE)
    insert(database, *("x" * 500 for _ in range(400)))
    database.close()
    script = """
from tests.engine.catalog.test_database import TWO
no_room(100_000)
try:
    Database(file, TWO)
except EngineError as error:
    print(type(error).__name__)
"""
    assert children.run(OPEN + children.NO_ROOM + script, file).split() == ["StorageFullError"]
    again = Database(file, ONE)
    assert len(words(again)) == 400
    again.close()


@pytest.mark.parametrize("round_", range(3))
def test_kill_9_loses_no_acknowledged_row_and_no_half_transaction_stays(file, round_):
    script = """
database = Database(file, ONE)
number = 0
while True:
    insert(database, f"{number} first", f"{number} second")
    print(number, flush=True)
    number += 1
"""
    child = children.start(OPEN + script, file)
    acknowledged = [int(child.stdout.readline()) for _ in range(50 + 20 * round_)]
    child.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in child.stdout.read().splitlines()]
    child.wait()
    child.stdout.close()
    database = Database(file, ONE)
    found = words(database)
    database.close()
    assert len(found) in (2 * len(acknowledged), 2 * len(acknowledged) + 2)
    assert found == [f"{number // 2} {('first', 'second')[number % 2]}" for number in range(len(found))]


def filled(file: Path) -> None:
    database = Database(file, ONE)
    insert(database, *(f"{number} {'x' * 700}" for number in range(300)))
    database.close()


def read_all(file: Path) -> list[str]:
    database = Database(file, ONE)
    try:
        return words(database)
    finally:
        database.close()


@pytest.mark.parametrize("page", [1, 5, 12])
def test_a_zeroed_page_is_called_damage(file, page):
    filled(file)
    with file.open("r+b") as stream:
        stream.seek(page * 8192)
        stream.write(bytes(8192))
    with pytest.raises(CatalogDamagedError, match="is damaged") as caught:
        read_all(file)
    assert "verify --repair" in caught.value.hint
    database = Database(file, ONE)
    assert database.problems()
    database.close()


def test_damage_that_readers_do_not_touch_is_found_by_the_full_check(file):
    filled(file)
    content = bytearray(file.read_bytes())
    place = content.index(b"150 xxx") + 1
    page = place // 8192 * 8192
    content[page + 8 : page + 10] = b"\xff\xff"  # the first cell now lies beyond the page
    file.write_bytes(content)
    database = Database(file, ONE)
    assert database.problems()
    database.close()


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"\xff\xd8\xff\xe0" * 5000, bytes(20_000)])
def test_a_file_that_is_no_database_is_called_damaged(file, content):
    file.write_bytes(content)
    with pytest.raises(CatalogDamagedError, match="is damaged"):
        read_all(file)
    assert file.read_bytes() == content


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_called_damaged(file, share):
    filled(file)
    os.truncate(file, int(file.stat().st_size * share))
    with pytest.raises(CatalogDamagedError):
        read_all(file)


def test_every_damage_leaves_as_an_engine_error(file):
    """A byte changed anywhere: the answer is the old one, another word, or a sentence, never a foreign exception."""
    filled(file)
    sound = file.read_bytes()
    for place in (*range(200), *range(200, len(sound), len(sound) // 150)):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :])
        with contextlib.suppress(EngineError):
            read_all(file)


def test_a_folder_that_does_not_exist_is_a_sentence(tmp_path):
    with pytest.raises(LibraryUnusableError, match="cannot be read or written") as caught:
        Database(tmp_path / "nowhere" / "words.db", ONE)
    assert "permissions" in caught.value.hint


@pytest.mark.parametrize("exists", [False, True])
def test_a_read_only_folder_is_a_sentence(exists):
    script = """
try:
    database = Database(file, ONE)
    insert(database, "refused")
except EngineError as error:
    print(type(error).__name__, error, sep="|")
"""
    with children.folder_for_everyone() as folder:
        if exists:
            filled(folder / "words.db")
        folder.chmod(0o555)
        kind, sentence = children.run(OPEN + children.AS_NOBODY + script, folder / "words.db").split("|")
    if exists:
        assert kind == "LibraryReadOnlyError"
        assert "is read-only: it can be searched and looked through, but not changed." in sentence
    else:
        assert kind == "LibraryUnusableError"
        assert "Check the permissions of the library folder." in sentence


def test_a_file_that_may_not_be_read_is_a_sentence():
    script = """
try:
    Database(file, ONE)
except EngineError as error:
    print(type(error).__name__)
"""
    with children.folder_for_everyone() as folder:
        filled(folder / "words.db")
        (folder / "words.db").chmod(0o600)
        folder.chmod(0o777)
        assert children.run(OPEN + children.AS_NOBODY + script, folder / "words.db").split() == ["LibraryUnusableError"]
