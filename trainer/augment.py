"""Changes to a batch of pictures that leave their meaning alone, and that copies of a photo go through."""

from io import BytesIO

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

GREY = 0.45
"""Mean brightness of photographs; contrast turns around it."""
LUMA = (0.299, 0.587, 0.114)
"""ITU-R BT.601."""
CONTRAST, BRIGHTNESS, CAST = 0.25, 0.3, 0.08
"""Largest changes: of contrast and brightness, and of each colour's share."""
SMALLEST_SIDE = 0.75
"""Of what a crop leaves of a side."""
QUALITIES = (25, 85)
"""Of JPEG."""
_CROPPED, _DISCOLOURED, _BLURRED, _COMPRESSED, _COVERED = 0.5, 0.08, 0.2, 0.15, 0.15
"""Shares of the pictures that are cropped, made grey, blurred, compressed, and written over or framed."""


def augmented(pixels: Tensor, side: int, generator: torch.Generator, untouched: float = 0.0) -> Tensor:
    """Float pictures [N, 3, side, side] in 0..1: mirrored, cropped, relit, and some of them spoilt as copies often are.

    Args:
        pixels: uint8 RGB [N, height, width, 3], on the CPU.
        side: of the result.
        generator: decides; the same state gives the same pictures.
        untouched: share of the pictures that stay as they are.
    """
    plain = as_pictures(pixels, side)
    spared = torch.rand(len(plain), generator=generator) < untouched
    pictures = framed(plain, generator)
    pictures = _relit(pictures, generator)
    for share, change in (
        (_DISCOLOURED, _grey),
        (_BLURRED, _blurred),
        (_COMPRESSED, _compressed),
        (_COVERED, _covered),
    ):
        chosen = torch.rand(len(pictures), generator=generator) < share
        if chosen.any():
            pictures[chosen] = change(pictures[chosen], generator)
    pictures[spared] = plain[spared]
    return pictures.contiguous(memory_format=torch.channels_last)


def as_pictures(pixels: Tensor, side: int) -> Tensor:
    """Float pictures [N, 3, side, side] in 0..1, channels last in memory, of uint8 RGB pixels [N, height, width, 3]."""
    pictures = pixels.permute(0, 3, 1, 2)
    if pictures.shape[2:] != (side, side):
        pictures = functional.interpolate(pictures, size=(side, side), mode="bilinear", antialias=True)
    return pictures.float().div_(255).contiguous(memory_format=torch.channels_last)


def framed(
    pictures: Tensor, generator: torch.Generator, share: float = _CROPPED, smallest: float = SMALLEST_SIDE
) -> Tensor:
    """Half of the pictures mirrored, and a share of them cropped: as large as before, [N, 3, side, side].

    Args:
        pictures: float [N, 3, side, side].
        generator: decides.
        share: of the pictures that are cropped.
        smallest: share of a side that a crop leaves at least.
    """
    count = len(pictures)
    cropped = (torch.rand(count, generator=generator) < share).float()
    size = 1 - cropped * (1 - smallest) * torch.rand(count, generator=generator)
    shift = (1 - size) * (2 * torch.rand(2, count, generator=generator) - 1)
    mirrored = 1 - 2 * (torch.rand(count, generator=generator) < 0.5).float()
    nothing = torch.zeros(count)
    turn = torch.stack(
        [torch.stack([size * mirrored, nothing, shift[0]], 1), torch.stack([nothing, size, shift[1]], 1)], 1
    )
    grid = functional.affine_grid(turn, list(pictures.shape), align_corners=False)
    return functional.grid_sample(pictures, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def _relit(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Another brightness, contrast and colour cast for every picture."""
    count = len(pictures)
    contrast = 1 + CONTRAST * _around_zero((count, 1, 1, 1), generator)
    light = 1 + BRIGHTNESS * _around_zero((count, 1, 1, 1), generator)
    cast = 1 + CAST * _around_zero((count, 3, 1, 1), generator)
    return torch.clamp(((pictures - GREY) * contrast + GREY) * light * cast, 0, 1)


def _grey(pictures: Tensor, generator: torch.Generator) -> Tensor:
    return (pictures * torch.tensor(LUMA).view(1, 3, 1, 1)).sum(dim=1, keepdim=True).expand_as(pictures)


def _blurred(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Shrunk to a third to three quarters, and enlarged again."""
    side = pictures.shape[2]
    small = int(torch.randint(side // 3, 3 * side // 4, (1,), generator=generator))
    shrunk = functional.interpolate(pictures, size=(small, small), mode="bilinear", antialias=True)
    return functional.interpolate(shrunk, size=(side, side), mode="bilinear")


def _compressed(pictures: Tensor, generator: torch.Generator) -> Tensor:
    qualities = torch.randint(*QUALITIES, (len(pictures),), generator=generator).tolist()
    pixels = (pictures * 255).round().to(torch.uint8).permute(0, 2, 3, 1).contiguous().numpy()
    saved = [_through_jpeg(one, quality) for one, quality in zip(pixels, qualities, strict=True)]
    return torch.from_numpy(np.stack(saved)).permute(0, 3, 1, 2).float() / 255


def _through_jpeg(pixels: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    file = BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))


def _covered(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """A plain band across a picture, as captions have, or a plain border around it."""
    side = pictures.shape[2]
    covered = pictures.clone()
    for picture in covered:
        colour = torch.rand(3, 1, 1, generator=generator).round() * torch.rand(1, generator=generator)
        thickness = int(torch.randint(side // 24 + 1, side // 8 + 2, (1,), generator=generator))
        if torch.rand(1, generator=generator) < 0.5:
            top = int(torch.randint(0, side - thickness, (1,), generator=generator))
            picture[:, top : top + thickness] = colour
        else:
            inside = picture[:, thickness:-thickness, thickness:-thickness].clone()
            picture[:] = colour
            picture[:, thickness:-thickness, thickness:-thickness] = inside
    return covered


def _around_zero(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """Uniform values between -1 and 1."""
    return 2 * torch.rand(shape, generator=generator) - 1
