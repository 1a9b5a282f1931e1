"""Labelled photos, read and looked at before anything is learned from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.degrees import Confidences, Degrees, confidence_matrix, label_weights
from engine.evaluation.metrics import Values
from engine.evaluation.ranking import unit
from engine.evaluation.relevance import Relevance, SameLabel
from engine.jobs import Job
from engine.models.registry import InstalledModel
from engine.records import Skipped
from engine.settings import Settings
from trainer.data.groups import near_duplicate_groups
from trainer.data.hygiene import LabelProblem, contradictions, examine, leaks
from trainer.data.labels import LabelledSet, kept_back, load_labels
from trainer.data.splits import Fold
from trainer.data.views import SeenPhotos, see_photos
from trainer.quality import quality, unseen_quality

Pairs = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said of pairs of photos in the window, by their content hashes.

    These are hints about labels, and no labels: "no match" tells what a photo is not, for one picture, and leaves open
    what it is. What belongs together, people say with collections.

    Attributes:
        rejected: pictures, and photos that are no match for them.
        apart: photos that are no copies of each other, however alike they look.
    """

    rejected: Pairs = ()
    apart: Pairs = ()


NOTHING_DECIDED = Decided()
CACHE = "seen"
"""Folder beside the runs, for what models made of photos."""


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

    @property
    def classes(self) -> NDArray[np.int64]:
        """The labels as numbers, in the order of their names, [photos]."""
        _, numbers = np.unique([entry.label for entry in self.labelled.entries], return_inverse=True)
        return numbers.astype(np.int64)

    @property
    def confidences(self) -> Confidences:
        """Of each label in the order of their names, float32 [photos, labels]."""
        entries = self.labelled.entries
        return confidence_matrix([entry.labels for entry in entries], list(self.labelled.classes))

    @property
    def label_weights(self) -> NDArray[np.float32]:
        """How much each label says about likeness, in the order of their names; 0 for those that do not count."""
        given = self.confidences
        return label_weights((given > 0).sum(axis=0), len(given))

    def relevance(
        self, asking: NDArray[np.int64], searched: NDArray[np.int64], weights: NDArray[np.float32] | None = None
    ) -> Relevance:
        """What photos at some places are meant to find at others; near-duplicates prove nothing and are left out.

        Args:
            asking: places of the photos that ask.
            searched: places of those that are searched; the ones that ask come first, in the same order.
            weights: of the labels, where photos have several; `label_weights` if None.
        """
        itself, groups = np.arange(len(asking)), (self.groups[asking], self.groups[searched])
        if self.labelled.has_several_labels:
            given = self.confidences
            counting = self.label_weights if weights is None else weights
            return Degrees(given[asking], given[searched], counting, itself, *groups)
        return SameLabel(self.classes[asking], self.classes[searched], itself, *groups)

    def unseen_quality(self, embeddings: NDArray[np.float32], fold: Fold) -> Values:
        """MAP@R of photos of which no class or label was learned from, among all photos; NaN if they have none to find.

        Where photos have several labels, only those count here that are on no photo of the fold's first part.

        Args:
            embeddings: of all photos, [photos, dim].
            fold: what was learned from, and what was kept back.
        """
        if not self.labelled.has_several_labels:
            return unseen_quality(embeddings, self.classes, self.groups, fold)
        known = (self.confidences[fold.train] > 0).any(axis=0)
        searched = np.concatenate([fold.held_out, fold.train])
        relevance = self.relevance(fold.held_out, searched, np.where(known, 0, self.label_weights))
        return quality(embeddings[fold.held_out], embeddings[searched], relevance)

    @property
    def whole(self) -> NDArray[np.float32]:
        """The base's embeddings of the whole photos, of length 1, [photos, dim]."""
        return unit(self.seen.views[:, 0])


def examine_photos(
    sources: Sequence[Path],
    base: InstalledModel,
    cache: Path,
    settings: Settings,
    job: Job,
    *,
    photos: Path | None = None,
    decided: Decided = NOTHING_DECIDED,
    check: Callable[[LabelledSet], object] = lambda _: None,
) -> Examination:
    """Read labelled photos, embed them, and look for what is wrong with the labels.

    Args:
        sources: see `load_labels`.
        base: the model that looks.
        cache: folder for what it saw; it may be deleted at any time.
        settings: workers and limits of the reading.
        job: told about progress; may cancel.
        photos: the folder of the photos that Oxford's ground truth names, if it is another than that.
        decided: what a person said of pairs of photos in the window.
        check: refuses labels before any photo is read, by raising an EngineError.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: there is nothing to learn from.
        ModelError, StorageFullError, Cancelled: see `see_photos`.
    """
    labelled = load_labels(sources, photos, job=job)
    check(labelled)
    seen = see_photos([entry.path for entry in labelled.entries], base, cache, settings, job)
    entries = tuple(labelled.entries[place] for place in seen.places)
    readable = replace(labelled, entries=entries, skipped=(*labelled.skipped, *seen.skipped))
    groups = near_duplicate_groups(seen.contents, seen.hashes, unit(seen.views[:, 0]), decided.apart)
    found = Examination(readable, seen, groups, ())
    found = _without_leaks(found)
    problems = (
        *leaks(found.labelled.entries, found.seen.contents),
        *examine(found.labelled.entries, found.whole, found.groups),
        *contradictions(found.labelled.entries, found.seen.contents, decided.rejected),
    )
    return replace(found, problems=problems)


def _without_leaks(found: Examination) -> Examination:
    """Learn nothing from what is nearly the same as a photo that is kept back.

    The very same file on both sides stays, where a person made the division: that is a mistake, and theirs to mend.
    """
    entries, seen = found.labelled.entries, found.seen
    tests = np.array([kept_back(entry) for entry in entries])
    leaking = ~tests & np.isin(found.groups, found.groups[tests])
    if not found.labelled.published:
        tested = {content for content, test in zip(seen.contents, tests, strict=True) if test}
        leaking &= np.array([content not in tested for content in seen.contents])
    if not leaking.any() or tests.all():
        return found
    stay = np.flatnonzero(~leaking)
    left_out = [
        Skipped(entries[place].path, "It is nearly the same as a photo that is kept back.")
        for place in np.flatnonzero(leaking)
    ]
    labelled = replace(
        found.labelled,
        entries=tuple(entries[place] for place in stay),
        skipped=(*found.labelled.skipped, *left_out),
    )
    rest = replace(
        seen,
        places=seen.places[stay],
        contents=tuple(seen.contents[place] for place in stay),
        hashes=seen.hashes[stay],
        views=seen.views[stay],
    )
    return Examination(labelled, rest, found.groups[stay], found.problems)
