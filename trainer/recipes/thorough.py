"""The recipe that changes the model itself: its last stage learns the subjects, then goes part of the way back.

What it has learned and what it was are mixed weight by weight, in the proportion that photos which were kept back like
best and that harms no subject which was kept back; then the layer of the recipe `linear` comes behind it.
"""

from dataclasses import dataclass

from trainer.fine_tuning.recipe import OpenNetwork
from trainer.recipes.proxy import ProxySettings, make_loss


@dataclass(frozen=True, slots=True)
class ThoroughSettings(ProxySettings):
    """Settings of the recipe `thorough`; it takes fewer steps than others, from a model that knows a lot."""

    body_rate: float = 0.5
    most_steps: int = 300


begin = OpenNetwork(ThoroughSettings(), make_loss, finishes=True)
"""Readies the recipe; raises EngineError."""
