"""What queries find in a gallery, told as Ctushar721/img-to-img-retrieval tells it, and as it should be told.

Of every class ten photos ask, half of the others are searched, and the other half are learned from, so that nothing
that is searched was learned. The published mAP@k leaves out queries without a hit and divides by the hits found: any
embedding reaches 1 at k = 1, a random one among them. Its mean rank is that of whichever relevant photo the list names
first. Ours divides by what is within reach, and a query without a hit is 0.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as `lookalike train` does

from benchmarks.copies import model_named
from benchmarks.material import report, write_patterns
from cli.grammar import setting
from engine.evaluation.folders import folder_per_class
from engine.evaluation.measuring import Classes, measure
from engine.evaluation.ranking import Embeddings
from engine.evaluation.relevance import NOBODY, SameLabel
from engine.jobs import Job
from engine.settings import Settings
from trainer.examining import examine_photos
from trainer.learning import Assignment
from trainer.personal import RECIPES

QUERIES = 10
"""Of a class."""
EACH = 80
"""Photos of a class, at most."""
CUTOFFS = (1, 10, 50)
OURS = ("precision@1", *(f"map@{k}" for k in CUTOFFS), "map@r", "mean_first_rank", "knn_accuracy")
THEIRS = (*(f"map@{k}/hits-only" for k in CUTOFFS), "first_listed_rank")
DRAWS = 20
"""Random embeddings that are told of as one."""
_DIM = 64
Numbers = NDArray[np.int64]


def write_table(folders: Sequence[Path], each: int, file: Path) -> None:
    """So many photos of every class, spread over it, as a table that `lookalike train` reads."""
    by_class: dict[str, list[Path]] = {}
    for folder in folders:
        for entry in folder_per_class(folder)[0]:
            by_class.setdefault(entry.label, []).append(entry.path)
    lines = [
        f'"{photos[place]}","{label}"'
        for label, photos in by_class.items()
        for place in np.linspace(0, len(photos) - 1, min(each, len(photos))).astype(int)
    ]
    file.write_text("\n".join(["path,label", *lines]), encoding="utf-8")


def parts(classes: Numbers, groups: Numbers, seed: int) -> tuple[Numbers, Numbers, Numbers]:
    """Places of queries, gallery and what is learned from; near-duplicates of each other are in one part."""
    chance = np.random.default_rng(seed)
    found: tuple[list[Numbers], list[Numbers], list[Numbers]] = ([], [], [])
    for one in np.unique(classes):
        names = chance.permutation(np.unique(groups[classes == one]))
        asking, rest = names[:QUERIES], names[QUERIES:]
        for part, some in zip(found, (asking, *np.array_split(rest, 2)), strict=True):
            part.append(np.flatnonzero((classes == one) & np.isin(groups, some)))
    asking_, searched, learned = (np.concatenate(part) for part in found)
    return asking_, searched, learned


def told(queries: Embeddings, gallery: Embeddings, asked: Numbers, searched: Numbers) -> dict[str, dict[str, float]]:
    """Both ways to tell it; means over the queries, theirs over those that have a hit."""
    relevance = SameLabel(asked, searched, np.full(len(asked), NOBODY))
    found = measure(queries, gallery, relevance, classes=Classes(asked, searched), cutoffs=CUTOFFS)
    return {
        way: {name: round(float(np.nanmean(found.values[name])), 4) for name in names}
        for way, names in (("ours", OURS), ("theirs", THEIRS))
    }


def by_chance(asked: Numbers, searched: Numbers) -> dict[str, dict[str, float]]:
    """The means of some random embeddings."""
    chance = np.random.default_rng(0)
    rows = []
    for _ in range(DRAWS):
        queries, gallery = (chance.normal(size=(len(one), _DIM)).astype(np.float32) for one in (asked, searched))
        rows.append(told(queries, gallery, asked, searched))
    return {
        way: {name: round(float(np.mean([row[way][name] for row in rows])), 4) for name in rows[0][way]}
        for way in rows[0]
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, action="append", help="a folder of classes (default: generated photos)")
    parser.add_argument("--model", help="name, model folder or .onnx file (default: the bundled model)")
    parser.add_argument("--recipe", choices=list(RECIPES), default="linear")
    parser.add_argument("--set", type=setting, action="append", default=[], metavar="NAME=VALUE", help="of the recipe")
    parser.add_argument("--each", type=int, default=EACH, help="photos of every class, at most")
    parser.add_argument("--cache", type=Path, help="folder for what the model saw (default: none is kept)")
    wanted = parser.parse_args()
    model = model_named(wanted.model)
    with tempfile.TemporaryDirectory() as place:
        write_table(wanted.photos or [_generated(Path(place) / "photos")], wanted.each, Path(place) / "labels.csv")
        cache = wanted.cache or Path(place) / "seen"
        found = examine_photos([Path(place) / "labels.csv"], model, cache, Settings(), Job())
        asking, searched, learned = parts(found.classes, found.groups, 0)
        started = perf_counter()
        given = Assignment(found, model, 0, dict(wanted.set), cache=cache, workplace=Path(place) / "training")
        after = RECIPES[wanted.recipe](given).learn(learned, "learning", Job()).embeddings()
        seconds = perf_counter() - started
    asked, gallery = found.classes[asking], found.classes[searched]
    figures = {"random": by_chance(asked, gallery)} | {
        name: told(vectors[asking], vectors[searched], asked, gallery)
        for name, vectors in (("before", found.whole), (wanted.recipe, after))
    }
    report(
        f"{len(asking)} queries of {len(np.unique(asked))} classes in {len(searched)} photos",
        ratio=figures[wanted.recipe]["ours"]["map@10"] / figures["before"]["ours"]["map@10"],
        to_reach="random: ours at 1 the share of a class, theirs at 1 exactly 1",
        model=model.manifest.name,
        recipe=wanted.recipe,
        share_of_a_class=float(np.mean([(gallery == one).mean() for one in asked])),
        learned_from=len(learned),
        seconds_of_learning=seconds,
        figures=figures,
    )


def _generated(folder: Path) -> Path:
    for number in range(3):
        write_patterns(folder / f"kind {number}", 24, (96, 72), first=30 * number)
    return folder


if __name__ == "__main__":
    main()
