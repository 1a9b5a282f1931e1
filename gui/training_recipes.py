"""Every way to learn that the trainer has, in words for people."""

from dataclasses import dataclass

from gui.training_records import FROZEN, LINEAR, THOROUGH
from gui.translation import later

PROXY, CLASSIFY, TRIPLET, SIAMESE, SUPCON, ARCFACE = "proxy", "classify", "triplet", "siamese", "supcon", "arcface"
NETWORKS = (THOROUGH, CLASSIFY, TRIPLET, SIAMESE, SUPCON, PROXY, ARCFACE)
"""Recipes that train a network."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to learn.

    Attributes:
        name: as the trainer calls it.
        words: what it does, in a sentence.
    """

    name: str
    title: str
    words: str


RECIPES = {
    one.name: one
    for one in (
        Recipe(LINEAR, later("Quick"), later("A layer on top of the model tells the subjects apart. Seconds.")),
        Recipe(
            FROZEN,
            later("Adapt to the look of my photos"),
            later("Spreads out what all your photos have in common; the subjects only prove it. Seconds."),
        ),
        Recipe(
            THOROUGH,
            later("Thorough"),
            later(
                "The model’s last stage learns, goes a part of the way back, and gets a layer on top. Minutes to hours."
            ),
        ),
        Recipe(
            "labelsim",
            later("Labels in common"),
            later("For photos with several labels: those with more in common come closer. Seconds."),
        ),
        Recipe(
            "labelsim-regression",
            later("Labels in common, by numbers"),
            later("For photos with several labels: likeness itself is learned as a number. Seconds."),
        ),
        Recipe(
            "labelsim-compat",
            later("Labels in common, by neighbours"),
            later("For photos with several labels, as an older program does it: for comparison. Seconds."),
        ),
        Recipe(
            CLASSIFY,
            later("Classification"),
            later("A network learns to name the subjects; what it sees just before the name is kept."),
        ),
        Recipe(
            TRIPLET,
            later("Triplets"),
            later("A photo has to be closer to one of its subject than to any of another, by a margin."),
        ),
        Recipe(SIAMESE, later("Pairs"), later("Pairs of one subject are pulled together, all others pushed apart.")),
        Recipe(
            SUPCON,
            later("Contrast"),
            later("All photos of a subject are pulled together at once, against all others (SupCon)."),
        ),
        Recipe(
            PROXY,
            later("Proxies"),
            later("Each subject has a point that pulls its photos: for many subjects of few photos (Proxy-Anchor)."),
        ),
        Recipe(
            ARCFACE,
            later("Angles"),
            later("Subjects are told apart by angles with a margin: for very many subjects (ArcFace)."),
        ),
    )
}
