"""A library of generated photos, made once in a folder: small real files, real thumbnails, embeddings, an index."""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.material import photograph
from engine.catalog.batch import PhotoFacts
from engine.catalog.catalog import Catalog
from engine.catalog.thumbnails import Thumbnails
from engine.catalog.updates import FoundFile, Scope
from engine.indexing.reading import content_hash
from engine.library import Library
from engine.records import Decision, Query, QueryPicture

PICTURES = 240
"""Different pictures: every photo shows one of them, with bytes of its own."""
BURST = 3
QUERIES = 200
BATCH = 5_000
NOON = datetime(2010, 1, 1, 12)
CAMERAS = ("Canon EOS R6", "Apple iPhone 15", "NIKON Z 6", "SONY ILCE-7M4", "Google Pixel 8", "FUJIFILM X-T5", "")
SIDES = ((4000, 3000), (3000, 4000), (6000, 4000), (4032, 3024), (1600, 1200), (2000, 2000), (4000, 2250))
FORMATS = (("JPEG", "jpg"),) * 8 + (("PNG", "png"), ("WEBP", "webp"))


@dataclass(frozen=True, slots=True)
class Generated:
    """A library that is ready to be opened.

    Attributes:
        folder: where everything is kept.
        root: the folder of its photos.
        listed: a text file that names them all, below the root.
        stranger: a photograph of 12 megapixels that is not in it.
    """

    folder: Path
    root: Path
    listed: Path
    stranger: Path

    def every(self, step: int) -> list[Path]:
        """Every so many-th photo. Not kept as a list: that of 100,000 takes more memory than what is measured."""
        with self.listed.open(encoding="utf-8") as lines:
            return [self.root / line.rstrip("\n") for line in islice(lines, 0, None, step)]


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo of an event, as the catalogue will know it."""

    path: Path
    content: bytes
    picture: int
    facts: PhotoFacts
    vector: np.ndarray


def generated_library(place: Path, count: int) -> Generated:
    """The library of so many photos in a folder, made there unless it is there already."""
    folder, roots, stranger = place / "library", place / "photos", place / "stranger.jpg"
    done = place / f"{count}-photos.txt"
    if not done.exists():
        if folder.exists():
            raise FileExistsError(f"{place} holds another library, or half of one: name an empty folder")
        roots.mkdir(parents=True)
        photograph(PICTURES, (4000, 3000)).save(stranger, quality=90)
        files = _fill(folder, roots, count)
        done.write_text("\n".join(str(file.relative_to(roots)) for file in files), encoding="utf-8")
    return Generated(folder, roots, done, stranger)


def _fill(folder: Path, roots: Path, count: int) -> list[Path]:
    pictures = [photograph(number, (320, (180, 240, 320, 480)[number % 4])) for number in range(PICTURES)]
    thumbnails = [_encoded(picture, "JPEG", quality=82) for picture in pictures]
    small = [picture.resize((picture.width // 5, picture.height // 5)) for picture in pictures]
    bodies = {kind: [_encoded(one, kind) for one in small] for kind, _ in set(FORMATS)}
    with Library.open(folder) as library:
        library.add_root(roots)
        model, _ = library.models.answering()
    catalog, cache = Catalog(folder / "catalog.db"), Thumbnails(folder / "thumbnails.db")
    (root,) = catalog.roots.list()
    scope = catalog.updates.scope(root.id, root.path)
    files: list[Path] = []
    for shots in _in_batches(_shots(roots, count, bodies, model.dim)):
        _record(catalog, scope, model, shots)
        cache.put((shot.facts.content_hash, thumbnails[shot.picture]) for shot in shots)
        files += [shot.path for shot in shots]
    cache.close()
    catalog.close()
    with Library.open(folder) as library:
        library.index()
        _use(library, files)
    return files


def _shots(roots: Path, count: int, bodies: dict[str, list[bytes]], dim: int) -> Iterator[Shot]:
    """Events of a day or so, each in a folder of its own, around one subject each; every tenth photo is a burst."""
    rng = np.random.default_rng(0)
    number = 0
    for event in range(count):
        centre, start = rng.normal(size=dim), NOON + timedelta(days=float(rng.uniform(0, 15 * 365)))
        folder = roots / str(start.year) / f"{start:%m-%d} event {event:04}"
        camera = CAMERAS[min(int(rng.exponential(1.6)), len(CAMERAS) - 1)]
        size = min(1 + int(rng.exponential(90)), count - number)
        vector, taken = centre, start
        for _ in range(size):
            repeated = number % 10 in range(1, BURST)
            vector = vector + 0.02 * rng.normal(size=dim) if repeated else centre + 0.7 * rng.normal(size=dim)
            taken += timedelta(seconds=1 if repeated else float(rng.uniform(10, 240)))
            yield _shot(folder, number, taken, camera, vector / np.linalg.norm(vector), bodies)
            number += 1
        if number == count:
            return


def _shot(
    folder: Path, number: int, taken: datetime, camera: str, vector: np.ndarray, bodies: dict[str, list[bytes]]
) -> Shot:
    rng = np.random.default_rng(number)
    kind, extension = FORMATS[int(rng.integers(len(FORMATS)))]
    picture = int(rng.integers(PICTURES))
    width, height = SIDES[int(rng.integers(len(SIDES)))]
    content = bodies[kind][picture] + number.to_bytes(8, "big")  # what follows the picture is passed over
    facts = PhotoFacts(
        content_hash=content_hash(content),
        width=width,
        height=height,
        orientation=1,
        taken=taken.replace(microsecond=0),
        camera=camera,
        latitude=None,
        longitude=None,
        perceptual_hash=int(rng.integers(2**63)),
        format=kind,
        sharpness=float(rng.uniform(10, 2000)),
    )
    path = folder / f"IMG_{number:06}.{extension}"
    return Shot(path, content, picture, facts, vector.astype(np.float32))


def _record(catalog: Catalog, scope: Scope, model: object, shots: Sequence[Shot]) -> None:
    """Write the files, and put them on record as if they had been scanned and read."""
    found = []
    for shot in shots:
        shot.path.parent.mkdir(parents=True, exist_ok=True)
        shot.path.write_bytes(shot.content)
        status = shot.path.stat()
        inside = os.fsencode(shot.path.parent.relative_to(scope.root_path))
        found.append(FoundFile(inside, os.fsencode(shot.path.name), status.st_size, status.st_mtime_ns))
    catalog.updates.record_scan(scope, new=found)
    keys = {photo.path: photo.key for photo in catalog.updates.pending(scope, 0, len(shots))}
    batch = catalog.updates.transaction()
    for shot in shots:
        batch.readable(keys[shot.path], shot.facts, model, shot.vector)
    batch.commit()


def _use(library: Library, files: Sequence[Path]) -> None:
    """What a person leaves behind in a library: queries, pins, hidden photos, collections."""
    rng = np.random.default_rng(1)
    for number in rng.choice(len(files), min(QUERIES, len(files)), replace=False).tolist():
        library.search(Query((QueryPicture(path=files[number]),)))
    chosen = rng.choice(len(files), min(600, len(files)), replace=False)
    contents = [content_hash(files[number].read_bytes()) for number in chosen.tolist()]
    library.decisions.decide(Decision.PINNED, contents[:100])
    library.decisions.decide(Decision.HIDDEN, contents[100:200])
    for name, some in (("Prints", contents[200:400]), ("Calendar", contents[400:])):
        library.collections.create(name, some)


def _in_batches(shots: Iterator[Shot]) -> Iterator[list[Shot]]:
    batch: list[Shot] = []
    for shot in shots:
        batch.append(shot)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _encoded(picture: Image.Image, kind: str, **options: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()
