"""How every recipe learns that trains a network itself."""

import copy
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor

from engine.jobs import Job
from engine.models.registry import InstalledModel
from trainer import parallel
from trainer.augment import as_pictures
from trainer.backbones.convolutional import whiten_stem
from trainer.backbones.embedding import EmbeddingNet
from trainer.batches import ClassBatches, chance
from trainer.checkpoints import Checkpoints
from trainer.data.pictures import Pictures, read_pictures
from trainer.devices import choose_device, proved_precision
from trainer.fine_tuning.coaching import NetworkCoach
from trainer.fine_tuning.finishing import AS_LEARNED
from trainer.fine_tuning.learned import NetworkLearned, learned_network
from trainer.fine_tuning.learner import Learner
from trainer.fine_tuning.prepared import Prepared
from trainer.fine_tuning.settings import Course, NetworkSettings, StoppedSettings, course, refuse_idle
from trainer.fine_tuning.shown import show
from trainer.fine_tuning.start import beginning, check_start, starting_network
from trainer.fine_tuning.validation import Validation, inner_split
from trainer.learning import Assignment, Numbers, Recipe
from trainer.losses.base import Loss
from trainer.losses.classes import mixed
from trainer.recipes.settings import merged
from trainer.statistics import refresh_statistics
from trainer.storage import storing
from trainer.training import Training, TrainingPlan

Settings = TypeVar("Settings", bound=NetworkSettings)
Stopped = TypeVar("Stopped", bound=StoppedSettings)
MakeLoss = Callable[[Settings, int, int], Loss]
"""From settings, values of an embedding and classes."""
STAGE = "training the network"
_STATISTICS_STEPS = 20
_STEM_PICTURES = 500


