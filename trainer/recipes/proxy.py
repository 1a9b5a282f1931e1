"""The recipe for many classes of few photos: every class has a proxy that pulls its photos and pushes all others."""

from dataclasses import dataclass

from trainer.fine_tuning.recipe import NetworkRecipe, OpenNetwork
from trainer.fine_tuning.settings import StoppedSettings
from trainer.losses.base import Loss
from trainer.losses.classes import ProxyAnchorLoss


@dataclass(frozen=True, slots=True)
class ProxySettings(StoppedSettings):
    """Settings of the recipe `proxy`; see `ProxyAnchorLoss`."""

    alpha: float = 32.0
    delta: float = 0.1


def make_loss(settings: ProxySettings, dim: int, classes: int) -> Loss:
    """Proxy-Anchor."""
    return ProxyAnchorLoss(dim, classes, settings.alpha, settings.delta)


begin = OpenNetwork(NetworkRecipe, ProxySettings(), make_loss)
"""Readies the recipe; raises EngineError."""
