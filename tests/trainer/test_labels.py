import pytest

from engine.errors import BadRequestError, NotFoundError
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
