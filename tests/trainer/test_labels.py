import json

import numpy as np
import pytest

from engine.errors import BadRequestError, NotFoundError, PhotosElsewhereError
from engine.evaluation.lists import Split
from trainer.data.labels import kept_back, load_labels


def test_every_folder_of_a_folder_is_a_class(tmp_path, make_photos):
    make_photos(tmp_path / "pets" / "cats", 2)
    make_photos(tmp_path / "pets" / "dogs" / "small", 3)
    assert load_labels([tmp_path / "pets"]).classes == {"cats": 2, "dogs": 3}


def test_folders_without_folders_are_a_class_each(tmp_path, make_photos):
    make_photos(tmp_path / "cats", 2)
    make_photos(tmp_path / "dogs", 1)
    assert load_labels([tmp_path / "cats", tmp_path / "dogs"]).classes == {"cats": 2, "dogs": 1}


def test_a_photo_that_is_named_twice_counts_once_and_the_first_label_counts(tmp_path, make_photos):
    (photo,) = make_photos(tmp_path / "pets" / "cats", 1)
    make_photos(tmp_path / "pets" / "dogs", 1)
    table = tmp_path / "labels.csv"
    table.write_text(f"{photo},tiger\n")
    found = load_labels([tmp_path / "pets", table])
    assert found.classes == {"cats": 1, "dogs": 1}
    assert [skip.reason for skip in found.skipped] == ["It is labelled cats and tiger; the first counts."]


def test_a_table_says_which_photos_are_kept_back(tmp_path, make_photos):
    make_photos(tmp_path, 3)
    table = tmp_path / "labels.csv"
    table.write_text("path,label,split\nphoto_000.jpg,a,train\nphoto_001.jpg,b,test\nphoto_002.jpg,a,\n")
    entries = load_labels([table]).entries
    assert [entry.split for entry in entries] == [Split.TRAIN, Split.TEST, None]
    assert [kept_back(entry) for entry in entries] == [False, True, False]


def test_one_label_is_nothing_to_tell_apart(tmp_path, make_photos):
    make_photos(tmp_path / "cats", 3)
    with pytest.raises(BadRequestError, match=r"All 3 photos have the label cats") as refused:
        load_labels([tmp_path / "cats"])
    assert "folder of their own" in refused.value.hint


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "nothing").mkdir()
    with pytest.raises(BadRequestError, match=r"There are no labelled photos in .*nothing"):
        load_labels([tmp_path / "nothing"])


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(NotFoundError, match="There is no"):
        load_labels([tmp_path / "away"])


def test_queries_are_kept_back_and_their_gallery_is_learned_from(tmp_path, make_photos):
    make_photos(tmp_path / "query", 2)
    make_photos(tmp_path / "gallery", 3)
    names = [f"photo_{number:03}.jpg" for number in range(3)]
    (tmp_path / "labels.json").write_text(json.dumps(dict(zip(names, ("cat", "dog", "dog"), strict=True))))
    entries = load_labels([tmp_path / "labels.json"]).entries
    kept = {f"{entry.path.parent.name}/{entry.path.name}": kept_back(entry) for entry in entries}
    assert kept == {
        f"{folder}/{name}": folder == "query"
        for folder, photos in (("query", 2), ("gallery", 3))
        for name in names[:photos]
    }


def test_a_gallery_beside_photos_to_learn_from_is_kept_back(tmp_path, make_photos):
    make_photos(tmp_path, 3)
    table = tmp_path / "labels.csv"
    table.write_text("photo_000.jpg,a,train\nphoto_001.jpg,b,query\nphoto_002.jpg,b,gallery\n")
    assert [kept_back(entry) for entry in load_labels([table]).entries] == [False, True, True]


def test_a_photo_with_several_labels_counts_for_each(tmp_path, make_photos):
    make_photos(tmp_path, 6)
    lines = [f"photo_{number:03}.jpg;pet(0.5);{('cat', 'dog')[number % 2]}(0.9)\n" for number in range(6)]
    (tmp_path / "labels.txt").write_text("".join(lines))
    found = load_labels([tmp_path / "labels.txt"])
    assert found.has_several_labels
    assert found.classes == {"cat": 3, "dog": 3, "pet": 6}


