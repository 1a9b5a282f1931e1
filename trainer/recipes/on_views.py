"""Recipes that leave the base as it is: what its views say of some photos becomes a head behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from engine.evaluation.lists import Entry
from engine.imaging.decoding import decode
from engine.imaging.resizing import model_input
from engine.jobs import Job
from engine.models.manifest import Manifest
from engine.models.registry import InstalledModel
from trainer.examining import Examination
from trainer.heads import Head
from trainer.learning import Assignment, Numbers
from trainer.run_folder import write_personal_model

LearnHead = Callable[[NDArray[np.float32], Numbers, Numbers, int], Head]
"""From views float32 [photos, views, dim], classes [photos], groups of near-duplicates [photos] and a seed."""
GATE_PICTURES = 64


@dataclass(frozen=True, slots=True)
class OnViews:
    """A recipe of that kind.

    Attributes:
        learn_head: what it does with the views.
        given: the training.
    """

    learn_head: LearnHead
    given: Assignment
    tests: int | None = None

    def learn(self, places: Numbers, part: str, job: Job) -> "HeadOnBase":
        """See `trainer.learning.Recipe`; too quick to be worth a report."""
        found = self.given.found
        with threadpool_limits(1):  # threads that wait for one another over so few numbers take longer than one alone
            head = self.learn_head(
                found.seen.views[places], found.classes[places], found.groups[places], self.given.seed
            )
        return HeadOnBase(head, found, self.given.base)


@dataclass(frozen=True, slots=True)
class HeadOnBase:
    """A head behind the base; see `trainer.learning.Learned`."""

    head: Head
    found: Examination
    base: InstalledModel

    def embeddings(self) -> NDArray[np.float32]:
        """All photos of the training."""
        return self.head(self.found.whole)

    def write(self, folder: Path, name: str, training: dict[str, Any]) -> None:
        """The base's file with the head behind it."""
        pixels = gate_pictures(self.found.labelled.entries, self.base.manifest)
        write_personal_model(folder, self.base, self.head, name, training, pixels)


def gate_pictures(entries: Sequence[Entry], manifest: Manifest) -> NDArray[np.uint8]:
    """Some of the photos as a model wants them, to prove a new model with: uint8 RGB [pictures, height, width, 3]."""
    size = (manifest.input.height, manifest.input.width)
    chosen = np.linspace(0, len(entries) - 1, min(GATE_PICTURES, len(entries))).round().astype(int)
    decoded = [
        decode(entries[place].path, short_side=manifest.decoded_side).image for place in dict.fromkeys(chosen.tolist())
    ]
    return np.stack(
        [model_input(image, size, manifest.resize, manifest.interpolation, manifest.share) for image in decoded]
    )
