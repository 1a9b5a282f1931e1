"""Small pictures of ten kinds, learned from random weights: a published recipe and ours, for the same minutes.

The published one (github.com/Arencius/Image-retrieval) trains an SE-ResNet of 19 million weights and changes every
picture in one of four ways; ours trains a small network with a whitened stem on pictures that are mirrored, moved and
partly covered. Both see the same files for the same time of the processor, or of the graphics card where they learn on
one, which includes neither reading nor measuring, on a schedule that ends with it. Told are the accuracy on the test
pictures, which decide nothing, and what each of them finds when it searches the pictures that were learned from.

The figures mean something for real pictures; generated ones only show that it runs.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as `lookalike train` does

from benchmarks.material import report, write_patterns
from engine.evaluation.measuring import Classes, measure
from engine.evaluation.ranking import unit
from engine.evaluation.relevance import NOBODY, SameLabel
from engine.jobs import Job
from trainer.augment import as_pictures
from trainer.backbones.convolutional import whiten_stem
from trainer.backbones.embedding import EmbeddingNet
from trainer.batches import chance
from trainer.checkpoints import Checkpoints
from trainer.devices import choose_device, proved_precision
from trainer.losses.classes import ClassificationLoss
from trainer.small_pictures import fast_augmented, small_augmented
from trainer.statistics import refresh_statistics
from trainer.training import Training, TrainingPlan

SIDE = 32
SMOOTHING = 0.2
"""Of the published recipe; ours takes the same, so that the networks and the pictures are what is compared."""
TOLD = ("precision@1", "precision@5", "map@r", "knn_accuracy")
_PROBES = {"cpu": 3, "cuda": 30}
"""Steps by which the speed is told; the first of them is not counted."""
_CHUNK = 250
_STEM_PICTURES = 2000

Numbers = NDArray[np.int64]
Change = Callable[[Tensor, Tensor, int, torch.Generator], Tensor]
"""From pictures, their places, the epoch and chance."""


@dataclass(frozen=True, slots=True)
class SmallPictures:
    """Pictures uint8 RGB [N, 32, 32, 3] and their classes [N]."""

    pixels: NDArray[np.uint8]
    classes: Numbers

    def some(self, places: Tensor) -> Tensor:
        """[places, 3, 32, 32] in 0..1."""
        return as_pictures(torch.from_numpy(self.pixels[places.numpy()]), SIDE)


@dataclass(frozen=True, slots=True)
class SmallRecipe:
    """How a network learns.

    Attributes:
        backbone: which one.
        batch: pictures of a step.
        change: what is done to them.
        plan: how fast, for so many steps.
    """

    backbone: str
    batch: int
    change: Change
    plan: Callable[[int], TrainingPlan]


RECIPES = {
    "published": SmallRecipe(
        "se_resnet",
        192,
        lambda pictures, places, epoch, generator: small_augmented(pictures, generator, share=1),
        # Its 20 of 300 epochs of rising rates become the same share of the steps there is time for.
        lambda steps: TrainingPlan(steps, 0.02, 0.0, warm_up=20 / 300, average_decay=0.0, momentum=0.9),
    ),
    "ours": SmallRecipe(
        "se_fast", 128, fast_augmented, lambda steps: TrainingPlan(steps, 3e-3, 0.05, warm_up=0.15, average_decay=0.95)
    ),
}


class Classifier(nn.Module):
    """A network and a layer of class scores on its pooled features, which are the embedding."""

    def __init__(self, backbone: str, classes: int) -> None:
        super().__init__()
        self.network = EmbeddingNet(1, backbone)
        self.loss = ClassificationLoss(self.network.head.in_features, classes, SMOOTHING)

    def forward(self, pictures: Tensor) -> Tensor:
        """Pooled features [N, pooled]."""
        pooled: Tensor = self.network(pictures)[1]
        return pooled


def read(folder: Path, each: int | None = None) -> SmallPictures:
    """The pictures of a folder with one folder per class, at most so many of each, the first by name."""
    pixels, classes = [], []
    for number, kind in enumerate(sorted(one for one in folder.iterdir() if one.is_dir())):
        for file in sorted(kind.iterdir())[:each]:
            with Image.open(file) as image:
                pixels.append(np.asarray(image.convert("RGB").resize((SIDE, SIDE))))
            classes.append(number)
    return SmallPictures(np.stack(pixels), np.array(classes))


def learn(
    recipe: SmallRecipe,
    given: SmallPictures,
    seconds: float,
    place: Path,
    device: torch.device,
    batch: int | None = None,
) -> tuple[Classifier, int, int]:
    """A network that has learned for about so many seconds, the steps, and the pictures of each."""
    size = min(batch or recipe.batch, len(given.classes))
    probes = _PROBES[device.type]
    probe = _training(recipe, given, probes, place / "probe", device)
    taken: list[float] = []

    def timed(step: int) -> Tensor:
        taken.append(_clock(device))
        return _loss(probe, recipe, given, size, step)

    probe.training.run(timed, Job())
    each = (_clock(device) - taken[1]) / (probes - 1)
    steps = max(2, round(seconds / each))
    lesson = _training(recipe, given, steps, place / "training", device)
    model = lesson.training.run(lambda step: _loss(lesson, recipe, given, size, step), Job())
    last = (_shown(recipe, given, size, step, device)[0] for step in range(max(0, steps - 20), steps))
    refresh_statistics(model, last)
    return model, steps, size


def _clock(device: torch.device) -> float:
    """Seconds of the processor, or of the graphics card, which has to be waited for."""
    if device.type == "cpu":
        return process_time()
    torch.cuda.synchronize()
    return perf_counter()


@dataclass(frozen=True, slots=True)
class _Lesson:
    model: Classifier
    training: Training[Classifier]
    device: torch.device


def _training(recipe: SmallRecipe, given: SmallPictures, steps: int, place: Path, device: torch.device) -> _Lesson:
    torch.manual_seed(0)
    model = Classifier(recipe.backbone, int(given.classes.max()) + 1)
    some = torch.from_numpy(np.linspace(0, len(given.classes) - 1, min(_STEM_PICTURES, len(given.classes))).astype(int))
    whiten_stem(model.network.features, model.network.normalised(given.some(some)))
    plan = replace(recipe.plan(steps), precision=proved_precision(device))
    return _Lesson(model, Training(model, plan, Checkpoints(place, ""), device), device)


def _loss(lesson: _Lesson, recipe: SmallRecipe, given: SmallPictures, size: int, step: int) -> Tensor:
    pictures, classes = _shown(recipe, given, size, step, lesson.device)
    loss: Tensor = lesson.model.loss(lesson.model(pictures), classes)
    return loss


def _shown(
    recipe: SmallRecipe, given: SmallPictures, size: int, step: int, device: torch.device
) -> tuple[Tensor, Tensor]:
    """The pictures of a step, every epoch in another order."""
    epoch, position = divmod(step, max(1, len(given.classes) // size))
    order = torch.randperm(len(given.classes), generator=chance(0, "order", epoch))
    places = order[position * size : (position + 1) * size]
    pictures = recipe.change(given.some(places).to(device), places, epoch, chance(0, "changes", step))
    classes = torch.from_numpy(given.classes[places.numpy()]).to(device)
    return pictures.contiguous(memory_format=torch.channels_last), classes


@torch.no_grad()
def told(model: Classifier, learned: SmallPictures, test: SmallPictures) -> dict[str, float]:
    """The accuracy on test pictures, and what they find among those that were learned from."""
    device = model.loss.layer.weight.device
    features = [_features(model, one, device) for one in (test, learned)]
    scores = model.loss.scores(torch.from_numpy(features[0]).to(device)).argmax(dim=1).cpu().numpy()
    queries, gallery = map(unit, features)
    relevance = SameLabel(test.classes, learned.classes, np.full(len(test.classes), NOBODY))
    found = measure(queries, gallery, relevance, classes=Classes(test.classes, learned.classes))
    return {"accuracy": float((scores == test.classes).mean())} | {
        name: float(np.nanmean(found.values[name])) for name in TOLD
    }


def _features(model: Classifier, given: SmallPictures, device: torch.device) -> NDArray[np.float32]:
    chunks = torch.arange(len(given.classes)).split(_CHUNK)
    return np.concatenate([model(given.some(places).to(device)).cpu().numpy() for places in chunks])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="a folder with train/ and test/ (default: generated pictures)")
    parser.add_argument("--each", type=int, help="pictures of every class to learn from (default: all)")
    parser.add_argument("--test-each", type=int, help="pictures of every class to test with (default: all)")
    parser.add_argument("--batch", type=int, help="pictures of a step (default: the recipe's)")
    parser.add_argument(
        "--minutes", type=float, default=0.05, help="of the device to learn, for each recipe (default: 0.05)"
    )
    parser.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto", help="default: auto")
    wanted = parser.parse_args()
    device = choose_device(wanted.device)
    with tempfile.TemporaryDirectory() as place:
        folder = wanted.photos or _generated(Path(place) / "photos")
        learned, test = read(folder / "train", wanted.each), read(folder / "test", wanted.test_each)
        figures: dict[str, dict[str, float]] = {}
        for name, recipe in RECIPES.items():
            started = perf_counter()
            model, steps, size = learn(recipe, learned, 60 * wanted.minutes, Path(place) / name, device, wanted.batch)
            figures[name] = {
                "steps": steps,
                "epochs": steps * size / len(learned.classes),
                "seconds": perf_counter() - started,
            } | told(model, learned, test)
    report(
        f"small pictures: {len(learned.classes)} learned from, {len(test.classes)} tested, {wanted.minutes} minutes on"
        f" {device.type}",
        ratio=figures["ours"]["accuracy"] / max(figures["published"]["accuracy"], 1e-9),
        to_reach="above 1: the same minutes bring more",
        **figures,
    )


def _generated(folder: Path) -> Path:
    for part, count, first in (("train", 16, 0), ("test", 4, 50)):
        for number in range(3):
            write_patterns(folder / part / f"kind {number}", count, (SIDE, SIDE), first=100 * number + first)
    return folder


if __name__ == "__main__":
    main()
