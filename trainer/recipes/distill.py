"""The recipe that made the bundled model: a small network learns to see likeness as a large one does. No labels.

First its blocks are shown what they should hold (`trainer.recipes.hints`), then the whole learns from changed pictures
where the unchanged ones lie, so that a copy of a photo stays near it.

Cosines of the teacher's raw features are all high, because the features are never negative. So the student learns the
teacher's features centred and turned to their principal axes, which rank better than the raw ones.
"""

import copy
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.errors import BadRequestError
from engine.evaluation.ranking import nearest
from engine.jobs import Job
from engine.models.weights import WEIGHTS
from trainer.acceleration import accelerated
from trainer.augment import as_pictures
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.pooling import Pooling, pooling_named
from trainer.backbones.registry import DEFAULT_BACKBONE, backbone_named
from trainer.backbones.targets import principal_space
from trainer.backbones.teacher import CLASSES, LoadedTeacher, Teacher, load_teacher
from trainer.batches import Batches
from trainer.checkpoints import Checkpoints, key_of
from trainer.data.photos import find_photos, plan_views
from trainer.devices import DeviceName, choose_device, proved_precision
from trainer.export import ModelDescription, check_description, publish
from trainer.features import FeatureCache, TeacherFeatures
from trainer.losses.distillation import divergence, similarity_divergence
from trainer.recipes.hints import HintPlan, follow, start_head
from trainer.recipes.settings import KEY
from trainer.report import TrainReport
from trainer.schedules import picture_side
from trainer.statistics import last_steps, refresh_statistics
from trainer.storage import used_alone
from trainer.training import Training, TrainingPlan
from trainer.weights import load_weights

RECIPE = "distill"
Install = Callable[[Path], Path]
_HELD_OUT_EVERY = 50
"""One photo of so many is kept from the student, to measure how well it learned."""
_HELD_OUT_ROWS = 2000
_NEIGHBOURS = 10
_FEWEST_ROWS = 2
"""A batch norm cannot learn from a single picture."""
_GATE_PICTURES = 64
_FINISHED = "finished"
"""Folder of the model in a training's own, until it is installed."""


@dataclass(frozen=True, slots=True)
class DistillConfig:
    """The recipe's settings; the defaults are those of the bundled model, but for epochs and views: of few photos more.

    Attributes:
        backbone: the student's, see `trainer.backbones.registry`.
        hints: how it follows the teacher's blocks at first, if its own are like them.
        fixed_blocks: the first blocks, which stay as the hints left them; none without hints.
        epochs: times every view is shown, after the hints.
        learning_rate: at its highest, of all but the next.
        matrix_rate: of convolutions that mix channels, at its highest, see `Muon`.
        dim: values of an embedding.
        pooling: how the maps become one vector, the teacher's too, see `trainer.backbones.pooling`.
        views: of a photo, for each time it is named.
        side: pixels of the square pictures the model is made for.
        small_side: pixels in the first part of the training, which is cheaper for it.
        full_share: share of the steps at full size, at the end.
        untouched: share of the views that are shown as the teacher saw them.
        teacher_side: pixels of the square pictures the teacher is shown.
        temperature: of the similarities; the lower, the more only the nearest count.
        landmarks: views of which it is told how near they are.
        feature_weight: of agreeing with the teacher's features.
        similarity_weight: of agreeing on which landmarks are near.
        logit_weight: of agreeing on the teacher's classes.
        blend: how far blocks that the hints refined go with what the whole training made of them: 0 not, 1 all of the
            way. Half of it sees more like the teacher than either end, and keeps most of what copies go through
            (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022, arXiv:2109.01903).
        checkpoint_seconds: time between checkpoints.
        data: the photos' names and sources, for the model's card.
    """

    backbone: str = DEFAULT_BACKBONE
    hints: HintPlan = field(default_factory=HintPlan)
    fixed_blocks: int = 7
    epochs: int = 3
    batch_size: int = 32
    learning_rate: float = 1e-3
    matrix_rate: float = 0.01
    dim: int = 256
    pooling: str = "central"
    views: int = 4
    side: int = 224
    small_side: int = 224
    full_share: float = 0.5
    untouched: float = 0.33
    teacher_side: int = 224
    temperature: float = 0.1
    landmarks: int = 1024
    feature_weight: float = 4.0
    similarity_weight: float = 1.0
    logit_weight: float = 0.1
    blend: float = 0.5
    device: DeviceName = "auto"
    seed: int = 0
    checkpoint_seconds: float = 180.0
    data: str = "photos of the user's own"


