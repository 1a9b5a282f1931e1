"""CIFAR-10 and CIFAR-100 as their makers give them away, in batches of 32 x 32 pictures (www.cs.toronto.edu/~kriz).

The "Python version" is made of pickles, which can run any code when they are loaded. They are read here by something
that knows no code at all: what stands for numpy's arrays only keeps the bytes.
"""

import hashlib
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError, EngineError, StorageFullError
from engine.imaging.png import write_png
from engine.jobs import Job, Progress
from engine.new_file import DISK_FULL

SIDE = 32
_PIXELS = 3 * SIDE * SIDE
_LARGEST_FILE = 512 * 2**20
_HINT = "Get the archive again and unpack it whole."
_DAMAGED = (pickle.UnpicklingError, EOFError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the files of a version are called, and where their labels are.

    Attributes:
        train: pattern of the names of what is learned from.
        test: name of what is measured with.
        names: name of the file with the classes' names.
        key: of the labels in a pickle; None for the binary version.
        label_bytes: before each picture in the binary version; the last one is the class.
    """

    train: str
    test: str
    names: str
    key: bytes | None = None
    label_bytes: int = 0


_FORMS = (
    _Form("data_batch_[0-9]", "test_batch", "batches.meta", b"labels"),
    _Form("train", "test", "meta", b"fine_labels"),
    _Form("data_batch_[0-9].bin", "test_batch.bin", "batches.meta.txt", label_bytes=1),
    _Form("train.bin", "test.bin", "fine_label_names.txt", label_bytes=2),
)
_NAME_KEYS = {b"labels": b"label_names", b"fine_labels": b"fine_label_names"}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Pictures uint8 [N, 32, 32, 3], and the number of the class of each."""

    pictures: NDArray[np.uint8]
    classes: Sequence[int]


def is_cifar(folder: Path) -> bool:
    """Whether a folder holds batches of CIFAR-10 or CIFAR-100."""
    return _form(folder) is not None


def unpack_cifar(folder: Path, place: Path, job: Job) -> Path:
    """Write the pictures of the batches as PNG, once; returns a folder with train/CLASS and test/CLASS.

    Args:
        folder: with the batches.
        place: where folders of unpacked pictures are kept; they may be deleted at any time.
        job: told about progress; may cancel.

    Raises:
        BadRequestError: a file is no such batch, or is cut short.
        StorageFullError: the disk is full; nothing half stays.
        Cancelled: the caller asked to stop; nothing half stays.
    """
    form = _form(folder)
    assert form is not None, "only called for what is_cifar"
    files = [*sorted(_files(folder, form.train)), *_files(folder, form.test)]
    digest = hashlib.blake2b(digest_size=8)
    for file in (*files, folder / form.names):
        digest.update(_read(file) if file.is_file() else b"")
    unpacked = place / f"cifar-{digest.hexdigest()}"
    if not unpacked.is_dir():
        names = _names(folder, form)
        try:
            place.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=place) as hidden:
                for done, file in enumerate(files):
                    split = "test" if file.name == form.test else "train"
                    pictures = _write(_batch(file, form), names, Path(hidden) / "all" / split, file.stem)
                    for at, total in pictures:
                        job.step(Progress("unpacking pictures", done * total + at, len(files) * total))
                (Path(hidden) / "all").rename(unpacked)
        except OSError as error:
            _raise_not_written(place, error)
    return unpacked


def _form(folder: Path) -> _Form | None:
    return next((form for form in _FORMS if any(_files(folder, form.train)) and _is_batch(folder, form)), None)


def _is_batch(folder: Path, form: _Form) -> bool:
    """Files may well be called train and test; the names of the classes tell that they are these."""
    return form.train.startswith("data_batch") or (folder / form.names).is_file()


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (file for file in folder.glob(pattern) if file.is_file())


def _write(batch: _Batch, names: Sequence[str], folder: Path, stem: str) -> Iterator[tuple[int, int]]:
    """Write the pictures into the folders of their classes; tells before each how many are done, and of how many."""
    places = {own: folder / (names[own] if own < len(names) else f"class {own}") for own in set(batch.classes)}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    for number, (picture, own) in enumerate(zip(batch.pictures, batch.classes, strict=True)):
        yield number, len(batch.classes)
        write_png(picture, places[own] / f"{stem}-{number:05}.png")


