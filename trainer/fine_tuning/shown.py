"""What a network is shown while it learns: photos, changed at every step, or what its fixed blocks make of them.

Where only the last stage learns, the blocks before it always say the same of the same picture. So they are asked once
for some views of each photo, and the rest of the training is as quick as the last stage is small.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.jobs import Job
from trainer.augment import GREY, as_pictures
from trainer.batches import chance
from trainer.data.pictures import Pictures
from trainer.data.views import views_for
from trainer.fine_tuning.settings import NetworkSettings
from trainer.fine_tuning.start import Start
from trainer.pace import Pace
from trainer.small_pictures import covered
from trainer.storage import storing

CAST = 0.05
"""Largest change of each colour's share."""
COVER = (0.1, 0.4)
"""Smallest and largest sides of the box that covers a part of a photo."""
MOST_BYTES = 8 << 30
"""Of views on the disk; where they would take more, they are made anew for every step."""
CHUNK = 32
"""Pictures that go through the fixed blocks at once."""


class Shown(Protocol):
    """Photos as the part of a network that learns is shown them."""

    @property
    def views(self) -> int:
        """How many views of a photo there are."""

    def changed(self, places: Tensor, step: int) -> Tensor:
        """Photos as a step sees them, changed at random."""

    def view(self, places: Tensor, number: int) -> Tensor:
        """One view of photos, always the same; view 0 is the photo as it is."""


class ShownPictures:
    """Made anew every time.

    Args:
        pictures: the photos.
        start: the network; its fixed blocks have looked at what is shown.
        settings: how photos are changed.
        seed: decides on the changes.
        device: where the network lives.
    """

    views = 1

    def __init__(
        self, pictures: Pictures, start: Start, settings: NetworkSettings, seed: int, device: torch.device
    ) -> None:
        self._pictures, self._settings, self._seed, self._device = pictures, settings, seed, device
        self._network, self._fixed = start.network, start.network.features[: start.first].eval()
        self._side, self._is_fixed = start.wanted.side, start.first > 0

    def changed(self, places: Tensor, step: int) -> Tensor:
        """See `Shown`."""
        return self.seen(places, chance(self._seed, "changes", step))

    def view(self, places: Tensor, number: int) -> Tensor:
        """See `Shown`."""
        return self.seen(places, chance(self._seed, f"view {int(places[0])}", number) if number else None)

    def seen(self, places: Tensor, generator: torch.Generator | None) -> Tensor:
        """Photos, changed if there is a generator, after the fixed blocks; pictures in 0..1 if there are none."""
        pictures = as_pictures(torch.from_numpy(self._pictures.of(places.numpy())), self._side)
        if generator is not None:
            pictures = changed(pictures, self._settings, generator)
        pictures = pictures.to(self._device)
        if not self._is_fixed:
            return pictures
        with torch.no_grad():
            maps: Tensor = self._fixed(self._network.normalised(pictures))
        return maps