class Distiller(nn.Module):
    """The student and, for the training only, a layer that names the teacher's classes.

    Args:
        student: what learns.
        fixed_blocks: its first blocks that do not.
    """

    def __init__(self, student: EmbeddingNet, fixed_blocks: int) -> None:
        super().__init__()
        self.student = student
        self.classes = nn.Linear(student.head.in_features, CLASSES)
        self._fixed = fixed_blocks
        student.features[:fixed_blocks].requires_grad_(False)

    def train(self, mode: bool = True) -> "Distiller":
        """Training mode, except for the blocks that are fixed."""
        super().train(mode)
        self.student.features[: self._fixed].eval()
        return self

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
        batches: the pictures it learns from.
        space: where the targets lie.

    Raises:
        BadRequestError: there is too little to learn from.
    """

    def __init__(self, seen: TeacherFeatures, teacher: Teacher, config: DistillConfig, device: torch.device) -> None:
        self._seen, self._teacher, self._config, self._device = seen, teacher, config, device
        kept_back = torch.from_numpy(seen.photos % _HELD_OUT_EVERY == _HELD_OUT_EVERY - 1)
        rows, self._held_out = (chosen.nonzero().squeeze(1) for chosen in (~kept_back, kept_back))
        if len(rows) < _FEWEST_ROWS:
            raise BadRequestError(
                f"There are only {len(rows)} views of photos to learn from.", "Name a folder with more photos."
            )
        self.batches = Batches(seen.pixels, rows, config.seed, device)
        self.space = principal_space(seen.features, config.dim).to(device)
        self._batch_size = min(config.batch_size, len(rows))
        self._landmarks = self.space.project(seen.features[_spread(rows, config.landmarks)].to(device))
        self.steps = config.epochs * (len(rows) // self._batch_size)

    def loss(self, network: Callable[[Tensor], tuple[Tensor, Tensor]], step: int) -> Tensor:
        """The loss of one step's pictures."""
        rows = self._rows(step)
        embeddings, logits = network(self._pictures(rows, step))
        with torch.autocast(self._device.type, enabled=False):
            return self._judged(embeddings.float(), logits.float(), rows)

    def _judged(self, embeddings: Tensor, logits: Tensor, rows: Tensor) -> Tensor:
        features = self._seen.features[rows].to(self._device).float()
        targets, weights = self.space.project(features), self._config
        return (
            weights.feature_weight * (1 - (embeddings * targets).sum(dim=1).mean())
            + weights.similarity_weight
            * similarity_divergence(embeddings, targets, self._landmarks, weights.temperature)
            + weights.logit_weight * divergence(logits, self._teacher.logits(features))
        )

    @torch.inference_mode()
    def agreement(self, student: EmbeddingNet) -> dict[str, float]:
        """How well a student does on photos it never saw: cosine to its targets, and neighbours in common."""
        rows = self._held_out[:_HELD_OUT_ROWS]
        k = min(_NEIGHBOURS, len(rows) - 1)
        if k < 1:
            return {}
        targets = self.space.project(self._seen.features[rows].to(self._device)).cpu().numpy()
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
        for step in last_steps(self.steps):
            yield self._pictures(self._rows(step), step)

    def samples(self, count: int) -> NDArray[np.uint8]:
        """Some views as a decoder yields them, spread over all photos."""
        pixels: NDArray[np.uint8] = self._seen.pixels[_spread(torch.arange(len(self._seen.pixels)), count)].numpy()
        return pixels

    def _rows(self, step: int) -> Tensor:
        return self.batches.rows(step, self._batch_size, "views")

    def _pictures(self, rows: Tensor, step: int) -> Tensor:
        config = self._config
        side = picture_side(step, self.steps, config.small_side, config.side, config.full_share)
        return self.batches.augmented(rows, step, side, config.untouched)

    def _embed(self, student: EmbeddingNet, rows: Tensor) -> Tensor:
        embeddings: Tensor = student(as_pictures(self._seen.pixels[rows], self._config.side).to(self._device))[0]
        return embeddings.cpu()


def distill(
    photos: Sequence[Path],
    teacher: Path,
    out: Path,
    install: Install,
    config: DistillConfig | None = None,
    job: Job | None = None,
    start: Path | None = None,
) -> TrainReport:
    """Train a student on unlabelled photos, and hand it over as a model folder.

    What a run keeps while it lasts (views, teacher features, checkpoints) lies in a hidden folder beside `out`; a
    cancelled run that is started again continues from there, and one whose model could not be installed ends at once.
    When the model is installed that folder goes away.

    Args:
        photos: photo files, or folders of them; what is named twice counts twice.
        teacher: file of weights, see `trainer.backbones.teacher`.
        out: the folder that the model would have if its name were free; nothing is written there.
        install: called with the finished model folder, puts a copy where it is used and returns that.
        config: settings; the defaults if None.
        job: where to report and who may cancel.
        start: folder of a model with weights to go on from: its backbone and dim are taken, and of the hints only those
            that refine. Random weights if None.

    Raises:
        EngineError: nothing to learn from, an unusable teacher or start, a training that diverged, a full disk, a
            failed export, and what `install` raises.
        Cancelled: the caller asked to stop; the run can be continued.
    """
    config, job, started = config or DistillConfig(), job or Job(), perf_counter()
    check_description(ModelDescription(out.name, config.side, {}), config.dim)
    student, config = _beginner(config, start)
    learned_from = load_teacher(teacher, student.pooling)
    device, workplace = choose_device(config.device), _workplace(out)
    student = student.to(device).to(memory_format=torch.channels_last)
    with used_alone(workplace):
        planned = plan_views(find_photos(photos), config.views)
        seen = FeatureCache(workplace, planned, learned_from, config.side, config.teacher_side).fill(job, device)
        lessons = Lessons(seen, learned_from.network, config, device)
        checkpoints = Checkpoints(workplace, _key(config, learned_from, seen, start))
        student = _trained(student, lessons, learned_from.network, checkpoints, config, job)
        metrics = lessons.agreement(student)
        described = ModelDescription(out.name, config.side, _card(config, metrics, start))
        finished = workplace / _FINISHED / out.name
        publish(student, described, lessons.samples(_GATE_PICTURES), finished)
        installed = install(finished)
    rmtree(workplace, ignore_errors=True)
    return TrainReport(
        recipe=RECIPE,
        backbone=config.backbone,
        photos=len(planned) - len(seen.problems),
        views=len(seen.pixels),
        steps=lessons.steps,
        seconds=perf_counter() - started,
        device=device.type,
        metrics=metrics,
        model=installed,
        skipped=seen.problems,
    )


