"""A model of a person's own: what their labelled photos teach, proved on photos kept back before it is used."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

import numpy as np

from engine.errors import BadRequestError
from engine.jobs import Job, Progress
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer import parallel
from trainer.data.labels import LabelledSet
from trainer.division import check_labels, disjoint_folds, folds, learned_from
from trainer.examining import CACHE, NOTHING_DECIDED, Decided, Examination, examine_photos
from trainer.examples import examples
from trainer.judging import Judgement, judge
from trainer.learning import Assignment, Learned, Open
from trainer.learning_curve import LearningPoint, learning_curve
from trainer.recipes import NETWORK_RECIPES, frozen, labelsim, linear
from trainer.recipes.on_views import OnViews
from trainer.recording import Recorder, Tell, silent
from trainer.reports.curves import CURVES, LEARNING
from trainer.reports.findings import Findings
from trainer.rival import see_rival
from trainer.run_folder import MODEL_FOLDER, REPORT, SPLIT, WORKPLACE, write_json, write_run, write_split
from trainer.storage import storing, used_alone


def _network(recipe: str) -> Open:
    """A recipe that trains a network: torch takes seconds to load, which the others do without."""
    return lambda given: _module(recipe).begin(given)


def _module(recipe: str) -> ModuleType:
    return import_module(f"trainer.recipes.{recipe}")


RECIPES: dict[str, Open] = {
    frozen.RECIPE: partial(OnViews, frozen.learn),
    linear.RECIPE: partial(OnViews, linear.learn),
    **{name: partial(labelsim.LabelSimilarity, name) for name in labelsim.RECIPES},
    **{name: _network(name) for name in NETWORK_RECIPES},
}
LABEL_SIMILARITY = "labelsim"
FOR_SEVERAL_LABELS = (*labelsim.RECIPES, frozen.RECIPE)
"""Recipes that do not want one class of each photo."""
_NAMED = 10
"""Classes that a model's card names."""


@dataclass(frozen=True, slots=True)
class PersonalConfig:
    """How to learn.

    Attributes:
        recipe: a key of `RECIPES`; empty for what suits the labels.
        name: of the new model.
        seed: the same seed gives the same model.
        settings: workers and limits of the reading.
        photos: the folder of the photos that Oxford's ground truth names, if it is another than that.
        decided: what the person said of pairs of photos in the window.
        options: settings of the recipe that are to be other than usual, by name.
        rival: the model that answers now, if the training starts from another one.
    """

    recipe: str
    name: str
    seed: int
    settings: Settings
    photos: Path | None = None
    decided: Decided = NOTHING_DECIDED
    options: Mapping[str, Any] = field(default_factory=dict)
    rival: InstalledModel | None = None


@dataclass(frozen=True, slots=True)
class PersonalRun:
    """A finished training.

    Attributes:
        folder: of the run, with everything about it.
        model: the new model's folder in it; it is not installed.
        recipe: how it learned.
        backbone: the network that learned, if it was named.
        seconds: by part of the work.
        troubles: what went wrong while a network learned, and was mended.
    """

    folder: Path
    model: Path
    recipe: str
    backbone: str
    examination: Examination
    judgement: Judgement
    seconds: dict[str, float]
    troubles: tuple[str, ...] = ()

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
    watch: Tell = silent,
) -> PersonalRun:
    """Learn from labelled photos on top of a model, and judge what was learned.

    Args:
        sources: labelled photos: see `load_labels`.
        base: the model to start from, and to beat.
        runs: folder for the runs of the library.
        config: how.
        job: told about progress; may cancel.
        tell: told of the photos before anything is learned from them.
        watch: told how a network learns.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: there is too little to learn from.
        ModelError: the base fails, or the new model differs from what was learned.
        StorageFullError: the disk is full.
        Cancelled: the caller asked to stop; what was read is kept, and the same training goes on from there.
    """
    taught = _teach(sources, base, runs, config, job, tell, watch)
    folder = write_run(runs, partial(_write, taught, job))
    shutil.rmtree(taught.given.workplace, ignore_errors=True)
    return PersonalRun(
        folder,
        folder / MODEL_FOLDER,
        taught.config.recipe,
        str(taught.config.options.get("backbone", "")),
        taught.given.found,
        taught.judgement,
        {part: round(value, 3) for part, value in taught.seconds.items()},
        tuple(taught.given.recorder.troubles),
    )


def help_to_train(sources: Sequence[Path], base: InstalledModel, runs: Path, config: PersonalConfig, job: Job) -> None:
    """What a process does that `torchrun` started beside the first one: the same, but it tells and writes nothing."""
    _teach(sources, base, runs, config, job, lambda _: None, silent)


@dataclass(frozen=True, slots=True)
class _Taught:
    """A training before it is written: `config` names the recipe that was taken."""

    given: Assignment
    config: PersonalConfig
    judgement: Judgement
    points: tuple[LearningPoint, ...]
    learned: Learned
    seconds: dict[str, float]


