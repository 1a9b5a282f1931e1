"""Photos of a library on their way to the trash and back."""

import pytest

from engine.jobs import Job
from engine.records import Decision, PhotoState, Query, QueryPicture


@pytest.fixture
def files(library, make_photos, tmp_path, own_trash):
    files = make_photos(tmp_path / "photos", 8)
    library.index([tmp_path / "photos"])
    return files


def photos(library, *files):
    return [library.photos.at(file) for file in files]


def names(result) -> list[str]:
    return [match.photo.path.name for match in result.matches]


def test_the_catalogue_learns_at_once_and_the_history_stays_whole(library, files, own_trash):
    result = library.search(Query((QueryPicture(files[0]),)))
    report = library.trash.put(photos(library, files[0], files[3]))
    assert [one.photo.path for one in report.moved] == [files[0], files[3]]
    assert not report.refused
    assert not files[0].exists()
    assert sorted(file.name for file in (own_trash / "files").iterdir()) == ["photo_000.jpg", "photo_003.jpg"]
    assert {"photo_000.jpg", "photo_003.jpg"}.isdisjoint(names(library.refresh(result)))
    assert library.counts().missing == 2
    again = library.rerun(result.entry_id)
    assert len(again.matches) == 6
    assert library.history.get(result.entry_id).query == result.query


def test_what_comes_back_is_as_it_was(library, files):
    before = photos(library, files[0], files[3])
    library.decisions.decide(Decision.PINNED, [before[1].content_hash])
    report = library.trash.put(before)
    undone = library.trash.take_out(report.restorable)
    assert len(undone.moved) == 2
    after = photos(library, files[0], files[3])
    assert [photo.id for photo in after] == [photo.id for photo in before]
    assert [photo.state for photo in after] == [PhotoState.INDEXED] * 2
    assert after[1].pinned
    assert "photo_003.jpg" in names(library.search(Query((QueryPicture(files[0]),)), remember=False))
    scan = library.index()
    assert (scan.added, scan.updated, scan.missing, scan.unchanged) == (0, 0, 0, 8)


def test_the_next_scan_agrees(library, files):
    library.trash.put(photos(library, files[0]))
    scan = library.index()
    assert (scan.missing, scan.unchanged) == (0, 7)
    assert library.counts().missing == 1


def test_one_refusal_does_not_stop_the_others(library, files):
    wanted = photos(library, files[0], files[1], files[2])
    files[1].unlink()
    report = library.trash.put(wanted)
    assert [one.photo.path.name for one in report.moved] == ["photo_000.jpg", "photo_002.jpg"]
    assert ["photo_001.jpg" in str(error) for error in report.refused] == [True]
    files[0].write_text("another one")
    undone = library.trash.take_out(report.restorable)
    assert [one.photo.path.name for one in undone.moved] == ["photo_002.jpg"]
    assert "There is another “photo_000.jpg”" in str(undone.refused[0])
    assert library.photos.at(files[0]).state is PhotoState.MISSING
    assert library.photos.at(files[2]).state is PhotoState.INDEXED


def test_a_cancel_keeps_the_rest(library, files):
    job = Job()
    job.report = lambda progress: job.cancel() if progress.done == 1 else None
    report = library.trash.put(photos(library, *files[:3]), job)
    assert [one.photo.path.name for one in report.moved] == ["photo_000.jpg"]
    assert files[1].exists()
    assert library.counts().missing == 1
