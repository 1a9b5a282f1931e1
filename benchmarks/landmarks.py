"""Landmarks with good, fair and junk photos: Oxford's protocol and that of Marakuia/ImageRetrieval_Oxford5k, in small.

Some photos stand for landmarks. Parts of each, relit and turned a little, are its queries (with a box), its good photos
(large parts), its fair ones (smaller parts) and its junk (a corner); all other photos are in the way. Told are Oxford's
mAP with the junk left out, what it would be if junk counted as wrong, and how often queries find each other first, as
the published program counts. A layer learned from good and fair photos is judged by the queries, which it never saw.

For Oxford5k itself: `lookalike evaluate gt_files --gallery oxbuild_images`, and `lookalike train` with the same words.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
from PIL import Image, ImageEnhance

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.copies import model_named
from benchmarks.material import report, write_photographs
from engine.evaluation.evaluate import evaluate
from engine.evaluation.folders import photos_below
from engine.evaluation.labelled import LabelledPhotos, load_labelled
from engine.imaging.decoding import decode
from engine.jobs import Job
from engine.models.checking import open_foreign
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer.personal import PersonalConfig, train

LANDMARKS = 11
QUERIES = 5
KINDS = {"query": (QUERIES, 0.8, 0.95), "good": (6, 0.7, 0.9), "ok": (4, 0.4, 0.6), "junk": (3, 0.1, 0.2)}
"""Pictures of each kind, and the smallest and largest share of a side that they show."""
TOLD = ("oxford_map", "query_precision@1", "query_precision@5", "query_precision@5/self")
_SIDE = 320


def write_landmarks(photos: Sequence[Path], folder: Path, landmarks: int) -> Path:
    """The pictures and their ground truth as JSON; returns that."""
    chance, truth = np.random.default_rng(0), {}
    for number, photo in enumerate(photos):
        picture = decode(photo, short_side=_SIDE).image
        picture.thumbnail((2 * _SIDE, 2 * _SIDE))
        if number >= landmarks:
            picture.save(folder / f"other-{number:03}.jpg", quality=92)
            continue
        names: dict[str, list[str]] = {}
        for kind, (count, least, most) in KINDS.items():
            for at in range(count):
                name = f"landmark-{number:02}-{kind}-{at}.jpg"
                _part(picture, float(chance.uniform(least, most)), chance).save(folder / name, quality=85)
                names.setdefault(kind, []).append(name)
        boxes = {name: [8, 8, 200, 200] for name in names["query"][:1]}
        truth[f"landmark {number}"] = {**names, "good": names["good"] + names["query"], "box": boxes}
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder / "truth.json"


def _part(picture: Image.Image, share: float, chance: np.random.Generator) -> Image.Image:
    """A part of a picture, turned and relit a little."""
    width, height = (max(16, round(side * share)) for side in picture.size)
    left, top = chance.integers(0, picture.width - width + 1), chance.integers(0, picture.height - height + 1)
    part = picture.crop((int(left), int(top), int(left) + width, int(top) + height))
    turned = part.rotate(float(chance.uniform(-8, 8)), Image.Resampling.BICUBIC)
    return ImageEnhance.Brightness(turned).enhance(float(chance.uniform(0.7, 1.3)))


def measured(labelled: LabelledPhotos, models: Sequence[InstalledModel]) -> list[dict[str, float]]:
    """What is told of each model."""
    figures = evaluate(labelled, models, Settings()).models
    return [{name: round(one.metrics[name], 4) for name in TOLD} for one in figures]


def with_junk(labelled: LabelledPhotos) -> LabelledPhotos:
    """The same, with junk as wrong as any other photo."""
    truths = [
        replace(truth, setups=tuple(replace(setup, ignored=frozenset()) for setup in truth.setups))
        for truth in labelled.truths
    ]
    return replace(labelled, truths=tuple(truths))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="a folder of different photos (default: generated photos)")
    parser.add_argument("--model", help="name, model folder or .onnx file (default: the bundled model)")
    wanted = parser.parse_args()
    model = model_named(wanted.model)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        photos = photos_below(wanted.photos) if wanted.photos else write_photographs(place / "photos", 24, (320, 240))
        (place / "pictures").mkdir()
        truth = write_landmarks(photos, place / "pictures", min(LANDMARKS, len(photos) // 2))
        labelled = load_labelled(truth)
        started = perf_counter()
        run = train([truth], model, place / "runs", PersonalConfig("linear", "landmarks", 0, Settings()), Job())
        seconds = perf_counter() - started
        before, after = measured(labelled, [model, open_foreign(run.model)])
        (strict,) = measured(with_junk(labelled), [model])
    report(
        f"{len(labelled.queries)} queries of landmarks in {len(labelled.gallery)} photos",
        ratio=after["oxford_map"] / before["oxford_map"],
        to_reach="queries find each other first: 0.95",
        model=model.manifest.name,
        before=before,
        with_junk_as_wrong=strict["oxford_map"],
        after=after,
        left_out_as_copies=len(run.examination.labelled.skipped),
        seconds_of_training=seconds,
    )


if __name__ == "__main__":
    main()