def test_labels_that_are_on_all_photos_leave_nothing_to_tell_apart(tmp_path, make_photos):
    make_photos(tmp_path, 4)
    (tmp_path / "labels.txt").write_text("".join(f"photo_{number:03};pet(1);file(0.5)\n" for number in range(4)))
    with pytest.raises(BadRequestError, match="None of the 2 labels tells the 4 photos apart"):
        load_labels([tmp_path / "labels.txt"])


LANDMARKS = {"tower": {"good": [0, 1], "ok": [2], "junk": [3], "query": [0, 4]}, "gate": {"good": [5], "query": [6]}}


def write_landmarks(folder, landmarks, form):
    """Oxford's ground truth, as JSON or in files."""
    if form == "json":
        names = {
            landmark: {kind: [f"photo_{number:03}.jpg" for number in numbers] for kind, numbers in lists.items()}
            for landmark, lists in landmarks.items()
        }
        (folder / "truth.json").write_text(json.dumps(names))
        return folder / "truth.json"
    for landmark, lists in landmarks.items():
        for count, query in enumerate(lists["query"], 1):
            (folder / f"{landmark}_{count}_query.txt").write_text(f"oxc1_photo_{query:03} 0 0 10 10\n")
            for kind in ("good", "ok", "junk"):
                lines = "".join(f"photo_{number:03}\n" for number in lists.get(kind, []))
                (folder / f"{landmark}_{count}_{kind}.txt").write_text(lines)
    return folder


@pytest.mark.parametrize("form", ["json", "files"])
def test_good_and_fair_photos_of_a_landmark_are_a_class_and_queries_are_kept_back(tmp_path, make_photos, form):
    make_photos(tmp_path, 8)
    found = load_labels([write_landmarks(tmp_path, LANDMARKS, form)])
    assert {entry.path.stem[-1]: (entry.label, kept_back(entry)) for entry in found.entries} == {
        "0": ("tower", True),  # Oxford calls its queries good too: they are not learned from
        "1": ("tower", False),
        "2": ("tower", False),
        "4": ("tower", True),
        "5": ("gate", False),
        "6": ("gate", True),
    }
    assert found.published


def test_photos_of_a_ground_truth_may_lie_elsewhere(tmp_path, make_photos):
    make_photos(tmp_path / "images", 8)
    (tmp_path / "truth").mkdir()
    truth = write_landmarks(tmp_path / "truth", LANDMARKS, "files")
    assert len(load_labels([truth], photos=tmp_path / "images").entries) == 6
    with pytest.raises(PhotosElsewhereError, match="Not one good photo of the 2 landmarks") as refused:
        load_labels([truth])
    assert "--gallery" in refused.value.hint


def test_a_query_without_a_good_photo_is_listed(tmp_path, make_photos):
    make_photos(tmp_path, 8)
    alone = LANDMARKS | {"dome": {"good": [7, 99], "query": [7]}}
    found = load_labels([write_landmarks(tmp_path, alone, "json")])
    assert {skip.path.stem: skip.reason for skip in found.skipped} == {
        "photo_007": "There is no good photo of dome besides those that ask.",
        "photo_099": "There is no such file.",
    }
    assert set(found.classes) == {"tower", "gate"}


def test_batches_of_cifar_are_unpacked_and_their_test_is_kept_back(tmp_path):
    pictures = np.random.default_rng(0).integers(0, 256, (6, 3072), dtype=np.uint8)
    for name, rows in (("data_batch_1.bin", pictures[:4]), ("test_batch.bin", pictures[4:])):
        (tmp_path / name).write_bytes(b"".join(bytes([at % 2]) + row.tobytes() for at, row in enumerate(rows)))
    (tmp_path / "batches.meta.txt").write_text("cat\ndog\n")
    found = load_labels([tmp_path], unpacked=tmp_path / "cache")
    assert found.published
    assert found.classes == {"cat": 3, "dog": 3}
    assert sum(kept_back(entry) for entry in found.entries) == 2
