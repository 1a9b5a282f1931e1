"""The recipe that made the bundled model: a small network learns to see likeness as a large one does. No labels.

Cosines of the teacher's raw features are all high, because the features are never negative. So the student learns the
teacher's features centred and turned to their principal axes, which rank better than the raw ones.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.errors import BadRequestError
from engine.evaluation.ranking import nearest
from engine.jobs import Job
from trainer.acceleration import accelerated
from trainer.augment import as_pictures, augmented
from trainer.backbones.embedding import BACKBONE, POOLED, EmbeddingNet
from trainer.backbones.targets import principal_space
from trainer.backbones.teacher import CLASSES, LoadedTeacher, Teacher, load_teacher
from trainer.checkpoints import Checkpoints
from trainer.data.photos import find_photos, plan_views
from trainer.devices import DeviceName, choose_device
from trainer.export import ModelDescription, check_description, publish
from trainer.features import FeatureCache, TeacherFeatures
from trainer.losses import divergence, similarity_divergence
from trainer.report import TrainReport
from trainer.schedules import picture_side
from trainer.statistics import refresh_statistics
from trainer.training import Training, TrainingPlan

RECIPE = "distill"
_HELD_OUT_EVERY = 50
"""One photo of so many is kept from the student, to measure how well it learned."""
_HELD_OUT_ROWS = 2000
_NEIGHBOURS = 10
_FEWEST_ROWS = 2
"""A batch norm cannot learn from a single picture."""
_GATE_PICTURES = 64
_STATISTICS_STEPS = 100


@dataclass(frozen=True, slots=True)
class DistillConfig:
    """The recipe's settings; the defaults are those of the bundled model.

    Attributes:
        epochs: times every view is shown.
        dim: values of an embedding.
        views: of a photo, for each time it is named.
        side: pixels of the square pictures the model is made for.
        small_side: pixels in the first part of the training, which is cheaper for it.
        full_share: share of the steps at full size, at the end.
        teacher_side: pixels of the square pictures the teacher is shown.
        temperature: of the similarities; the lower, the more only the nearest count.
        feature_weight: of agreeing with the teacher's features.
        similarity_weight: of agreeing on who is similar within a batch.
        logit_weight: of agreeing on the teacher's classes.
        checkpoint_seconds: time between checkpoints.
        data: the photos' names and sources, for the model's card.
    """

    epochs: int = 8
    batch_size: int = 128
    learning_rate: float = 3e-3
    dim: int = 256
    views: int = 4
    side: int = 128
    small_side: int = 96
    full_share: float = 0.4
    teacher_side: int = 224
    temperature: float = 0.1
    feature_weight: float = 4.0
    similarity_weight: float = 1.0
    logit_weight: float = 0.5
    device: DeviceName = "auto"
    seed: int = 0
    checkpoint_seconds: float = 180.0
    data: str = "photos of the user's own"


class Distiller(nn.Module):
    """The student and, for the training only, a layer that names the teacher's classes."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.student = EmbeddingNet(dim)
        self.classes = nn.Linear(POOLED, CLASSES)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Embeddings and class logits of RGB pictures [N, 3, H, W] in 0..1."""
        embeddings, pooled = self.student(pictures)
        return embeddings, self.classes(pooled)


class Lessons:
    """What the student sees at every step, and how its answer is judged.

    Args:
        seen: views and what the teacher makes of them.
        teacher: for its classes.
        config: settings.
        device: where the student lives.

    Attributes:
        steps: of the whole training.

    Raises:
        BadRequestError: there is too little to learn from.
    """

    def __init__(self, seen: TeacherFeatures, teacher: Teacher, config: DistillConfig, device: torch.device) -> None:
        self._seen, self._teacher, self._config, self._device = seen, teacher, config, device
        kept_back = torch.from_numpy(seen.photos % _HELD_OUT_EVERY == _HELD_OUT_EVERY - 1)
        self._rows, self._held_out = (rows.nonzero().squeeze(1) for rows in (~kept_back, kept_back))
        if len(self._rows) < _FEWEST_ROWS:
            raise BadRequestError(
                f"There are only {len(self._rows)} views of photos to learn from.", "Name a folder with more photos."
            )
        self._space = principal_space(seen.features, config.dim).to(device)
        self._batch_size = min(config.batch_size, len(self._rows))
        self._per_epoch = len(self._rows) // self._batch_size
        self.steps = config.epochs * self._per_epoch

    def loss(self, network: Callable[[Tensor], tuple[Tensor, Tensor]], step: int) -> Tensor:
        """The loss of one step's pictures."""
        rows = self._batch(step)
        features = self._seen.features[rows].to(self._device).float()
        targets = self._space.project(features)
        embeddings, logits = network(self._pictures(rows, step))
        weights = self._config
        return (
            weights.feature_weight * (1 - (embeddings * targets).sum(dim=1).mean())
            + weights.similarity_weight * similarity_divergence(embeddings, targets, weights.temperature)
            + weights.logit_weight * divergence(logits, self._teacher.logits(features))
        )

    @torch.inference_mode()
    def agreement(self, student: EmbeddingNet) -> dict[str, float]:
        """How well a student does on photos it never saw: cosine to its targets, and neighbours in common."""
        rows = self._held_out[:_HELD_OUT_ROWS]
        k = min(_NEIGHBOURS, len(rows) - 1)
        if k < 1:
            return {}
        targets = self._space.project(self._seen.features[rows].to(self._device)).cpu().numpy()
        embeddings = torch.cat([self._embed(student, part) for part in torch.split(rows, self._batch_size)]).numpy()
        shared = [
            len(np.intersect1d(*pair)) / k for pair in zip(nearest(embeddings, k), nearest(targets, k), strict=True)
        ]
        return {
            "held_out_cosine": float((embeddings * targets).sum(axis=1).mean()),
            f"held_out_neighbours@{k}": float(np.mean(shared)),
        }

    def last_pictures(self) -> Iterator[Tensor]:
        """What the student sees in the last steps."""
        for step in range(max(0, self.steps - _STATISTICS_STEPS), self.steps):
            yield self._pictures(self._batch(step), step)

    def samples(self, count: int) -> NDArray[np.uint8]:
        """Some views as a decoder yields them, spread over all photos."""
        total = len(self._seen.pixels)
        rows = np.linspace(0, total - 1, min(count, total)).astype(np.int64)
        pixels: NDArray[np.uint8] = self._seen.pixels[rows].numpy()
        return pixels

    def _batch(self, step: int) -> Tensor:
        """Rows of the step's views: every epoch in another order, sorted within a batch for the disk's sake."""
        epoch, position = divmod(step, self._per_epoch)
        order = torch.randperm(len(self._rows), generator=_chance(self._config.seed, "order", epoch))
        first = position * self._batch_size
        return self._rows[order[first : first + self._batch_size]].sort().values

    def _pictures(self, rows: Tensor, step: int) -> Tensor:
        config = self._config
        side = picture_side(step, self.steps, config.small_side, config.side, config.full_share)
        return augmented(self._seen.pixels[rows], side, _chance(config.seed, "pictures", step)).to(self._device)

    def _embed(self, student: EmbeddingNet, rows: Tensor) -> Tensor:
        embeddings: Tensor = student(as_pictures(self._seen.pixels[rows], self._config.side).to(self._device))[0]
        return embeddings.cpu()


