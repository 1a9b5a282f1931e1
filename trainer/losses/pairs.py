"""Losses that compare the embeddings of a batch with each other."""

from typing import Literal, get_args

import torch
from pytorch_metric_learning.distances import LpDistance
from pytorch_metric_learning.losses import SupConLoss as MetricLearningSupCon
from pytorch_metric_learning.miners import BatchHardMiner
from torch import Tensor
from torch.nn import functional

from trainer.losses.base import Loss

Mining = Literal["semi-hard", "batch-hard"]
MININGS: tuple[str, ...] = get_args(Mining)
Distance = Literal["cosine", "euclidean"]
DISTANCES: tuple[str, ...] = get_args(Distance)
Triplets = tuple[Tensor, Tensor, Tensor]
"""Rows of anchors, positives and negatives."""


class TripletLoss(Loss):
    """Every photo shall be nearer to those of its class than to others, by a margin, in Euclidean distance.

    With a margin of 1 and semi-hard triplets it is TensorFlow Addons' `TripletSemiHardLoss` with its defaults. Good
    margins for unit vectors are near 0.1: Musgrave et al., "A Metric Learning Reality Check", 2020 (arXiv:2003.08505).

    Args:
        margin: wanted difference of distances.
        mining: "semi-hard" (Schroff et al., "FaceNet", 2015, arXiv:1503.03832) takes every pair of a class and the
            nearest negative that is farther away than the positive, or else the farthest one; "batch-hard" (Hermans et
            al., "In Defense of the Triplet Loss", 2017, arXiv:1703.07737) every photo with its farthest positive and
            nearest negative.
        warm_up: epochs of semi-hard triplets before batch-hard ones, which let untrained embeddings collapse.

    Attributes:
        active: share of the last batch's triplets that the margin is not kept in; a collapse shows here.
    """

    def __init__(self, margin: float = 0.1, mining: Mining = "semi-hard", warm_up: float = 0.0) -> None:
        super().__init__()
        self.margin, self.collapsed, self.mining, self.active = margin, margin, mining, torch.zeros(())
        self._aim, self._warm_up = mining, warm_up
        self._distance = LpDistance(normalize_embeddings=False)
        self._batch_hard = BatchHardMiner(distance=self._distance)

    def at(self, epoch: float) -> None:
        """Semi-hard triplets first, if so wanted."""
        self.mining = "semi-hard" if epoch < self._warm_up else self._aim

    def ease(self) -> None:
        """Semi-hard triplets from now on."""
        self.mining = self._aim = "semi-hard"

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The mean over the triplets; 0 if there are none."""
        distances: Tensor = self._distance(embeddings)
        if self.mining == "semi-hard":
            anchors, positives, negatives = semi_hard_triplets(distances.detach(), targets)
        else:
            anchors, positives, negatives = self._batch_hard(embeddings.detach(), targets)
        if not len(anchors):
            return embeddings.sum() * 0
        losses = functional.relu(distances[anchors, positives] - distances[anchors, negatives] + self.margin)
        self.active = (losses.detach() > 0).float().mean()
        return losses.mean()


def semi_hard_triplets(distances: Tensor, labels: Tensor) -> Triplets:
    """For every ordered pair of a class the nearest negative beyond the positive, or else the farthest negative.

    Args:
        distances: between all embeddings, [N, N].
        labels: class numbers [N].
    """
    anchors, positives = _pairs(labels)
    negative = labels[anchors][:, None] != labels[None]
    kept = negative.any(dim=1)
    anchors, positives, negative = anchors[kept], positives[kept], negative[kept]
    candidates = distances[anchors]
    beyond = negative & (candidates > distances[anchors, positives][:, None])
    nearest = candidates.masked_fill(~beyond, torch.inf).argmin(dim=1)
    farthest = candidates.masked_fill(~negative, -torch.inf).argmax(dim=1)
    return anchors, positives, torch.where(beyond.any(dim=1), nearest, farthest)


class ContrastiveLoss(Loss):
    """Pairs of a class shall be near, other pairs far, all pairs of a batch counted and none stored.

    Hadsell et al., "Dimensionality Reduction by Learning an Invariant Mapping", 2006.

    Args:
        pos_fraction: weight of the pairs of a class, whatever their number: what a batch of drawn pairs with that share
            of positive ones would give on average.
        pos_margin: distance up to which a pair of a class costs nothing.
        neg_margin: distance from which another pair costs nothing.
        distance: "cosine" (1 - cosine), each violation counted as it is; or "euclidean", squared as in the original.
            Siamese networks of old are "euclidean" with margins 0 and 1.
    """

    def __init__(
        self,
        pos_fraction: float = 0.33,
        pos_margin: float = 0.2,
        neg_margin: float = 0.5,
        distance: Distance = "cosine",
    ) -> None:
        super().__init__()
        self.pos_fraction, self.pos_margin, self.neg_margin, self.distance = (
            pos_fraction, pos_margin, neg_margin, distance,
        )  # fmt: skip
        self._euclidean = LpDistance(normalize_embeddings=False)

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The weighted means over the pairs of a class and over the others."""
        if self.distance == "cosine":
            unit = functional.normalize(embeddings, dim=1)
            distances, power = 1 - unit @ unit.T, 1
        else:
            distances, power = self._euclidean(embeddings), 2
        pairs = _pairs(targets)
        others = (targets[:, None] != targets[None]).nonzero(as_tuple=True)
        near = functional.relu(distances[pairs] - self.pos_margin) ** power
        far = functional.relu(self.neg_margin - distances[others]) ** power
        return self.pos_fraction * _mean(near) + (1 - self.pos_fraction) * _mean(far)


class SupConLoss(Loss):
    """A photo shall be told from all others of the batch, and those of its class be the likeliest.

    Khosla et al., "Supervised Contrastive Learning", 2020 (arXiv:2004.11362).

    Args:
        temperature: the lower, the more only the nearest count.
    """

    def __init__(self, temperature: float = 0.1) -> None:
        super().__init__()
        self._loss = MetricLearningSupCon(temperature)

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The mean over the photos that have another of their class in the batch; 0 if none has."""
        loss: Tensor = self._loss(embeddings, targets)
        return loss


def _pairs(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Rows and columns of all ordered pairs of a class."""
    same = labels[:, None] == labels[None]
    anchors, positives = same.fill_diagonal_(False).nonzero(as_tuple=True)
    return anchors, positives


def _mean(values: Tensor) -> Tensor:
    return values.mean() if len(values) else values.sum()
