"""Losses for photos with several labels: likeness in degrees, as `trainer.label_space` tells it."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.losses.base import Loss

_LIKE = 0.5
"""From this similarity on two photos count as like each other."""


class SimilarityLoss(Loss):
    """A photo shall find the others in the order of their similarity; supervised contrastive learning in degrees.

    Embeddings of earlier batches are kept to compare with, so that the batch size is no limit.

    Args:
        dim: values of an embedding.
        target_dim: values of a target.
        temperature: the lower, the more only the nearest count.
        power: of the similarities; the higher, the more the most similar count.
        nearest: photos that a photo is drawn to, at most.
        memory: embeddings that are kept.
    """

    memory: Tensor
    memory_targets: Tensor
    remembered: Tensor

    def __init__(
        self,
        dim: int,
        target_dim: int,
        temperature: float = 0.1,
        power: float = 2.0,
        nearest: int = 16,
        memory: int = 4096,
    ) -> None:
        super().__init__()
        self.temperature, self.power, self.nearest = temperature, power, nearest
        self.register_buffer("memory", torch.zeros(memory, dim))
        self.register_buffer("memory_targets", torch.zeros(memory, target_dim))
        self.register_buffer("remembered", torch.zeros((), dtype=torch.int64))

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The mean over the photos that any other is similar to; 0 if none is.

        Args:
            embeddings: [N, dim].
            targets: vectors whose cosines are the similarities, [N, target_dim].
        """
        unit, targets = functional.normalize(embeddings, dim=1), functional.normalize(targets.float(), dim=1)
        known = min(int(self.remembered), len(self.memory))
        others = torch.cat([unit, self.memory[:known].clone()])
        similarities = functional.relu(targets @ torch.cat([targets, self.memory_targets[:known]]).T) ** self.power
        itself = torch.eye(*similarities.shape, dtype=torch.bool, device=unit.device)
        weights = self._nearest(similarities.masked_fill(itself, 0))
        likelihoods = (unit @ others.T / self.temperature).masked_fill(itself, -torch.inf).log_softmax(dim=1)
        self._remember(unit.detach(), targets)
        total = weights.sum(dim=1)
        losses = -(weights * likelihoods.masked_fill(itself, 0)).sum(dim=1) / total.clamp(min=torch.finfo().tiny)
        return losses.sum() / (total > 0).sum().clamp(min=1)

    def _nearest(self, similarities: Tensor) -> Tensor:
        """The largest of every row; the others 0."""
        kept = similarities.topk(min(self.nearest, similarities.shape[1]), dim=1)
        return torch.zeros_like(similarities).scatter(1, kept.indices, kept.values)

    @torch.no_grad()
    def _remember(self, unit: Tensor, targets: Tensor) -> None:
        if not self.training:
            return
        unit, targets = unit[: len(self.memory)], targets[: len(self.memory)]
        places = (self.remembered + torch.arange(len(unit), device=unit.device)) % len(self.memory)
        self.memory[places], self.memory_targets[places] = unit, targets
        self.remembered += len(unit)


class SimilarityRegressionLoss(Loss):
    """Cosines of embeddings shall be the similarities, like and unlike pairs counted for a half each."""

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The mean square error over all pairs of a batch.

        Args:
            embeddings: [N, dim].
            targets: vectors whose cosines are the similarities, [N, target_dim].
        """
        unit, targets = functional.normalize(embeddings, dim=1), functional.normalize(targets.float(), dim=1)
        similarities = functional.relu(targets @ targets.T)
        pairs = ~torch.eye(len(unit), dtype=torch.bool, device=unit.device)
        errors = (unit @ unit.T - similarities).square()
        like = pairs & (similarities > _LIKE)
        halves = [errors[chosen].mean() for chosen in (like, pairs & ~like) if chosen.any()]
        return torch.stack(halves).mean() if halves else errors.sum() * 0


class NeighbourLoss(Loss):
    """Each photo of a fixed gallery is told whether it is a neighbour, as github.com/Remeus/simage does.

    Kept for comparison: it has one output for every photo of the gallery, and cannot find a photo that comes later.

    Args:
        features: values of what it is given.
        gallery: photos that can be found.
    """

    def __init__(self, features: int, gallery: int) -> None:
        super().__init__()
        self.dropout, self.layer = nn.Dropout(0.5), nn.Linear(features, gallery)
        nn.init.normal_(self.layer.weight, std=0.01)
        nn.init.zeros_(self.layer.bias)

    def scores(self, embeddings: Tensor) -> Tensor:
        """How likely each photo of the gallery is a neighbour, before the sigmoid: [N, gallery]."""
        scores: Tensor = self.layer(self.dropout(embeddings))
        return scores

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The mean over photos and gallery of the binary cross-entropy.

        Args:
            embeddings: features [N, features].
            targets: which photos are neighbours, see `trainer.label_space.neighbour_targets`, [N, gallery].
        """
        return functional.binary_cross_entropy_with_logits(self.scores(embeddings), targets.float())
