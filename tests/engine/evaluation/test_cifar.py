"""CIFAR as its makers give it away, in small, and batches that are cut short or want to run code."""

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import BadRequestError, EngineError, StorageFullError
from engine.evaluation import cifar
from engine.evaluation.cifar import is_cifar, unpack_cifar
from engine.evaluation.labelled import load_labelled
from engine.jobs import Cancelled, Job

NAMES = ("airplane", "cat")
PICTURES = np.random.default_rng(0).integers(0, 256, (6, 32, 32, 3), dtype=np.uint8)
ROWS = PICTURES.transpose(0, 3, 1, 2).reshape(6, -1)
CLASSES = [0, 1, 1, 0, 1, 0]


def old_pickle(rows, key, labels):
    """A batch as Python 2 and numpy of its day wrote it, opcode by opcode."""
    shape = b"K" + bytes([len(rows)]) + b"M\x00\x0c\x86"
    kind = b"cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
    content = b"T" + rows.nbytes.to_bytes(4, "little") + rows.tobytes()
    array = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01" + shape + kind
    listed = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    named = b"U" + bytes([len(key)]) + key
    return b"\x80\x02}(U\x04data" + array + b"\x89" + content + b"tb" + named + listed + b"u."


def new_pickle(rows, key, labels):
    return pickle.dumps({b"data": rows, key: labels}, protocol=4)


def binary(rows, labels, before=b""):
    return b"".join(before + bytes([label]) + row.tobytes() for row, label in zip(rows, labels, strict=True))


def write_ten(folder, write=old_pickle):
    folder.mkdir()
    (folder / "data_batch_1").write_bytes(write(ROWS[:3], b"labels", CLASSES[:3]))
    (folder / "data_batch_2").write_bytes(write(ROWS[3:5], b"labels", CLASSES[3:5]))
    (folder / "test_batch").write_bytes(write(ROWS[5:], b"labels", CLASSES[5:]))
    (folder / "batches.meta").write_bytes(pickle.dumps({b"label_names": [name.encode() for name in NAMES]}))
    return folder


def write_ten_binary(folder):
    folder.mkdir()
    (folder / "data_batch_1.bin").write_bytes(binary(ROWS[:5], CLASSES[:5]))
    (folder / "test_batch.bin").write_bytes(binary(ROWS[5:], CLASSES[5:]))
    (folder / "batches.meta.txt").write_text("airplane\ncat\n\n")
    return folder


def write_hundred(folder):
    folder.mkdir()
    (folder / "train").write_bytes(old_pickle(ROWS[:5], b"fine_labels", CLASSES[:5]))
    (folder / "test").write_bytes(old_pickle(ROWS[5:], b"fine_labels", CLASSES[5:]))
    (folder / "meta").write_bytes(pickle.dumps({b"fine_label_names": [name.encode() for name in NAMES]}))
    return folder


def write_hundred_binary(folder):
    folder.mkdir()
    (folder / "train.bin").write_bytes(binary(ROWS[:5], CLASSES[:5], b"\x07"))
    (folder / "test.bin").write_bytes(binary(ROWS[5:], CLASSES[5:], b"\x07"))
    (folder / "fine_label_names.txt").write_text("airplane\ncat\n")
    return folder


