"""Labelled photos in every form people keep them in, and what is said of a form that makes no sense."""

import json
import os

import pytest

from engine.errors import BadRequestError, NotFoundError
from engine.evaluation.labelled import LabelledPhoto, Protocol, load_labelled
from engine.evaluation.oxford import PixelBox


@pytest.fixture
def place(tmp_path):
    """place("cats/a.jpg", ...): makes files with these names; labels are read without opening a photo."""

    def make(*names):
        for name in names:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"")
        return tmp_path

    return make


def labels(photos):
    return {photo.path.name: photo.label for photo in photos}


def reasons(labelled):
    return {skip.path.name: skip.reason for skip in labelled.skipped}


def test_a_folder_per_class(place):
    top = place(
        "cats/a.jpg", "cats/deep/b.PNG", "dogs/c.jpg", "dogs/notes.txt", "birds/notes.txt", ".hidden/d.jpg", "loose.jpg"
    )
    found = load_labelled(top)
    assert found.protocol is Protocol.LEAVE_ONE_OUT
    assert labels(found.queries) == {"a.jpg": "cats", "b.PNG": "cats", "c.jpg": "dogs"}
    assert found.gallery == found.queries
    assert reasons(found) == {
        "birds": "There are no photos in this folder.",
        "loose.jpg": "It lies in no folder of a class.",
    }


def test_two_folders_are_queries_and_gallery(place):
    top = place("ask/cats/a.jpg", "ask/dogs/b.jpg", "search/cats/c.jpg", "search/dogs/d.jpg", "search/cows/e.jpg")
    found = load_labelled(top / "ask", top / "search")
    assert found.protocol is Protocol.QUERY_GALLERY
    assert labels(found.queries) == {"a.jpg": "cats", "b.jpg": "dogs"}
    assert labels(found.gallery) == {"c.jpg": "cats", "d.jpg": "dogs", "e.jpg": "cows"}


def test_a_folder_per_split_with_a_folder_per_class(place):
    top = place("train/cats/a.jpg", "train/dogs/b.jpg", "Val/cats/c.jpg", "Val/dogs/d.jpg")
    assert labels(load_labelled(top).queries) == {"c.jpg": "cats", "d.jpg": "dogs"}


def test_a_folder_of_queries_and_one_of_the_gallery(place):
    found = load_labelled(place("query/cats/a.jpg", "gallery/cats/b.jpg", "gallery/dogs/c.jpg"))
    assert found.protocol is Protocol.QUERY_GALLERY
    assert (labels(found.queries), labels(found.gallery)) == ({"a.jpg": "cats"}, {"b.jpg": "cats", "c.jpg": "dogs"})


def test_a_class_may_have_the_name_of_a_split(place):
    assert labels(load_labelled(place("train/a.jpg", "ship/b.jpg")).queries) == {"a.jpg": "train", "b.jpg": "ship"}


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_folder_that_cannot_be_read_is_listed(place):
    top = place("cats/a.jpg", "dogs/b.jpg", "dogs/secret/c.jpg")
    (top / "dogs" / "secret").chmod(0)
    try:
        found = load_labelled(top)
    finally:
        (top / "dogs" / "secret").chmod(0o700)
    assert labels(found.queries) == {"a.jpg": "cats", "b.jpg": "dogs"}
    assert "cannot be read" in reasons(found)["secret"]


@pytest.mark.parametrize(
    "table",
    [
        "path,label\na.jpg,cat\nsub/b.jpg,dog\n",
        "a.jpg,cat\nsub/b.jpg,dog\n",
        "\ufefffile;class\r\na.jpg;cat\r\n\r\nsub/b.jpg;dog\r\n",
        'label,path\n"cat","a.jpg"\ndog, sub/b.jpg\n',
        "path\tlabel\textra\na.jpg\tcat\tx\nsub/b.jpg\tdog\ty\n",
    ],
)
def test_a_table(place, table):
    top = place("a.jpg", "sub/b.jpg")
    (top / "labels.csv").write_text(table, encoding="utf-8")
    assert labels(load_labelled(top / "labels.csv").queries) == {"a.jpg": "cat", "b.jpg": "dog"}


def test_a_table_may_name_absolute_paths_and_files_that_are_gone(place, tmp_path_factory):
    top = place("a.jpg", "b.jpg")
    table = tmp_path_factory.mktemp("elsewhere") / "labels.csv"
    table.write_text(f"{top}/a.jpg,cat\n{top}/b.jpg,dog\ngone.jpg,cat\n")
    found = load_labelled(table)
    assert labels(found.queries) == {"a.jpg": "cat", "b.jpg": "dog"}
    assert reasons(found) == {"gone.jpg": "There is no such file."}


def test_a_table_that_says_what_asks_and_what_is_searched(place):
    top = place("a.jpg", "b.jpg", "c.jpg")
    (top / "labels.csv").write_text("path,label,split\na.jpg,cat,query\nb.jpg,cat,gallery\nc.jpg,dog,gallery\n")
    found = load_labelled(top / "labels.csv")
    assert found.protocol is Protocol.QUERY_GALLERY
    assert (labels(found.queries), labels(found.gallery)) == ({"a.jpg": "cat"}, {"b.jpg": "cat", "c.jpg": "dog"})


