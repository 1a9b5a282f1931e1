"""What the window hands to a training, and what it is told of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gui.translation import later

LINEAR, FROZEN, THOROUGH = "linear", "frozen", "thorough"
"""Recipes as the trainer calls them."""
KEY_METRIC = "precision@1"
# What trainers call what people ask of a model; each is a share of the photos.
METRICS = {
    KEY_METRIC: later("Of 100 photos, the nearest one is of the same subject for {before} → {after}."),
    "precision@5": later("Of 100 photos that are among the five nearest, {before} → {after} are of the same subject."),
    "map@r": later("How surely all photos of a subject come before the others, of 100: {before} → {after}."),
}
IN_COMMON = "ndcg@10"
# The same where photos have several labels; only then is that one told.
METRICS_IN_COMMON = {
    KEY_METRIC: later("Of 100 photos, the nearest one has much in common for {before} → {after}."),
    "precision@5": later("Of 100 photos that are among the five nearest, {before} → {after} have much in common."),
    IN_COMMON: later("How surely photos with more in common come before the others, of 100: {before} → {after}."),
}
UNSEEN = later("The same for subjects that it has not learned: {before} → {after}.")
UNSEEN_IN_COMMON = later(
    "How surely photos with much in common come first, for labels that it has not learned, of 100: {before} → {after}."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be learned, and from what.

    Attributes:
        sources: folders, tables and lists of labelled photos.
        collections: ids of collections; each is a class.
        base: the model to start from and to beat.
        recipe: as the trainer calls it; LINEAR leaves the choice to the trainer where photos have several labels.
        name: of the new model.
        expert: the recipe and its options were chosen one by one.
        options: that are not usual, by name.
        photos: the folder of the photos that a ground truth among the sources names, if they are not beside it.
    """

    sources: tuple[Path, ...] = ()
    collections: tuple[str, ...] = ()
    base: str = ""
    recipe: str = LINEAR
    name: str = ""
    expert: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    photos: Path | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A photo that takes part."""

    path: Path
    label: str
    split: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that may be wrong with labels.

    Attributes:
        suggestion: the label that the photos probably should have; empty if that cannot be told.
    """

    message: str
    hint: str
    photos: tuple[Path, ...]
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found about the photos.

    Attributes:
        classes: photos by label.
        skipped: files that cannot take part, with the reason.
        labelled: rows of path, label and split, as they came; there may be very many.
        given: the labels of the photos that problems are about.
        several: photos have several labels each; none of these can be mended here.
    """

    classes: Mapping[str, int]
    problems: tuple[Problem, ...]
    skipped: tuple[tuple[str, str], ...]
    labelled: Sequence[Sequence[str]]
    given: Mapping[Path, str]
    several: bool = False

    def choices(self, problem: Problem) -> list[str]:
        """Labels that the photos of a problem may have been meant to have."""
        if problem.suggestion:
            return [problem.suggestion]
        labels = sorted({self.given[photo] for photo in problem.photos if photo in self.given})
        return labels if len(labels) > 1 else []

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Examined":
        """What the trainer told; raises KeyError, TypeError, ValueError or AttributeError if it makes no sense."""
        problems = tuple(
            Problem(str(one["message"]), str(one["hint"]), tuple(map(Path, one["photos"])), str(one["suggestion"]))
            for one in told["problems"]
        )
        asked = {str(photo) for problem in problems for photo in problem.photos}
        rows = list(told["labelled"])
        return cls(
            {str(label): int(photos) for label, photos in told["classes"].items()},
            problems,
            tuple((str(one["path"]), str(one["reason"])) for one in told["skipped"]),
            rows,
            {Path(path): label for path, label, _ in rows if path in asked},
            bool(told.get("several_labels")),
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of the photos, and the bounds in which it lies as good as certainly."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Found:
    """A photo that another one finds, and whether it belongs to that."""

    photo: Path
    alike: bool


@dataclass(frozen=True, slots=True)
class Example:
    """What a photo that was kept back finds, nearest first, with the model of before and with the new one."""

    query: Path
    before: tuple[Found, ...]
    after: tuple[Found, ...]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Example":
        """What the trainer told; raises KeyError, TypeError, ValueError or AttributeError if it makes no sense."""
        before, after = (
            tuple(Found(Path(one["path"]), bool(one["alike"])) for one in told[side]) for side in ("before", "after")
        )
        return cls(Path(told["query"]), before, after)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a training came to.

    Attributes:
        folder: of the run.
        model: the new model's folder in it.
        report: a page about it, or None.
        accepted: it is better, beyond chance.
        reasons: why it is not.
        before: figures of the model that was to be beaten, by metric.
        after: figures of the new one.
        unseen: the figure for subjects or labels that were not learned, before and after; None if there are too few.
        seconds: all of it took; 0 if that is not known any more.
        examples: what some photos find, before and after.
    """

    folder: Path
    model: Path
    report: Path | None
    accepted: bool
    reasons: tuple[str, ...]
    before: Mapping[str, Figure]
    after: Mapping[str, Figure]
    unseen: tuple[float, float] | None
    seconds: float
    examples: tuple[Example, ...] = ()

    @property
    def metrics(self) -> Mapping[str, str]:
        """What is told of the figures, by metric."""
        return METRICS_IN_COMMON if IN_COMMON in self.before else METRICS

    @property
    def unseen_words(self) -> str:
        """What is told of the figure for what was not learned."""
        return UNSEEN_IN_COMMON if IN_COMMON in self.before else UNSEEN

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Verdict":
        """What the trainer told; raises KeyError, TypeError, ValueError or AttributeError if it makes no sense."""
        before, after = (_figures(told, side) for side in ("before", "after"))
        unseen = (told["unseen"]["before"], told["unseen"]["after"])
        return cls(
            Path(told["run"]),
            Path(told["folder"]),
            Path(told["report"]) if told.get("report") else None,
            bool(told["accepted"]),
            tuple(map(str, told["reasons"])),
            before,
            after,
            None if None in unseen else (float(unseen[0]), float(unseen[1])),
            float(sum(told["seconds"].values())),
            tuple(Example.read(one) for one in told.get("examples", ())),
        )

    @classmethod
    def kept(cls, run: Path, told: Mapping[str, Any]) -> "Verdict":
        """What a run has kept (`metrics.json`); raises as `read` does."""
        unseen = (told["unseen"]["before"], told["unseen"]["after"])
        report = run / "report.html"
        return cls(
            run,
            run / "model",
            report if report.exists() else None,
            bool(told["accepted"]),
            tuple(map(str, told["reasons"])),
            _kept_figures(told, "before"),
            _kept_figures(told, "after"),
            None if None in unseen else (float(unseen[0]), float(unseen[1])),
            0.0,
            tuple(Example.read(one) for one in told.get("examples", ())),
        )


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A training of which everything is still there.

    Attributes:
        when: it ended, in local time.
        plan: what was chosen, as far as the run tells.
        data: what was learned from, in the trainer's words.
        verdict: what it came to.
        installed: the model's name among the models; "" if it is not there.
    """

    when: datetime
    plan: Plan
    data: str
    verdict: Verdict
    installed: str = ""


def _kept_figures(told: Mapping[str, Any], side: str) -> dict[str, Figure]:
    return {str(name): Figure(float(one["value"]), *map(float, one["interval"])) for name, one in told[side].items()}


def _figures(told: Mapping[str, Any], side: str) -> dict[str, Figure]:
    intervals = told["intervals"][side]
    return {
        str(name): Figure(float(value), *map(float, intervals[name])) for name, value in told["metrics"][side].items()
    }
