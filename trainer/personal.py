"""A model of a person's own: what their labelled photos teach, proved on photos kept back before it is used."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from engine.errors import BadRequestError
from engine.jobs import Job, Progress
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer.data.labels import kept_back
from trainer.data.splits import FEWEST_PHOTOS, Fold, cross_validation, disjoint_classes, given_split
from trainer.examining import CACHE, Examination, examine_photos
from trainer.judging import Judgement, judge
from trainer.learning import Assignment, Learned, Open
from trainer.learning_curve import LearningPoint, learning_curve
from trainer.recipes import frozen, linear
from trainer.recipes.on_views import OnViews
from trainer.reports.findings import Findings
from trainer.reports.writing import REPORT, write_report
from trainer.run_folder import MODEL_FOLDER, write_json, write_run, write_split
from trainer.storage import storing

RECIPES: dict[str, Open] = {
    frozen.RECIPE: partial(OnViews, frozen.learn),
    linear.RECIPE: partial(OnViews, linear.learn),
}
_NAMED = 10
"""Classes that a model's card names."""


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
    given = Assignment(found, base, config.seed)
    recipe = RECIPES[config.recipe](given)
    folds = _folds(found, config.seed)
    others = disjoint_classes(found.classes, config.seed)
    judgement = judge(found, folds[: recipe.tests], others[: recipe.tests], recipe, config.seed, job)
    points = learning_curve(found, folds, judgement.queries, recipe, config.seed, job)
    judged = perf_counter()
    job.step(Progress("learning from all photos", 0, 1))
    learned = recipe.learn(_learned_from(found), "learning", job)
    done = perf_counter()
    seconds = {"reading": looked - started, "judging": judged - looked, "learning": done - judged}
    folder = write_run(runs, partial(_write, given, judgement, points, learned, config, job))
    model = folder / MODEL_FOLDER
    return PersonalRun(folder, model, found, judgement, {name: round(value, 3) for name, value in seconds.items()})


def _folds(found: Examination, seed: int) -> list[Fold]:
    entries = found.labelled.entries
    is_kept_back = np.array([kept_back(entry) for entry in entries])
    if is_kept_back.any() and not is_kept_back.all():
        return given_split(is_kept_back, found.groups, [entry.path.name for entry in entries])
    folds = cross_validation(found.classes, found.groups, seed)
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
    given: Assignment,
    judgement: Judgement,
    points: tuple[LearningPoint, ...],
    learned: Learned,
    config: PersonalConfig,
    job: Job,
    folder: Path,
) -> None:
    """Everything about a run, its model and its report."""
    found, base = given.found, given.base.manifest.name
    data, date = _described(found), f"{datetime.now(UTC):%Y-%m-%d}"
    training = {
        "recipe": config.recipe,
        "base": base,
        "data": data,
        "date": date,
        "seed": config.seed,
        "metrics": {name: round(figure.value, 6) for name, figure in judgement.after.items()},
    }
    learned.write(folder / MODEL_FOLDER, config.name, training)
    write_split(folder / "split.csv", found.labelled.entries, found.groups)
    told = {"learning_curve": [asdict(point) for point in points]}
    write_json(folder / "metrics.json", training | judgement.document() | told)
    embeddings = learned.embeddings()
    with storing(folder):
        np.save(folder / "embeddings.npy", embeddings)
    facts = (
        ("learned from", data),
        ("on top of", base),
        ("recipe", config.recipe),
        ("date", date),
        ("judged by", f"{len({query.place for query in judgement.queries}):,} photos, none of which it had seen"),
    )
    write_report(folder, Findings(found.labelled.entries, judgement, found.problems, facts, points), embeddings, job)


def _described(found: Examination) -> str:
    classes = found.labelled.classes
    names = ", ".join(list(classes)[:_NAMED]) + (", …" if len(classes) > _NAMED else "")
    return f"{len(found.labelled.entries):,} photos of {len(classes):,} classes: {names}"
