"""What is put together in memory is what SQL and a plain count say, for any filters, in any order."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from engine.browsing import SORTED, Folder, Order
from engine.catalog.database import Database
from engine.catalog.filtering import BROWSED, FACTS, conditions
from engine.catalog.schema import CATALOG, sort_name
from engine.filters import Decided, FilterKind, Filters, Orientation
from engine.names import natural_order
from engine.records import Decision
from tests.engine.shelf import Shelf

PHOTOS = 120
CAMERAS = ("", "NIKON D750", 'a "quoted", camera', "été")
FORMATS = ("JPEG", "HEIF", "PNG")
FOLDERS = ("", "2020", "2020/trip", "2020-x", "10", "9")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory) -> Shelf:
    """Photos of all kinds; some are hidden, pinned or collected, some have gone."""
    shelf, dice = Shelf(tmp_path_factory.mktemp("crowd")), random.Random(0)
    for number in range(PHOTOS):
        shelf.add(
            f"{dice.choice(FOLDERS)}/{dice.choice(('A', 'a', 'b'))}{number}.jpg".lstrip("/"),
            taken=datetime(2020, 1, 1) + timedelta(hours=dice.randrange(400)),
            size=dice.randrange(50),
            width=dice.choice((300, 400, 500)),
            height=dice.choice((300, 400, 500)),
            camera=dice.choice(CAMERAS),
            format=dice.choice(FORMATS),
        )
    for photo in list(everything(shelf).values())[::15]:
        shelf.vanish(str(photo.path.relative_to(shelf.photos)))
    contents = sorted(photo.content_hash for photo in everything(shelf).values())
    shelf.catalog.decisions.decide(Decision.PINNED, contents[::4])
    shelf.catalog.decisions.decide(Decision.HIDDEN, contents[::7])
    shelf.catalog.collections.create("some", contents[::3])
    shelf.record("waiting.jpg")
    yield shelf
    shelf.catalog.close()


def everything(shelf: Shelf) -> dict:
    return shelf.catalog.photos.with_embeddings(shelf.seqs().tolist())


def some_filters(shelf: Shelf) -> list[Filters]:
    """Each kind alone, and many of them together."""
    dice = random.Random(1)
    choices = {
        "folders": [(), (shelf.photos / "2020",), (shelf.photos / "10", shelf.photos / "9")],
        "folders_alone": [(), (), (shelf.photos,), (shelf.photos / "2020",)],
        "after": [None, None, date(2020, 1, 4)],
        "before": [None, None, date(2020, 1, 9)],
        "camera": ["", "", "d7"],
        "cameras": [(), CAMERAS[:2], CAMERAS[2:]],
        "formats": [(), ("JPEG",), ("HEIF", "PNG")],
        "orientations": [(), (Orientation.SQUARE,), (Orientation.PORTRAIT, Orientation.SQUARE)],
        "min_size": [0, 0, 450],
        "decision": [None, *Decided],
        "collection": ["", "", "some"],
    }
    alone = [Filters(**{name: value}) for name, values in choices.items() for value in values if value]
    mixed = [Filters(**{name: dice.choice(values) for name, values in choices.items()}) for _ in range(12)]
    return [Filters(), *alone, *mixed]


def passing(shelf: Shelf, filters: Filters) -> list:
    """The photos that pass, as SQL tells them in one piece."""
    database = Database(shelf.photos.parent / "catalog.db", CATALOG)
    passing = conditions(database, filters)
    rows = database.rows(f"SELECT id FROM {FACTS} WHERE {BROWSED}{passing.sql}", passing.parameters)
    database.close()
    photos = {photo.id: photo for photo in everything(shelf).values()}
    return [photos[photo_id] for (photo_id,) in rows]


def day(photo) -> str:
    return photo.taken.date().isoformat()


def counted(photos: list, value) -> dict:
    return dict(Counter(map(value, photos)))


@pytest.mark.parametrize("order", SORTED)
def test_every_order_holds_what_passes(crowd, order):
    keys = {
        Order.TIME: lambda photo: (photo.taken, crowd.key(where(photo))),
        Order.NAME: lambda photo: (sort_name(photo.path.name.encode()), crowd.key(where(photo))),
        Order.SIZE: lambda photo: (photo.size, crowd.key(where(photo))),
        Order.FOLDER: lambda photo: ([natural_order(part) for part in photo.path.parent.parts],
                                     sort_name(photo.path.name.encode()), crowd.key(where(photo))),
    }  # fmt: skip

    def where(photo) -> str:
        return str(photo.path.relative_to(crowd.photos))

    for filters in some_filters(crowd):
        found = crowd.catalog.browsing.contents(filters, order)
        wanted = sorted(passing(crowd, filters), key=keys[order])
        assert found.ids_at(range(len(found))) == [photo.id for photo in wanted], filters
        group = {Order.TIME: day, Order.FOLDER: lambda photo: str(photo.path.parent)}.get(order)
        names = [group(photo) for photo in wanted] if group else []
        firsts = [at for at, name in enumerate(names) if at == 0 or names[at - 1] != name]
        assert [(run.first, run.name) for run in found.runs] == [(at, names[at]) for at in firsts], filters


def test_every_count_is_that_of_what_would_pass(crowd):
    for filters in some_filters(crowd):
        facets = crowd.catalog.browsing.facets(filters, (400, 500))
        assert facets.passing == len(passing(crowd, filters)), filters
        assert dict(facets.days) == counted(passing(crowd, filters.without(FilterKind.DATE)), day), filters
        without = passing(crowd, filters.without(FilterKind.CAMERA))
        assert dict(facets.cameras) == counted(without, lambda photo: photo.camera)
        without = passing(crowd, filters.without(FilterKind.FORMAT))
        assert dict(facets.formats) == counted(without, lambda photo: photo.format)
        without = passing(crowd, filters.without(FilterKind.SIZE))
        sides = [max(photo.width, photo.height) for photo in without]
        assert facets.sizes == {400: sum(side >= 400 for side in sides), 500: sum(side >= 500 for side in sides)}
        squares = [one for one in passing(crowd, filters.without(FilterKind.ORIENTATION)) if one.width == one.height]
        assert facets.orientations[Orientation.SQUARE] == len(squares)
        open_ = filters.without(FilterKind.DECISION)
        for decided in Decided:
            narrowed = passing(crowd, Filters(**{**fields(open_), "decision": decided}))
            assert facets.decisions[decided] == len(narrowed), (filters, decided)
        some = crowd.catalog.collections.named("some")
        collected = Filters(**{**fields(filters), "collection": some.id})
        assert [one.photos for one in facets.collections] == [len(passing(crowd, collected))]
        without = passing(crowd, filters.without(FilterKind.FOLDER))
        assert here(facets.folders) == counted(without, lambda photo: photo.path.parent)


def fields(filters: Filters) -> dict:
    return {name: getattr(filters, name) for name in Filters.__dataclass_fields__}


def here(folders: tuple[Folder, ...]) -> dict:
    found = {}
    for folder in folders:
        found |= {folder.path: folder.here} if folder.here else {}
        found |= here(folder.folders)
    return found


def test_a_search_keeps_to_what_passes(crowd):
    for filters in some_filters(crowd):
        seqs = crowd.catalog.browsing.passing(filters, crowd.model.key)
        if seqs is None:
            assert filters in (Filters(), Filters(decision=Decided.ANY))
            continue
        assert (np.diff(seqs) > 0).all()
        found = {photo.id for photo in crowd.catalog.photos.with_embeddings(seqs.tolist()).values()}
        assert len(found) == len(seqs)
        assert found == {photo.id for photo in passing(crowd, filters)}, filters


def test_an_emptied_catalogue_counts_nothing(shelf):
    shelf.add("one.jpg")
    assert shelf.catalog.browsing.facets(Filters()).passing == 1
    shelf.catalog.roots.remove(shelf.root.id)
    found = shelf.catalog.browsing.facets(Filters())
    assert (found.passing, found.folders, found.days) == (0, (), ())
    assert np.array_equal(shelf.catalog.browsing.contents(Filters(), Order.FOLDER).ids, [])
