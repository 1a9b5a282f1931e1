"""The folders a person added: never one inside another, and nothing is forgotten when they move."""

import os
import threading
from pathlib import Path

import pytest

from engine.catalog.catalog import Catalog
from engine.catalog.roots import within
from engine.errors import BadRequestError, NotFoundError
from tests.engine import children
from tests.engine.shelf import unit_vectors


@pytest.fixture
def roots(shelf):
    """The roots of a catalogue that has none yet."""
    shelf.catalog.roots.remove(shelf.root.id)
    return shelf.catalog.roots


def folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def paths(roots) -> list[Path]:
    return [root.path for root in roots.list()]


def scope_of(shelf, root):
    return shelf.updates.scope(root.id, root.path)


def test_a_new_root_is_listed_with_an_id_of_its_own(roots, tmp_path):
    first, second = roots.add(folder(tmp_path / "b")), roots.add(folder(tmp_path / "a"))
    assert first.id != second.id
    assert [root.id for root in roots.list()] == [second.id, first.id], "by path"
    assert (first.path, first.online, first.photos, first.searchable) == (tmp_path / "b", True, 0, 0)


def test_adding_a_root_again_gives_the_same_one(roots, tmp_path):
    first = roots.add(folder(tmp_path / "a"))
    assert roots.add(tmp_path / "a" / "." / ".." / "a").id == first.id
    assert len(roots.list()) == 1


def test_a_relative_folder_becomes_absolute(roots, tmp_path, monkeypatch):
    monkeypatch.chdir(folder(tmp_path / "a").parent)
    assert roots.add(Path("a")).path == tmp_path / "a"
    assert roots.at(Path("a")).path == tmp_path / "a"


def test_a_folder_inside_a_root_is_that_root(roots, tmp_path):
    outer = roots.add(folder(tmp_path / "photos"))
    assert roots.add(folder(tmp_path / "photos" / "2024" / "june")).id == outer.id
    assert paths(roots) == [tmp_path / "photos"]


def test_a_folder_reached_through_a_link_is_the_one_it_leads_to(roots, tmp_path):
    inner = folder(tmp_path / "photos" / "2024")
    (tmp_path / "link").symlink_to(tmp_path / "photos")
    below = roots.add(tmp_path / "link" / "2024")
    assert roots.add(inner).id == below.id
    outer = roots.add(tmp_path / "photos")
    assert paths(roots) == [tmp_path / "photos"]
    assert roots.add(tmp_path / "link" / "2024").id == outer.id
    assert within(outer, tmp_path / "link" / "2024") == inner
    assert within(outer, inner) == inner


def test_a_folder_whose_name_only_begins_alike_is_another_root(roots, tmp_path):
    roots.add(folder(tmp_path / "photos"))
    roots.add(folder(tmp_path / "photos 2"))
    assert len(roots.list()) == 2


def test_adding_a_parent_absorbs_its_roots_and_their_photos_keep_ids_and_embeddings(shelf, tmp_path):
    beside = shelf.catalog.roots.add(folder(tmp_path / "archive" / "old"))
    ids = {name: shelf.add(name) for name in ("top.jpg", "sub/deep/below.jpg")}
    shelf.updates.record_scan(scope_of(shelf, beside), new=[])
    seqs = shelf.seqs()
    parent = shelf.catalog.roots.add(tmp_path)
    assert paths(shelf.catalog.roots) == [tmp_path]
    assert parent.photos == parent.searchable == 2
    for name, photo_id in ids.items():
        photo = shelf.catalog.photos.get(photo_id)
        assert photo.path == shelf.photos / name
        assert photo.root_id == parent.id
        assert shelf.catalog.photos.at(shelf.photos / name).id == photo_id
    assert shelf.seqs().tolist() == seqs.tolist()
    scope = scope_of(shelf, parent)
    assert set(shelf.updates.folders(scope)) == {b"photos", b"photos/sub/deep"}


