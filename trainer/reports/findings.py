"""What a report is about."""

from collections.abc import Mapping, Sequence
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
METRICS_IN_DEGREES = {
    "precision@1": "the nearest photo has much in common",
    "precision@5": "of the nearest five",
    "map@10": "mAP@10",
    DECISIVE: "MAP@R, which decides",
    "ndcg@10": "labels in common, the earlier the better: nDCG@10",
    "score003@10/best": "confidences in common among the nearest 10, of what is possible",
}
"""The same where photos have several labels."""


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

    @property
    def metrics(self) -> Mapping[str, str]:
        """What is compared, in words."""
        return METRICS_IN_DEGREES if self.has_several_labels else METRICS

    @property
    def has_several_labels(self) -> bool:
        """Whether photos are of no class, but have much or little in common."""
        return bool(self.judgement.references)
