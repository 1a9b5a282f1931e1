"""A pretrained ImageNet classifier to learn from.

What is accepted is one safetensors file: MobileNetV2 1.0 with 1,001 classes (the first is "background"), batch norms
folded into the convolutions, trained with TensorFlow's SAME padding on pixels in -1..1. The file this was made for
holds the dequantised weights of the MobileNetV2 in google-coral/test_data (Apache-2.0).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn
from torchvision.models import mobilenet_v2

from engine.errors import ModelError, NotFoundError
from trainer.backbones.padding import SamePadded
from trainer.backbones.pooling import Pooling, pooling_named

CLASSES = 1000
FEATURES = 1280
_HINT = "Name a safetensors file of MobileNetV2 weights with folded batch norms."


class Teacher(nn.Module):
    """MobileNetV2 as TensorFlow computes it, in evaluation mode and without gradients.

    It is asked in single precision even where a student computes in half of it: bfloat16 changes seven of a hundred
    neighbours (docs/experiments.md).

    Args:
        pooling: how its maps become one vector.
    """

    def __init__(self, pooling: Pooling = "average") -> None:
        super().__init__()
        self.pool = pooling_named(pooling)
        network = mobilenet_v2(weights=None, num_classes=1 + CLASSES)
        _fold(network.features)
        self.features, self.classifier = network.features, network.classifier
        self.eval().requires_grad_(False)

    def forward(self, pictures: Tensor) -> Tensor:
        """Pooled features [N, 1280] of RGB pictures [N, 3, H, W] in 0..1."""
        with torch.autocast(pictures.device.type, enabled=False):
            pooled: Tensor = self.pool(self.features(pictures * 2 - 1))
        return pooled

    def maps(self, pictures: Tensor, blocks: int) -> list[Tensor]:
        """What the first blocks put out for RGB pictures [N, 3, H, W] in 0..1, one map [N, C, H', W'] a block."""
        outputs: list[Tensor] = []
        given = pictures * 2 - 1
        with torch.autocast(pictures.device.type, enabled=False):
            for block in self.features[:blocks]:
                given = block(given)
                outputs.append(given)
        return outputs

    def logits(self, features: Tensor) -> Tensor:
        """Class logits [N, 1000] of pooled features, without the background class."""
        scores: Tensor = self.classifier(features)
        return scores[:, 1:]


@dataclass(frozen=True, slots=True)
class LoadedTeacher:
    """A teacher and the digest of the file it came from and of its pooling."""

    network: Teacher
    digest: str


def load_teacher(file: Path, pooling: Pooling = "average") -> LoadedTeacher:
    """Read a teacher's weights.

    Raises:
        NotFoundError: there is no such file.
        ModelError: it is not such a network, or damaged.
    """
    try:
        weights = file.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(f"There is no teacher at {file}.", _HINT) from None
    except OSError as error:
        raise ModelError(f"The teacher {file} cannot be read ({error.strerror}).", _HINT) from error
    teacher = Teacher(pooling)
    try:
        teacher.load_state_dict({name: value.float() for name, value in load(weights).items()})
    except SafetensorError as error:
        raise ModelError(f"The teacher {file} is no safetensors file, or damaged.", _HINT) from error
    except RuntimeError as error:
        raise ModelError(f"The teacher {file} is another network than MobileNetV2.", _HINT) from error
    return LoadedTeacher(teacher, hashlib.blake2b(weights, digest_size=16, person=pooling.encode()).hexdigest())


def _fold(module: nn.Module) -> None:
    """Replace convolutions and batch norms by their folded, SAME-padded equivalents, in place."""
    for name, child in module.named_children():
        if isinstance(child, nn.BatchNorm2d):
            setattr(module, name, nn.Identity())
        elif isinstance(child, nn.Conv2d):
            setattr(module, name, _folded(child))
        else:
            _fold(child)


def _folded(given: nn.Conv2d) -> nn.Conv2d:
    kernel, stride = given.kernel_size[0], given.stride[0]
    if stride == 1:  # SAME is symmetric here, and padding inside the convolution is cheaper
        return nn.Conv2d(given.in_channels, given.out_channels, kernel, padding=kernel // 2, groups=given.groups)
    return SamePadded(given.in_channels, given.out_channels, kernel, stride, groups=given.groups)