def distill(
    photos: Sequence[Path],
    teacher: Path,
    out: Path,
    config: DistillConfig | None = None,
    job: Job | None = None,
) -> TrainReport:
    """Train a student on unlabelled photos and publish it as a model folder.

    What a run keeps while it lasts (views, teacher features, checkpoints) lies in a hidden folder beside `out`; a
    cancelled run that is started again continues from there. When the model is in place that folder goes away.

    Args:
        photos: photo files, or folders of them; what is named twice counts twice.
        teacher: file of weights, see `trainer.backbones.teacher`.
        out: the model folder to write; its name is the model's.
        config: settings; the defaults if None.
        job: where to report and who may cancel.

    Raises:
        EngineError: nothing to learn from, an unusable teacher, a training that diverged, a full disk, a failed export.
        Cancelled: the caller asked to stop; the run can be continued.
    """
    config, job, started = config or DistillConfig(), job or Job(), perf_counter()
    check_description(ModelDescription(out.name, config.side, {}), config.dim)
    device, learned_from, workplace = choose_device(config.device), load_teacher(teacher), _workplace(out)
    planned = plan_views(find_photos(photos), config.views)
    seen = FeatureCache(workplace, planned, learned_from, config.side, config.teacher_side).fill(job, device)
    lessons = Lessons(seen, learned_from.network, config, device)
    student = _trained(lessons, Checkpoints(workplace, _key(config, learned_from, seen)), config, device, job)
    metrics = lessons.agreement(student)
    publish(
        student, ModelDescription(out.name, config.side, _card(config, metrics)), lessons.samples(_GATE_PICTURES), out
    )
    rmtree(workplace, ignore_errors=True)
    return TrainReport(
        recipe=RECIPE,
        backbone=BACKBONE,
        photos=len(planned) - len(seen.problems),
        views=len(seen.pixels),
        steps=lessons.steps,
        seconds=perf_counter() - started,
        device=device.type,
        metrics=metrics,
        model=out,
        skipped=seen.problems,
    )


def _trained(
    lessons: Lessons, checkpoints: Checkpoints, config: DistillConfig, device: torch.device, job: Job
) -> EmbeddingNet:
    torch.manual_seed(config.seed)
    network = Distiller(config.dim)
    plan = TrainingPlan(lessons.steps, config.learning_rate, checkpoint_seconds=config.checkpoint_seconds)
    training = Training(network, plan, checkpoints, device)
    fast = accelerated(network, lessons.steps)
    student = training.run(lambda step: lessons.loss(fast, step), job).student
    refresh_statistics(student, lessons.last_pictures())
    return student


def _workplace(out: Path) -> Path:
    return out.with_name(f".{out.name}.training")


def _key(config: DistillConfig, teacher: LoadedTeacher, seen: TeacherFeatures) -> str:
    """What a checkpoint must belong to: the settings that shape the training, the teacher and the amount of data."""
    settings = asdict(config)
    for free in ("device", "checkpoint_seconds", "data"):
        del settings[free]
    return blake2b(json.dumps([settings, teacher.digest, list(seen.pixels.shape)]).encode(), digest_size=16).hexdigest()


def _card(config: DistillConfig, metrics: dict[str, float]) -> dict[str, Any]:
    """The manifest's account of the training."""
    return {
        "recipe": RECIPE,
        "backbone": BACKBONE,
        "data": config.data,
        "date": datetime.now(UTC).date().isoformat(),
        "seed": config.seed,
        "metrics": metrics,
    }


def _chance(seed: int, purpose: str, number: int) -> torch.Generator:
    """Random numbers that depend on nothing but these: a resumed training sees what an uninterrupted one sees."""
    mixed = blake2b(f"{seed} {purpose} {number}".encode(), digest_size=7).digest()
    return torch.Generator().manual_seed(int.from_bytes(mixed))
