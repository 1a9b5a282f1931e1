"""Small networks for small pictures, trained from random weights: a plain one, and two with squeeze and excitation."""

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torchvision.ops import SqueezeExcitation

SIMPLE_CHANNELS = (32, 64, 128, 256)
SE_BLOCKS, SE_CHANNELS = (3, 4, 4, 3), (96, 128, 256, 512)
FAST_CHANNELS = (128, 384, 512)
SQUEEZE = 16
"""Channels for each that squeeze and excitation keeps."""
_KERAS_SLOPE, _KERAS_EPSILON, _KERAS_MOMENTUM = 0.3, 1e-3, 0.01
"""Keras' defaults for leaky ReLU and batch norm; its momentum of 0.99 is 0.01 here."""
_PATCH = 2
_WHITENING_EPSILON = 5e-4


def simple_cnn() -> nn.Sequential:
    """Four convolutions of 32 to 256 channels with batch norm; the maps' side is halved before each but the first."""
    blocks: list[nn.Module] = []
    given = 3
    for number, channels in enumerate(SIMPLE_CHANNELS):
        pool = [nn.MaxPool2d(2)] if number else []
        blocks.append(
            nn.Sequential(
                *pool, nn.Conv2d(given, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()
            )
        )
        given = channels
    return nn.Sequential(*blocks)


def se_resnet() -> nn.Sequential:
    """The SE-ResNet of github.com/Arencius/Image-retrieval for 32-pixel pictures: a stem and [3, 4, 4, 3] blocks.

    With its classifier for ten classes it has 19,492,380 parameters as Keras counts them. Strided convolutions pad
    alike on all sides, where Keras pads at the right and the bottom.
    """
    stem = nn.Sequential(*_convolution(3, SE_CHANNELS[0]), nn.ReLU(), *_convolution(96, 96), nn.ReLU())
    blocks: list[nn.Module] = [stem]
    given = SE_CHANNELS[0]
    for stage, (count, channels) in enumerate(zip(SE_BLOCKS, SE_CHANNELS, strict=True)):
        for number in range(count):
            blocks.append(SqueezeExcitationBlock(given, channels, shrinks=stage > 0 and number == 0))
            given = channels
    return nn.Sequential(*blocks)


class SqueezeExcitationBlock(nn.Module):
    """Two convolutions, channels weighed by what the whole map holds, and a shortcut.

    Args:
        given: channels of the maps it takes.
        channels: of those it gives.
        shrinks: whether it halves the maps' side; its shortcut is a convolution then.
    """

    def __init__(self, given: int, channels: int, *, shrinks: bool) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_convolution(given, channels, stride=2 if shrinks else 1),
            nn.LeakyReLU(_KERAS_SLOPE),
            *_convolution(channels, channels),
            nn.LeakyReLU(_KERAS_SLOPE),
            SqueezeExcitation(channels, channels // SQUEEZE),
        )
        self.shortcut = (
            nn.Sequential(*_convolution(given, channels, kernel=1, stride=2), nn.ReLU()) if shrinks else nn.Identity()
        )

    def forward(self, maps: Tensor) -> Tensor:
        """Maps [N, channels, H', W'] of maps [N, given, H, W]."""
        return torch.relu(self.shortcut(maps) + self.body(maps))


def _convolution(given: int, channels: int, kernel: int = 3, stride: int = 1) -> tuple[nn.Module, nn.Module]:
    return (
        nn.Conv2d(given, channels, kernel, stride, padding=kernel // 2),
        nn.BatchNorm2d(channels, eps=_KERAS_EPSILON, momentum=_KERAS_MOMENTUM),
    )


def se_fast() -> nn.Sequential:
    """A fast network for pictures of up to 64 pixels: a whitening stem and three residual stages.

    After the 96 % network of github.com/KellerJordan/cifar10-airbench (MIT), with squeeze and excitation. Its stem
    learns nothing: `whiten_stem` fits it to pictures before the training.
    """
    patch = 3 * _PATCH**2
    stem = nn.Sequential(OrderedDict(whitening=nn.Conv2d(3, 2 * patch, _PATCH), activation=nn.GELU()))
    stem.whitening.requires_grad_(False)
    given = 2 * patch
    stages: list[nn.Module] = []
    for channels in FAST_CHANNELS:
        stages.append(FastStage(given, channels))
        given = channels
    return nn.Sequential(stem, *stages)


class FastStage(nn.Module):
    """Halves the maps' side, then adds two further convolutions to what it has."""

    def __init__(self, given: int, channels: int) -> None:
        super().__init__()
        self.first = nn.Sequential(
            nn.Conv2d(given, channels, 3, padding=1, bias=False),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(channels),
            nn.GELU(),
        )
        self.further = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
            nn.GELU(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
            SqueezeExcitation(channels, channels // SQUEEZE),
        )
        self.activation = nn.GELU()

    def forward(self, maps: Tensor) -> Tensor:
        """Maps [N, channels, H / 2, W / 2] of maps [N, given, H, W]."""
        halved = self.first(maps)
        activated: Tensor = self.activation(halved + self.further(halved))
        return activated


@torch.no_grad()
def whiten_stem(features: nn.Sequential, pictures: Tensor) -> None:
    """Let a network's whitening stem give uncorrelated values of equal spread, if it has such a stem.

    Args:
        features: of `se_fast`; any other network stays as it is.
        pictures: normalised as the network is shown them, [N, 3, H, W]; a few thousand are enough.
    """
    stem = getattr(features[0], "whitening", None)
    if stem is None:
        return
    patches = nn.functional.unfold(pictures.double().cpu(), _PATCH).transpose(1, 2).flatten(0, 1)
    mean = patches.mean(dim=0)
    values, vectors = torch.linalg.eigh(torch.cov(patches.T))
    axes = (vectors / (values + _WHITENING_EPSILON).sqrt()).T.flip(0)
    both = torch.cat([axes, -axes])  # GELU drops what is below zero, so every axis is kept in both directions
    stem.weight.copy_(both.view_as(stem.weight))
    stem.bias.copy_(-both @ mean)