def _teach(
    sources: Sequence[Path],
    base: InstalledModel,
    runs: Path,
    config: PersonalConfig,
    job: Job,
    tell: Callable[[Examination], None],
    watch: Tell,
) -> _Taught:
    check_choice(config.recipe, config.options, base)
    started = perf_counter()
    with parallel.first_alone():
        found = examine_photos(
            sources,
            base,
            runs / CACHE,
            config.settings,
            job,
            photos=config.photos,
            decided=config.decided,
            check=partial(_check_labels, wanted=config.recipe),
        )
    tell(found)
    with parallel.first_alone():
        rival = see_rival(config.rival, runs, found, runs / CACHE, config.settings, job) if config.rival else None
    looked = perf_counter()
    config = replace(config, recipe=recipe_for(found.labelled, config.recipe))
    given = _assignment(found, base, runs, config, watch)
    recipe = RECIPES[config.recipe](given)
    tests, others = (some[: recipe.tests] for some in (folds(found, config.seed), disjoint_folds(found, config.seed)))
    with used_alone(given.workplace) if parallel.is_first() else nullcontext():
        judgement = judge(found, tests, others, recipe, config.seed, job, rival)
        points = learning_curve(found, tests, judgement.queries, recipe, config.seed, job)
        judged = perf_counter()
        job.step(Progress("learning from all photos", 0, 1))
        learned = recipe.learn(learned_from(found), LEARNING, job)
    done = perf_counter()
    seconds = {"reading": looked - started, "judging": judged - looked, "learning": done - judged}
    return _Taught(given, config, judgement, points, learned, seconds)


def _assignment(
    found: Examination, base: InstalledModel, runs: Path, config: PersonalConfig, watch: Tell
) -> Assignment:
    """What the recipe is given; its workplace belongs to these photos, labels, model and settings alone."""
    key = blake2b(digest_size=12)
    for content, entry in zip(found.seen.contents, found.labelled.entries, strict=True):
        key.update(content + f"{entry.labels}\0{entry.split}\0".encode())
    shaping = [config.recipe, config.seed, base.manifest.identity, sorted(config.options.items())]
    key.update(json.dumps(shaping, default=str).encode())
    workplace = runs / f"{WORKPLACE}{key.hexdigest()}"
    recorder = Recorder(watch)
    return Assignment(found, base, config.seed, config.options, config.settings, runs / CACHE, workplace, recorder)


def check_choice(recipe: str, options: Mapping[str, Any], base: InstalledModel) -> None:
    """Refuse a recipe's settings that cannot be, before any photo is read.

    Args:
        recipe: a key of `RECIPES`; empty for what suits the labels.
        options: settings that are to be other than usual, by name.
        base: the model to start from.

    Raises:
        NotFoundError: the base came without weights, or there is no such file of weights.
        BadRequestError: a setting does not exist or cannot be so; there is no such network or device.
        ModelError: weights are damaged or of another network.
    """
    if recipe in NETWORK_RECIPES:
        _module(recipe).begin.check(options, base)


def _check_labels(labelled: LabelledSet, wanted: str) -> None:
    recipe_for(labelled, wanted)
    check_labels(labelled)


def recipe_for(labelled: LabelledSet, wanted: str) -> str:
    """The recipe that is wanted, or else what suits the labels; raises BadRequestError if it cannot use these."""
    several = labelled.has_several_labels
    if not wanted:
        return LABEL_SIMILARITY if several else linear.RECIPE
    if several and wanted not in FOR_SEVERAL_LABELS:
        raise BadRequestError(
            f"The photos have several labels each, and the recipe {wanted} wants one class of each photo.",
            f"Use the recipe {LABEL_SIMILARITY} (in the window the quick one), or give every photo one class.",
        )
    return wanted


def _write(taught: _Taught, job: Job, folder: Path) -> None:
    """Everything about a run, its model and its report."""
    from trainer.reports.writing import write_report  # loads matplotlib, which only the report needs

    given, config, judgement = taught.given, taught.config, taught.judgement
    found = given.found
    training = _card(taught)
    taught.learned.write(folder / MODEL_FOLDER, config.name, training)
    write_split(folder / SPLIT, found.labelled.entries, found.groups, found.seen.contents)
    told: dict[str, Any] = {
        "learning_curve": [asdict(point) for point in taught.points],
        "examples": examples(found.labelled.entries, judgement.queries),
    }
    if given.recorder.parts:
        given.recorder.write(folder / CURVES)
        told |= {"best_step": given.recorder.best_steps.get(LEARNING), "troubles": given.recorder.troubles}
    write_json(folder / "metrics.json", training | judgement.document() | told)
    embeddings = taught.learned.embeddings()
    with storing(folder):
        np.save(folder / "embeddings.npy", embeddings)
    settings = ", ".join(f"{name} = {value}" for name, value in training["settings"].items())
    facts = (
        ("learned from", training["data"]),
        ("on top of", training["backbone"] or training["base"]),
        ("recipe", f"{config.recipe} ({settings})" if settings else config.recipe),
        ("date", training["date"]),
        ("judged by", f"{len({query.place for query in judgement.queries}):,} photos, none of which it had seen"),
    )
    write_report(
        folder, Findings(found.labelled.entries, judgement, found.problems, facts, taught.points), embeddings, job
    )


def _card(taught: _Taught) -> dict[str, Any]:
    """What a model tells of its training."""
    config = taught.config
    settings = {name: value for name, value in sorted(config.options.items()) if name != "device"}
    if "weights" in settings:
        settings["weights"] = Path(settings["weights"]).name  # not where a person keeps it
    return {
        "recipe": config.recipe,
        "backbone": settings.pop("backbone", ""),
        "base": taught.given.base.manifest.name,
        "settings": settings,
        "data": _described(taught.given.found),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "seed": config.seed,
        "metrics": {name: round(figure.value, 6) for name, figure in taught.judgement.after.items()},
    }


def _described(found: Examination) -> str:
    classes = found.labelled.classes
    names = ", ".join(list(classes)[:_NAMED]) + (", …" if len(classes) > _NAMED else "")
    of = f"with {len(classes):,} labels" if found.labelled.has_several_labels else f"of {len(classes):,} classes"
    return f"{len(found.labelled.entries):,} photos {of}: {names}"
