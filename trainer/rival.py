"""The model that answers now, where a training starts from another one: it has to be beaten too.

It has mostly learned some of the same photos, and knows those by heart. Only photos that it has not learned say which
of the two is better: which ones these are, the run says that it comes from.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.evaluation.metrics import Values
from engine.evaluation.ranking import unit
from engine.evaluation.statistics import class_means
from engine.jobs import Job
from engine.models.manifest import load_manifest
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer.data.views import see_photos
from trainer.examining import Examination
from trainer.quality import quality
from trainer.run_folder import MODEL_FOLDER, SPLIT

FEWEST_PHOTOS = 30
"""That it has not learned, with others of their subject among them: what fewer say is mostly chance."""
Embeddings = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rival:
    """What the model that answers now makes of the photos.

    Attributes:
        name: of the model.
        embeddings: of the whole photos, of length 1, float32 [photos, dim].
        unlearned: whether neither the photo nor a near-duplicate was learned by it, bool [photos].
    """

    name: str
    embeddings: Embeddings
    unlearned: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Duel:
    """How what was learned fared against the model that answers now, on photos that neither has learned.

    Attributes:
        rival: name of that model.
        photos: that asked.
        before: MAP@R of that model.
        after: MAP@R of what was learned.
        standard_error: of the gain, photo by photo.
    """

    rival: str
    photos: int
    before: float
    after: float
    standard_error: float

    @property
    def won(self) -> bool:
        """Whether what was learned is better beyond chance."""
        return self.after - self.before > self.standard_error


@dataclass(frozen=True, slots=True)
class Round:
    """Places of the photos that asked in one fold, and the MAP@R of each by both models; NaN if there was none."""

    places: Numbers
    before: Values
    after: Values


def see_rival(
    model: InstalledModel, runs: Path, found: Examination, cache: Path, settings: Settings, job: Job
) -> Rival | None:
    """What a model makes of the photos; None if it is not known what it has learned, or it has learned nearly all.

    Raises:
        ModelError, StorageFullError, Cancelled: see `see_photos`.
    """
    learned = _learned(model, runs)
    if learned is None:
        return None
    known = np.array([content.hex() in learned for content in found.seen.contents])
    unlearned = ~np.isin(found.groups, found.groups[known])
    if unlearned.sum() < FEWEST_PHOTOS:
        return None
    seen = see_photos([entry.path for entry in found.labelled.entries], model, cache, settings, job, views=1)
    if seen.contents != found.seen.contents:  # photos have changed meanwhile: the two would not be of the same ones
        return None
    return Rival(model.manifest.name, unit(seen.views[:, 0]), unlearned)


def meet(rival: Rival, found: Examination, held_out: Numbers, after: Embeddings) -> Round:
    """One fold: photos kept back from the training that the rival has not learned either, and that search each other.

    Args:
        rival: the model that answers now.
        found: the photos.
        held_out: places of those that were kept back.
        after: embeddings of all photos by what was learned from the others, [photos, dim].
    """
    places = held_out[rival.unlearned[held_out]]
    relevance = found.relevance(places, places)
    before, now = (quality(some[places], some[places], relevance) for some in (rival.embeddings, after))
    return Round(places, before, now)


def duel(rival: Rival, rounds: Sequence[Round]) -> Duel | None:
    """All folds together; None if too few photos could be asked."""
    places, before, after = (
        np.concatenate([getattr(one, name) for one in rounds]) for name in ("places", "before", "after")
    )
    asked = ~np.isnan(before)
    photos, numbers = np.unique(places[asked], return_inverse=True)
    if len(photos) < FEWEST_PHOTOS:
        return None
    first, second = (class_means(values[asked], numbers, len(photos)) for values in (before, after))
    error = float((second - first).std(ddof=1) / np.sqrt(len(photos)))
    return Duel(rival.name, len(photos), float(first.mean()), float(second.mean()), error)


def _learned(model: InstalledModel, runs: Path) -> set[str] | None:
    """Content hashes of the photos that a model has learned of a person's own; None if its run is gone."""
    if not model.manifest.training.get("base"):  # no training of a person's has made it
        return set()
    for manifest in runs.glob(f"*/{MODEL_FOLDER}/manifest.json"):
        try:
            if load_manifest(manifest.parent).sha256 == model.manifest.sha256:
                with (manifest.parents[1] / SPLIT).open(encoding="utf-8", errors="surrogateescape", newline="") as rows:
                    return {row["content"] for row in csv.DictReader(rows)}
        except (ModelError, OSError, KeyError, csv.Error):  # an old run, or a damaged one
            continue
    return None
