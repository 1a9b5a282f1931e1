"""A pretrained ImageNet classifier to learn from.

What is accepted is one safetensors file: MobileNetV2 1.0 with 1,001 classes (the first is "background"), batch norms
folded into the convolutions, trained with TensorFlow's SAME padding on pixels in -1..1. The file this was made for
holds the dequantised weights of the MobileNetV2 in google-coral/test_data (Apache-2.0).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models import mobilenet_v2

from engine.errors import ModelError, NotFoundError

CLASSES = 1000
FEATURES = 1280
_HINT = "Name a safetensors file of MobileNetV2 weights with folded batch norms."


class Teacher(nn.Module):
    """MobileNetV2 as TensorFlow computes it, in evaluation mode and without gradients."""

    def __init__(self) -> None:
        super().__init__()
        network = mobilenet_v2(weights=None, num_classes=1 + CLASSES)
        _fold(network.features)
        self.features, self.classifier = network.features, network.classifier
        self.eval().requires_grad_(False)

    def forward(self, pictures: Tensor) -> Tensor:
        """Pooled features [N, 1280] of RGB pictures [N, 3, H, W] in 0..1."""
        pooled: Tensor = self.features(pictures * 2 - 1).mean(dim=(2, 3))
        return pooled

    def logits(self, features: Tensor) -> Tensor:
        """Class logits [N, 1000] of pooled features, without the background class."""
        scores: Tensor = self.classifier(features)
        return scores[:, 1:]


@dataclass(frozen=True, slots=True)
class LoadedTeacher:
    """A teacher and the digest of the file it came from."""

    network: Teacher
    digest: str


def load_teacher(file: Path) -> LoadedTeacher:
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
    teacher = Teacher()
    try:
        teacher.load_state_dict({name: value.float() for name, value in load(weights).items()})
    except SafetensorError as error:
        raise ModelError(f"The teacher {file} is no safetensors file, or damaged.", _HINT) from error
    except RuntimeError as error:
        raise ModelError(f"The teacher {file} is another network than MobileNetV2.", _HINT) from error
    return LoadedTeacher(teacher, hashlib.blake2b(weights, digest_size=16).hexdigest())


class _SamePadded(nn.Conv2d):
    """A strided convolution with TensorFlow's SAME padding: an odd pixel goes to the right and the bottom."""

    def forward(self, pictures: Tensor) -> Tensor:
        kernel, stride = self.kernel_size[0], self.stride[0]
        margins: list[int] = []
        for side in (pictures.shape[-1], pictures.shape[-2]):
            missing = max((-(-side // stride) - 1) * stride + kernel - side, 0)
            margins += [missing // 2, missing - missing // 2]
        return super().forward(functional.pad(pictures, margins))


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
    return _SamePadded(given.in_channels, given.out_channels, kernel, stride, groups=given.groups)
