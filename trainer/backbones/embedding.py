"""The network that is trained: a backbone and a projection to the embedding."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.backbones.pooling import Pooling, pooling_named
from trainer.backbones.registry import DEFAULT_BACKBONE, backbone_named


class EmbeddingNet(nn.Module):
    """A backbone, pooled, projected and L2-normalised.

    Normalisation of the pixels is inside, so that nobody can feed it differently prepared pictures.

    Attributes:
        dim: values of an embedding.
        backbone: name of the backbone, a key of `trainer.backbones.registry.BACKBONES`.
        pooling: "average", "central" if the border counts less, or "gem" for the generalized mean.
        features: the backbone's blocks.
        head: projects pooled features to the embedding.

    Raises:
        BadRequestError: there is no such backbone or pooling.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, dim: int, backbone: str = DEFAULT_BACKBONE, pooling: Pooling = "average") -> None:
        super().__init__()
        chosen = backbone_named(backbone)
        self.dim, self.backbone, self.pooling = dim, backbone, pooling
        self.features = chosen.build()
        self.pool = pooling_named(pooling)
        self.head = nn.Linear(chosen.pooled, dim)
        for name, values in zip(("mean", "std"), chosen.preprocessing.normalisation, strict=True):
            self.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1), persistent=False)

    def normalised(self, pictures: Tensor) -> Tensor:
        """RGB pictures [N, 3, H, W] in 0..1 as the backbone is shown them."""
        return (pictures - self.mean) / self.std

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Embeddings [N, dim] and pooled features [N, pooled] of RGB pictures [N, 3, H, W] in 0..1."""
        pooled: Tensor = self.pool(self.features(self.normalised(pictures)))
        return functional.normalize(self.head(functional.normalize(pooled, dim=1)), dim=1), pooled
