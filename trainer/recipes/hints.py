"""Shows a network of random weights, part by part, what its blocks should hold: the teacher's own maps.

Hints (Romero et al., "FitNets: Hints for Thin Deep Nets", 2015, arXiv:1412.6550) save most of a training: a block
that is told its goal learns from every place of a picture, while one that is only told the end of the story learns from
one vector. A part starts where the part before it, finished and fixed, ends, so that what that one missed is made up
for. At last most blocks learn together from enlarged parts of pictures, so that each makes up for all before it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from engine.jobs import Job
from trainer.backbones.embedding import EmbeddingNet
from trainer.backbones.targets import TargetSpace
from trainer.backbones.teacher import Teacher
from trainer.batches import Batches
from trainer.checkpoints import Checkpoints
from trainer.devices import proved_precision
from trainer.statistics import last_steps, refresh_statistics
from trainer.training import Training, TrainingPlan

STRIDE = 16
"""Crops start at multiples of it, so that maps of a crop lie where those of the whole picture lie."""
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class HintStage:
    """Some blocks that learn together.

    Attributes:
        first: the first block.
        end: the block after the last one.
        side: pixels of the square crops they learn from; early blocks see little of a picture anyway.
        steps: how long.
        rate: share of the plan's rates.
        refines: whether the blocks have learned before. Then their batch norms keep their statistics, and they learn
            from parts of pictures of any size, enlarged.
    """

    first: int
    end: int
    side: int
    steps: int
    rate: float = 1.0
    refines: bool = False


DEFAULT_STAGES = (
    HintStage(0, 7, 64, 4000),
    HintStage(7, 14, 128, 6000),
    HintStage(14, 19, 128, 9000),
    HintStage(7, 19, 224, 12_000, rate=0.3, refines=True),
)
"""Of MobileNetV2's nineteen blocks; the parts end where the maps' sides are an eighth, a 16th and a 32nd."""


@dataclass(frozen=True, slots=True)
class HintPlan:
    """How a network follows a teacher.

    Attributes:
        stages: one after the other.
        batch_size: small, since memory's speed is the limit on a CPU.
        learning_rate: of depthwise filters, at its highest; biases and batch norms learn three times as fast.
        matrix_rate: of all other convolutions, at its highest, see `Muon`.
    """

    stages: tuple[HintStage, ...] = DEFAULT_STAGES
    batch_size: int = 24
    learning_rate: float = 0.015
    matrix_rate: float = 0.1

    @property
    def refining(self) -> "HintPlan":
        """What is left of the plan for a network that has learned before."""
        return replace(self, stages=tuple(stage for stage in self.stages if stage.refines))


def follow(
    network: EmbeddingNet, teacher: Teacher, batches: Batches, plan: HintPlan, kept: Checkpoints, job: Job
) -> None:
    """Train a network's blocks, in place, to give the teacher's maps.

    Args:
        network: its blocks have the shapes of the teacher's.
        teacher: on the network's device.
        batches: the pictures to learn from.
        plan: how long and how fast.
        kept: where to keep states, and to continue from.
        job: where to report and who may cancel.

    Raises:
        EngineError: the training diverged.
        StorageFullError: a checkpoint could not be written.
        Cancelled: the caller asked to stop; a checkpoint was kept.
    """
    device = network.head.weight.device
    for number, stage in enumerate(plan.stages):
        part = network.features[stage.first : stage.end]
        training = Training(
            part,
            TrainingPlan(
                stage.steps,
                stage.rate * plan.learning_rate,
                weight_decay=1e-4,
                average_decay=0.98,
                clip=5.0,
                scale_rate=3.0,
                precision=proved_precision(device),
                settled=stage.refines,
                matrix_rate=stage.rate * plan.matrix_rate,
            ),
            kept.of(f"hints-{number}", _shaping(plan, number)),
            device,
            f"following the teacher, part {number + 1} of {len(plan.stages)}",
        )
        lesson = _Lesson(network, teacher, batches, stage, plan.batch_size)
        average = training.run(lesson.loss, job)
        if not stage.refines:
            refresh_statistics(average, lesson.last_inputs())
        part.load_state_dict(average.state_dict())
        part.eval()


def _shaping(plan: HintPlan, number: int) -> dict[str, Any]:
    """What shapes a part: its own settings and those of the parts before it."""
    return asdict(replace(plan, stages=plan.stages[: number + 1]))


class _Lesson:
    """One part's crops and what it should make of them."""

    def __init__(
        self, network: EmbeddingNet, teacher: Teacher, batches: Batches, stage: HintStage, batch_size: int
    ) -> None:
        self._network, self._teacher, self._batches = network, teacher, batches
        self._stage, self._batch_size = stage, batch_size

    def loss(self, step: int) -> Tensor:
        """How far the part's maps are from the teacher's, in shares of the teacher's variance, summed over blocks."""
        stage, blocks = self._stage, self._network.features
        pictures = self._crops(step)
        given, losses = self._input(pictures), []
        with torch.no_grad():
            wanted = self._teacher.maps(pictures, stage.end)
        for block, goal in zip(blocks[stage.first : stage.end], wanted[stage.first :], strict=True):
            given = block(given)
            losses.append(unexplained(given, goal))
        if stage.end == len(blocks):
            losses.append(unexplained(self._network.pool(given), self._teacher.pool(wanted[-1])))
        return torch.stack(losses[1:] if stage.first == 0 else losses).sum()

    def last_inputs(self) -> Iterator[Tensor]:
        """What the part is given in the last steps."""
        for step in last_steps(self._stage.steps):
            yield self._input(self._crops(step))

    def _crops(self, step: int) -> Tensor:
        if self._stage.refines:
            return self._batches.parts(step, self._batch_size, self._stage.side)
        return self._batches.crops(step, self._batch_size, self._stage.side, STRIDE)

    @torch.no_grad()
    def _input(self, pictures: Tensor) -> Tensor:
        """What the finished blocks before the part make of pictures."""
        given: Tensor = self._network.features[: self._stage.first](pictures * 2 - 1)
        return given


def unexplained(given: Tensor, wanted: Tensor) -> Tensor:
    """The share of the variance of wanted values [N, C, ...] around their channels' means that is missed."""
    given, wanted = given.float(), wanted.float()
    places = [axis for axis in range(wanted.ndim) if axis != 1]
    variance = (wanted - wanted.mean(dim=places, keepdim=True)).square().mean()
    return (given - wanted).square().mean() / variance.clamp(min=_TINY)


def start_head(head: nn.Linear, space: TargetSpace) -> None:
    """Let a projection begin as the map from the teacher's unit features to the targets."""
    with torch.no_grad():
        head.weight.copy_(space.axes.T)
        head.bias.copy_(-space.mean @ space.axes)
