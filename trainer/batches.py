"""Which pictures a step learns from: decided by the seed and the step alone, so that a training can be resumed."""

from hashlib import blake2b

import torch
from torch import Tensor

from trainer.augment import as_pictures, augmented


class Batches:
    """Views in an order that changes with every epoch.

    Args:
        pixels: uint8 RGB [views, side, side, 3], on the CPU.
        rows: the views to learn from.
        seed: decides on the order and on all changes.
        device: where the pictures are wanted.
    """

    def __init__(self, pixels: Tensor, rows: Tensor, seed: int, device: torch.device) -> None:
        self._pixels, self._rows, self._seed, self._device = pixels, rows, seed, device

    def rows(self, step: int, size: int, purpose: str) -> Tensor:
        """The views of a step; every epoch in another order, sorted within a batch for the disk's sake."""
        per_epoch = max(1, len(self._rows) // size)
        epoch, position = divmod(step, per_epoch)
        order = torch.randperm(len(self._rows), generator=self._chance(f"order of {purpose}", epoch))
        return self._rows[order[position * size : (position + 1) * size]].sort().values

    def crops(self, step: int, size: int, side: int, stride: int) -> Tensor:
        """Square crops [N, 3, side, side] in 0..1, half of them mirrored; they start at multiples of `stride`."""
        chance = self._chance("crops", step)
        pictures = as_pictures(self._pixels[self.rows(step, size, "crops")], self._pixels.shape[1])
        room = max(0, self._pixels.shape[1] - side) // stride + 1
        top, left = (torch.randint(room, (2,), generator=chance) * stride).tolist()
        mirrored = torch.rand(len(pictures), generator=chance) < 0.5
        pictures[mirrored] = pictures[mirrored].flip(3)
        cropped = pictures[:, :, top : top + side, left : left + side]
        return cropped.contiguous(memory_format=torch.channels_last).to(self._device)

    def augmented(self, rows: Tensor, step: int, side: int) -> Tensor:
        """Views as a step shows them, changed at random: [N, 3, side, side] in 0..1."""
        return augmented(self._pixels[rows], side, self._chance("pictures", step)).to(self._device)

    def _chance(self, purpose: str, number: int) -> torch.Generator:
        mixed = blake2b(f"{self._seed} {purpose} {number}".encode(), digest_size=7).digest()
        return torch.Generator().manual_seed(int.from_bytes(mixed))
