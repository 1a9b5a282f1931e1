"""Listing the library itself, and counting what filters would leave."""

from datetime import datetime

import pytest

from engine.browsing import SORTED, Collected, Contents, Folder, Order, Run, folder_tree
from engine.catalog import facts as module
from engine.catalog.database import Database
from engine.catalog.schema import CATALOG
from engine.errors import NotFoundError
from engine.filters import Decided, FilterKind, Filters, Orientation
from engine.jobs import Cancelled, Job
from tests.engine.shelf import NOON

NEWEST_FIRST = {"order": Order.TIME, "descending": True}


@pytest.fixture
def write(tmp_path):
    """Write to the catalogue behind the engine's back, as another program does."""
    database = Database(tmp_path / "catalog.db", CATALOG)

    def run(sql: str, *parameters: object) -> None:
        with database.writing() as connection:
            connection.execute(sql, parameters)
            connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")

    yield run
    database.close()


def listed(shelf, contents: Contents) -> list[str]:
    photos = shelf.catalog.photos.with_ids(contents.ids_at(range(len(contents))))
    return [str(photos[contents.id_at(place)].path.relative_to(shelf.photos)) for place in range(len(contents))]


@pytest.fixture
def album(shelf):
    """Five photos in three folders, of three days."""
    shelf.add("top.jpg", taken=datetime(2020, 5, 1, 9), size=500, camera="X")
    shelf.add("2020/b 10.jpg", taken=datetime(2020, 5, 1, 8), size=400, camera="X", format="HEIF")
    shelf.add("2020/b 9.jpg", taken=datetime(2021, 6, 2), size=300, width=300, height=400)
    shelf.add("2020/trip/A.jpg", taken=datetime(2019, 1, 1), size=200, width=9, height=9, camera="Y")
    shelf.add("2020-x/late.jpg", modified_ns=NOON, size=100)
    return shelf


def test_everything_by_time(album):
    found = album.catalog.browsing.contents(Filters())
    assert listed(album, found) == ["2020/trip/A.jpg", "2020/b 10.jpg", "top.jpg", "2020/b 9.jpg", "2020-x/late.jpg"]
    assert found.runs == (Run(0, "2019-01-01"), Run(1, "2020-05-01"), Run(3, "2021-06-02"), Run(4, "2024-06-01"))


def test_the_other_direction_is_the_same_from_the_end(album):
    found = album.catalog.browsing.contents(Filters(), **NEWEST_FIRST)
    assert listed(album, found) == ["2020-x/late.jpg", "2020/b 9.jpg", "top.jpg", "2020/b 10.jpg", "2020/trip/A.jpg"]
    assert found.runs == (Run(0, "2024-06-01"), Run(1, "2021-06-02"), Run(2, "2020-05-01"), Run(4, "2019-01-01"))
    assert found.reversed() == album.catalog.browsing.contents(Filters())


def test_names_are_in_natural_order(album):
    found = album.catalog.browsing.contents(Filters(), Order.NAME)
    assert listed(album, found) == ["2020/trip/A.jpg", "2020/b 9.jpg", "2020/b 10.jpg", "2020-x/late.jpg", "top.jpg"]
    assert found.runs == ()


def test_by_size(album):
    found = album.catalog.browsing.contents(Filters(), Order.SIZE)
    assert listed(album, found)[:2] == ["2020-x/late.jpg", "2020/trip/A.jpg"]


def test_folders_come_with_what_is_below_them_before_their_neighbours(album):
    """In bytes, "2020-x" would come between "2020" and "2020/trip"."""
    found = album.catalog.browsing.contents(Filters(), Order.FOLDER)
    assert listed(album, found) == ["top.jpg", "2020/b 9.jpg", "2020/b 10.jpg", "2020/trip/A.jpg", "2020-x/late.jpg"]
    names = [run.name for run in found.runs]
    assert names == [str(album.photos / name) for name in ("", "2020", "2020/trip", "2020-x")]
    assert [run.first for run in found.runs] == [0, 1, 3, 4]


@pytest.mark.parametrize("order", SORTED)
def test_one_folder_with_or_without_what_is_below(album, order):
    folder = album.photos / "2020"
    assert set(listed(album, album.catalog.browsing.contents(Filters(folders=(folder,)), order))) == {
        "2020/b 10.jpg",
        "2020/b 9.jpg",
        "2020/trip/A.jpg",
    }
    alone = album.catalog.browsing.contents(Filters(folders_alone=(folder,)), order)
    assert set(listed(album, alone)) == {"2020/b 10.jpg", "2020/b 9.jpg"}


@pytest.mark.parametrize("order", SORTED)
def test_a_library_without_photos_is_empty(shelf, order):
    shelf.record("waiting.jpg")
    found = shelf.catalog.browsing.contents(Filters(), order, descending=True)
    assert (len(found), found.runs, found.place_of("no such id")) == (0, (), -1)


def test_hidden_and_missing_photos_are_not_listed(album, write):
    album.vanish("top.jpg")
    write("INSERT INTO decisions VALUES ('hidden', ?, 0)", b"2020/b 9.jpg")
    assert listed(album, album.catalog.browsing.contents(Filters(), Order.NAME)) == [
        "2020/trip/A.jpg",
        "2020/b 10.jpg",
        "2020-x/late.jpg",
    ]
    assert listed(album, album.catalog.browsing.contents(Filters(decision=Decided.HIDDEN))) == ["2020/b 9.jpg"]


