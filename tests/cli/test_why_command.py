"""`why`, run as a user runs it."""

import pytest
from PIL import Image

from tests.samples import scene


def test_two_pictures_are_explained_in_words_and_a_picture(lookalike, shelf, photos, tmp_path):
    out = tmp_path / "why.png"
    one, other = photos / "photo_01.jpg", photos / "photo_02.jpg"
    outcome = lookalike("--library", shelf, "why", one, other, "--out", out)
    assert outcome.status == 0, outcome.err
    first, second, *_, last = outcome.text.splitlines()
    assert first == "different pictures"
    assert "of random pairs (distance 0." in second
    assert "photo_01.jpg: half of the likeness lies in " in outcome.text
    assert "told by what each part of the pictures adds to their similarity; model lookalike-2" in outcome.text
    assert last == f"{out}: saved"
    with Image.open(out) as drawn:
        assert drawn.format == "PNG"


def test_the_same_as_a_document(lookalike, shelf, photos):
    one = photos / "photo_01.jpg"
    document = lookalike("--library", shelf, "why", one, one, "--json").document
    assert document["score"] == 1
    assert (document["verdict"], document["relation"]) == ("identical file", "identical file")
    assert document["distance"] < 1e-5
    assert document["method"] == "features"
    assert [picture["path"] for picture in document["pictures"]] == [str(one), str(one)]
    assert sum(value for row in document["pictures"][0]["map"] for value in row) == pytest.approx(1, abs=0.01)
    assert document["differences"]["pixels"] == 1
    assert document["file"] is None


def test_a_copy_is_no_chance(lookalike, shelf, tmp_path):
    """Turned by 135°, it is as far from the original as a random photo to the model."""
    scene(3).save(tmp_path / "one.jpg", quality=92)
    scene(3).rotate(-135).save(tmp_path / "turned.jpg", quality=92)
    places = tmp_path / "one.jpg", tmp_path / "turned.jpg"
    first, second, *_ = lookalike("--library", shelf, "why", *places).text.splitlines()
    assert first.startswith("the same picture, ")
    assert "turned 135°" in first
    assert "closer than" in second
    assert "chance" not in second
    document = lookalike("--library", shelf, "why", *places, "--json").document
    assert document["relation"] == "copy"
    assert document["confidence"] > 0.9
    assert {"kind": "turned", "amount": 135} in document["changes"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("photo_01.jpg", "gone.jpg"), "There is no file"),
        (("photo_01.jpg", "photo_02.jpg", "--out", "why.txt"), "“why.txt” is no name for a picture of this."),
        (("photo_01.jpg", "photo_02.jpg", "--out", "gone/why.png"), "There is no folder"),
    ],
)
def test_what_cannot_be_done_is_said(lookalike, shelf, photos, arguments, sentence):
    places = [photos / word if not word.startswith("-") else word for word in arguments]
    outcome = lookalike("--library", shelf, "why", *places)
    assert outcome.status == 1
    assert sentence in outcome.err
    assert outcome.out == b""
