"""What trainings are called, and what they came to, in words."""

from gui.training_recipes import RECIPES
from gui.training_records import KEY_METRIC, Figure, Verdict
from gui.translation import tr
from gui.words import number


def recipe_name(recipe: str) -> str:
    """What a person calls a way to learn."""
    return tr(RECIPES[recipe].title) if recipe in RECIPES else recipe


def key_sentence(verdict: Verdict) -> str:
    """The one figure that everybody understands, before and after."""
    if KEY_METRIC not in verdict.before or KEY_METRIC not in verdict.after:
        return ""
    return tr(verdict.metrics[KEY_METRIC], **in_hundred(verdict.before[KEY_METRIC], verdict.after[KEY_METRIC]))


def in_hundred(before: Figure, after: Figure) -> dict[str, str]:
    """Both shares as numbers of a hundred photos."""
    return {"before": hundred(before.value), "after": hundred(after.value)}


def hundred(share: float) -> str:
    """A share as a number of a hundred photos."""
    return number(round(100 * share))
