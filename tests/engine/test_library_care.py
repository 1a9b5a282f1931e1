"""What a library tells of itself and lets be changed: its last update, its thumbnails, its settings."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

from engine.settings import Settings


def test_the_last_update_is_remembered(open_library, tmp_path, make_photos):
    library = open_library()
    assert library.last_update() is None
    photos = make_photos(tmp_path / "Pictures", 3)
    library.index([photos[0].parent])
    done = library.last_update()
    assert (done.added, done.updated, done.missing) == (3, 0, 0)
    assert datetime.now() - done.when < timedelta(minutes=1)
    library.close()
    assert open_library().last_update() == done


def test_what_photos_were_embedded_on_is_remembered_while_there_is_nothing_new(open_library, tmp_path, make_photos):
    library = open_library()
    assert library.provider() == ""
    library.index([make_photos(tmp_path / "Pictures", 3)[0].parent])
    assert library.index().provider == ""  # nothing was embedded
    library.close()
    assert open_library().provider() == "CPU"


def test_thumbnails_are_kept_within_the_limit_by_the_next_update(library, tmp_path, make_photos):
    photos = make_photos(tmp_path / "Pictures", 3)
    library.index([photos[0].parent])
    assert library.thumbnail_bytes() > 0
    library._thumbnails.put((bytes([number]) * 32, bytes(40_000)) for number in range(100))
    library.apply(Settings(workers=1, thumbnail_cache_mib=1))
    library.index()
    assert library.thumbnail_bytes() <= 2**20
    assert library.thumbnail(library.photos.at(photos[0]).id)


def test_thumbnails_that_were_thrown_away_are_made_again(library, tmp_path, make_photos):
    photos = make_photos(tmp_path / "Pictures", 3)
    library.index([photos[0].parent])
    library.empty_thumbnails()
    assert library._thumbnails.get(library.photos.at(photos[0]).content_hash) is None
    assert library.thumbnail(library.photos.at(photos[0]).id).startswith(b"\xff\xd8")


def test_smaller_limits_hold_for_the_next_picture(library, tmp_path, make_photos):
    photos = make_photos(tmp_path / "Pictures", 1)
    assert library.metadata(photos[0])
    before = library._viewers
    library.apply(Settings(workers=3))
    assert library._viewers is before
    library.apply(Settings(workers=3, photo_seconds=5))
    assert library._viewers is not before
    assert library.metadata(photos[0])


def test_a_photo_that_could_not_be_read_is_tried_again(library, tmp_path, make_photos):
    photos = make_photos(tmp_path / "Pictures", 3)
    before = photos[0].stat()
    content = photos[0].read_bytes()
    photos[0].write_bytes(b"\0" * len(content))
    os.utime(photos[0], ns=(before.st_atime_ns, before.st_mtime_ns))
    assert len(library.index([photos[0].parent]).skipped) == 1
    photos[0].write_bytes(content)
    os.utime(photos[0], ns=(before.st_atime_ns, before.st_mtime_ns))
    assert library.index().added == 0, "neither size nor date tells that it is good again"
    assert library.coverage.retry() == 1
    assert library.index().added == 1
    assert library.coverage.rest() == []


def test_threads_of_one_process_change_the_library_at_the_same_moment(library):
    at_once = Barrier(4)

    def choose(_: int) -> None:
        for _ in range(100):
            at_once.wait(timeout=30)
            library.use_model("tiny")

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(choose, range(4))) == [None] * 4


def test_the_pulse_changes_when_there_is_something_to_look_at(library, make_photos, tmp_path):
    folder = make_photos(tmp_path / "photos", 2)[0].parent
    library.index([folder])
    pulse = library.pulse()
    assert library.pulse() == pulse
    library.history.list()
    assert library.pulse() == pulse
    library.collections.create("Holiday")
    assert library.pulse() != pulse
    pulse = library.pulse()
    folder.rename(tmp_path / "unplugged")
    assert library.pulse() != pulse
