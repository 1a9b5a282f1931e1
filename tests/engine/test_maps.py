"""Maps of a library: kept, completed, and coloured."""

import numpy as np
import pytest

from engine import maps
from engine.errors import BadRequestError
from engine.filters import Filters
from engine.jobs import Cancelled, Job
from engine.maps import ColorBy
from engine.search import atlas as layout


@pytest.fixture
def shelf(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos" / "one", 14)
    make_photos(tmp_path / "photos" / "two", 10, first=50)
    library.index([tmp_path / "photos"])
    return library


@pytest.fixture
def drawings(monkeypatch):
    """Counts how often a map is really drawn."""
    count = []

    def spread(*arguments):
        count.append(len(arguments[0]))
        return layout.spread(*arguments)

    monkeypatch.setattr(maps, "spread", spread)
    return count


def paths(library, atlas):
    found = library.photos.with_ids([one.decode() for one in atlas.ids.tolist()])
    return [found[one.decode()].path.name for one in atlas.ids.tolist()]


def files(library):
    return sorted((library.folder / "index").glob("*/maps/*.npz"))


def test_every_photo_has_a_place_and_the_map_is_kept(shelf, drawings):
    atlas = shelf.maps.of(Filters())
    assert len(atlas) == 24
    assert len(set(paths(shelf, atlas))) == 24
    assert atlas.positions.shape == (24, 2)
    assert atlas.left_out == 0
    assert shelf.maps.of(Filters()) == atlas
    assert drawings == [24]
    assert len(files(shelf)) == 1


def test_new_photos_are_placed_without_drawing_anew(shelf, drawings, make_photos, tmp_path):
    before = shelf.maps.of(Filters())
    make_photos(tmp_path / "photos" / "new", 2, first=3)  # the same pictures as two that are there
    (tmp_path / "photos" / "two" / "photo_055.jpg").unlink()
    shelf.index()
    after = shelf.maps.of(Filters())
    assert drawings == [24]
    assert len(after) == 25
    place = dict(zip(before.ids.tolist(), before.positions.tolist(), strict=True))
    known = [one for one in after.ids.tolist() if one in place]
    assert len(known) == 23
    at = dict(zip(after.ids.tolist(), after.positions.tolist(), strict=True))
    assert all(at[one] == place[one] for one in known)
    names = paths(shelf, after)
    twins = [row for row, name in enumerate(names) if name == "photo_003.jpg"]
    assert len(twins) == 2
    assert after.positions[twins[0]] == pytest.approx(after.positions[twins[1]], abs=0.02)
    assert after.groups[twins[0]] == after.groups[twins[1]]
    assert len(files(shelf)) == 1


def test_many_new_photos_have_it_drawn_anew(shelf, drawings, make_photos, tmp_path):
    shelf.maps.of(Filters())
    make_photos(tmp_path / "photos" / "new", 20, first=200)
    shelf.index()
    assert len(shelf.maps.of(Filters())) == 44
    assert drawings == [24, 44]


def test_a_part_of_the_library_and_matches_have_maps_of_their_own(shelf, drawings, tmp_path):
    one = shelf.maps.of(Filters(folders=(tmp_path / "photos" / "one",)))
    assert len(one) == 14
    chosen = [photo_id.decode() for photo_id in one.ids[:9].tolist()]
    found = shelf.maps.of_photos([*chosen, "nobody"])
    assert sorted(photo_id.decode() for photo_id in found.ids.tolist()) == sorted(chosen)
    assert found.left_out == 1
    assert shelf.maps.of_photos([*chosen[::-1], "nobody"]) == found
    assert drawings == [14, 9]


def test_a_damaged_map_is_drawn_again(shelf, drawings):
    atlas = shelf.maps.of(Filters())
    (file,) = files(shelf)
    for content in (b"", b"no map at all", file.read_bytes()[:-40]):
        file.write_bytes(content)
        assert shelf.maps.of(Filters()) == atlas
    assert drawings == [24] * 4


def test_only_some_maps_are_kept(shelf, monkeypatch, tmp_path):
    monkeypatch.setattr(maps, "KEPT", 2)
    for folders in ((), (tmp_path / "photos" / "one",), (tmp_path / "photos" / "two",)):
        shelf.maps.of(Filters(folders=folders))
    assert len(files(shelf)) == 2


def test_too_few_photos_make_no_map(shelf, tmp_path):
    with pytest.raises(BadRequestError, match="A map needs at least 8 photos, there are 0"):
        shelf.maps.of(Filters(min_size=100_000))


def test_a_map_that_is_cancelled_is_not_kept(shelf):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        shelf.maps.of(Filters(), job)
    assert files(shelf) == []


def test_a_map_goes_with_its_model(shelf):
    atlas = shelf.maps.of(Filters())
    shelf.index(model="zother")
    assert shelf.maps.of(Filters()) != atlas
    assert len({file.parent for file in files(shelf)}) == 2


def test_colours_stand_for_groups_folders_years_and_collections(shelf, tmp_path):
    atlas = shelf.maps.of(Filters())
    groups = shelf.maps.legend(atlas, ColorBy.GROUP, 12)
    assert sum(groups.counts) == 24
    assert groups.names == ()
    folders = shelf.maps.legend(atlas, ColorBy.FOLDER, 12)
    assert folders.names == (str(tmp_path / "photos" / "one"), str(tmp_path / "photos" / "two"))
    assert folders.counts == (14, 10, 0)
    few = shelf.maps.legend(atlas, ColorBy.FOLDER, 1)
    assert few.counts == (14, 10)
    assert set(few.codes.tolist()) == {0, 1}
    years = shelf.maps.legend(atlas, ColorBy.YEAR, 12)
    assert sum(years.counts) == 24
    first = shelf.photos.get(atlas.ids[0].decode())
    shelf.collections.create("Beach", [first.content_hash])
    collected = shelf.maps.legend(atlas, ColorBy.COLLECTION, 12)
    assert collected.names == ("Beach",)
    assert collected.counts == (1, 23)
    assert collected.codes[0] == 0


def test_years_come_in_their_order():
    codes = np.array([0, 1, 1, 2, -1], dtype=np.int32)
    legend = maps._legend(codes, ["2019", "2021", "2020"], 2, in_order=True)
    assert legend.names == ("2019", "2021")
    assert legend.counts == (1, 2, 2)
    assert legend.codes.tolist() == [0, 1, 1, 2, 2]
