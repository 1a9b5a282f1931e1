"""What every part of a training of a network starts from."""

from dataclasses import dataclass

import torch

from trainer.data.pictures import Pictures
from trainer.fine_tuning.shown import Shown
from trainer.fine_tuning.start import Start


@dataclass(frozen=True, slots=True)
class Prepared:
    """A network and photos, ready to begin.

    Attributes:
        start: the network.
        pictures: the photos as pixels.
        shown: the photos as the part that learns is shown them.
        device: where it all happens.
    """

    start: Start
    pictures: Pictures
    shown: Shown
    device: torch.device
