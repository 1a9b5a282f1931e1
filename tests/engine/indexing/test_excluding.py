"""Photos that a pattern or a switched-off format leaves out: they leave the search, and come back as they were."""

import shutil

import pytest

from engine.jobs import Job
from engine.records import PhotoState, Query, QueryPicture
from engine.settings import Settings
from tests.samples import picture


@pytest.fixture
def pictures(tmp_path, make_photos):
    folder = tmp_path / "Pictures"
    make_photos(folder, 4)
    make_photos(folder / "Trash", 3, first=10)
    picture(20).save(folder / "dance.gif")
    return folder


@pytest.fixture
def shelf(library, pictures):
    library.index([pictures])
    return library


def root_of(library):
    (root,) = library.roots.list()
    return root


def found(library, path):
    result = library.search(Query((QueryPicture(path),)), remember=False)
    return {match.photo.path.name for match in result.matches}


def test_excluded_photos_leave_the_search_at_once(shelf, pictures):
    assert shelf.exclude(root_of(shelf), ["Trash/"]) == 3
    assert found(shelf, pictures / "photo_001.jpg") == {*(f"photo_00{n}.jpg" for n in range(4)), "dance.gif"}
    assert (root_of(shelf).photos, root_of(shelf).searchable, root_of(shelf).excludes) == (5, 5, ("Trash/",))
    assert (shelf.counts().photos, shelf.counts().excluded) == (5, 3)


def test_the_next_update_leaves_them_out_too(shelf, pictures, make_photos):
    shelf.exclude(root_of(shelf), ["Trash/"])
    make_photos(pictures / "Trash", 1, first=30)
    report = shelf.index()
    assert (report.added, report.missing, report.unchanged, report.skipped) == (0, 0, 5, ())
    assert shelf.photos.at(pictures / "Trash" / "photo_010.jpg").state is PhotoState.EXCLUDED
    assert shelf.photos.at(pictures / "Trash" / "photo_030.jpg") is None


def test_they_come_back_at_once_and_unread_ones_with_the_next_update(shelf, pictures, make_photos):
    before = shelf.photos.at(pictures / "Trash" / "photo_010.jpg").id
    shelf.exclude(root_of(shelf), ["Trash/"])
    make_photos(pictures / "Trash", 1, first=30)
    shelf.index()
    assert shelf.exclude(root_of(shelf), []) == 3
    assert "photo_010.jpg" in found(shelf, pictures / "photo_001.jpg")
    assert shelf.photos.at(pictures / "Trash" / "photo_010.jpg").id == before
    report = shelf.index()
    assert (report.added, report.updated, report.unchanged) == (1, 0, 8)


def test_one_that_changed_while_it_was_left_out_is_read_again(shelf, pictures):
    shelf.exclude(root_of(shelf), ["photo_002.jpg"])
    picture(50).save(pictures / "photo_002.jpg")
    shelf.index()
    shelf.exclude(root_of(shelf), [])
    assert shelf.index().updated == 1


def test_one_that_went_away_while_it_was_left_out_is_missing(shelf, pictures):
    shelf.exclude(root_of(shelf), ["photo_002.jpg"])
    (pictures / "photo_002.jpg").unlink()
    assert shelf.index().missing == 0
    shelf.exclude(root_of(shelf), [])
    assert shelf.index().missing == 1


def test_unreadable_files_that_are_left_out_are_not_listed(library, pictures):
    (pictures / "Trash" / "cut.jpg").write_bytes(b"\xff\xd8\xff")
    assert len(library.index([pictures]).skipped) == 1
    library.exclude(root_of(library), ["Trash/"])
    assert library.photos.skipped() == []
    library.exclude(root_of(library), [])
    assert len(library.index().skipped) == 1


def test_a_preview_tells_how_many_and_which(shelf):
    left_out = shelf.left_out(root_of(shelf), ["Trash/", "*.gif", "!photo_011.jpg"])
    assert (left_out.photos, left_out.of) == (4, 8)
    assert set(left_out.examples) == {*(f"Trash/photo_01{n}.jpg" for n in range(3)), "dance.gif"}
    assert shelf.counts().excluded == 0
    shelf.exclude(root_of(shelf), ["Trash/"])
    assert shelf.left_out(root_of(shelf), ["*.gif"]).photos == 1


def test_a_format_that_is_switched_off_leaves_the_search_and_comes_back(shelf, pictures):
    shelf.apply(Settings(workers=1, formats_off=("GIF",)))
    assert "dance.gif" not in found(shelf, pictures / "photo_001.jpg")
    assert shelf.index().unchanged == 7
    shelf.apply(Settings(workers=1))
    assert "dance.gif" in found(shelf, pictures / "photo_001.jpg")


def test_settings_that_were_changed_elsewhere_count_with_the_next_update(open_library, pictures):
    first = open_library()
    first.index([pictures])
    first.close()
    second = open_library(formats_off=("GIF",))
    assert second.index().unchanged == 7
    assert second.counts().excluded == 1
    second.close()
    assert open_library().index().unchanged == 8


def test_patterns_go_with_a_root_that_becomes_part_of_another(shelf, pictures):
    shelf.exclude(root_of(shelf), ["*.gif", "/Trash/"])
    shelf.roots.add(pictures.parent)
    root = root_of(shelf)
    assert root.excludes == ("/Pictures/**/*.gif", "/Pictures/Trash/")
    shutil.copy(pictures / "dance.gif", pictures.parent / "other.gif")
    shelf.index()
    assert found(shelf, pictures / "photo_001.jpg") == {*(f"photo_00{n}.jpg" for n in range(4)), "other.gif"}


class OnceWhileReading:
    """Does something at the first photo that a run has read."""

    def __init__(self, action):
        self.action = action

    def __call__(self, progress):
        if progress.stage == "indexing" and self.action:
            self.action()
            self.action = None


def test_what_is_left_out_while_it_is_being_read_stays_out(shelf, pictures):
    for seed, file in enumerate(sorted(pictures.rglob("*.jpg")), 60):
        picture(seed).save(file)
    shelf.index(job=Job(OnceWhileReading(lambda: shelf.exclude(root_of(shelf), ["Trash/"]))))
    assert shelf.counts().excluded == 3
    assert shelf.exclude(root_of(shelf), []) == 3
    assert shelf.index().missing == 0
    assert shelf.counts().searchable == 8


def test_a_folder_that_is_removed_while_it_is_read_leaves_nothing_behind(library, pictures):
    library.index([pictures], job=Job(OnceWhileReading(lambda: library.roots.remove(root_of(library).id))))
    assert library.roots.list() == []
    assert library.counts().photos == 0
    assert library.index([pictures]).added == 8


def test_a_new_folder_begins_with_the_patterns_of_the_settings(open_library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 3)
    make_photos(tmp_path / "photos" / "Trash", 2)
    library = open_library(excludes=("Trash/", "photo_001.jpg"))
    assert library.index([tmp_path / "photos"]).added == 2
    (root,) = library.roots.list()
    assert root.excludes == ("Trash/", "photo_001.jpg")
    library.exclude(root, [])
    library.index([tmp_path / "photos"])
    assert library.counts().searchable == 5  # the folder goes its own way
    (tmp_path / "later").mkdir()
    assert library.add_root(tmp_path / "later").excludes == ("Trash/", "photo_001.jpg")
