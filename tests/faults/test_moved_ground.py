"""What a library stands on moves: the clock is set back, a drive is pulled out in the middle of an update."""

import os
import time

import pytest

from engine.jobs import Job
from engine.records import Query, QueryPicture

pytestmark = pytest.mark.faults

PHOTOS = 30
TEN_YEARS = 10 * 365 * 24 * 3600


def test_a_clock_that_was_set_back_loses_nothing(open_library, make_photos, tmp_path):
    """All that was done before has a date that is yet to come."""
    photos = make_photos(tmp_path / "photos", 6)
    library = open_library()
    library.index([tmp_path / "photos"])
    library.search(Query((QueryPicture(photos[0]),), k=3))
    library.verify()
    for photo in photos:
        os.utime(photo, (time.time() + TEN_YEARS,) * 2)
    library.index()
    with library._catalog._database.writing() as connection:
        connection.execute("UPDATE queries SET asked = asked + ?", (TEN_YEARS,))
        connection.execute(
            """UPDATE meta SET value = json_set(value, '$.when', json_extract(value, '$.when') + ?)
               WHERE name IN ('last update', 'last verify', 'self-test')""",
            (TEN_YEARS,),
        )
    library.close()
    again = open_library()
    for photo in photos:
        os.utime(photo)
    report = again.index()
    assert (report.missing, report.skipped) == (0, ())
    assert again.counts().searchable == 6
    again.search(Query((QueryPicture(photos[1]),), k=3))
    assert len(again.history.list()) == 2
    before = again.care.health().last_verify.when
    assert again.verify().problems == ()
    assert again.care.health().last_verify.when < before, "what was found last counts, whatever its date"


def test_a_drive_that_is_pulled_out_during_an_update_takes_nothing_with_it(open_library, make_photos, tmp_path):
    drive, pulled = tmp_path / "drive", tmp_path / "pulled"
    make_photos(drive, PHOTOS)
    library = open_library()
    library.index([drive])
    make_photos(drive, PHOTOS, first=PHOTOS)

    def pull(progress):
        if progress.stage == "indexing" and progress.done >= 5 and drive.exists():
            drive.rename(pulled)

    report = library.index(job=Job(pull))
    assert pulled.exists(), "it was pulled out while there was something to read"
    assert 0 < report.added < PHOTOS
    library.index()
    assert library.counts().searchable >= PHOTOS, "photos out of reach stay in the library"
    pulled.rename(drive)
    report = library.index()
    assert (report.missing, report.skipped) == (0, ())
    assert library.counts().searchable == 2 * PHOTOS
    assert library.verify().problems == ()
