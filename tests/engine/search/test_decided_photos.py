"""Searches after a person decided: what is hidden or no match leaves, and stays away."""

import io
import shutil

import pytest

from engine.jobs import Job, Progress
from engine.records import Decision, Mode, Query, QueryPicture, Region
from tests.engine.children import run
from tests.samples import picture


@pytest.fixture
def files(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "photos", 12)
    library.index([tmp_path / "photos"])
    return files


def ask(library, *pictures, **options):
    return library.search(Query(tuple(pictures), **options), remember=False)


def names(result) -> list[str]:
    return [match.photo.path.name for match in result.matches]


def content(library, file) -> bytes:
    return library.photos.at(file).content_hash


def png(seed: int) -> bytes:
    stream = io.BytesIO()
    picture(seed).save(stream, "PNG")
    return stream.getvalue()


def reject(library, result, *numbers: int) -> list[str]:
    """Say of these matches that they are none; returns their names."""
    chosen = [result.matches[number].photo for number in numbers]
    library.decisions.reject([(query, photo.content_hash) for query in result.contents for photo in chosen])
    return [photo.path.name for photo in chosen]


def test_hidden_photos_leave_every_answer_and_the_answer_stays_full(library, files):
    library.decisions.decide(Decision.HIDDEN, [content(library, files[1]), content(library, files[2])])
    result = ask(library, QueryPicture(files[1]), k=8)
    assert len(result.matches) == 8
    assert [match.rank for match in result.matches] == list(range(1, 9))
    assert {"photo_001.jpg", "photo_002.jpg"}.isdisjoint(names(result))
    assert {"photo_001.jpg", "photo_002.jpg"}.isdisjoint(names(ask(library, QueryPicture(files[1]), mode=Mode.COPIES)))
    library.decisions.revoke(Decision.HIDDEN, [content(library, files[1])])
    assert names(ask(library, QueryPicture(files[1])))[0] == "photo_001.jpg"


def test_a_rejected_photo_leaves_this_query_and_no_other(library, files):
    result = ask(library, QueryPicture(files[0]))
    assert result.contents == (content(library, files[0]),)
    gone = reject(library, result, 1, 2)
    assert set(gone).isdisjoint(names(library.refresh(result)))
    assert set(gone).isdisjoint(names(ask(library, QueryPicture(files[0]))))
    assert set(gone) <= set(names(ask(library, QueryPicture(files[3]))))
    both = ask(library, QueryPicture(files[3]), QueryPicture(files[0]))
    assert set(gone).isdisjoint(names(both))
    less = ask(library, QueryPicture(files[3]), QueryPicture(files[0], weight=-1))
    assert set(gone) <= set(names(less))


def test_a_picture_is_known_by_its_content_wherever_it_comes_from(library, files, tmp_path):
    (gone,) = reject(library, ask(library, QueryPicture(files[0])), 1)
    copy = tmp_path / "elsewhere.jpg"
    shutil.copy(files[0], copy)
    part = Region(0, 0, 0.9, 0.9)
    for asked in (
        QueryPicture(copy),
        QueryPicture(data=files[0].read_bytes()),
        QueryPicture(files[0], region=part),
    ):
        assert gone not in names(ask(library, asked))
    assert gone not in names(ask(library, QueryPicture(files[0]), mode=Mode.COPIES))


def test_rejections_of_a_pasted_picture_hold_when_it_comes_back_from_the_history(library, files):
    result = library.search(Query((QueryPicture(data=png(40)),)))
    (gone,) = reject(library, result, 0)
    again = library.rerun(result.entry_id)
    assert again.contents == result.contents
    assert gone not in names(again)
    # Only a small copy is left of the picture, and a changed question is asked with that.
    changed = ask(library, *again.query.pictures, QueryPicture(files[3]))
    assert changed.contents[0] == result.contents[0]
    assert gone not in names(changed)


def test_decisions_survive_moves_renames_and_reindexing(library, files):
    result = ask(library, QueryPicture(files[0]))
    gone = result.matches[1].photo.path
    reject(library, result, 1)
    library.decisions.decide(Decision.PINNED, [content(library, files[5])])
    (gone.parent / "sub").mkdir()
    gone.rename(gone.parent / "sub" / "renamed.jpg")
    files[5].rename(files[5].with_name("pinned.jpg"))
    files[0].rename(files[0].with_name("query.jpg"))
    library.index()
    query = files[0].with_name("query.jpg")
    assert "renamed.jpg" not in names(ask(library, QueryPicture(query)))
    assert library.photos.at(files[5].with_name("pinned.jpg")).pinned
    (root,) = library.roots.list()
    library.roots.remove(root.id)
    library.index([root.path])
    assert "renamed.jpg" not in names(ask(library, QueryPicture(query)))
    assert len(ask(library, QueryPicture(query)).matches) == 11
    assert library.photos.at(files[5].with_name("pinned.jpg")).pinned


def test_decisions_survive_another_model(library, files):
    result = library.search(Query((QueryPicture(files[0]),)))
    (gone,) = reject(library, result, 1)
    library.decisions.decide(Decision.HIDDEN, [content(library, files[7])])
    library.index(model="zother")
    other = ask(library, QueryPicture(files[0]))
    assert other.model == "zother"
    assert {gone, "photo_007.jpg"}.isdisjoint(names(other))
    assert {gone, "photo_007.jpg"}.isdisjoint(names(library.rerun(result.entry_id)))


def test_decisions_are_made_while_another_process_indexes(library, files, make_photos, models_folder):
    """The lock of an indexing run is not needed for them, and neither writer loses anything."""
    make_photos(files[0].parent, 6, first=20)
    decided = []

    def decide(progress: Progress) -> None:
        if not decided:
            said = run(
                """
import sys
from pathlib import Path
from engine.library import Library
from engine.records import Decision
with Library.open(Path(sys.argv[1]), Path(sys.argv[2])) as library:
    photo = library.photos.at(Path(sys.argv[3]))
    print(len(library.decisions.decide(Decision.HIDDEN, [photo.content_hash])))
""",
                library.folder,
                models_folder,
                files[4],
            )
            decided.append(said.strip())

    report = library.index(job=Job(decide))
    assert decided == ["1"]
    assert report.added == 6
    assert library.photos.at(files[4]).hidden
    assert "photo_004.jpg" not in names(ask(library, QueryPicture(files[0])))
