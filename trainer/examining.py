"""Labelled photos, read and looked at before anything is learned from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.degrees import Confidences, Degrees, confidence_matrix, label_weights
from engine.evaluation.ranking import unit
from engine.evaluation.relevance import Relevance, SameLabel
from engine.jobs import Job
from engine.models.registry import InstalledModel
from engine.records import Skipped
from engine.settings import Settings
from trainer.data.groups import near_duplicate_groups
from trainer.data.hygiene import LabelProblem, contradictions, examine
from trainer.data.labels import LabelledSet, kept_back, load_labels
from trainer.data.views import SeenPhotos, see_photos

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

    def relevance(self, asking: NDArray[np.int64], searched: NDArray[np.int64]) -> Relevance:
        """What photos at some places are meant to find at others; near-duplicates prove nothing and are left out.

        Args:
            asking: places of the photos that ask.
            searched: places of those that are searched; the ones that ask come first, in the same order.
        """
        itself, groups = np.arange(len(asking)), (self.groups[asking], self.groups[searched])
        if self.labelled.has_several_labels:
            given = self.confidences
            weights = label_weights((given > 0).sum(axis=0), len(given))
            return Degrees(given[asking], given[searched], weights, itself, *groups)
        return SameLabel(self.classes[asking], self.classes[searched], itself, *groups)

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
    rejected: Iterable[tuple[bytes, bytes]] = (),
) -> Examination:
    """Read labelled photos, embed them, and look for what is wrong with the labels.

    Args:
        sources: see `load_labels`.
        base: the model that looks.
        cache: folder for what it saw; it may be deleted at any time.
        settings: workers and limits of the reading.
        job: told about progress; may cancel.
        photos: the folder of the photos that Oxford's ground truth names, if it is another than that.
        rejected: content hashes of pictures and of photos that a person said are no match for them.

    Raises:
        NotFoundError: a source does not exist.
        BadRequestError: there is nothing to learn from.
        ModelError, StorageFullError, Cancelled: see `see_photos`.
    """
    labelled = load_labels(sources, photos, job=job)
    seen = see_photos([entry.path for entry in labelled.entries], base, cache, settings, job)
    entries = tuple(labelled.entries[place] for place in seen.places)
    readable = replace(labelled, entries=entries, skipped=(*labelled.skipped, *seen.skipped))
    groups = near_duplicate_groups(seen.contents, seen.hashes, unit(seen.views[:, 0]))
    found = Examination(readable, seen, groups, ())
    if labelled.published:
        found = _without_leaks(found)
    problems = (
        *examine(found.labelled.entries, found.whole, found.groups),
        *contradictions(found.labelled.entries, found.seen.contents, rejected),
    )
    return replace(found, problems=problems)


def _without_leaks(found: Examination) -> Examination:
    """Learn nothing from what is nearly the same as a photo that is kept back; published sets have some of that."""
    entries, seen = found.labelled.entries, found.seen
    tests = np.array([kept_back(entry) for entry in entries])
    leaks = ~tests & np.isin(found.groups, found.groups[tests])
    if not leaks.any():
        return found
    stay = np.flatnonzero(~leaks)
    left_out = [
        Skipped(entries[place].path, "It is nearly the same as a photo that is kept back.")
        for place in np.flatnonzero(leaks)
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
