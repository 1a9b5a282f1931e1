"""A model of a person's own: what their labelled photos teach, proved on photos kept back before it is used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError
from engine.evaluation.ranking import unit
from engine.imaging.decoding import decode
from engine.imaging.resizing import model_input
from engine.jobs import Job, Progress
from engine.models.manifest import Manifest
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer.data.groups import near_duplicate_groups
from trainer.data.hygiene import LabelProblem, examine
from trainer.data.labels import LabelledSet, kept_back, load_labels
from trainer.data.splits import FEWEST_PHOTOS, Fold, cross_validation, disjoint_classes, given_split
from trainer.data.views import SeenPhotos, see_photos
from trainer.heads import Head
from trainer.judging import Judgement, Learn, judge
from trainer.recipes import frozen, linear
from trainer.report_page import ReportPage
from trainer.run_folder import MODEL_FOLDER, write_json, write_personal_model, write_run, write_split
from trainer.storage import storing

RECIPES: dict[str, Learn] = {frozen.RECIPE: frozen.learn, linear.RECIPE: linear.learn}
REPORT = "report.html"
GATE_PICTURES = 64
_NAMED = 10
"""Classes that a model's card names."""
CACHE = "seen"
"""Folder beside the runs, for what models made of photos."""


@dataclass(frozen=True, slots=True)
class PersonalConfig:
    """How to learn.

    Attributes:
        recipe: a key of `RECIPES`.
        name: of the new model.
        seed: the same seed gives the same model.
        settings: workers and limits of the reading.
    """

    recipe: str
    name: str
    seed: int
    settings: Settings


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found about the photos before anything was learned.

    Attributes:
        labelled: the photos that can be read, and the files that cannot take part.
        seen: what the base makes of those photos.
        groups: of near-duplicates, [photos].
        problems: what a person may want to mend.
    """

    labelled: LabelledSet
    seen: SeenPhotos
    groups: NDArray[np.int64]
    problems: tuple[LabelProblem, ...]


@dataclass(frozen=True, slots=True)
class PersonalRun:
    """A finished training.

    Attributes:
        folder: of the run, with everything about it.
        model: the new model's folder in it; it is not installed.
        seconds: by part of the work.
    """

    folder: Path
    model: Path
    examination: Examination
    judgement: Judgement
    seconds: dict[str, float]

    @property
    def report(self) -> Path:
        """A page for people, to be opened in a browser."""
        return self.folder / REPORT

    @property
    def accepted(self) -> bool:
        """Whether the new model is better beyond chance, and no worse for subjects it has not learned."""
        return not self.judgement.problems


def examine_photos(
    sources: Sequence[Path], base: InstalledModel, cache: Path, settings: Settings, job: Job
) -> Examination:
    """Read labelled photos, embed them, and look for what is wrong with the labels.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: there is nothing to learn from.
        ModelError, StorageFullError, Cancelled: see `see_photos`.
    """
    labelled = load_labels(sources)
    seen = see_photos([entry.path for entry in labelled.entries], base, cache, settings, job)
    readable = LabelledSet(tuple(labelled.entries[place] for place in seen.places), (*labelled.skipped, *seen.skipped))
    whole = unit(seen.views[:, 0])
    groups = near_duplicate_groups(seen.contents, seen.hashes, whole)
    return Examination(readable, seen, groups, tuple(examine(readable.entries, whole, groups)))


def train(
    sources: Sequence[Path],
    base: InstalledModel,
    runs: Path,
    config: PersonalConfig,
    job: Job,
    tell: Callable[[Examination], None] = lambda _: None,
) -> PersonalRun:
    """Learn from labelled photos on top of a model, and judge what was learned.

    Args:
        sources: labelled photos: see `load_labels`.
        base: the model to start from, and to beat.
        runs: folder for the runs of the library.
        config: how.
        job: told about progress; may cancel.
        tell: told of the photos before anything is learned from them.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: there is too little to learn from.
        ModelError: the base fails, or the new model differs from what was learned.
        StorageFullError: the disk is full.
        Cancelled: the caller asked to stop; what was read is kept, so that the next run is quick.
    """
    started = perf_counter()
    found = examine_photos(sources, base, runs / CACHE, config.settings, job)
    tell(found)
    looked = perf_counter()
    _, classes = np.unique([entry.label for entry in found.labelled.entries], return_inverse=True)
    learn, views = RECIPES[config.recipe], found.seen.views
    folds = _folds(found, classes, config.seed)
    judgement = judge(
        views, classes, found.groups, folds, disjoint_classes(classes, config.seed), learn, config.seed, job
    )
    judged = perf_counter()
    job.step(Progress("learning from all photos", 0, 1))
    chosen = _learned_from(found)
    head = learn(views[chosen], classes[chosen], found.groups[chosen], config.seed)
    learned = perf_counter()
    seconds = {"reading": looked - started, "judging": judged - looked, "learning": learned - judged}
    folder = write_run(runs, partial(_write, found, judgement, head, base, config))
    model = folder / MODEL_FOLDER
    return PersonalRun(folder, model, found, judgement, {name: round(value, 3) for name, value in seconds.items()})


def _folds(found: Examination, classes: NDArray[np.int64], seed: int) -> list[Fold]:
    entries = found.labelled.entries
    is_kept_back = np.array([kept_back(entry) for entry in entries])
    if is_kept_back.any() and not is_kept_back.all():
        return given_split(is_kept_back, found.groups, [entry.path.name for entry in entries])
    folds = cross_validation(classes, found.groups, seed)
    if not folds:
        raise BadRequestError(
            f"Fewer than two classes have at least {FEWEST_PHOTOS} different photos, so nothing can be learned and"
            " proved.",
            "Add photos to the classes.",
        )
    return folds


def _learned_from(found: Examination) -> NDArray[np.int64]:
    """All photos; what a person keeps back for tests stays out of the model for ever."""
    entries = found.labelled.entries
    chosen = np.array([place for place, entry in enumerate(entries) if not kept_back(entry)], dtype=np.int64)
    return chosen if len(chosen) else np.arange(len(entries))


def _write(
    found: Examination, judgement: Judgement, head: Head, base: InstalledModel, config: PersonalConfig, folder: Path
) -> None:
    """Everything about a run, its model and its report."""
    data, date = _described(found), f"{datetime.now(UTC):%Y-%m-%d}"
    training = {
        "recipe": config.recipe,
        "base": base.manifest.name,
        "data": data,
        "date": date,
        "seed": config.seed,
        "metrics": {name: round(figure.value, 6) for name, figure in judgement.after.items()},
    }
    write_personal_model(folder / MODEL_FOLDER, base, head, config.name, training, _pictures(found, base.manifest))
    write_split(folder / "split.csv", found.labelled.entries, found.groups)
    write_json(folder / "metrics.json", training | judgement.document())
    with storing(folder):
        np.save(folder / "embeddings.npy", head(unit(found.seen.views[:, 0])))
    facts = (
        ("learned from", data),
        ("on top of", base.manifest.name),
        ("recipe", config.recipe),
        ("date", date),
        ("judged by", f"{len({query.place for query in judgement.queries}):,} photos, none of which it had seen"),
    )
    ReportPage(found.labelled.entries, judgement, found.problems, facts).write(folder / REPORT)


def _described(found: Examination) -> str:
    classes = found.labelled.classes
    names = ", ".join(list(classes)[:_NAMED]) + (", …" if len(classes) > _NAMED else "")
    return f"{len(found.labelled.entries):,} photos of {len(classes):,} classes: {names}"


def _pictures(found: Examination, manifest: Manifest) -> NDArray[np.uint8]:
    """Some of the photos as the model wants them, to prove the new model with."""
    size = (manifest.input.height, manifest.input.width)
    entries = found.labelled.entries
    chosen = np.linspace(0, len(entries) - 1, min(GATE_PICTURES, len(entries))).round().astype(int)
    decoded = [
        decode(entries[place].path, short_side=manifest.decoded_side).image for place in dict.fromkeys(chosen.tolist())
    ]
    return np.stack(
        [model_input(image, size, manifest.resize, manifest.interpolation, manifest.share) for image in decoded]
    )
