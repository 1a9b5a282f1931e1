"""Cheap changes to a batch of pictures that leave their meaning alone."""

import torch
from torch import Tensor
from torch.nn import functional

CONTRAST = 0.2
GREY = 0.45
"""Mean brightness of photographs; contrast turns around it."""


def augmented(pixels: Tensor, side: int, generator: torch.Generator) -> Tensor:
    """Float pictures [N, 3, side, side] in 0..1: half of them mirrored, brightness and contrast changed a little.

    Args:
        pixels: uint8 RGB [N, height, width, 3], on the CPU.
        side: of the result.
        generator: decides; the same state gives the same pictures.
    """
    pictures = as_pictures(pixels, side)
    mirrored = torch.rand(len(pictures), generator=generator) < 0.5
    pictures[mirrored] = pictures[mirrored].flip(3)
    contrast, brightness = 1 + CONTRAST * (2 * torch.rand(2, len(pictures), 1, 1, 1, generator=generator) - 1)
    return torch.clamp((pictures - GREY) * contrast + GREY * brightness, 0, 1)


def as_pictures(pixels: Tensor, side: int) -> Tensor:
    """Float pictures [N, 3, side, side] in 0..1, channels last in memory, of uint8 RGB pixels [N, height, width, 3]."""
    pictures = pixels.permute(0, 3, 1, 2)
    if pictures.shape[2:] != (side, side):
        pictures = functional.interpolate(pictures, size=(side, side), mode="bilinear", antialias=True)
    return pictures.float().div_(255).contiguous(memory_format=torch.channels_last)