class NetworkTraining(Generic[Settings]):
    """What all recipes share that train a network.

    Args:
        given: the training.
        usual: the recipe's settings, as far as the training has no others.
        make_loss: what judges the embeddings.

    Raises:
        BadRequestError: a setting does not exist, or cannot be so.
    """

    def __init__(self, given: Assignment, usual: Settings, make_loss: MakeLoss[Settings]) -> None:
        self._given, self._make_loss = given, make_loss
        self._settings = checked_settings(usual, given.options, make_loss)
        self._device = choose_device(self._settings.device)
        parallel.train_on(self._device)
        self._prepared: Prepared | None = None

    def _prepare(self, job: Job) -> Prepared:
        """The network, and the photos as it is shown them; once for all parts."""
        if self._prepared is None:
            given, settings = self._given, self._settings
            with parallel.first_alone():
                start = starting_network(settings, given.base, given.seed, job)
            paths = [entry.path for entry in given.found.labelled.entries]
            contents = given.found.seen.contents
            with parallel.first_alone():
                pictures = read_pictures(paths, contents, start.wanted, given.cache, given.settings, job)
                if not start.knows:
                    _whiten(start.network, pictures)
                start.network.to(self._device).to(memory_format=torch.channels_last)
                with storing(given.workplace):
                    given.workplace.mkdir(parents=True, exist_ok=True)
                shown = show(pictures, start, settings, given.seed, self._device, given.workplace, job)
            self._prepared = Prepared(start, pictures, shown, self._device)
        return self._prepared

    def _train(
        self,
        places: Numbers,
        part: str,
        job: Job,
        *,
        asking: Numbers | None = None,
        patience: float = math.inf,
        epochs: float = math.inf,
    ) -> tuple[Learner, float]:
        """Learn from these photos; returns what was learned, and the epochs after which it was best.

        Args:
            places: to learn from.
            part: of the training.
            job: told about progress; may cancel.
            asking: places of photos that are asked how good it is meanwhile.
            patience: times they may see no gain before it ends.
            epochs: to end after, if the settings have more.
        """
        ready, settings = self._prepare(job), self._settings
        lesson = Lesson(self._given, settings, ready, places)
        planned = lesson.course
        stop = max(1, round(min(planned.steps, epochs * lesson.per_epoch)))
        torch.manual_seed(self._given.seed)
        loss = self._make_loss(settings, ready.start.network.dim, lesson.class_count)
        learner = Learner(copy.deepcopy(ready.start.network), ready.start.first, loss, knows=ready.start.knows)
        coach = NetworkCoach(
            part,
            planned.steps,
            stop,
            self._given.recorder,
            loss,
            ready.shown,
            None if asking is None else self._validation(asking),
            every=max(1, -(-planned.steps // settings.validations)),
            patience=patience,
        )
        training = Training(
            learner,
            self._plan(planned),
            self._checkpoints(part, places, stop),
            ready.device,
            STAGE,
            coach=coach,
            groups=learner.groups(settings),
        )
        average = training.run(lambda step: lesson.loss(learner, step), job)
        if not ready.start.knows:
            refresh_statistics(average, lesson.last_batches(stop))
        return average, coach.best_step / lesson.per_epoch

    def _validation(self, places: Numbers) -> Validation:
        found = self._given.found
        return Validation(found.labelled.entries, found.classes, found.groups, places)

    def _plan(self, planned: Course) -> TrainingPlan:
        settings = self._settings
        return TrainingPlan(
            planned.steps,
            planned.learning_rate,
            settings.weight_decay,
            average_decay=settings.average_decay,
            checkpoint_seconds=settings.checkpoint_seconds,
            accumulate=settings.accumulate,
            factor=planned.factor,
            momentum=planned.momentum,
            precision=proved_precision(self._device),
        )

    def _checkpoints(self, part: str, places: Numbers, stop: int) -> Checkpoints:
        """Of this part, with these photos, settings and seed alone."""
        given = self._given
        key = blake2b(digest_size=16)
        for place in places:
            key.update(given.found.seen.contents[place] + given.found.labelled.entries[place].label.encode() + b"\0")
        told = [type(self._settings).__name__, self._settings.shaping(), given.base.manifest.identity, given.seed, stop]
        key.update(json.dumps(told).encode())
        return Checkpoints(given.workplace / part.replace(" ", "-").replace(",", ""), key.hexdigest())


class NetworkRecipe(NetworkTraining[Stopped]):
    """A recipe whose network is what it has learned; see `trainer.learning.Recipe`.

    From four fifths of the photos it learns first, and the others tell for how long it should. Then it learns from all.
    """

    @property
    def tests(self) -> int:
        """One division of each kind, since a network is slow."""
        return 1

    def learn(self, places: Numbers, part: str, job: Job) -> NetworkLearned:
        """See `trainer.learning.Recipe`."""
        ready = self._prepare(job)
        split = inner_split(self._given.found, places, self._given.seed)
        if split is None:
            learner, _ = self._train(places, part, job)
        else:
            _, epochs = self._train(split.train, part, job, asking=split.held_out, patience=self._settings.patience)
            learner, _ = self._train(places, f"{part}, all photos", job, epochs=epochs)
        return learned_network(learner, ready, AS_LEARNED, self._given.found, places)


@dataclass(frozen=True, slots=True)
class OpenNetwork(Generic[Settings]):
    """Opens a recipe that trains a network; see `trainer.learning.Open`.

    Attributes:
        make_recipe: makes it of a training, its settings and what judges the embeddings.
        usual: its settings, as far as a training has no others.
        make_loss: what judges the embeddings.
    """

    make_recipe: Callable[[Assignment, Settings, MakeLoss[Settings]], Recipe]
    usual: Settings
    make_loss: MakeLoss[Settings]

    def __call__(self, given: Assignment) -> Recipe:
        """The recipe, ready for a training."""
        return self.make_recipe(given, self.usual, self.make_loss)

    def check(self, options: Mapping[str, Any], base: InstalledModel) -> None:
        """Refuse at once what could not be done with the photos either: settings, device, network and weights.

        Raises:
            NotFoundError: the base came without weights, or there is no such file of weights.
            BadRequestError: a setting does not exist or cannot be so; there is no such network or device.
            ModelError: weights are damaged or of another network.
        """
        settings = checked_settings(self.usual, options, self.make_loss)
        choose_device(settings.device)
        check_start(settings, base)


def checked_settings(usual: Settings, options: Mapping[str, Any], make_loss: MakeLoss[Settings]) -> Settings:
    """A recipe's settings with some of them changed; raises BadRequestError for what cannot be so."""
    settings = merged(usual, options)
    settings.check()
    make_loss(settings, settings.dim, 2)  # it refuses what only this recipe has
    refuse_idle(replace(settings, weights=beginning(settings)), options)
    return settings


class Lesson:
    """What the photos of a part teach, step by step.

    Args:
        given: the training.
        settings: of the recipe.
        ready: the network and the photos.
        places: of the photos to learn from.

    Attributes:
        class_count: classes among them.
        per_epoch: steps in which each is shown about once.
        course: how fast it goes.

    Raises:
        BadRequestError: there is nothing to tell apart, or nothing that belongs together.
    """

    def __init__(self, given: Assignment, settings: NetworkSettings, ready: Prepared, places: Numbers) -> None:
        self._settings, self._ready, self._seed = settings, ready, given.seed
        self._places = torch.from_numpy(np.asarray(places))
        names, numbers = np.unique(given.found.classes[places], return_inverse=True)
        self.class_count, self._labels = len(names), torch.from_numpy(numbers)
        classes = min(settings.batch_classes, self.class_count)
        self._batches = ClassBatches(self._labels, given.seed, classes, max(2, settings.batch_size // classes))
        self.per_epoch = max(1, self._batches.steps_per_epoch // (settings.accumulate * parallel.count()))
        self.course = course(settings, self.per_epoch, len(places))
        self._mixup = settings.mixing(len(places))

    def loss(self, learner: Learner, number: int) -> Tensor:
        """Of one batch, another one for each process."""
        learner.loss.at(number / (self.per_epoch * self._settings.accumulate))
        number = number * parallel.count() + parallel.number()
        shown, labels = self._batch(number)
        targets = labels.to(self._ready.device)
        if self._mixup:
            shares = torch.nn.functional.one_hot(targets, self.class_count).float()
            shown, targets = mixed(shown, shares, self._mixup, chance(self._seed, "mixing", number))
        loss: Tensor = learner.loss(learner(shown), targets)
        return loss

    def last_batches(self, steps: int) -> list[Tensor]:
        """What it was shown last."""
        return [self._batch(step)[0] for step in range(max(0, steps - _STATISTICS_STEPS), steps)]

    def _batch(self, number: int) -> tuple[Tensor, Tensor]:
        rows = self._batches.rows(number)
        return self._ready.shown.changed(self._places[rows], number), self._labels[rows]


def _whiten(network: EmbeddingNet, pictures: Pictures) -> None:
    """Fit a stem that learns nothing, if there is one."""
    some = np.linspace(0, len(pictures) - 1, min(_STEM_PICTURES, len(pictures))).round().astype(np.int64)
    pixels = torch.from_numpy(pictures.of(some))
    whiten_stem(network.features, network.normalised(as_pictures(pixels, pixels.shape[1])))
