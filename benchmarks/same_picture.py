"""How many edited copies copies mode finds, and how often it is wrong, beside perceptual hashes of other packages.

The twelve edits of `copies.py`, each made of every original and saved as JPEG, are looked for among all originals and
distractors as copies mode does: hashes and embeddings choose what is compared, the pixels of the thumbnails decide. A
query is wrong if anything but its original is called a copy; which pictures that were is told on stderr, since the
material may have repeats of its own, which can be left out. The hashes of `imagehash` and `imagededup` get the loosest
threshold at which no more of their queries are wrong than may be.

The figures mean something for photos of a camera; generated ones only show that it runs.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.copies import EDITS, Reader, chosen, model_named
from benchmarks.material import report, write_photographs
from engine.copies.files import glimpse_of, of_thumbnail
from engine.copies.verifier import Subject, at_a_glance, judged
from engine.errors import UnreadablePhotoError
from engine.imaging.decoding import decode
from engine.imaging.hashing import symmetric_hashes
from engine.imaging.resizing import model_input
from engine.imaging.thumbnails import encode_thumbnail
from engine.imaging.warping import cut, picture_of, turned
from engine.search.copies import THOROUGH, copies_among

ORIGINALS = 200
DISTRACTORS = 5_000
SIZE = (320, 240)
MOST_WRONG = 0.001
"""Share of the queries that may call another picture a copy."""
TOLD = 100
LONGEST = 800
"""Pixels of the longer side of what is read: hashes and thumbnails need no more."""

Hash = Callable[[Image.Image], int]


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of a picture.

    Attributes:
        vectors: of the picture as it is, and of a query also as its copies may be.
        counts: of a query, how many of the nearest to each of them are compared.
        hashes: of the eight symmetries.
        others: what each of the other methods says.
    """

    thumbnail: bytes
    vectors: NDArray[np.float32]
    counts: tuple[int, ...]
    hashes: tuple[int, ...]
    others: dict[str, int]


def other_methods() -> dict[str, Hash]:
    """The hashes of 64 bits of other packages that are installed; `pip install -e .[bench]` installs them."""
    methods: dict[str, Hash] = {}
    try:
        import imagehash

        for name in ("phash", "dhash", "average_hash", "whash"):
            methods[f"imagehash {name}"] = partial(_imagehash, getattr(imagehash, name))
        from imagededup.methods import AHash, DHash, PHash, WHash

        for method in (PHash, DHash, AHash, WHash):
            methods[f"imagededup {method.__name__}"] = partial(_imagededup, method(verbose=False))
    except ImportError as error:
        print(f"left out: {error}", file=sys.stderr)
    return methods


def _imagehash(method: Callable[[Image.Image], object], picture: Image.Image) -> int:
    return int(str(method(picture)), 16)


def _imagededup(method: object, picture: Image.Image) -> int:
    return int(method.encode_image(image_array=np.asarray(picture)), 16)  # type: ignore[attr-defined]


class Work:
    """What a process does with a file. Made in the process."""

    def __init__(self, model: str | None) -> None:
        installed = model_named(model)
        self._reader = Reader(installed)
        self._given = installed.manifest
        self._others = other_methods()

    def original(self, file: Path) -> Read | None:
        """A photo of the gallery; None if it cannot be read."""
        try:
            return self._read(decode(file, short_side=0, long_side=LONGEST).image, [])
        except UnreadablePhotoError:
            return None

    def edited(self, task: tuple[int, Path, str]) -> Read:
        """An edited copy as a query."""
        number, file, edit = task
        picture = decode(file, short_side=0, long_side=LONGEST).image
        copy = Image.open(BytesIO(EDITS[edit](picture, number))).convert("RGB")
        small = picture_of(encode_thumbnail(copy))
        ways = [(way, THOROUGH.turned) for way in turned(small)] + [(way, THOROUGH.cut) for way in cut(small)]
        return self._read(copy, ways)

    def _read(self, picture: Image.Image, also: Sequence[tuple[Image.Image, int]]) -> Read:
        given = self._given
        size = (given.input.height, given.input.width)
        vectors = [
            self._reader.vector(model_input(one, size, given.resize, given.interpolation, given.share))
            for one, _ in ((picture, 0), *also)
        ]
        others = {name: method(picture) for name, method in self._others.items()}
        counts = (THOROUGH.upright, *(count for _, count in also))
        return Read(encode_thumbnail(picture), np.stack(vectors), counts, symmetric_hashes(picture), others)


_work: list[Work] = []
_gallery: list[Read] = []


def start(model: str | None) -> None:
    """In each process, once."""
    os.environ["OMP_NUM_THREADS"] = "1"
    _work.append(Work(model))


def read_original(file: Path) -> Read | None:
    """In a process."""
    return _work[0].original(file)


def read_edited(task: tuple[int, Path, str]) -> Read:
    """In a process."""
    return _work[0].edited(task)


def hold(gallery: list[Read]) -> None:
    """In each process, once: what is searched."""
    _gallery.extend(gallery)


def copies_of(query: Read) -> list[int]:
    """The rows of the gallery that copies mode lists, by thumbnails."""
    vectors = np.stack([one.vectors[0] for one in _gallery])
    hashes = np.array([one.hashes[0] for one in _gallery], dtype=np.uint64)
    found = copies_among(query.hashes, hashes)[: THOROUGH.by_hash].tolist()
    for vector, count in zip(query.vectors, query.counts, strict=True):
        found += np.argsort(-(vectors @ vector))[:count].tolist()
    first = of_thumbnail(query.thumbnail)
    return [row for row in dict.fromkeys(found) if _is_copy(first, _gallery[row].thumbnail)]