def test_photos_a_model_may_have_learned_from_do_not_measure_it(place):
    top = place("a.jpg", "b.jpg", "c.jpg", "d.jpg")
    (top / "labels.csv").write_text(
        "path,label,split\na.jpg,cat,train\nb.jpg,cat,test\nc.jpg,dog,val\nd.jpg,dog,train\n"
    )
    assert set(labels(load_labelled(top / "labels.csv").queries)) == {"b.jpg", "c.jpg"}
    (top / "labels.csv").write_text("path,label,split\na.jpg,cat,train\nd.jpg,dog,train\n")
    assert set(labels(load_labelled(top / "labels.csv").queries)) == {"a.jpg", "d.jpg"}


def test_a_file_that_is_named_twice_counts_once(place):
    top = place("a.jpg", "b.jpg")
    (top / "labels.csv").write_text("a.jpg,cat\nb.jpg,dog\na.jpg,cow\n")
    assert load_labelled(top / "labels.csv").queries == (
        LabelledPhoto(top / "a.jpg", "cat"),
        LabelledPhoto(top / "b.jpg", "dog"),
    )


def test_a_document_of_files_and_classes_with_folders_for_query_and_gallery(place):
    top = place("query/a.jpg", "gallery/b.jpg", "gallery/c.jpg", "gallery/a.jpg")
    (top / "labels.json").write_text(json.dumps({"a.jpg": "cat", "b.jpg": "cat", "c.jpg": 7, "gone.jpg": "cat"}))
    found = load_labelled(top / "labels.json")
    assert found.protocol is Protocol.QUERY_GALLERY
    assert labels(found.queries) == {"a.jpg": "cat"}
    assert labels(found.gallery) == {"a.jpg": "cat", "b.jpg": "cat", "c.jpg": "7"}
    assert reasons(found) == {"gone.jpg": "There is no such file."}


def test_documents_whose_files_name_the_folder(place):
    top = place("query/a.jpg", "gallery/b.jpg", "gallery/c.jpg")
    (top / "one.json").write_text(json.dumps({"query/a.jpg": "cat", "gallery/b.jpg": "cat", "gallery/c.jpg": "dog"}))
    found = load_labelled(top / "one.json")
    assert (labels(found.queries), labels(found.gallery)) == ({"a.jpg": "cat"}, {"b.jpg": "cat", "c.jpg": "dog"})


def test_a_document_for_the_queries_and_one_for_the_gallery(place):
    top = place("query/a.jpg", "query/b.jpg", "gallery/a.jpg", "gallery/c.jpg")
    (top / "q.json").write_text(json.dumps({"a.jpg": "cat", "b.jpg": "dog"}))
    (top / "g.json").write_text(json.dumps({"a.jpg": "dog", "c.jpg": "cat"}))
    found = load_labelled(top / "q.json", top / "g.json")
    assert {photo.path: photo.label for photo in found.queries} == {
        top / "query" / "a.jpg": "cat",
        top / "query" / "b.jpg": "dog",
    }
    assert {photo.path: photo.label for photo in found.gallery} == {
        top / "gallery" / "a.jpg": "dog",
        top / "gallery" / "c.jpg": "cat",
    }


LANDMARKS = {
    "tower": {
        "query": ["q.jpg"],
        "good": ["q.jpg", "g.jpg"],
        "ok": ["o"],
        "junk": ["j.jpg"],
        "box": {"q.jpg": [1, 2, 3, 4]},
    },
    "bridge": {"query": "p.jpg", "good": ["h.jpg"], "junk": []},
}


def test_landmarks_with_good_ok_and_junk(place):
    top = place("q.jpg", "g.jpg", "o.jpg", "j.jpg", "h.jpg", "p.jpg", "other.jpg")
    (top / "truth.json").write_text(json.dumps(LANDMARKS))
    found = load_labelled(top / "truth.json")
    assert found.protocol is Protocol.OXFORD
    assert found.queries == (
        LabelledPhoto(top / "q.jpg", "tower", PixelBox(1, 2, 3, 4)),
        LabelledPhoto(top / "p.jpg", "bridge"),
    )
    assert len(found.gallery) == 7
    (tower,) = found.truths[0].setups
    assert (tower.name, tower.relevant, tower.ignored) == ("", {"q.jpg", "g.jpg", "o"}, {"j.jpg"})


def test_revisited_landmarks_have_three_setups(place):
    top = place("photos/q.jpg", "photos/e.jpg", "photos/h.jpg")
    truth = {"tower": {"query": ["q", "gone"], "easy": ["e"], "hard": ["h"], "junk": ["j"]}}
    (top / "truth.json").write_text(json.dumps(truth))
    found = load_labelled(top / "truth.json", top / "photos")
    assert [(setup.name, setup.relevant, setup.ignored) for setup in found.truths[0].setups] == [
        ("medium", {"e", "h"}, {"j"}),
        ("easy", {"e"}, {"j", "h"}),
        ("hard", {"h"}, {"j", "e"}),
    ]
    assert reasons(found) == {"gone": "There is no such file."}