def _beginner(config: DistillConfig, start: Path | None) -> tuple[EmbeddingNet, DistillConfig]:
    """The student before it learns, and the settings that are left for it."""
    pooling = cast(Pooling, config.pooling)
    if start is None:
        if config.hints.stages and config.hints.stages == config.hints.refining.stages:
            raise BadRequestError(
                "These settings only refine what a model has learned before, and there is none to begin with.",
                "Name it with --base, or settings with hints from the start.",
            )
        torch.manual_seed(config.seed)
        return EmbeddingNet(config.dim, config.backbone, pooling), config
    student = load_weights(start)
    student.pooling, student.pool = pooling, pooling_named(pooling)
    return student, replace(config, backbone=student.backbone, dim=student.dim, hints=config.hints.refining)


def _trained(
    student: EmbeddingNet,
    lessons: Lessons,
    teacher: Teacher,
    checkpoints: Checkpoints,
    config: DistillConfig,
    job: Job,
) -> EmbeddingNet:
    device = student.head.weight.device
    hinted = backbone_named(config.backbone).like_the_teacher and bool(config.hints.stages)
    if hinted:
        follow(student, teacher, lessons.batches, config.hints, checkpoints, job)
        start_head(student.head, lessons.space)
    settled = hinted and any(stage.refines for stage in config.hints.stages)
    refined = copy.deepcopy(student.features)
    torch.manual_seed(config.seed)
    network = Distiller(student, config.fixed_blocks if hinted else 0)
    plan = TrainingPlan(
        lessons.steps,
        config.learning_rate,
        settled=settled,
        checkpoint_seconds=config.checkpoint_seconds,
        precision=proved_precision(device),
        matrix_rate=config.matrix_rate,
    )
    training = Training(network, plan, checkpoints.of("whole", _shaping(config)), device)
    compiling_pays = device.type != "cpu" or plan.precision is None
    fast = accelerated(network, lessons.steps) if compiling_pays else network
    average = training.run(lambda step: lessons.loss(fast, step), job)
    if settled:
        blend(average.student.features, refined, config.blend)
    else:
        refresh_statistics(average, lessons.last_pictures())
    return average.student


@torch.no_grad()
def blend(learned: nn.Module, before: nn.Module, share: float) -> None:
    """Let a network, in place, be that share of the way from what it was before to what it has learned."""
    for now, then in zip(learned.state_dict().values(), before.state_dict().values(), strict=True):
        if now.is_floating_point():
            now.copy_(torch.lerp(then, now, share))


def _spread(rows: Tensor, count: int) -> Tensor:
    """So many of the rows, evenly spread."""
    return rows[torch.linspace(0, len(rows) - 1, min(count, len(rows))).long()]


def _workplace(out: Path) -> Path:
    return out.with_name(f".{out.name}.training")


def _key(config: DistillConfig, teacher: LoadedTeacher, seen: TeacherFeatures, start: Path | None) -> str:
    """What every checkpoint must belong to: the network and its start, the teacher and the amount of data."""
    began = hashlib.blake2b((start / WEIGHTS).read_bytes(), digest_size=16).hexdigest() if start else ""
    return key_of(config.backbone, config.seed, teacher.digest, list(seen.pixels.shape), began)


def _shaping(config: DistillConfig) -> dict[str, Any]:
    """The settings that shape the training."""
    settings = asdict(config)
    for free in ("device", "checkpoint_seconds", "data"):
        del settings[free]
    return settings


def _card(config: DistillConfig, metrics: dict[str, float], start: Path | None) -> dict[str, Any]:
    """The manifest's account of the training."""
    return {
        "recipe": RECIPE,
        "backbone": config.backbone,
        **({"start": start.name} if start else {}),
        "data": config.data,
        "date": datetime.now(UTC).date().isoformat(),
        "seed": config.seed,
        "metrics": metrics,
        KEY: _shaping(config),
    }