def _is_copy(first: Subject, thumbnail: bytes) -> bool:
    if at_a_glance(first.picture, glimpse_of(thumbnail)) is not None:
        return False
    return judged(first, of_thumbnail(thumbnail)).is_copy


def by_hashes(gallery: list[Read], queries: list[Read], own: NDArray[np.int64], method: str) -> NDArray[np.bool_]:
    """Which queries find their original with the loosest threshold that may be."""
    stored = np.array([one.others[method] for one in gallery], dtype=np.uint64)
    asked = np.array([one.others[method] for one in queries], dtype=np.uint64)
    bits = np.bitwise_count(asked[:, None] ^ stored[None]).astype(np.int64)
    rows = np.arange(len(queries))
    right = bits[rows, own]
    bits[rows, own] = 65
    nearest_wrong = bits.min(axis=1)
    fair = [limit for limit in range(-1, 65) if np.mean(nearest_wrong <= limit) <= MOST_WRONG]
    return right <= max(fair)


def measure(
    photos: Sequence[Path], distractors: Sequence[Path], model: str | None, processes: int, most: int | None
) -> dict[str, object]:
    """Read, search, count; of the queries so many at most, chosen at random."""
    context = get_context("spawn")
    tasks = [(number, file, edit) for number, file in enumerate(photos) for edit in EDITS]
    random.Random(0).shuffle(tasks)
    tasks = tasks[:most]
    with context.Pool(processes, start, (model,)) as pool:
        files = [*photos, *distractors]
        read = zip(files, pool.map(read_original, files, chunksize=20), strict=True)
        named = [(file, one) for file, one in read if one is not None]
        gallery = [one for _, one in named]
        queries = pool.map(read_edited, tasks, chunksize=5)
    with context.Pool(processes, hold, (gallery,)) as pool:
        listed = [*_watched(pool.imap(copies_of, queries, chunksize=5), tasks)]
    own = np.array([number for number, _, _ in tasks])
    found = np.array([number in rows for number, rows in zip(own, listed, strict=True)])
    others = [{*rows} - {number} for number, rows in zip(own, listed, strict=True)]
    wrong = np.array([bool(one) for one in others])
    confused = Counter((number, row) for number, rows in zip(own, others, strict=True) for row in rows)
    edits = np.array([edit for _, _, edit in tasks])
    table = {"copies mode": found} | {method: by_hashes(gallery, queries, own, method) for method in gallery[0].others}
    show(table, edits)
    for (one, row), often in confused.most_common():
        print(f"{often} edits of {named[one][0]} were called copies of {named[row][0]}", file=sys.stderr)
    return {
        "recall": float(found.mean()),
        "wrong_queries": float(wrong.mean()),
        "wrong_pairs": len(confused),
        "edits": {edit: round(float(found[edits == edit].mean()), 4) for edit in EDITS},
        "others": {method: round(float(right.mean()), 4) for method, right in table.items() if method != "copies mode"},
        "gallery": len(gallery),
        "queries": len(queries),
    }


def _watched(answers: Iterable[list[int]], tasks: Sequence[tuple[int, Path, str]]) -> Iterator[list[int]]:
    """The answers; how many of them were right so far is told on stderr."""
    found = wrong = 0
    for done, ((number, _, _), rows) in enumerate(zip(tasks, answers, strict=True), 1):
        found, wrong = found + (number in rows), wrong + bool({*rows} - {number})
        if done % TOLD == 0:
            print(f"{done} queries: {found} found, {wrong} wrong", file=sys.stderr, flush=True)
        yield rows


def show(table: dict[str, NDArray[np.bool_]], edits: NDArray[np.str_]) -> None:
    """A table on stderr: methods across, edits down."""
    print("edit".ljust(18), *table, sep="  ", file=sys.stderr)
    for edit in (*EDITS, "all"):
        rows = edits == edit if edit != "all" else np.ones(len(edits), dtype=bool)
        cells = (f"{right[rows].mean():.1%}".rjust(len(method)) for method, right in table.items())
        print(edit.ljust(18), *cells, sep="  ", file=sys.stderr)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="folder of the originals (default: generated ones)")
    parser.add_argument("--distractors", type=Path, help="folder of other photos (default: generated ones)")
    parser.add_argument(
        "--leave-out", type=Path, action="append", default=[], metavar="FILE",
        help="a distractor that shows the same picture as an original; may be repeated",
    )  # fmt: skip
    parser.add_argument("--model", help="name, model folder or .onnx file (default: the bundled model)")
    parser.add_argument("--originals", type=int, default=ORIGINALS)
    parser.add_argument("--count", type=int, default=DISTRACTORS, help="distractors")
    parser.add_argument("--queries", type=int, help="only so many of them, chosen at random (default: all)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0, help="of the choice of photos")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        made = Path(place)
        photos = (
            chosen(wanted.photos, wanted.originals, wanted.seed)
            if wanted.photos
            else write_photographs(made / "photos", wanted.originals, SIZE)
        )
        distractors = (
            chosen(wanted.distractors, wanted.count, wanted.seed, [*photos, *wanted.leave_out])
            if wanted.distractors
            else write_photographs(made / "distractors", wanted.count, SIZE, first=wanted.originals)
        )
        figures = measure(photos, distractors, wanted.model, wanted.processes, wanted.queries)
    report(
        f"edited copies found by their pixels, {len(photos)} photos x {len(EDITS)} edits",
        ratio=float(figures["recall"]),  # type: ignore[arg-type]
        to_reach=f">= 0.97, with wrong_queries < {MOST_WRONG}",
        **figures,
    )


if __name__ == "__main__":
    main()
