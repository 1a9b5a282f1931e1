"""The thumbnail cache: nothing in it is lost for good, so nothing that befalls it may stop the program."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.catalog.schema import THUMBNAILS
from engine.catalog.thumbnails import Thumbnails


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "thumbnails.db"


@pytest.fixture
def thumbnails(file):
    thumbnails = Thumbnails(file)
    yield thumbnails
    thumbnails.close()


def jpeg(number: int) -> bytes:
    return b"\xff\xd8 thumbnail %d " % number + bytes([number % 251]) * 5000


def content(number: int) -> bytes:
    return number.to_bytes(32, "big")


def fill(thumbnails: Thumbnails, count: int = 60) -> None:
    thumbnails.put((content(number), jpeg(number)) for number in range(count))


def zero_pages(file: Path, pages: range) -> None:
    with file.open("r+b") as stream:
        for page in pages:
            stream.seek(page * 8192)
            stream.write(bytes(8192))


def test_a_thumbnail_comes_back_and_an_unknown_one_is_none(thumbnails):
    fill(thumbnails)
    assert thumbnails.get(content(7)) == jpeg(7)
    assert thumbnails.get(content(1000)) is None
    assert thumbnails.get(b"") is None


def test_a_thumbnail_is_replaced(thumbnails):
    thumbnails.put([(content(1), b"old")])
    thumbnails.put([(content(1), b"new"), (content(2), b"other")])
    assert thumbnails.get(content(1)) == b"new"


def test_thumbnails_survive_closing(file, thumbnails):
    fill(thumbnails)
    thumbnails.close()
    again = Thumbnails(file)
    assert again.get(content(59)) == jpeg(59)
    again.close()


def test_keep_only_drops_all_others_and_counts_them(thumbnails):
    fill(thumbnails)
    wanted = {content(number) for number in range(0, 80, 2)}
    assert thumbnails.keep_only(wanted) == 30
    assert thumbnails.get(content(2)) == jpeg(2)
    assert thumbnails.get(content(3)) is None
    assert thumbnails.keep_only(wanted) == 0
    assert thumbnails.keep_only(set()) == 30


@pytest.mark.faults
@pytest.mark.parametrize("garbage", [b"no database" * 2000, bytes(30_000), b"\xff\xd8\xff\xe0" * 4000])
def test_a_file_that_is_no_database_is_replaced(file, garbage):
    file.write_bytes(garbage)
    thumbnails = Thumbnails(file)
    fill(thumbnails, 3)
    assert thumbnails.get(content(2)) == jpeg(2)
    assert thumbnails.problems() == []
    thumbnails.close()


def test_a_database_of_another_program_is_replaced(file):
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE theirs (value)")
    connection.close()
    thumbnails = Thumbnails(file)
    fill(thumbnails, 1)
    assert thumbnails.get(content(0)) == jpeg(0)
    thumbnails.close()


def test_a_cache_of_a_newer_program_is_replaced(file):
    Thumbnails(file).close()
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {THUMBNAILS.version + 1}")
    connection.close()
    thumbnails = Thumbnails(file)
    fill(thumbnails, 1)
    assert thumbnails.get(content(0)) == jpeg(0)
    thumbnails.close()


def test_a_deleted_file_is_an_empty_cache(file, thumbnails):
    fill(thumbnails)
    thumbnails.close()
    file.unlink()
    again = Thumbnails(file)
    assert again.get(content(1)) is None
    again.close()


@pytest.mark.faults
def test_damaged_pages_are_thumbnails_to_be_made_again(file, thumbnails):
    fill(thumbnails)
    thumbnails.close()
    zero_pages(file, range(2, 20))
    again = Thumbnails(file)
    got = [again.get(content(number)) for number in range(60)]
    assert None in got
    assert all(picture in (None, jpeg(number)) for number, picture in enumerate(got))
    again.close()


@pytest.mark.faults
def test_a_damaged_cache_does_not_stop_new_thumbnails(file, thumbnails):
    fill(thumbnails)
    thumbnails.close()
    zero_pages(file, range(1, 40))
    again = Thumbnails(file)
    for number in range(100, 160):
        again.put([(content(number), jpeg(number))])
    assert again.get(content(159)) == jpeg(159)
    assert again.problems() == []
    again.close()


@pytest.mark.faults
def test_a_damaged_cache_can_be_tidied(file, thumbnails):
    fill(thumbnails)
    thumbnails.close()
    zero_pages(file, range(1, 40))
    again = Thumbnails(file)
    again.keep_only({content(1)})
    assert again.get(content(1)) is None
    assert again.problems() == []
    again.close()


def test_recreating_empties_the_cache_even_while_others_look_something_up(thumbnails):
    fill(thumbnails)
    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(thumbnails.get, content(number % 60)) for number in range(400)]
        thumbnails.recreate()
        assert all(answer.result() in (None, jpeg(number % 60)) for number, answer in enumerate(answers))
        assert set(threads.map(thumbnails.get, map(content, range(60)))) == {None}
    fill(thumbnails, 2)
    assert thumbnails.get(content(1)) == jpeg(1)


def test_a_cache_within_its_limit_is_left_alone(thumbnails):
    fill(thumbnails)
    assert thumbnails.trim(0) == 0
    assert thumbnails.trim(thumbnails.size()) == 0


def test_the_oldest_are_dropped_and_the_disk_gets_the_space_back(thumbnails):
    fill(thumbnails, 600)
    before = thumbnails.size()
    dropped = thumbnails.trim(before // 2)
    assert 200 < dropped < 500
    assert thumbnails.size() <= before // 2
    assert thumbnails.get(content(0)) is None
    assert thumbnails.get(content(599)) == jpeg(599)
    assert thumbnails.trim(before // 2) == 0


def test_an_empty_cache_takes_next_to_nothing(thumbnails):
    fill(thumbnails, 600)
    thumbnails.recreate()
    assert thumbnails.size() < 200_000
