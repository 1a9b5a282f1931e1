"""What a minute of learning brings: photos of a few classes, half of them learned from, the other half searched.

So many photos are drawn, with the share of every class as it is, and as many others, which are kept back; again and
again. The model that was there and the one that was learned search those that were kept back; every photo asks for the
others of its class. Also told is what a published experiment with flowers told
(sayakpaul/A-Barebones-Image-Retrieval-System): the semi-hard triplet loss with a margin of 1 in batches of 64.

The figures mean something for photos of a camera; generated ones only show that it runs.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedShuffleSplit

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as `lookalike train` does

from benchmarks.copies import model_named
from benchmarks.material import report, write_photographs
from cli.grammar import setting
from engine.evaluation.measuring import measure
from engine.evaluation.ranking import unit
from engine.evaluation.relevance import SameLabel
from engine.jobs import Job
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer.data.groups import near_duplicate_groups
from trainer.data.labels import LabelledSet, load_labels
from trainer.data.views import see_photos
from trainer.examining import Examination
from trainer.learning import Assignment
from trainer.personal import RECIPES

PHOTOS = 184
SPLITS = 10
TOLD = ("precision@1", "map@r", "recall@10")
SIZE = (160, 120)
"""Of generated photos."""
_BATCH = 64
Embeddings = NDArray[np.float32]
Numbers = NDArray[np.int64]
Options = Mapping[str, object]


def generated(folder: Path, each: int) -> Path:
    """Two classes that differ in nothing."""
    for number in range(2):
        write_photographs(folder / f"class {number}", each, SIZE, first=number * each)
    return folder


def triplet_loss(embeddings: Embeddings, classes: Numbers) -> float:
    """The published experiment's loss of photos that were kept back: the mean over batches of 64."""
    import torch

    from trainer.losses.pairs import TripletLoss

    loss = TripletLoss(margin=1.0)
    starts = range(0, len(embeddings), _BATCH)
    batches = [
        (torch.from_numpy(embeddings[at : at + _BATCH]), torch.from_numpy(classes[at : at + _BATCH])) for at in starts
    ]
    return float(np.mean([float(loss(given, labels)) for given, labels in batches]))


def quality(embeddings: Embeddings, classes: Numbers, groups: Numbers) -> dict[str, float]:
    """What photos that search each other reach."""
    found = measure(embeddings, embeddings, SameLabel(classes, classes, np.arange(len(classes)), groups, groups))
    return {name: float(found.values[name].mean()) for name in TOLD} | {
        "triplet_loss": triplet_loss(embeddings, classes)
    }


def splits(classes: Numbers, photos: int, often: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Photos to learn from, and as many others to measure with (one fewer of 184: 183, as published)."""
    kept_back = min(photos - 1, len(classes) - photos)
    yield from StratifiedShuffleSplit(often, train_size=photos, test_size=kept_back, random_state=0).split(
        classes, classes
    )


def learn(
    folder: Path, model: InstalledModel, recipe: str, options: Options, photos: int, often: int, cache: Path
) -> dict[str, object]:
    """Means and standard deviations over the splits, before and after."""
    entries = load_labels([folder]).entries
    _, classes = np.unique([entry.label for entry in entries], return_inverse=True)
    before, after, seconds, looking = [], [], [], 0.0
    for number, (train, test) in enumerate(splits(classes, photos, often)):
        chosen = np.concatenate([train, test])
        started = perf_counter()
        seen = see_photos([entries[place].path for place in chosen], model, cache, Settings(), Job())
        looking = looking or perf_counter() - started
        groups = near_duplicate_groups(seen.contents, seen.hashes, unit(seen.views[:, 0]))
        found = Examination(LabelledSet(tuple(entries[place] for place in chosen[seen.places])), seen, groups, ())
        first = seen.places < len(train)
        started = perf_counter()
        given = Assignment(found, model, number, options, cache=cache, workplace=cache / f"split {number}")
        learned = RECIPES[recipe](given).learn(np.flatnonzero(first), "learning", Job())
        seconds.append(perf_counter() - started)
        for told, embeddings in ((before, found.whole), (after, learned.embeddings())):
            told.append(quality(embeddings[~first], found.classes[~first], groups[~first]))
    return {
        "before": _told(before),
        "after": _told(after),
        "seconds_of_learning": round(float(np.median(seconds)), 2),
        "seconds_of_looking": round(looking, 2),
    }


def _told(rows: list[dict[str, float]]) -> dict[str, list[float]]:
    """Mean and standard deviation of every figure."""
    return {
        name: [round(float(np.mean(column)), 4), round(float(np.std(column)), 4)]
        for name in rows[0]
        if (column := [row[name] for row in rows])
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="a folder with one folder per class (default: generated photos)")
    parser.add_argument("--model", help="name, model folder or .onnx file (default: the bundled model)")
    parser.add_argument("--recipe", choices=list(RECIPES), default="linear")
    parser.add_argument("--set", type=setting, action="append", default=[], metavar="NAME=VALUE", help="of the recipe")
    parser.add_argument("--count", type=int, default=PHOTOS, help="photos to learn from")
    parser.add_argument("--splits", type=int, default=SPLITS)
    parser.add_argument(
        "--cache", type=Path, help="a folder for what was seen, which the next recipe need not see again"
    )
    wanted = parser.parse_args()
    model = model_named(wanted.model)
    with tempfile.TemporaryDirectory() as place:
        folder = wanted.photos or generated(Path(place) / "photos", wanted.count)
        cache = wanted.cache or Path(place) / "cache"
        figures = learn(folder, model, wanted.recipe, dict(wanted.set), wanted.count, wanted.splits, cache)
    (old, _), (new, _) = (figures[side]["precision@1"] for side in ("before", "after"))
    report(
        f"precision@1 after learning from {wanted.count} photos, {wanted.splits} splits",
        ratio=new / old,
        to_reach="5 points more, in under 60 s with looking and 10 s without",
        model=model.manifest.name,
        recipe=wanted.recipe,
        settings=dict(wanted.set),
        points=round(100 * (new - old), 2),
        **figures,
    )


if __name__ == "__main__":
    main()