def test_the_files_that_come_with_oxford(place):
    top = place("photos/all_souls_000013.jpg", "photos/all_souls_000026.jpg", "truth/notes.txt")
    files = {
        "query": "oxc1_all_souls_000013 136.5 34.1 648.5 955.7\n",
        "good": "all_souls_000026\n",
        "ok": "",
        "junk": "",
    }
    for kind, text in files.items():
        (top / "truth" / f"all_souls_1_{kind}.txt").write_text(text)
    found = load_labelled(top / "truth", top / "photos")
    box = PixelBox(136.5, 34.1, 648.5, 955.7)
    assert found.queries == (LabelledPhoto(top / "photos" / "all_souls_000013.jpg", "all_souls", box),)
    assert found.truths[0].setups[0].relevant == {"all_souls_000026"}


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_labels_and_names_need_not_be_utf8(place):
    top = place("b.jpg")
    try:
        (top / os.fsdecode(b"a\xe9.jpg")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system knows only UTF-8")
    (top / "labels.csv").write_bytes(b"a\xe9.jpg,caf\xe9\nb.jpg,dog\n")
    found = load_labelled(top / "labels.csv")
    assert labels(found.queries) == {"a\udce9.jpg": "caf\udce9", "b.jpg": "dog"}


def test_five_thousand_classes_are_no_trouble(place):
    top = place("a.jpg")
    names = [f"{number}.jpg" for number in range(5000)]
    for name in names:
        (top / name).touch()
    (top / "labels.csv").write_text("".join(f"{name},class {name}\n" for name in names))
    assert len(labels(load_labelled(top / "labels.csv").queries)) == 5000


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("labels.csv", "", "is empty"),
        ("labels.csv", "path,label\n", "no labelled photos"),
        ("labels.csv", "a.jpg,cat\nb.jpg\n", "Line 2 of .* names no photo with a label"),
        ("labels.csv", "path,label,split\na.jpg,cat,tomorrow\n", "has the split tomorrow"),
        ("labels.csv", "gone.jpg,cat\nlost.jpg,dog\n", "None of 2 files that are named is there"),
        ("labels.csv", "a.jpg,cat\nb.jpg,cat\n", "All 2 photos have the label cat"),
        ("labels.csv", "a\0.jpg,cat\n", "no text, or UTF-16"),
        ("labels.json", "{", "is no JSON"),
        ("labels.json", "[" * 100_000, "is no JSON"),
        ("labels.json", '["a.jpg"]', "not an object of files and classes"),
        ("labels.json", '{"a.jpg": null}', "not an object of files and classes"),
        ("labels.json", '{"tower": {"good": ["a.jpg"]}}', "tower has no query"),
        ("labels.json", '{"tower": {"query": ["a.jpg"], "good": "b.jpg"}}', "good of tower is no list"),
        ("labels.json", '{"tower": {"query": ["a.jpg"], "box": {"a.jpg": [1, 2]}}}', "is not four numbers"),
        ("labels.json", '{"tower": {"query": ["gone.jpg"], "good": []}}', "None of the 1 query photos"),
        (
            "labels.json",
            '{"a": {"query": ["a.jpg"], "good": []}, "b": {"query": ["b.jpg"], "easy": []}}',
            "mixes the classic lists",
        ),
        ("labels.xml", "a.jpg cat", "holds no labels that can be read"),
        ("labels.txt", "a.jpg cat", "Line 1 of .* names no photo with a label"),
        ("labels_query.txt", "oxc1_a", "There is no .*_good.txt"),
    ],
)
def test_what_makes_no_sense_is_said(place, name, content, sentence):
    top = place("a.jpg", "b.jpg")
    (top / name).write_text(content)
    with pytest.raises(BadRequestError, match=sentence):
        load_labelled(top if name.endswith("query.txt") else top / name)


def test_folders_without_photos_or_with_one_class_are_refused(place):
    top = place("cats/notes.txt")
    with pytest.raises(BadRequestError, match="no labelled photos"):
        load_labelled(top)
    place("cats/a.jpg", "cats/b.jpg")
    with pytest.raises(BadRequestError, match="All 2 photos have the label cats"):
        load_labelled(top)


def test_protocols_that_do_not_fit_are_refused(place):
    top = place("cats/a.jpg", "dogs/b.jpg")
    with pytest.raises(BadRequestError, match="does not say which photos ask"):
        load_labelled(top, protocol=Protocol.QUERY_GALLERY)
    with pytest.raises(BadRequestError, match="no ground truth of Oxford"):
        load_labelled(top, protocol=Protocol.OXFORD)
    with pytest.raises(BadRequestError, match="does not go with the protocol leave-one-out"):
        load_labelled(top, top, Protocol.LEAVE_ONE_OUT)


def test_places_that_do_not_exist_are_named(tmp_path):
    with pytest.raises(NotFoundError, match="There is no"):
        load_labelled(tmp_path / "gone")
    with pytest.raises(NotFoundError, match="other"):
        load_labelled(tmp_path, tmp_path / "other")