class KeptViews:
    """Views of photos after the fixed blocks, made once and kept as float16 in a file.

    Args:
        source: makes them.
        photos: how many.
        views: of each.
        file: theirs alone; what is in it already is not made again.
        device: where the network lives.
        seed: decides which views a step sees.
        job: told about progress; may cancel.

    Raises:
        StorageFullError: the disk is full.
        Cancelled: the caller asked to stop; what was made is kept.
    """

    def __init__(
        self, source: ShownPictures, photos: int, views: int, file: Path, device: torch.device, seed: int, job: Job
    ) -> None:
        self.views, self._device, self._seed = views, device, seed
        shape = tuple(source.view(torch.zeros(1, dtype=torch.int64), 0).shape[1:])
        row = int(np.prod(shape)) * views * 2
        with storing(file):
            file.touch()
            done = file.stat().st_size // row
            with file.open("rb+") as stream:
                stream.truncate(done * row)
        pace = Pace(job, "preparing the photos", photos, done=done, provider=device.type.upper())
        pace.step(done)
        for places in in_chunks(np.arange(done, photos)):
            made = torch.stack([source.view(places, number).half().cpu() for number in range(views)], dim=1)
            with storing(file), file.open("ab") as stream:
                stream.write(made.contiguous().numpy().tobytes())
            pace.step(int(places[-1]) + 1)
        self._maps: NDArray[np.float16] = np.memmap(file, np.float16, mode="r", shape=(photos, views, *shape))

    def changed(self, places: Tensor, step: int) -> Tensor:
        """See `Shown`."""
        numbers = torch.randint(self.views, (len(places),), generator=chance(self._seed, "views", step))
        return self._loaded(self._maps[places.numpy(), numbers.numpy()])

    def view(self, places: Tensor, number: int) -> Tensor:
        """See `Shown`."""
        return self._loaded(self._maps[places.numpy(), number])

    def _loaded(self, maps: NDArray[np.float16]) -> Tensor:
        return torch.from_numpy(np.asarray(maps)).to(self._device).float().contiguous(memory_format=torch.channels_last)


def show(
    pictures: Pictures,
    start: Start,
    settings: NetworkSettings,
    seed: int,
    device: torch.device,
    place: Path,
    job: Job,
) -> Shown:
    """The photos for a network; see the classes above for what may happen."""
    fresh = ShownPictures(pictures, start, settings, seed, device)
    if not start.first:
        return fresh
    views = settings.views or views_for(len(pictures))
    one = fresh.view(torch.zeros(1, dtype=torch.int64), 0)
    if views < 2 or 2 * one.numel() * views * len(pictures) > MOST_BYTES:
        return fresh
    return KeptViews(fresh, len(pictures), views, place / "views.f16", device, seed, job)


def changed(pictures: Tensor, settings: NetworkSettings, generator: torch.Generator) -> Tensor:
    """Pictures [N, 3, side, side] in 0..1, cropped, mirrored, relit and partly covered as the settings say."""
    pictures = _relit(_cropped(pictures, settings.smallest_crop, generator), settings.jitter, generator)
    if settings.covered:
        chosen = torch.rand(len(pictures), generator=generator) < settings.covered
        if chosen.any():
            pictures[chosen] = covered(pictures[chosen], generator, COVER)
    return pictures.contiguous(memory_format=torch.channels_last)


def _cropped(pictures: Tensor, smallest: float, generator: torch.Generator) -> Tensor:
    """Of each picture a square of that share of its area to all of it, from anywhere, enlarged again; half mirrored."""
    count = len(pictures)
    size = (smallest + (1 - smallest) * torch.rand(count, generator=generator)).sqrt()
    across, down = (1 - size) * (2 * torch.rand(2, count, generator=generator) - 1)
    mirrored = 1 - 2 * (torch.rand(count, generator=generator) < 0.5).float()
    nothing = torch.zeros(count)
    turn = torch.stack([torch.stack([size * mirrored, nothing, across], 1), torch.stack([nothing, size, down], 1)], 1)
    grid = functional.affine_grid(turn, list(pictures.shape), align_corners=False)
    return functional.grid_sample(pictures, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def _relit(pictures: Tensor, jitter: float, generator: torch.Generator) -> Tensor:
    count = len(pictures)
    contrast, light = (1 + jitter * (2 * torch.rand(count, 1, 1, 1, generator=generator) - 1) for _ in range(2))
    cast = 1 + min(CAST, jitter) * (2 * torch.rand(count, 3, 1, 1, generator=generator) - 1)
    return (((pictures - GREY) * contrast + GREY) * light * cast).clamp(0, 1)


def in_chunks(places: NDArray[np.int64]) -> Iterator[Tensor]:
    """Places, some at a time."""
    for start in range(0, len(places), CHUNK):
        yield torch.from_numpy(places[start : start + CHUNK])
