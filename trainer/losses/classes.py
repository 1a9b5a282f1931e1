"""Losses that know every class: a layer of scores, or a proxy that stands for its photos."""

import math

import numpy as np
import torch
from pytorch_metric_learning.losses import ArcFaceLoss as MetricLearningArcFace
from pytorch_metric_learning.losses import ProxyAnchorLoss as MetricLearningProxyAnchor
from torch import Tensor, nn
from torch.nn import functional

from trainer.losses.base import Loss


class ClassificationLoss(Loss):
    """Cross-entropy of a layer of class scores on what the network gives.

    Args:
        dim: values of what it is given, an embedding or pooled features.
        classes: number of classes.
        smoothing: share of the target that is spread over all classes. Where the features are to serve other classes
            than these, 0 is better: Kornblith et al., "Why Do Better Loss Functions Lead to Less Transferable
            Features?", 2021 (arXiv:2010.16402).
        temperature: of cosines as scores ("normalised softmax": Zhai and Wu, 2019, arXiv:1811.12649), good at 0.09;
            an ordinary layer if None.
    """

    def __init__(self, dim: int, classes: int, smoothing: float = 0.1, temperature: float | None = None) -> None:
        super().__init__()
        self.layer = nn.Linear(dim, classes, bias=temperature is None)
        self.smoothing, self.temperature = smoothing, temperature

    def scores(self, embeddings: Tensor) -> Tensor:
        """Class scores [N, classes] before softmax."""
        if self.temperature is None:
            scores: Tensor = self.layer(embeddings)
            return scores
        cosines = functional.normalize(embeddings, dim=1) @ functional.normalize(self.layer.weight, dim=1).T
        return cosines / self.temperature

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The mean over the photos; targets are class numbers [N], or shares [N, classes] as mixing makes them."""
        return functional.cross_entropy(self.scores(embeddings), targets, label_smoothing=self.smoothing)


class ProxyAnchorLoss(Loss):
    """Every class has a proxy, and each proxy pulls and pushes all photos of a batch, the harder ones more.

    Kim et al., "Proxy Anchor Loss for Deep Metric Learning", 2020 (arXiv:2003.13911): as good with many classes of few
    photos, and quick to learn.

    Args:
        dim: values of an embedding.
        classes: number of classes.
        alpha: how much more the harder ones count.
        delta: cosine margin.
    """

    rate = 100.0

    def __init__(self, dim: int, classes: int, alpha: float = 32.0, delta: float = 0.1) -> None:
        super().__init__()
        self.loss = MetricLearningProxyAnchor(classes, dim, margin=delta, alpha=alpha)

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """What the proxies of the batch's classes pull, plus what all proxies push."""
        loss: Tensor = self.loss(embeddings, targets)
        return loss


class ArcFaceLoss(Loss):
    """Cross-entropy of scaled cosines to class centres, the own class seen from a margin farther away.

    Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition", 2019 (arXiv:1801.07698).

    Args:
        dim: values of an embedding.
        classes: number of classes.
        scale: of the cosines; 32 for a handful of photos, else 64.
        margin: angle in degrees.
        ramp: epochs in which the margin grows from 0 to that, so that random centres are not asked too much.
    """

    rate = 10.0

    def __init__(self, dim: int, classes: int, scale: float = 32.0, margin: float = 20.0, ramp: float = 5.0) -> None:
        super().__init__()
        self.loss = MetricLearningArcFace(classes, dim, margin=margin, scale=scale)
        self._margin, self._ramp = math.radians(margin), ramp
        self.at(0)

    @property
    def margin(self) -> float:
        """The angle at present, in degrees."""
        return math.degrees(self.loss.margin)

    def at(self, epoch: float) -> None:
        """Set the margin of that epoch."""
        self.loss.margin = self._margin * (min(1.0, epoch / self._ramp) if self._ramp else 1.0)

    def measured(self, embeddings: Tensor, targets: Tensor) -> Tensor:
        """The mean over the photos."""
        loss: Tensor = self.loss(embeddings, targets)
        return loss


def mixed(pictures: Tensor, targets: Tensor, alpha: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Every picture blended with another one of the batch, and its target with that one's.

    Zhang et al., "mixup: Beyond Empirical Risk Minimization", 2018 (arXiv:1710.09412). One share for a batch, as BiT
    does.

    Args:
        pictures: [N, 3, H, W].
        targets: shares of the classes, [N, classes].
        alpha: of the symmetric beta distribution that the share is drawn from; 0 mixes nothing.
        generator: on the CPU; decides.
    """
    if alpha <= 0:
        return pictures, targets
    seed = int(torch.randint(2**63 - 1, (1,), generator=generator))
    share = float(np.random.default_rng(seed).beta(alpha, alpha))
    partners = torch.randperm(len(pictures), generator=generator).to(pictures.device)
    return (
        share * pictures + (1 - share) * pictures[partners],
        share * targets + (1 - share) * targets[partners],
    )
