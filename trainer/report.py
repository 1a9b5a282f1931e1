"""What a training run tells its caller."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What a training did.

    Attributes:
        photos: that were learned from, each counted once.
        views: of them, whole or cropped.
        steps: optimiser steps.
        seconds: of the whole run, or of its last part if it was interrupted.
        metrics: agreement with the teacher on held-out photos.
        model: the folder of the installed model.
        skipped: photos that could not be read, with the reason.
    """

    recipe: str
    backbone: str
    photos: int
    views: int
    steps: int
    seconds: float
    device: str
    metrics: dict[str, float]
    model: Path
    skipped: dict[Path, str] = field(default_factory=dict)