def test_absorbing_keeps_the_bytes_of_names_that_are_not_utf_8(shelf, tmp_path):
    odd = Path(os.fsdecode(b"\xe9t\xe9"))
    child = shelf.catalog.roots.add(folder(tmp_path / "more" / odd))
    shelf.scope = scope_of(shelf, child)
    shelf.photos = child.path
    photo_id = shelf.add(b"\xff\xfe/\xf6.jpg")
    shelf.catalog.roots.add(tmp_path / "more")
    expected = tmp_path / "more" / odd / os.fsdecode(b"\xff\xfe/\xf6.jpg")
    assert shelf.catalog.photos.get(photo_id).path == expected
    assert shelf.catalog.photos.at(expected).id == photo_id


def test_counts_are_of_photos_and_of_searchable_ones(shelf):
    shelf.add_many(unit_vectors(3))
    shelf.record("waiting.jpg")
    shelf.record("notes.txt", reason="Not a photo.")
    shelf.vanish("photo_000000.jpg")
    other = shelf.embeddings.add_model("another", "another", 4)
    (root,) = shelf.catalog.roots.list()
    assert (root.photos, root.searchable) == (3, 2)
    shelf.embeddings.set_answering(other)
    (root,) = shelf.catalog.roots.list()
    assert (root.photos, root.searchable) == (3, 0)


def test_removing_a_root_forgets_photos_and_embeddings_and_touches_no_file(shelf, tmp_path):
    photo_id = shelf.add("a.jpg")
    (shelf.photos / "a.jpg").touch()
    other = shelf.catalog.roots.add(folder(tmp_path / "other"))
    before = shelf.catalog.generation(), shelf.catalog.membership()
    shelf.catalog.roots.remove(shelf.root.id)
    assert paths(shelf.catalog.roots) == [other.path]
    assert shelf.seqs().tolist() == []
    assert (shelf.photos / "a.jpg").exists()
    assert shelf.catalog.generation() > before[0]
    assert shelf.catalog.membership() > before[1]
    with pytest.raises(NotFoundError):
        shelf.catalog.photos.get(photo_id)


def test_removing_what_is_no_root_says_so_and_changes_nothing(shelf):
    before = shelf.catalog.generation()
    with pytest.raises(NotFoundError, match="not part of the library"):
        shelf.catalog.roots.remove("no such id")
    assert shelf.catalog.generation() == before
    assert len(shelf.catalog.roots.list()) == 1


def test_a_relocated_root_keeps_its_photos(shelf, tmp_path):
    photo_id = shelf.add("sub/a.jpg")
    shelf.photos.rename(tmp_path / "moved")
    before = shelf.catalog.generation()
    root = shelf.catalog.roots.relocate(shelf.photos, tmp_path / "moved")
    assert (root.id, root.path, root.online, root.searchable) == (shelf.root.id, tmp_path / "moved", True, 1)
    assert shelf.catalog.photos.get(photo_id).path == tmp_path / "moved" / "sub" / "a.jpg"
    assert shelf.catalog.generation() > before


def test_photos_tell_whether_a_root_is_in_a_folder_now(shelf, tmp_path):
    names = [f"{'in/' * (number % 2)}{number}.jpg" for number in range(500)]
    shelf.record(*names)
    new = tmp_path / "new"
    (new / "in").mkdir(parents=True)
    assert shelf.catalog.roots.found_in(shelf.root.id, new) == (0, 167)
    for name in names:
        if name.startswith("in/"):
            (new / name).touch()
    found, sought = shelf.catalog.roots.found_in(shelf.root.id, new)
    assert sought == 167
    assert found in (83, 84)
    assert shelf.catalog.roots.found_in("nobody", new) == (0, 0)


def test_a_root_may_be_relocated_into_itself(shelf):
    inner = folder(shelf.photos / "inner")
    assert shelf.catalog.roots.relocate(shelf.photos, inner).path == inner