def _batch(file: Path, form: _Form) -> _Batch:
    if form.key is None:
        return _binary_batch(file, form.label_bytes)
    held = _unpickled(file)
    try:
        data, labels = held[b"data"], [int(label) for label in held[form.key]]
        _, shape, kind, by_columns, content = data.state
        pixels = np.frombuffer(content, dtype=np.uint8).reshape(len(labels), 3, SIDE, SIDE)
    except _DAMAGED as error:
        raise _no_batch(file, "it does not hold pictures and their classes") from error
    if by_columns or kind.name not in ("u1", b"u1") or shape != (len(labels), _PIXELS) or min(labels, default=0) < 0:
        raise _no_batch(file, "its pictures are not of 32 x 32 pixels in three colours")
    return _Batch(pixels.transpose(0, 2, 3, 1), labels)


def _binary_batch(file: Path, label_bytes: int) -> _Batch:
    content = _read(file)
    row = label_bytes + _PIXELS
    if not content or len(content) % row:
        raise _no_batch(file, f"its {len(content):,} bytes are no whole number of pictures of {row:,} bytes each")
    rows = np.frombuffer(content, dtype=np.uint8).reshape(-1, row)
    pixels = rows[:, label_bytes:].reshape(-1, 3, SIDE, SIDE).transpose(0, 2, 3, 1)
    return _Batch(pixels, rows[:, label_bytes - 1].tolist())


def _names(folder: Path, form: _Form) -> list[str]:
    """The classes' names, as folders can be called; none if their file is not there."""
    file = folder / form.names
    if not file.is_file():
        return []
    if form.key is None:
        names = _read(file).decode("utf-8", errors="replace").split()
    else:
        held = _unpickled(file)
        try:
            names = [bytes(name).decode("utf-8", errors="replace") for name in held[_NAME_KEYS[form.key]]]
        except _DAMAGED as error:
            raise _no_batch(file, "it does not hold the names of the classes") from error
    return [name if _can_be_folder(name) else f"class {number}" for number, name in enumerate(names)]


def _can_be_folder(name: str) -> bool:
    return Path(name).name == name and name[:1] not in ("", ".") and name.isprintable()


class _Array:
    """Stands for an array of numpy's: keeps what it was saved with.

    Attributes:
        state: version, shape, kind of number, whether by columns, bytes.
    """

    def __init__(self, *_arguments: Any) -> None:
        self.state: Any = ()

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Kind:
    """Stands for the kind of number of an array."""

    def __init__(self, name: Any = "", *_arguments: Any) -> None:
        self.name = name

    def __setstate__(self, state: Any) -> None:
        """The order of bytes does not matter to bytes."""


class _Reader(pickle.Unpickler):
    """Reads a batch and nothing else: what a pickle may name are the stand-ins above."""

    def find_class(self, module: str, name: str) -> Any:
        known = {
            ("numpy", "ndarray"): _Array,
            ("numpy", "dtype"): _Kind,
            ("numpy.core.multiarray", "_reconstruct"): _Array,
            ("numpy._core.multiarray", "_reconstruct"): _Array,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"it wants {module}.{name}, which no batch of pictures needs")
        return known[module, name]


def _unpickled(file: Path) -> Any:
    _check_size(file)
    try:
        with file.open("rb") as stream:
            return _Reader(stream, encoding="bytes").load()
    except OSError as error:
        raise _unreadable(file, error) from error
    except (*_DAMAGED, MemoryError, RecursionError) as error:
        raise _no_batch(file, str(error) or "it is cut short") from error


def _read(file: Path) -> bytes:
    _check_size(file)
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from error


def _check_size(file: Path) -> None:
    if file.stat().st_size > _LARGEST_FILE:
        raise _no_batch(file, "it is far too large")


def _no_batch(file: Path, why: str) -> BadRequestError:
    return BadRequestError(f"{file} is no whole batch of CIFAR: {why}.", _HINT)


def _unreadable(file: Path, error: OSError) -> BadRequestError:
    return BadRequestError(f"{file} cannot be read: {error.strerror or error}.", "Check its permissions.")


def _raise_not_written(place: Path, error: OSError) -> NoReturn:
    if error.errno in DISK_FULL:
        raise StorageFullError(f"The disk that holds {place} is full.", "Free some space and try again.") from error
    raise EngineError(
        f"The pictures cannot be unpacked in {place}: {error.strerror or error}.",
        "Check its permissions.",
    ) from error
