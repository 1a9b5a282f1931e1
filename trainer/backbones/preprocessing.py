"""How a backbone wants its pictures: cut and shrunk by the engine's own code, normalised inside the network."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.resizing import Interpolation, ResizeMode, model_input

Channels = tuple[float, float, float]

IMAGENET: tuple[Channels, Channels] = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Mean and standard deviation of ImageNet's pixels in 0..1."""
CENTRED: tuple[Channels, Channels] = (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)
"""From 0..1 to -1..1."""
CIFAR: tuple[Channels, Channels] = (0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)
"""Mean and standard deviation of CIFAR-10's pixels in 0..1."""
PLAIN: tuple[Channels, Channels] = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
"""The pixels in 0..1 as they are."""


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """From a decoded photo to what a backbone is shown.

    Attributes:
        side: pixels of the square pictures it was made for.
        normalisation: mean and standard deviation of the pixels in 0..1, per channel; `EmbeddingNet` applies it.
        resize: see `engine.imaging.resizing`.
        interpolation: see there.
        share: of the shorter side that "crop" takes.
    """

    side: int
    normalisation: tuple[Channels, Channels] = IMAGENET
    resize: ResizeMode = "squash"
    interpolation: Interpolation = "bilinear"
    share: float = 1.0

    def pixels(self, image: Image.Image, side: int | None = None) -> NDArray[np.uint8]:
        """uint8 RGB [side, side, 3] of a picture, as the engine will prepare it when the model is in use.

        Args:
            image: RGB.
            side: another side than the backbone's own.
        """
        side = side or self.side
        return model_input(image, (side, side), self.resize, self.interpolation, self.share)

    def decoded_side(self, side: int | None = None) -> int:
        """Pixels of the shorter side that a photo must be decoded with."""
        return math.ceil((side or self.side) / self.share)

    @property
    def fingerprint(self) -> str:
        """Tells preprocessings apart, for caches of what came of them; the side is not part of it."""
        return f"{self.resize} {self.interpolation} {self.share:.6f} {self.normalisation}"


def torchvision_preset(side: int, shorter_side: int) -> Preprocessing:
    """What torchvision's classification presets do: the shorter side resized, then the middle cut out."""
    return Preprocessing(side, IMAGENET, "crop", "bilinear", side / shorter_side)
