"""The benchmarks of labels measure what they say."""

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("sklearn", reason="the trainer needs the extra [train]")

from benchmarks import landmarks, query_gallery, several_labels
from engine.evaluation.labelled import Protocol, load_labelled, read_entries
from tests.samples import picture


def test_chance_reaches_one_as_published_and_the_share_of_a_class_as_it_should_be():
    asked, searched = np.arange(300) % 15, np.arange(1500) % 15
    figures = query_gallery.by_chance(asked, searched)
    assert figures["theirs"]["map@1/hits-only"] == 1
    assert figures["ours"]["map@1"] == pytest.approx(1 / 15, abs=0.01)


def test_nothing_that_asks_or_is_searched_was_learned_from():
    classes, groups = np.repeat(np.arange(3), 40), np.arange(120) // 2
    asking, searched, learned = query_gallery.parts(classes, groups, 0)
    assert sorted([*asking, *searched, *learned]) == list(range(120))
    assert not set(groups[asking]) & set(groups[searched])
    assert not set(groups[learned]) & (set(groups[asking]) | set(groups[searched]))
    assert (np.bincount(classes[asking]) == 2 * query_gallery.QUERIES).all()


def test_labels_say_what_is_on_a_photo(tmp_path):
    (tmp_path / "cups").mkdir()
    Image.new("RGB", (90, 60), (230, 20, 20)).save(tmp_path / "cups" / "a.png")
    labels = several_labels.generated_labels(tmp_path / "cups" / "a.png")
    assert labels == pytest.approx({"cups": 0.9, "red": 1.0, "bright": 230 / 255, "landscape": 1.0})
    several_labels.write_list([tmp_path / "cups" / "a.png"], tmp_path / "labels.txt")
    ((entry,), _) = read_entries(tmp_path / "labels.txt")
    assert entry.labels == {"cups": 0.9, "red": 1.0, "bright": 0.9, "landscape": 1.0}


def test_landmarks_are_oxfords_ground_truth(tmp_path):
    photos = [tmp_path / f"{number}.png" for number in range(3)]
    for number, photo in enumerate(photos):
        picture(number, (160, 120)).save(photo)
    (tmp_path / "pictures").mkdir()
    found = load_labelled(landmarks.write_landmarks(photos, tmp_path / "pictures", 2))
    assert found.protocol is Protocol.OXFORD
    assert (len(found.queries), len(found.gallery)) == (10, 37)
    assert {len(truth.setups[0].relevant) for truth in found.truths} == {15}
    assert landmarks.with_junk(found).truths[0].setups[0].ignored == frozenset()