@pytest.mark.parametrize("place", ["other", "other/below", "."])
def test_a_root_is_not_relocated_over_another_one(shelf, tmp_path, place):
    shelf.catalog.roots.add(folder(tmp_path / "other"))
    with pytest.raises(BadRequestError, match="overlaps the folder") as caught:
        shelf.catalog.roots.relocate(shelf.photos, folder(tmp_path / place))
    assert str(tmp_path / "other") in caught.value.message
    assert shelf.photos in paths(shelf.catalog.roots)


def test_relocating_needs_a_root_and_a_folder(shelf, tmp_path):
    with pytest.raises(NotFoundError, match="is not a folder of this library"):
        shelf.catalog.roots.relocate(tmp_path / "unknown", shelf.photos)
    with pytest.raises(NotFoundError, match="There is no folder"):
        shelf.catalog.roots.relocate(shelf.photos, tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(NotFoundError, match="There is no folder"):
        shelf.catalog.roots.relocate(shelf.photos, tmp_path / "file")


def test_what_is_no_folder_is_refused(roots, tmp_path):
    (tmp_path / "file.jpg").touch()
    with pytest.raises(BadRequestError, match="is a file, not a folder"):
        roots.add(tmp_path / "file.jpg")
    with pytest.raises(NotFoundError, match="There is no folder"):
        roots.add(tmp_path / "nowhere")
    with pytest.raises(NotFoundError, match="There is no folder"):
        roots.add(tmp_path / ("too long a name" * 40))
    assert roots.list() == []


def test_a_root_that_cannot_be_reached_is_offline(shelf, tmp_path):
    photo_id = shelf.add("a.jpg")
    shelf.photos.rename(tmp_path / "unplugged")
    (root,) = shelf.catalog.roots.list()
    assert (root.online, root.photos, root.searchable) == (False, 1, 1)
    assert shelf.catalog.photos.get(photo_id).offline
    (tmp_path / "unplugged").rename(shelf.photos)
    assert not shelf.catalog.photos.get(photo_id).offline


def test_a_root_behind_a_closed_folder_is_offline():
    script = """
import sys
from pathlib import Path
from engine.catalog.catalog import Catalog
"""
    rest = """
folder = Path(sys.argv[1])
catalog = Catalog(folder / "library" / "catalog.db")
(folder / "closed").chmod(0)
print([root.online for root in catalog.roots.list()], catalog.photos.at(folder / "closed/photos/a.jpg"))
(folder / "closed").chmod(0o755)
catalog.close()
"""
    with children.folder_for_everyone() as place:
        (place / "library").mkdir()
        (place / "closed" / "photos").mkdir(parents=True)
        catalog = Catalog(place / "library" / "catalog.db")
        catalog.roots.add(place / "closed" / "photos")
        catalog.close()
        if os.geteuid() == 0:
            for path in (place, *place.rglob("*")):
                os.chown(path, 65534, 65534)
        assert children.run(script + children.AS_NOBODY + rest, place).split() == ["[False]", "None"]


def test_names_that_are_not_utf_8_are_kept(roots, tmp_path):
    odd = folder(tmp_path / os.fsdecode(b"caf\xe9"))
    assert roots.add(odd).path == odd
    assert roots.list()[0].online
    assert roots.at(odd).path == odd


def test_a_link_to_a_folder_stays_as_it_was_named(roots, tmp_path):
    folder(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert roots.add(tmp_path / "link").path == tmp_path / "link"


def test_threads_that_add_the_same_folder_at_once_get_the_same_root(roots, tmp_path):
    folder(tmp_path / "same")
    together, got = threading.Barrier(6), []

    def add() -> None:
        together.wait()
        got.append(roots.add(tmp_path / "same").id)

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 6
    assert len(set(got)) == 1


def test_a_root_that_another_program_added_is_found(roots, tmp_path):
    folder(tmp_path / "same")
    other = Catalog(tmp_path / "catalog.db")
    added = other.roots.add(tmp_path / "same")
    other.close()
    assert roots.add(tmp_path / "same").id == added.id
