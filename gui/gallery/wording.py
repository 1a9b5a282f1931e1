"""What the gallery writes under and beside a photo."""

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale

from engine.records import Match
from engine.search.closeness import Closeness, closeness, percent
from gui.translation import later, tr
from gui.verdicts import verdict_words


@dataclass(frozen=True, slots=True)
class Wording:
    """How one match is put into words.

    Attributes:
        figures: "98.2 %"; empty for identical pictures and copies, where the words say it all.
        verdict: what a copy is to the query's picture; empty for what is only similar.
    """

    figures: str
    word: Closeness
    verdict: str = ""

    @property
    def words(self) -> str:
        """What is said beside the figures."""
        return self.verdict or tr(self.word)

    def __str__(self) -> str:
        return f"{self.figures} {self.words}".lstrip()


CLOSENESS = (later("identical"), later("very near"), later("near"), later("loose"), later("chance"))


def range_text(lowest: float, highest: float) -> str:
    """Such as "≥ 98.2 %", "98.2 – 99.9 %", "all scores"."""
    least, most = figures(lowest), figures(highest)
    if lowest <= 0 and highest >= 1:
        return tr("all scores")
    if highest >= 1:
        return f"≥ {least}"
    return f"≤ {most}" if lowest <= 0 else f"{least.removesuffix(' %')} – {most}"


def describe(match: Match, noise_score: float) -> Wording:
    """A match in figures and a word; `noise_score` is the score below which closeness is chance."""
    word = closeness(match, noise_score)
    if match.verdict is not None:
        return Wording("", word, verdict_words(match.verdict))
    return Wording("" if word is Closeness.IDENTICAL else figures(match.score), word)


def shown_name(path: Path) -> str:
    """The file name as it can be displayed: bytes that are not UTF-8 become question marks."""
    return displayable(path.name)


def shown_path(path: Path) -> str:
    """The whole path as it can be displayed."""
    return displayable(str(path))


def displayable(text: str) -> str:
    """A name or path as it can be displayed."""
    return os.fsencode(text).decode("utf-8", "replace")


def figures(score: float) -> str:
    """Such as "98.2 %"."""
    return percent(score).replace(".", QLocale().decimalPoint())
