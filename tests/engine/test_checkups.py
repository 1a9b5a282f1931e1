"""When a library was checked, tested and backed up last is remembered, with what was found."""

import os
from datetime import datetime, timedelta

import pytest

from engine.catalog import database
from engine.jobs import Cancelled, Job
from engine.library import Library
from engine.repairing import repair
from tests.engine import children


@pytest.fixture
def full(library, make_photos, tmp_path):
    library.index([make_photos(tmp_path / "photos", 4)[0].parent])
    return library


def just_now(when):
    return datetime.now() - when < timedelta(minutes=1)


def test_a_check_and_its_problems_are_remembered(full, open_library):
    assert (full.care.health().last_verify, full.care.health().self_test) == (None, None)
    full.verify()
    last, test = full.care.health().last_verify, full.care.health().self_test
    assert (last.ok, last.problems, last.repaired) == (True, (), ())
    assert just_now(last.when)
    assert (test.model, test.recall, test.vectors) == ("tiny", 1.0, 4)
    with full._catalog._database.writing() as connection:
        connection.execute("UPDATE embeddings SET crc = crc + 1 WHERE seq = 1")
    full.verify()
    found = full.care.health().last_verify
    assert (found.ok, found.problems) == (False, ("1 embedding is damaged.",))
    full.verify(repair=True)
    mended = full.care.health().last_verify
    assert mended.ok
    assert mended.repaired == ("1 photo will be read again by the next update.",)
    full.close()
    assert open_library().care.health().last_verify == mended


def test_a_damaged_catalogue_that_was_mended_is_remembered_with_all_that_was_done(full, models_folder, tmp_path):
    full.close()
    with (full.folder / "catalog.db").open("r+b") as stream:
        stream.seek(8192 * 3)
        stream.write(os.urandom(8192 * 4))
    report = repair(full.folder, bundled_models=models_folder)
    assert "is damaged" in report.problems[0]
    with Library.open(full.folder, models_folder) as library:
        last = library.care.health().last_verify
    assert (last.ok, last.problems, last.repaired) == (report.ok, report.problems, report.repaired)


def test_the_index_is_tested_and_the_outcome_remembered(full):
    stages = []
    found = full.care.test_index(Job(lambda progress: stages.append((progress.stage, progress.total))))
    assert found == full.care.health().self_test
    assert (found.model, found.recall, found.vectors) == ("tiny", 1.0, 4)
    assert stages[-1] == ("testing the index", 4)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        full.care.test_index(job)


def test_an_empty_index_has_nothing_to_test(library):
    assert library.care.test_index(Job()) is None
    assert library.status().index.recall is None
    assert library.care.health().self_test is None


def test_a_check_that_is_cancelled_is_not_remembered(full, monkeypatch):
    monkeypatch.setattr(database, "STEPS_BETWEEN_LOOKS", 1)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        full.verify(job=job)
    with pytest.raises(Cancelled):
        full._catalog.problems(job)
    assert full.care.health().last_verify is None


def test_a_backup_is_remembered(full, tmp_path):
    assert full.care.health().last_backup is None
    done = full.back_up(tmp_path / "b\udce9.zip")
    last = full.care.health().last_backup
    assert (last.file, last.bytes, last.photos) == (done.file, done.bytes, 4)
    assert just_now(last.when)


@pytest.mark.parametrize("text", ["", "7", "[]", "{", '{"when": "x"}', '{"when": 1e300, "ok": 1, "problems": 3}'])
def test_what_makes_no_sense_is_as_if_there_were_none(full, text):
    with full._catalog._database.writing() as connection:
        for name in ("last verify", "self-test", "last backup"):
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, text))
    health = full.care.health()
    assert (health.last_verify, health.self_test, health.last_backup) == (None, None, None)


@pytest.mark.faults
def test_a_full_disk_takes_no_check_away(full, models_folder):
    full.close()
    script = """
import sys
from pathlib import Path
from engine.library import Library
with Library.open(Path(sys.argv[1]), Path(sys.argv[2])) as library:
    no_room(0)
    print(library.verify().ok, library.care.health().last_verify)
"""
    assert children.run(children.NO_ROOM + script, full.folder, models_folder) == "True None\n"