FORMS = {
    "10": write_ten,
    "10, by a newer numpy": lambda folder: write_ten(folder, new_pickle),
    "10, binary": write_ten_binary,
    "100": write_hundred,
    "100, binary": write_hundred_binary,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_version_becomes_pictures_in_folders_of_their_classes(form, tmp_path):
    folder = unpack_cifar(FORMS[form](tmp_path / "cifar"), tmp_path / "cache", Job())
    found = {}
    for file in sorted(folder.rglob("*.png")):
        with Image.open(file) as image:
            found.setdefault("/".join(file.parts[-3:-1]), []).append(np.asarray(image))
    wanted = {"train/airplane": [0, 3], "train/cat": [1, 2, 4], "test/airplane": [5]}
    assert {name: len(pictures) for name, pictures in found.items()} == {name: len(at) for name, at in wanted.items()}
    assert all(np.array_equal(found[name], PICTURES[at]) for name, at in wanted.items())


def test_pictures_are_unpacked_once(tmp_path):
    batches, cache = write_ten(tmp_path / "cifar"), tmp_path / "cache"
    first = unpack_cifar(batches, cache, Job())
    before = {file: file.stat().st_mtime_ns for file in first.rglob("*.png")}
    assert unpack_cifar(batches, cache, Job()) == first
    assert {file: file.stat().st_mtime_ns for file in first.rglob("*.png")} == before
    assert [place.name for place in cache.iterdir()] == [first.name]


def test_the_test_batch_measures(tmp_path):
    batches = write_ten(tmp_path / "cifar")
    (batches / "test_batch").write_bytes(old_pickle(ROWS[4:], b"labels", CLASSES[4:]))
    found = load_labelled(batches, unpacked=tmp_path / "cache")
    assert [photo.label for photo in found.queries] == ["airplane", "cat"]


def test_ordinary_folders_are_none(tmp_path):
    (tmp_path / "train" / "cat").mkdir(parents=True)
    (tmp_path / "meta").touch()
    assert not is_cifar(tmp_path)


@pytest.mark.parametrize("file", ["data_batch_2", "batches.meta"])
@pytest.mark.parametrize("kept", [0, 1, 40, 0.5, -1])
def test_a_pickle_that_is_cut_short_is_refused(tmp_path, file, kept):
    batches = write_ten(tmp_path / "cifar")
    whole = (batches / file).read_bytes()
    (batches / file).write_bytes(whole[: int(len(whole) * kept) if isinstance(kept, float) else kept])
    with pytest.raises(BadRequestError, match=f"{file} is no whole batch of CIFAR") as refused:
        unpack_cifar(batches, tmp_path / "cache", Job())
    assert "unpack it whole" in refused.value.hint
    assert not list((tmp_path / "cache").glob("*"))


def test_a_binary_batch_that_is_cut_short_is_refused(tmp_path):
    batches = write_ten_binary(tmp_path / "cifar")
    whole = (batches / "test_batch.bin").read_bytes()
    (batches / "test_batch.bin").write_bytes(whole[:-100])
    with pytest.raises(BadRequestError, match=r"its 2,973 bytes are no whole number of pictures of 3,073 bytes each"):
        unpack_cifar(batches, tmp_path / "cache", Job())


class Hostile:
    def __init__(self, place):
        self.place = place

    def __reduce__(self):
        return os.mkdir, (str(self.place),)


def test_a_pickle_runs_no_code(tmp_path):
    batches = write_ten(tmp_path / "cifar")
    (batches / "data_batch_1").write_bytes(pickle.dumps(Hostile(tmp_path / "owned")))
    with pytest.raises(BadRequestError, match=r"it wants posix.mkdir|it wants nt.mkdir"):
        unpack_cifar(batches, tmp_path / "cache", Job())
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    "held",
    [
        [],
        {b"labels": [0]},
        {b"data": 3, b"labels": [0]},
        {b"data": np.zeros((1, 3072), np.uint8), b"labels": [0, 1]},
        {b"data": np.zeros((1, 3072), np.float32), b"labels": [0]},
        {b"data": np.zeros((1, 3072), np.uint8), b"labels": [-1]},
        {b"data": np.asfortranarray(np.zeros((2, 3072), np.uint8)), b"labels": [0, 0]},
    ],
)
def test_a_pickle_of_something_else_is_refused(tmp_path, held):
    batches = write_ten(tmp_path / "cifar")
    (batches / "data_batch_1").write_bytes(pickle.dumps(held, protocol=4))
    with pytest.raises(BadRequestError, match="data_batch_1 is no whole batch of CIFAR"):
        unpack_cifar(batches, tmp_path / "cache", Job())


def test_names_of_classes_cannot_lead_elsewhere(tmp_path):
    batches = write_ten(tmp_path / "cifar")
    (batches / "batches.meta").write_bytes(pickle.dumps({b"label_names": [b"../../out", b".."]}))
    folder = unpack_cifar(batches, tmp_path / "cache", Job())
    assert sorted(place.name for place in (folder / "train").iterdir()) == ["class 0", "class 1"]
    (batches / "batches.meta").unlink()
    folder = unpack_cifar(batches, tmp_path / "cache", Job())
    assert sorted(place.name for place in (folder / "train").iterdir()) == ["class 0", "class 1"]


def test_a_full_disk_leaves_nothing_half(tmp_path, monkeypatch):
    def full(pixels, file: Path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cifar, "write_png", full)
    with pytest.raises(StorageFullError, match="is full"):
        unpack_cifar(write_ten(tmp_path / "cifar"), tmp_path / "cache", Job())
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_place_that_is_no_folder_is_told(tmp_path):
    (tmp_path / "cache").touch()
    with pytest.raises(EngineError, match="The pictures cannot be unpacked in"):
        unpack_cifar(write_ten(tmp_path / "cifar"), tmp_path / "cache", Job())


def test_unpacking_can_be_cancelled(tmp_path):
    job = Job()
    job.report = lambda progress: job.cancel() if progress.done == 2 else None
    with pytest.raises(Cancelled):
        unpack_cifar(write_ten(tmp_path / "cifar"), tmp_path / "cache", job)
    assert list((tmp_path / "cache").iterdir()) == []
