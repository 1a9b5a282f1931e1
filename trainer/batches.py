"""Which pictures a step learns from: decided by the seed and the step alone, so that a training can be resumed."""

from hashlib import blake2b

import torch
from torch import Tensor

from engine.errors import BadRequestError
from trainer.augment import as_pictures, augmented, framed

SMALLEST_PART = 0.5
"""Share of a side that an enlarged part shows at least."""


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
        order = torch.randperm(len(self._rows), generator=chance(self._seed, f"order of {purpose}", epoch))
        return self._rows[order[position * size : (position + 1) * size]].sort().values

    def crops(self, step: int, size: int, side: int, stride: int) -> Tensor:
        """Square crops [N, 3, side, side] in 0..1, half of them mirrored; they start at multiples of `stride`."""
        generator = chance(self._seed, "crops", step)
        pictures = as_pictures(self._pixels[self.rows(step, size, "crops")], self._pixels.shape[1])
        room = max(0, self._pixels.shape[1] - side) // stride + 1
        top, left = (torch.randint(room, (2,), generator=generator) * stride).tolist()
        mirrored = torch.rand(len(pictures), generator=generator) < 0.5
        pictures[mirrored] = pictures[mirrored].flip(3)
        cropped = pictures[:, :, top : top + side, left : left + side]
        return cropped.contiguous(memory_format=torch.channels_last).to(self._device)

    def parts(self, step: int, size: int, side: int) -> Tensor:
        """Parts of pictures, enlarged to [N, 3, side, side] in 0..1, half of them mirrored: others in every epoch."""
        pictures = as_pictures(self._pixels[self.rows(step, size, "parts")], side)
        enlarged = framed(pictures, chance(self._seed, "parts", step), share=1.0, smallest=SMALLEST_PART)
        return enlarged.contiguous(memory_format=torch.channels_last).to(self._device)

    def augmented(self, rows: Tensor, step: int, side: int, untouched: float = 0.0) -> Tensor:
        """Views as a step shows them, changed at random but for that share: [N, 3, side, side] in 0..1."""
        generator = chance(self._seed, "pictures", step)
        return augmented(self._pixels[rows], side, generator, untouched).to(self._device)


class ClassBatches:
    """Batches of some classes with some photos of each, for losses that compare photos with each other.

    Every class comes once in a round (a few may miss one), every photo of a class comes before any comes again, and no
    batch holds a photo twice. A class with fewer photos than wanted gives those it has.

    Args:
        labels: class number of every row, int64 [rows].
        seed: decides on the order.
        classes: in a batch, at most.
        photos: of each class, at most.

    Attributes:
        batch_classes: classes in a batch.
        lonely: numbers of the classes of one photo, which only others can be told from.

    Raises:
        BadRequestError: there is nothing to tell apart, or nothing that belongs together.
    """

    def __init__(self, labels: Tensor, seed: int, classes: int = 16, photos: int = 4) -> None:
        names, counts = torch.unique(labels, return_counts=True)
        if len(names) < 2:
            raise BadRequestError(
                "All photos are of one class, so there is nothing to tell apart.", "Add a folder of other photos."
            )
        if counts.max() < 2:
            raise BadRequestError(
                "Every class has one photo only, so there is nothing that belongs together.",
                "Put at least two photos into each folder.",
            )
        self._members: list[Tensor] = [(labels == name).nonzero().squeeze(1) for name in names]
        self._seed, self._photos = seed, photos
        self.batch_classes = min(classes, len(names))
        self.lonely: list[int] = names[counts == 1].tolist()

    @property
    def batch_size(self) -> int:
        """Rows of a batch, at most."""
        return self.batch_classes * self._photos

    @property
    def steps_per_epoch(self) -> int:
        """Steps that show as many rows as there are, at least one."""
        return max(1, round(sum(map(len, self._members)) / self.batch_size))

    def rows(self, step: int) -> Tensor:
        """The rows of a step, class by class."""
        per_round = len(self._members) // self.batch_classes
        number, position = divmod(step, per_round)
        order = torch.randperm(len(self._members), generator=chance(self._seed, "classes", number)).tolist()
        chosen = order[position * self.batch_classes : (position + 1) * self.batch_classes]
        return torch.cat([self._photos_of(one, number) for one in chosen])

    def _photos_of(self, one: int, number: int) -> Tensor:
        """A class's photos of a round: the next ones of an order that changes when all have come."""
        members = self._members[one]
        if len(members) <= self._photos:
            return members
        rounds = -(-len(members) // self._photos)
        cycle, position = divmod(number, rounds)
        order = torch.randperm(len(members), generator=chance(self._seed, f"class {one}", cycle))
        start = min(position * self._photos, len(members) - self._photos)
        return members[order[start : start + self._photos]]


def chance(seed: int, purpose: str, number: int) -> torch.Generator:
    """A generator on the CPU that depends on nothing else, so that no step needs those before it."""
    mixed = blake2b(f"{seed} {purpose} {number}".encode(), digest_size=7).digest()
    return torch.Generator().manual_seed(int.from_bytes(mixed))
