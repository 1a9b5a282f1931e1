"""BiT (Big Transfer): ResNet-50 v2 with group norm and weight standardisation, and the files its authors published.

Kolesnikov et al., "Big Transfer (BiT): General Visual Representation Learning", 2020 (arXiv:1912.11370), as in
github.com/google-research/big_transfer (Apache-2.0). It has no batch norm, so that small batches do no harm.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCKS, WIDTHS = (3, 4, 6, 3), (256, 512, 1024, 2048)
GROUPS = 32
_EPSILON = 1e-10
_ROOT = "resnet/"
_NEARLY_ZERO = 1e-30
"""Around the maps before they are pooled, where the pool's own padding would be minus infinity. A zero would be so too
in the exported model: ONNX Runtime (seen with 1.31) takes a padding with zeros for the pool's own."""

Network = TypeVar("Network", bound=nn.Module)


class StandardisedConv2d(nn.Conv2d):
    """A convolution whose kernels are used with mean 0 and variance 1."""

    def standardised(self) -> Tensor:
        """The kernels as they are used."""
        variance, mean = torch.var_mean(self.weight, dim=(1, 2, 3), keepdim=True, unbiased=False)
        return (self.weight - mean) / torch.sqrt(variance + _EPSILON)

    def forward(self, maps: Tensor) -> Tensor:
        """Maps [N, out, H', W'] of maps [N, in, H, W]."""
        return functional.conv2d(maps, self.standardised(), self.bias, self.stride, self.padding)


class Unit(nn.Module):
    """A bottleneck whose norms and activations come before the convolutions.

    Args:
        given: channels of the maps it takes.
        channels: of those it gives; a quarter of them inside.
        stride: of its middle convolution.
    """

    def __init__(self, given: int, channels: int, stride: int) -> None:
        super().__init__()
        inside = channels // 4
        self.norm_a, self.a = nn.GroupNorm(GROUPS, given), StandardisedConv2d(given, inside, 1, bias=False)
        self.norm_b = nn.GroupNorm(GROUPS, inside)
        self.b = StandardisedConv2d(inside, inside, 3, stride, padding=1, bias=False)
        self.norm_c, self.c = nn.GroupNorm(GROUPS, inside), StandardisedConv2d(inside, channels, 1, bias=False)
        projects = stride != 1 or given != channels
        self.projection = StandardisedConv2d(given, channels, 1, stride, bias=False) if projects else None

    def forward(self, maps: Tensor) -> Tensor:
        """Maps [N, channels, H / stride, W / stride] of maps [N, given, H, W]."""
        activated = functional.relu(self.norm_a(maps))
        shortcut = maps if self.projection is None else self.projection(activated)
        inside = self.b(functional.relu(self.norm_b(self.a(activated))))
        result: Tensor = self.c(functional.relu(self.norm_c(inside))) + shortcut
        return result


def bit_r50x1() -> nn.Sequential:
    """Root, four blocks of units, and the last norm and activation: maps [N, 2048, H / 32, W / 32]."""
    root = nn.Sequential(
        OrderedDict(
            convolution=StandardisedConv2d(3, 64, 7, 2, padding=3, bias=False),
            margin=nn.ConstantPad2d(1, _NEARLY_ZERO),
            pool=nn.MaxPool2d(3, 2),
        )
    )
    blocks: OrderedDict[str, nn.Module] = OrderedDict(root=root)
    given = 64
    for number, (units, channels) in enumerate(zip(BLOCKS, WIDTHS, strict=True), 1):
        first = Unit(given, channels, stride=1 if number == 1 else 2)
        blocks[f"block{number}"] = nn.Sequential(first, *(Unit(channels, channels, 1) for _ in range(units - 1)))
        given = channels
    return nn.Sequential(OrderedDict(blocks, norm=nn.GroupNorm(GROUPS, given), activation=nn.ReLU()))


def published_state(arrays: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state of `bit_r50x1` from the arrays of a published BiT-M-R50x1.npz or BiT-S-R50x1.npz.

    Args:
        arrays: by the file's own names, such as "resnet/block1/unit01/a/group_norm/gamma"; kernels as
            [height, width, in, out]. What belongs to the classifier is left aside.

    Raises:
        KeyError: an array is missing.
    """
    return {
        ours: arrays[theirs].permute(3, 2, 0, 1).contiguous() if arrays[theirs].ndim == 4 else arrays[theirs]
        for ours, theirs in published_names()
    }


def published_names() -> Iterator[tuple[str, str]]:
    """Every array of a published file that `bit_r50x1` takes: its name in our state, and in theirs."""
    yield "root.convolution.weight", f"{_ROOT}root_block/standardized_conv2d/kernel"
    for block, units in enumerate(BLOCKS, 1):
        for unit in range(units):
            ours, theirs = f"block{block}.{unit}", f"{_ROOT}block{block}/unit{unit + 1:02}"
            for part in "abc":
                yield f"{ours}.{part}.weight", f"{theirs}/{part}/standardized_conv2d/kernel"
                yield from _norm(f"{ours}.norm_{part}", f"{theirs}/{part}/group_norm")
            if unit == 0:
                yield f"{ours}.projection.weight", f"{theirs}/a/proj/standardized_conv2d/kernel"
    yield from _norm("norm", f"{_ROOT}group_norm")


def _norm(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    yield f"{ours}.weight", f"{theirs}/gamma"
    yield f"{ours}.bias", f"{theirs}/beta"


def folded(network: Network) -> Network:
    """A copy of a network, its standardised convolutions replaced by plain ones with the kernels they use."""
    network = deepcopy(network)
    for module in list(network.modules()):
        for name, child in module.named_children():
            if isinstance(child, StandardisedConv2d):
                setattr(module, name, _plain(child))
    return network


@torch.no_grad()
def _plain(given: StandardisedConv2d) -> nn.Conv2d:
    size, stride = given.kernel_size[0], given.stride[0]
    plain = nn.Conv2d(given.in_channels, given.out_channels, size, stride, padding=size // 2, bias=False)
    plain.weight.copy_(given.standardised())
    return plain
