"""Labelled photos, read and looked at before anything is learned from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.ranking import unit
from engine.jobs import Job
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer.data.groups import near_duplicate_groups
from trainer.data.hygiene import LabelProblem, examine
from trainer.data.labels import LabelledSet, load_labels
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
    def whole(self) -> NDArray[np.float32]:
        """The base's embeddings of the whole photos, of length 1, [photos, dim]."""
        return unit(self.seen.views[:, 0])


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
