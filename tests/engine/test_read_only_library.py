"""A library where nothing may be written: it answers and shows; what would change it says so in one sentence."""

from pathlib import Path

import pytest

from engine.backup import restore
from engine.errors import LibraryReadOnlyError
from engine.jobs import Job
from engine.library import Library
from engine.records import Decision, Query, QueryPicture
from engine.repairing import repair
from engine.settings import Settings
from tests.closed import DRIVE, RIGHTS, closed

WAYS = [DRIVE, RIGHTS]


@pytest.fixture
def photos(open_library, make_photos, tmp_path) -> list[Path]:
    """The photos of a library that was asked once, and is closed."""
    photos = make_photos(tmp_path / "Pictures", 6)
    with open_library() as library:
        library.index([photos[0].parent])
        library.search(ask(photos[0]))
    return photos


def ask(photo: Path) -> Query:
    return Query((QueryPicture(path=photo),), k=3)


def everything(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("how", WAYS)
def test_it_is_searched_and_looked_through_and_nothing_of_it_is_touched(photos, tmp_path, models_folder, how):
    before = everything(tmp_path / "library")
    with closed(tmp_path / "library", how) as place, Library.open(place, models_folder, Settings(workers=1)) as library:
        assert library.read_only
        result = library.search(ask(photos[2]))
        assert result.matches[0].photo.path == photos[2]
        assert (result.entry_id, result.unremembered) == (None, None)
        (entry,) = library.history.list()
        again = library.rerun(entry.id)
        assert again.matches[0].photo.path == photos[0]
        assert again.unremembered is None
        assert library.thumbnail(result.matches[0].photo.id)
        assert library.counts().searchable == 6
        library.apply(Settings(workers=1, formats_off=("PNG",)))
        assert library.status().read_only
        assert library.verify().ok
        library.back_up(tmp_path / "backup.zip")
    assert everything(tmp_path / "library") == before
    assert restore(tmp_path / "backup.zip", tmp_path / "again")[0].photos == 6


@pytest.mark.parametrize("how", WAYS)
def test_what_would_change_it_says_that_it_is_read_only(photos, tmp_path, models_folder, own_trash, how):
    with closed(tmp_path / "library", how) as place, Library.open(place, models_folder, Settings(workers=1)) as library:
        photo, (entry,) = library.photos.at(photos[0]), library.history.list()
        assert photo is not None
        changes = {
            "index": lambda: library.index(),
            "index another folder": lambda: library.index([tmp_path]),
            "add a folder": lambda: library.add_root(tmp_path),
            "remove a folder": lambda: library.roots.remove(library.roots.list()[0].id),
            "leave out": lambda: library.exclude(library.roots.list()[0], ["*.png"]),
            "try again": lambda: library.coverage.retry(),
            "pin a query": lambda: library.history.pin(entry.id),
            "clear the history": lambda: library.history.clear(),
            "decide": lambda: library.decisions.decide(Decision.PINNED, [photo.content_hash]),
            "collect": lambda: library.collections.create("Best"),
            "change the model": lambda: library.use_model("zother"),
            "add a model": lambda: library.models.add(models_folder / "tiny"),
            "remove a model": lambda: library.remove_model("zother"),
            "compact": lambda: library.care.compact(Job()),
            "empty the thumbnails": lambda: library.empty_thumbnails(),
            "repair": lambda: library.verify(repair=True),
            "repair from outside": lambda: repair(place, bundled_models=models_folder),
            "trash": lambda: library.trash.put([photo]),
        }
        for name, change in changes.items():
            with pytest.raises(LibraryReadOnlyError) as told:
                change()
            assert told.value.message == (
                f"The library {place} is read-only: it can be searched and looked through, but not changed."
            ), name
        assert photos[0].exists(), "it went to the trash, and the library does not know it"


@pytest.mark.parametrize("how", WAYS)
def test_without_thumbnails_and_index_it_answers_all_the_same(photos, tmp_path, models_folder, how):
    (tmp_path / "library" / "thumbnails.db").unlink()
    for file in (tmp_path / "library" / "index").rglob("*.*"):
        file.unlink()
    with closed(tmp_path / "library", how) as place, Library.open(place, models_folder, Settings(workers=1)) as library:
        (match, *_) = library.search(ask(photos[1])).matches
        assert match.photo.path == photos[1]
        assert library.thumbnail(match.photo.id) == library.thumbnail(match.photo.id)


@pytest.mark.parametrize("how", WAYS)
def test_a_model_that_is_gone_is_succeeded_without_a_word_in_the_catalogue(photos, tmp_path, models_folder, how):
    others = tmp_path / "others"
    others.mkdir()
    (others / "zother").symlink_to(models_folder / "zother")
    with closed(tmp_path / "library", how) as place, Library.open(place, others, Settings(workers=1)) as library:
        stored, installed = library.models.answering()
        assert (stored.name, installed.manifest.name) == ("zother", "zother")
        assert library.counts().photos == 6
