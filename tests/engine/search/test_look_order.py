"""Photos in a row so that neighbours look alike."""

import itertools

import numpy as np
import pytest

from engine.browsing import Order
from engine.filters import Filters
from engine.jobs import Cancelled, Job
from engine.search.look_order import look_order, path_length, placed
from engine.vectors.neighbours import nearest_among


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def directions(count, dim=16, seed=0):
    return unit(np.random.default_rng(seed).normal(size=(count, dim)))


def subjects(count, each, seed=0):
    """Tight groups of photos around random directions, mixed."""
    chance = np.random.default_rng(seed)
    centres = np.repeat(directions(count, 32, seed), each, axis=0)
    rows = unit(centres + 0.05 * chance.normal(size=centres.shape))
    mixed = chance.permutation(len(rows))
    return rows[mixed], np.repeat(np.arange(count), each)[mixed]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50, 700])
def test_every_photo_has_one_place(count):
    path = look_order(directions(count) if count else np.empty((0, 16), np.float32))
    assert sorted(path.tolist()) == list(range(count))


def test_photos_along_an_arc_come_in_its_order():
    angles = np.random.default_rng(1).permutation(np.linspace(0, 3, 60))
    path = look_order(np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    steps = np.diff(angles[path])
    assert (steps > 0).all() or (steps < 0).all()


def test_subjects_stay_together():
    vectors, subject = subjects(12, 25)
    changes = np.count_nonzero(np.diff(subject[look_order(vectors)]))
    assert changes == 11


def test_neighbours_are_far_more_alike_than_at_random_and_along_one_axis():
    vectors, _ = subjects(40, 20)
    ours = path_length(look_order(vectors), vectors)
    centred = vectors - vectors.mean(axis=0)
    axis = np.argsort(centred @ np.linalg.svd(centred, full_matrices=False)[2][0])
    assert ours < 0.3 * path_length(axis, vectors) < 0.3 * path_length(np.arange(len(vectors)), vectors)


def test_a_small_path_is_nearly_the_shortest():
    """Against every order of eight photos, many times."""
    ratios = []
    for seed in range(10):
        vectors = directions(8, 3, seed)
        apart = 1 - vectors @ vectors.T
        best = min(sum(apart[a, b] for a, b in itertools.pairwise(order)) for order in itertools.permutations(range(8)))
        ratios.append(7 * path_length(look_order(vectors), vectors) / best)
    assert np.mean(ratios) < 1.12


def test_the_same_photos_come_in_the_same_order():
    vectors, _ = subjects(10, 30)
    assert np.array_equal(look_order(vectors), look_order(vectors.copy()))
    path = look_order(vectors)
    assert path[0] < path[-1]


def test_photos_that_are_all_the_same_still_have_places():
    vectors = np.repeat(directions(1), 40, axis=0)
    assert sorted(look_order(vectors).tolist()) == list(range(40))


def test_new_photos_come_beside_what_they_are_like():
    vectors, subject = subjects(10, 20)
    old = np.arange(150)
    path = old[look_order(vectors[old])]
    longer = placed(path, vectors, np.arange(150, 200))
    assert sorted(longer.tolist()) == list(range(200))
    assert [row for row in longer.tolist() if row < 150] == path.tolist()
    assert np.count_nonzero(np.diff(subject[longer])) <= 10


def test_the_nearest_are_those_that_all_comparisons_find():
    vectors = directions(600)
    rows, distances = nearest_among(vectors, 5)
    apart = 1 - vectors @ vectors.T
    np.fill_diagonal(apart, np.inf)
    assert distances == pytest.approx(np.sort(apart, axis=1)[:, :5], abs=1e-6)
    assert np.take_along_axis(apart, rows.astype(int), axis=1) == pytest.approx(distances, abs=1e-6)
    assert nearest_among(vectors[:1], 5)[0].shape == (1, 0)


def test_arranging_can_be_cancelled():
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        look_order(directions(100), job=job)


@pytest.fixture
def shelf(library, make_photos, tmp_path):
    make_photos(tmp_path / "photos", 20)
    make_photos(tmp_path / "photos" / "again", 20)  # the same pictures once more
    library.index([tmp_path / "photos"])
    return library


def paths(library, contents):
    ids = contents.ids_at(range(len(contents)))
    found = library.photos.with_ids(ids)
    return [found[one].path for one in ids]


def test_browsed_photos_are_arranged_copies_beside_each_other(shelf, tmp_path):
    contents = shelf.looks.contents(Filters())
    names = [path.name for path in paths(shelf, contents)]
    assert len(names) == 40
    assert sum(one == other for one, other in itertools.pairwise(names)) == 20
    assert paths(shelf, shelf.looks.contents(Filters(), descending=True)) == paths(shelf, contents)[::-1]
    few = shelf.looks.contents(Filters(folders=(tmp_path / "photos" / "again",)))
    assert len(few) == 20
    assert set(few.ids.tolist()) < set(shelf.browsing.contents(Filters(), Order.TIME).ids.tolist())


def test_photos_that_came_and_went_are_taken_in(shelf, make_photos, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.looks.LARGE", 10)
    before = paths(shelf, shelf.looks.contents(Filters()))
    (tmp_path / "photos" / "photo_003.jpg").unlink()
    make_photos(tmp_path / "photos" / "new", 1, first=5)
    shelf.index()
    after = paths(shelf, shelf.looks.contents(Filters()))
    kept = [path for path in after if path.parent.name != "new"]
    assert kept == [path for path in before if path.name != "photo_003.jpg" or path.parent.name == "again"]
    place = next(at for at, path in enumerate(after) if path.parent.name == "new")
    assert "photo_005.jpg" in (after[place - 1].name, after[min(place + 1, len(after) - 1)].name)


def test_photos_without_an_embedding_come_last(shelf, tmp_path):
    with shelf._catalog.embeddings._database.writing() as connection:
        connection.execute(
            "DELETE FROM embeddings WHERE photo = (SELECT key FROM photos WHERE name = ? AND folder = ?)",
            (b"photo_007.jpg", b"again"),
        )
        connection.execute("UPDATE meta SET value = value + 1 WHERE name IN ('generation', 'membership')")
    assert paths(shelf, shelf.looks.contents(Filters()))[-1] == tmp_path / "photos" / "again" / "photo_007.jpg"


def test_matches_are_arranged_with_the_first_nearer_to_the_beginning(shelf):
    ids = [one.decode() for one in shelf.browsing.contents(Filters()).ids.tolist()]
    arranged = shelf.looks.order([*ids, "nobody"])
    assert sorted(arranged) == sorted([*ids, "nobody"])
    assert arranged[-1] == "nobody"
    assert arranged.index(ids[0]) <= 20
    assert shelf.looks.order([]) == []
