"""What a recipe is: it learns from some photos of a training, and what it has learned embeds all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.jobs import Job
from engine.models.registry import InstalledModel
from engine.settings import Settings
from trainer.examining import Examination
from trainer.recording import Recorder

Embeddings = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Learned(Protocol):
    """What was learned from some of the photos."""

    def embeddings(self) -> Embeddings:
        """All photos of the training, also those that were not learned from: float32 [photos, dim], of length 1."""

    def write(self, folder: Path, name: str, training: dict[str, Any]) -> None:
        """Write it as a model folder, and prove on photos that the model computes what was learned.

        Args:
            folder: of the model; it must not exist.
            name: of the model.
            training: for its card.

        Raises:
            ModelError: the model differs from what was learned, or cannot be made.
            StorageFullError: the disk is full.
        """


class Recipe(Protocol):
    """A way to learn from photos that were examined."""

    @property
    def tests(self) -> int | None:
        """In how many ways the photos are divided to judge it, and in how many their classes; in all if None."""

    def learn(self, places: Numbers, part: str, job: Job) -> Learned:
        """Learn from some of the photos, and look at no label of the others.

        Args:
            places: of the photos to learn from, ascending.
            part: of the training, as people are told of it: "testing 1", "learning".
            job: told about progress; may cancel.

        Raises:
            EngineError: nothing could be learned.
            Cancelled: the caller asked to stop.
        """


@dataclass(frozen=True, slots=True)
class Assignment:
    """A training, as a recipe is given it.

    Attributes:
        found: the photos.
        base: the model to start from.
        seed: the same seed gives the same model.
        options: settings of the recipe that are to be other than usual, by name.
        settings: workers and limits of reading.
        cache: folder for what was read, which other trainings may use too.
        workplace: folder for where the training stands, which nobody needs once it is done; it may not exist yet.
        recorder: told how the training goes.
    """

    found: Examination
    base: InstalledModel
    seed: int
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    cache: Path = Path()
    workplace: Path = Path()
    recorder: Recorder = field(default_factory=Recorder)


Open = Callable[[Assignment], Recipe]
"""Makes a recipe ready for a training; raises EngineError if it cannot work with that."""
