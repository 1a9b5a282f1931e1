"""Changes to small labelled pictures, such as those of CIFAR-10: batches [N, 3, side, side] in 0..1, on any device.

Two ways: `small_augmented` after github.com/Arencius/Image-retrieval without its mistakes (it brightens what it crops,
crops towards one corner only, and never shows a picture as it is), and `fast_augmented` after
github.com/KellerJordan/cifar10-airbench (MIT).
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from trainer.augment import LUMA

DEGREES, SHIFT, ZOOM = 10.0, 0.15, 0.2
"""Largest turn, shift (share of the side) and zoom."""
NOISE_MEAN, NOISE_VARIANCE = 0.2, 0.0125
COVER = (0.1, 0.45)
"""Smallest and largest sides of what covers a picture, in shares of its own."""
SATURATION = (1.25, 3.0)
SMALLEST_CROP = 0.5
"""Of the side."""
FAST_SHIFT, FAST_COVER = 4, 12
"""Pixels of 32."""
_ODD = 0x9E3779B1
"""Knuth's multiplier: neighbouring rows get unrelated bits."""

Change = Callable[[Tensor, torch.Generator], Tensor]


def small_augmented(pictures: Tensor, generator: torch.Generator, share: float = 0.5) -> Tensor:
    """Turned, moved, zoomed and mirrored a little, and some of them noisy, covered, garish or cropped.

    Args:
        pictures: what to change; it stays as it is.
        generator: on the CPU; the same state gives the same pictures.
        share: of the pictures that one of the four happens to; 1 as in the original, where it always does.
    """
    framed = _framed(pictures, generator)
    kind = torch.randint(len(CHANGES), (len(pictures),), generator=generator)
    changed = torch.rand(len(pictures), generator=generator) < share
    for number, change in enumerate(CHANGES):
        chosen = (changed & (kind == number)).to(pictures.device)
        if chosen.any():
            framed[chosen] = change(framed[chosen], generator)
    return framed


def fast_augmented(pictures: Tensor, rows: Tensor, epoch: int, generator: torch.Generator) -> Tensor:
    """Mirrored in every other epoch, moved by some pixels and partly covered.

    Args:
        pictures: what to change; it stays as it is.
        rows: which pictures they are, int64 [N]; a half is mirrored first, and the other half in the next epoch, so
            that two epochs show all of both sides.
        epoch: counted from 0.
        generator: on the CPU.
    """
    mirrored = alternately_mirrored(pictures, rows, epoch)
    side = pictures.shape[2]
    moved = shifted(mirrored, generator, round(FAST_SHIFT * side / 32))
    share = FAST_COVER / 32
    return covered(moved, generator, (share, share))


def alternately_mirrored(pictures: Tensor, rows: Tensor, epoch: int) -> Tensor:
    """Each picture mirrored in every other epoch, a half of them in the even ones."""
    first = (rows * _ODD >> 16) & 1
    mirrored = ((first + epoch) % 2 == 1).to(pictures.device)
    return torch.where(mirrored.view(-1, 1, 1, 1), pictures.flip(3), pictures)


def shifted(pictures: Tensor, generator: torch.Generator, pixels: int) -> Tensor:
    """Each picture moved by up to so many whole pixels, what is missing reflected."""
    count, _, side, _ = pictures.shape
    padded = functional.pad(pictures, [pixels] * 4, mode="reflect")
    top, left = torch.randint(2 * pixels + 1, (2, count, 1), generator=generator).to(pictures.device)
    places = torch.arange(side, device=pictures.device)
    which = torch.arange(count, device=pictures.device)[:, None, None]
    return padded.permute(0, 2, 3, 1)[which, (top + places)[:, :, None], (left + places)[:, None, :]].permute(
        0, 3, 1, 2
    )


def covered(pictures: Tensor, generator: torch.Generator, sides: tuple[float, float] = COVER) -> Tensor:
    """Each picture with a black box somewhere in it, whole, its sides in that range of shares of the picture's own."""
    count, _, side, _ = pictures.shape
    places = torch.arange(side, device=pictures.device)
    inside = []
    for _ in range(2):
        size = (_uniform(sides, (count, 1), generator) * side).round()
        start = (_uniform((0, 1), (count, 1), generator) * (side - size + 1)).floor().clamp(max=side - 1)
        start, size = start.to(pictures.device), size.to(pictures.device)
        inside.append((places >= start) & (places < start + size))
    rows, columns = inside
    return pictures.masked_fill((rows[:, :, None] & columns[:, None, :])[:, None], 0)


def cropped(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Of each picture a square of half to all its side, from anywhere, enlarged again."""
    count = len(pictures)
    size = _uniform((SMALLEST_CROP, 1), (count,), generator)
    across, down = (1 - size) * _uniform((-1, 1), (2, count), generator)
    return _sampled(pictures, size, torch.zeros(count), size, across, down)


def noisy(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Each picture brightened and with Gaussian noise."""
    each = (len(pictures), 1, 1, 1)
    mean, variance = _uniform((0, NOISE_MEAN), each, generator), _uniform((0, NOISE_VARIANCE), each, generator)
    noise = mean + variance.sqrt() * torch.randn(pictures.shape, generator=generator)
    return (pictures + noise.to(pictures.device)).clamp(0, 1)


def garish(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Each picture with stronger colours."""
    factor = _uniform(SATURATION, (len(pictures), 1, 1, 1), generator).to(pictures.device)
    luma = torch.tensor(LUMA, device=pictures.device).view(1, 3, 1, 1)
    grey = (pictures * luma).sum(dim=1, keepdim=True)
    return (grey + factor * (pictures - grey)).clamp(0, 1)


CHANGES: tuple[Change, ...] = (noisy, covered, garish, cropped)


def _framed(pictures: Tensor, generator: torch.Generator) -> Tensor:
    count = len(pictures)
    angle = _uniform((-math.radians(DEGREES), math.radians(DEGREES)), (count,), generator)
    zoom = 1 + _uniform((-ZOOM, ZOOM), (count,), generator)
    across, down = 2 * _uniform((-SHIFT, SHIFT), (2, count), generator)
    mirrored = 1 - 2 * (torch.rand(count, generator=generator) < 0.5).float()
    return _sampled(pictures, zoom * angle.cos() * mirrored, zoom * angle.sin(), zoom * angle.cos(), across, down)


def _sampled(pictures: Tensor, a: Tensor, b: Tensor, d: Tensor, across: Tensor, down: Tensor) -> Tensor:
    """Each picture seen through the affine map (x, y) -> (a x - b y + across, b x + d y + down) of -1..1."""
    turn = torch.stack([torch.stack([a, -b, across], 1), torch.stack([b, d, down], 1)], 1).to(pictures.device)
    grid = functional.affine_grid(turn, list(pictures.shape), align_corners=False)
    return functional.grid_sample(pictures, grid, mode="bilinear", padding_mode="border", align_corners=False)


def _uniform(span: tuple[float, float], shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    lowest, highest = span
    return lowest + (highest - lowest) * torch.rand(shape, generator=generator)