def test_places_and_ids_belong_together(album):
    found = album.catalog.browsing.contents(Filters())
    for place in range(len(found)):
        assert found.place_of(found.id_at(place)) == place
    assert found.ids_at(range(1, 3)) == [found.id_at(1), found.id_at(2)]


def test_a_name_that_is_not_utf_8_is_listed(shelf):
    shelf.add(b"\xe9t\xe9/sn\xf6 \xff.jpg")
    found = shelf.catalog.browsing.contents(Filters(), Order.FOLDER)
    assert found.runs == (Run(0, str(shelf.photos / "\udce9t\udce9")),)


def test_every_value_is_counted_with_the_other_filters_applied(album):
    everything = album.catalog.browsing.facets(Filters(), sizes=(10, 400))
    assert everything.passing == 5
    assert everything.days == (("2019-01-01", 1), ("2020-05-01", 2), ("2021-06-02", 1), ("2024-06-01", 1))
    assert everything.cameras == (("", 2), ("X", 2), ("Y", 1))
    assert everything.formats == (("JPEG", 4), ("HEIF", 1))
    assert everything.orientations == {
        Orientation.LANDSCAPE: 3,
        Orientation.PORTRAIT: 1,
        Orientation.SQUARE: 1,
    }
    assert everything.sizes == {10: 4, 400: 4}
    some = album.catalog.browsing.facets(Filters(cameras=("X",), formats=("JPEG",)))
    assert some.passing == 1
    assert some.cameras == (("", 2), ("X", 1), ("Y", 1)), "counted without the cameras, but with the format"
    assert some.formats == (("HEIF", 1), ("JPEG", 1))
    assert some.days == (("2020-05-01", 1),)


def test_folders_are_a_tree_that_keeps_those_in_which_nothing_passes(album):
    (root,) = album.catalog.browsing.facets(Filters(cameras=("X",), folders=(album.photos / "2020-x",))).folders
    assert root == Folder(
        album.photos,
        2,
        1,
        (
            Folder(album.photos / "2020", 1, 1, (Folder(album.photos / "2020" / "trip", 0, 0),)),
            Folder(album.photos / "2020-x", 0, 0),
        ),
    )


def test_a_folder_that_holds_only_folders_is_in_the_tree(tmp_path):
    counts = {tmp_path / "a" / "b" / "c": 3, tmp_path / "a" / "d": 4}
    (root,) = folder_tree([tmp_path], counts)
    assert (root.photos, root.here) == (7, 0)
    (a,) = root.folders
    assert [(folder.path.name, folder.photos) for folder in a.folders] == [("b", 3), ("d", 4)]


def test_a_root_without_photos_is_in_the_tree(shelf):
    assert shelf.catalog.browsing.facets(Filters()).folders == (Folder(shelf.photos, 0, 0),)


def test_decisions_and_collections_are_counted(album, write):
    for kind, content in (("pinned", b"top.jpg"), ("hidden", b"2020/b 9.jpg"), ("hidden", b"2020/b 10.jpg")):
        write("INSERT INTO decisions VALUES (?, ?, 0)", kind, content)
    write("INSERT INTO collections (key, id, name, created) VALUES (1, 'one', 'b', 0), (2, 'two', 'a', 0)")
    write("INSERT INTO collection_photos VALUES (1, ?, 0), (1, ?, 0)", b"top.jpg", b"gone.jpg")
    found = album.catalog.browsing.facets(Filters())
    assert found.passing == 3
    assert found.decisions == {
        Decided.PINNED: 1,
        Decided.HIDDEN: 2,
        Decided.UNDECIDED: 2,
        Decided.ANY: 5,
    }
    assert found.collections == (Collected("two", "a", 0), Collected("one", "b", 1))
    assert album.catalog.browsing.facets(Filters(collection="one")).passing == 1
    with pytest.raises(NotFoundError, match="no collection"):
        album.catalog.browsing.facets(Filters(collection="three"))


def test_counting_can_be_cancelled(album):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        album.catalog.browsing.facets(Filters(), job=job)


def test_what_was_counted_is_kept_until_the_photos_change(album, write):
    browsing = album.catalog.browsing
    before = browsing.facets(Filters())
    with Database(album.catalog._database.path, CATALOG).writing() as connection:
        connection.execute("UPDATE photos SET camera = 'Z'")
    assert browsing.facets(Filters()) == before, "nobody said that anything has changed"
    write("UPDATE photos SET camera = 'Z'")
    assert browsing.facets(Filters()).cameras == (("Z", 5),)


def test_no_more_than_some_answers_are_kept(album, monkeypatch):
    monkeypatch.setattr(module, "MOST_MASKS", 3)
    for size in range(1, 20):
        album.catalog.browsing.facets(Filters(min_size=size))
    assert len(album.catalog.browsing._kept._masks) <= 3


def test_an_empty_answer_says_which_filter_to_loosen(album):
    found = album.catalog.browsing.emptiness(Filters(cameras=("Y",), min_size=100, formats=("JPEG",), min_score=0.5))
    assert (found.passing, found.without_filters) == (0, 5)
    assert found.loosened == ((FilterKind.CAMERA, 3), (FilterKind.SIZE, 1))
    stuck = album.catalog.browsing.emptiness(Filters(cameras=("Y",), formats=("HEIF",), min_size=4000))
    assert stuck.loosened == ()


def test_a_folder_that_is_no_longer_there_is_named(album):
    gone = album.photos.parent / "gone"
    found = album.catalog.browsing.emptiness(Filters(folders=(gone, album.photos)))
    assert found.unknown_folders == (gone,)
    assert found.passing == 5
