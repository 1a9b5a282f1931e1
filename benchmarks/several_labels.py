"""What learning from photos with several labels brings, each label with how sure it is.

The labels are generated for any photos: the folder as what is on them, families of colours with their shares as
confidences, light and shape. Photos that are kept back search those that were learned from, as in Remeus/simage, and
are judged by its score (60 of the gallery, a selection of 50 taken for granted), by its share of what is possible, and
by nDCG in degrees. Beside the recipes stand the model as it is, its layer with an output for every photo as published,
chance, what is common, and the labels themselves.
"""

import argparse
import colorsys
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.copies import model_named
from benchmarks.material import report, write_patterns
from engine.evaluation.degrees import Degrees
from engine.evaluation.folders import photos_below
from engine.evaluation.measuring import measure
from engine.evaluation.ranking import Embeddings, unit
from engine.imaging.decoding import decode
from engine.jobs import Job
from engine.settings import Settings
from trainer.data.splits import grouped_folds
from trainer.examining import Examination, examine_photos
from trainer.label_heads import neighbour_layer
from trainer.label_space import fit_label_space
from trainer.learning import Assignment
from trainer.recipes.labelsim import RECIPES, LabelSimilarity

EACH = 80
"""Photos of a folder, at most."""
FOUND = 60
"""Photos that a query selects, as published."""
TOLD = (f"score003@{FOUND}", f"score003@{FOUND}/best", f"ndcg@{FOUND}", "ndcg@10", "map@r")
FAMILIES = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink")
_SIDE = 48
_LEAST_SHARE = 0.12
Numbers = NDArray[np.int64]


def generated_labels(photo: Path) -> dict[str, float]:
    """What can be told of a photo from its folder and its pixels."""
    decoded = decode(photo, short_side=_SIDE)
    pixels = np.asarray(decoded.image.resize((_SIDE, _SIDE)), dtype=np.float32).reshape(-1, 3) / 255
    hues, saturations, values = np.array([colorsys.rgb_to_hsv(*pixel) for pixel in pixels]).T
    labels = {photo.parent.name: 0.9}
    colourful = (saturations > 0.25) & (values > 0.2)
    counted = np.bincount((hues[colourful] * len(FAMILIES)).astype(int) % len(FAMILIES), minlength=len(FAMILIES))
    shares = dict(zip((*FAMILIES, "grey"), (*counted / len(pixels), 1 - colourful.mean()), strict=True))
    labels |= {family: float(share) for family, share in shares.items() if share >= _LEAST_SHARE}
    light = float(values.mean())
    labels |= {"dark": 1 - light} if light < 0.45 else {"bright": light} if light > 0.6 else {}
    ratio = decoded.width / decoded.height
    labels["landscape" if ratio > 1.1 else "portrait" if ratio < 0.9 else "square"] = 1.0
    return labels


def write_list(photos: Sequence[Path], file: Path) -> None:
    """The photos with their labels, as `lookalike train` reads them."""
    lines = (
        ";".join([str(photo), *(f"{label}({confidence:.2f})" for label, confidence in generated_labels(photo).items())])
        for photo in photos
    )
    file.write_text("\n".join(lines), encoding="utf-8")


def chosen(folders: Sequence[Path], each: int) -> list[Path]:
    """So many photos of every folder that holds any, spread over it."""
    found = []
    for folder in folders:
        for place in [folder, *sorted(place for place in folder.iterdir() if place.is_dir())]:
            photos = [photo for photo in photos_below(place) if photo.parent == place]
            found += [photos[at] for at in np.linspace(0, len(photos) - 1, min(each, len(photos))).astype(int)]
    return found


def methods(found: Examination, given: Assignment, train: Numbers) -> Iterator[tuple[str, Embeddings, float]]:
    """Name, embeddings of all photos, and seconds of learning."""
    yield "frozen", found.whole, 0.0
    for name in RECIPES:
        started = perf_counter()
        embeddings = LabelSimilarity(name, given).learn(train, "", Job()).embeddings()
        yield name, embeddings, perf_counter() - started


def as_published(
    found: Examination, train: NDArray[np.int64], test: NDArray[np.int64]
) -> tuple[Embeddings, Embeddings]:
    """Queries and gallery whose products are the outputs of the published layer for every photo learned from."""
    confidences, views = found.confidences[train], found.seen.views[train]
    labels = fit_label_space(confidences).project(confidences)
    layer = neighbour_layer(unit(views.reshape(-1, views.shape[2])).reshape(views.shape), labels, 0, Job()).layer
    weight, bias = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    asking = np.concatenate([found.whole[test], np.ones((len(test), 1), np.float32)], axis=1)
    outputs = np.concatenate([weight, bias[:, None]], axis=1)
    # Cosines rank as products do if all of the gallery have one length: a dimension that no query has fills them up.
    lengths = np.linalg.norm(outputs, axis=1)
    filled = np.sqrt(np.maximum(lengths.max() ** 2 - lengths**2, 0))
    nothing = np.zeros((len(test), 1), np.float32)
    return np.concatenate([asking, nothing], axis=1), np.concatenate([outputs, filled[:, None]], axis=1)


def figures(queries: Embeddings, gallery: Embeddings, degrees: Degrees) -> dict[str, float]:
    """Means over the queries."""
    measured = measure(queries, gallery, degrees, degrees=degrees, cutoffs=(10, FOUND))
    return {name: round(float(measured.values[name].mean()), 4) for name in TOLD}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, action="append", help="a folder of folders (default: generated photos)")
    parser.add_argument("--model", help="name, model folder or .onnx file (default: the bundled model)")
    parser.add_argument("--each", type=int, default=EACH, help="photos of every folder, at most")
    parser.add_argument("--cache", type=Path, help="folder for what the model saw (default: none is kept)")
    wanted = parser.parse_args()
    model = model_named(wanted.model)
    with tempfile.TemporaryDirectory() as place:
        folders = wanted.photos or [_generated(Path(place) / "photos")]
        write_list(chosen(folders, wanted.each), Path(place) / "labels.txt")
        found = examine_photos(
            [Path(place) / "labels.txt"], model, wanted.cache or Path(place) / "seen", Settings(), Job()
        )
        given, fold = Assignment(found, model, 0), grouped_folds(found.groups, 3, 0)[0]
        degrees = found.relevance(fold.held_out, fold.train)
        assert isinstance(degrees, Degrees)
        told, seconds = {}, {}
        for name, embeddings, took in methods(found, given, fold.train):
            told[name] = figures(embeddings[fold.held_out], embeddings[fold.train], degrees)
            seconds[name] = round(took, 2)
        told["as published"] = figures(*as_published(found, fold.train, fold.held_out), degrees)
        told |= {name: figures(*pair, degrees) for name, pair in degrees.references(0).items()}
    key = TOLD[1]
    report(
        f"labels in common among the {FOUND} nearest of {len(fold.train)} photos, {len(fold.held_out)} queries",
        ratio=told["labelsim"][TOLD[0]] / told["frozen"][TOLD[0]],
        to_reach="0.6 of what is possible",
        model=model.manifest.name,
        labels=len(found.labelled.classes),
        share_of_possible=told["labelsim"][key],
        figures=told,
        seconds=seconds,
    )


def _generated(folder: Path) -> Path:
    for number in range(3):
        write_patterns(folder / f"kind {number}", 30, (96, 72), first=30 * number)
    return folder


if __name__ == "__main__":
    main()
