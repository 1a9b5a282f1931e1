"""The network that is trained: a small backbone and a projection to the embedding."""

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models import mobilenet_v3_small

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)
BACKBONE = "mobilenet_v3_small"
POOLED = 576
"""Values MobileNetV3-small gives per picture, before the projection."""


class EmbeddingNet(nn.Module):
    """MobileNetV3-small from random weights, average-pooled, projected and L2-normalised.

    Normalisation of the pixels is inside, so that nobody can feed it differently prepared pictures.

    Attributes:
        dim: values of an embedding.
        mean: of the pixels, per channel.
        std: of the pixels, per channel.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.dim = dim
        self.features = mobilenet_v3_small(weights=None).features
        self.head = nn.Linear(POOLED, dim)
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1), persistent=False)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Embeddings [N, dim] and pooled features [N, 576] of RGB pictures [N, 3, H, W] in 0..1."""
        pooled = self.features((pictures - self.mean) / self.std).mean(dim=(2, 3))
        return functional.normalize(self.head(pooled), dim=1), pooled
