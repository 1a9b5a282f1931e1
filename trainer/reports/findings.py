"""What a report is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluation.lists import Entry
from trainer.data.hygiene import LabelProblem
from trainer.judging import DECISIVE, Judgement
from trainer.learning_curve import LearningPoint

METRICS = {
    "precision@1": "the nearest photo is of the same class",
    "precision@5": "of the nearest five",
    "recall@10": "recall@10",
    "map@10": "mAP@10",
    DECISIVE: "MAP@R, which decides",
    "mrr": "MRR",
    "knn_accuracy": "class elected by the nearest 20",
}
"""What a report compares, in its words."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is known about a training.

    Attributes:
        entries: the photos.
        judgement: what those that were kept back say.
        problems: with the labels.
        facts: names and values for the head of the page.
        learning: how much more photos help; empty if that would have taken long.
    """

    entries: Sequence[Entry]
    judgement: Judgement
    problems: Sequence[LabelProblem]
    facts: Sequence[tuple[str, str]]
    learning: Sequence[LearningPoint]
