"""How much a picture of a query counts: a ladder of weights, and plain words for them."""

from gui.translation import later, tr
from gui.words import number

STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Rocchio weights. Those of the liked pictures count against one another; each disliked one pushes by its own."""
LADDER = (*(-strength for strength in reversed(STRENGTHS)), *STRENGTHS)
MOST = 2
"""The greatest weight that the slider gives; keys go further."""
TENTHS = 10
_FIGURES = {0.25: "¼", 0.5: "½", 1.0: ""}
_WORDS = {
    0.25: later("counts a quarter"),
    0.5: later("counts half"),
    1.0: later("counts fully"),
    2.0: later("counts double"),
    4.0: later("counts four times"),
}


def nearest_strength(weight: float) -> int:
    """The step of `STRENGTHS` that comes closest."""
    return min(range(len(STRENGTHS)), key=lambda step: abs(STRENGTHS[step] - abs(weight)))


def stepped(weight: float, steps: int) -> float:
    """So many steps towards more like this; less than nothing is less like this."""
    at = min(range(len(LADDER)), key=lambda step: abs(LADDER[step] - weight))
    return LADDER[min(max(at + steps, 0), len(LADDER) - 1)]


def tenths(weight: float) -> int:
    """The weight on the slider's scale."""
    return min(max(round(weight * TENTHS), -MOST * TENTHS), MOST * TENTHS)


def nudged(weight: float, steps: int) -> float:
    """So many tenths towards more like this; there is none that counts nothing."""
    wanted = tenths(weight) + steps
    if wanted == 0 and steps:
        wanted = 1 if steps > 0 else -1
    return min(max(wanted, -MOST * TENTHS), MOST * TENTHS) / TENTHS


def strength_words(weight: float) -> str:
    """Such as "counts half"."""
    known = _WORDS.get(abs(weight))
    return tr(known) if known else tr("counts {times} times", times=_times(weight))


def weight_words(weight: float) -> str:
    """As short as words can be: "more like it", "counts double", "less like it", "less, counts half"."""
    if abs(weight) == 1:
        return tr("more like it") if weight > 0 else tr("less like it")
    strength = strength_words(weight)
    return strength if weight > 0 else tr("less, {strength}", strength=strength)


def weight_figure(weight: float) -> str:
    """Such as "−½" or "2×"; empty for a picture that is liked and counts fully."""
    figure = _FIGURES.get(abs(weight), f"{_times(weight)}×")
    return f"−{figure}" if weight < 0 else figure


def sentence(name: str, weight: float) -> str:
    """Such as "More like beach.jpg", "Less like mug.jpg, counts half"."""
    said = tr("More like {name}", name=name) if weight > 0 else tr("Less like {name}", name=name)
    return said if abs(weight) == 1 else tr("{said}, {strength}", said=said, strength=strength_words(weight))


def _times(weight: float) -> str:
    """With as many decimals as it needs, two at most."""
    exact = abs(weight)
    return number(exact, next((digits for digits in (0, 1) if round(exact, digits) == exact), 2))
