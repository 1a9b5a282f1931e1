"""What is handed over, by kind."""

import os
import shutil

import pytest

from gui.drops import Aim
from gui.sifting import Refusal, Sifted, account, objection, sift
from tests.samples import write_model


@pytest.fixture
def model(tmp_path):
    return write_model(tmp_path / "downloads", "own", seed=5, dim=8)


def test_each_kind_is_known(photos, model, tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    (tmp_path / "broken.jpg").write_bytes(b"")
    sifted = sift(
        [photos[0], photos[0], photos[0].parent, model, *(tmp_path / name for name in ("broken.jpg", "notes.txt")),
         tmp_path / "clip.mp4", tmp_path / "gone.jpg"],
        ["smb://nas/a.jpg"],
    )  # fmt: skip
    assert sifted == Sifted(
        models=(model,),
        folders=(photos[0].parent,),
        pictures=(photos[0], tmp_path / "broken.jpg"),  # what claims to be one is told of when it is read
        refused=(
            (tmp_path / "notes.txt", Refusal.NO_PICTURE),
            (tmp_path / "clip.mp4", Refusal.VIDEO),
            (tmp_path / "gone.jpg", Refusal.MISSING),
            ("smb://nas/a.jpg", Refusal.ELSEWHERE),
        ),
    )


def test_a_picture_without_an_extension_is_one(photos, tmp_path):
    shutil.copy(photos[0], tmp_path / "picture")
    assert sift([tmp_path / "picture"]).pictures == (tmp_path / "picture",)


def test_only_an_archive_that_holds_a_model_is_one(photos, model, tmp_path):
    held = shutil.make_archive(str(tmp_path / "packed"), "zip", model.parent)
    other = shutil.make_archive(str(tmp_path / "photos"), "zip", photos[0].parent)
    (tmp_path / "broken.zip").write_bytes(b"PK\3\4 rubbish")
    (tmp_path / "lone.ONNX").write_bytes(b"rubbish")
    paths = [tmp_path / name for name in ("packed.zip", "photos.zip", "broken.zip", "lone.ONNX")]
    assert [str(path) for path in paths[:2]] == [held, other]
    sifted = sift(paths)
    assert sifted.models == (paths[0], paths[3])
    assert [reason for _, reason in sifted.refused] == [Refusal.NO_PICTURE] * 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are none here")
def test_what_would_be_waited_for_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert sift([tmp_path / "pipe.jpg"]).refused == ((tmp_path / "pipe.jpg", Refusal.NO_PICTURE),)


def test_one_sentence_tells_of_each_kind(photos, model, tmp_path):
    text, other = tmp_path / "a.txt", tmp_path / "b.txt"
    refused = ((text, Refusal.NO_PICTURE), (other, Refusal.NO_PICTURE))
    everything = Sifted((model,), (photos[0].parent,), tuple(photos[:2]), refused)
    assert account(everything, Aim.ASK) == (
        "2 pictures are searched with, “Pictures” is indexed, “own” is checked as a model, 2 files are of no use."
    )
    assert (
        account(everything, Aim.BAR) == "2 pictures join the query, “own” is checked as a model, 2 files are of no use."
    )
    assert str(objection(Sifted(refused=refused[:1]))) == "“a.txt” is not a picture. Drop or copy a photo or a folder."
    assert str(tmp_path / "gone") in objection(Sifted(refused=((tmp_path / "gone", Refusal.MISSING),))).message
