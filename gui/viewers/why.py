"""Why two compared pictures are alike: maps over both, and what can be said of them."""

from datetime import timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.search.closeness import Closeness, closeness_of
from engine.search.explanation import Differences, Explanation, Focus, Method, PictureEvidence
from gui.controls import caption, label, surface
from gui.gallery.wording import figures
from gui.translation import counted, later, tr
from gui.verdicts import verdict_sentence
from gui.viewers.facts import pixel_size
from gui.words import number

_PLACES = {
    (-1, -1): later("at the top left"),
    (0, -1): later("at the top"),
    (1, -1): later("at the top right"),
    (-1, 0): later("on the left"),
    (0, 0): later("in the middle"),
    (1, 0): later("on the right"),
    (-1, 1): later("at the bottom left"),
    (0, 1): later("at the bottom"),
    (1, 1): later("at the bottom right"),
}
_METHODS = {
    Method.FEATURES: later("Warm parts add more than an even share to the likeness, dark parts less."),
    Method.OCCLUSION: later("Warm parts matter most: hidden by grey, they cost most of the likeness."),
}
_KILOMETRE = 1000
_DAY = 86_400


class WhyPanel(QWidget):
    """Says below two pictures what makes them alike, and how they differ."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, "panel", "above")
        self.verdict = label("", bold=True, wrap=True)
        self.closeness = label("", wrap=True)
        self.differences = label("", wrap=True)
        self.legend = caption("", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        for line in (self.verdict, self.closeness, self.differences, self.legend):
            column.addWidget(line)
        self.hide()

    def show_waiting(self) -> None:
        """The answer is on its way."""
        self._say(tr("Looking for what makes them alike…"))

    def show_explanation(self, explanation: Explanation) -> None:
        """The answer."""
        evidence = explanation.evidence
        self._say(
            verdict_sentence(evidence.verdict),
            _closeness(explanation),
            " · ".join(_differences(explanation.differences, evidence.one, evidence.other)),
            tr(_METHODS[evidence.method]),
        )

    def show_failure(self, error: EngineError) -> None:
        """Why there is no answer."""
        self._say(error.message, error.hint)

    def _say(self, *texts: str) -> None:
        lines = (self.verdict, self.closeness, self.differences, self.legend)
        texts += ("",) * (len(lines) - len(texts))
        for line, text in zip(lines, texts, strict=True):
            line.setText(text)
            line.setVisible(bool(text))
        self.setAccessibleName(" ".join(filter(None, texts)))


def focus_words(focus: Focus) -> str:
    """Where in a picture the likeness lies."""
    if focus.share == 0:
        return tr("Nothing in it speaks for the likeness.")
    if focus.even:
        return tr("The likeness is spread over all of it.")
    share = number(100 * focus.share)
    return tr(
        "Half of the likeness lies in {share} % of it, {place}.",
        share=share,
        place=tr(_PLACES[focus.across, focus.down]),
    )


def _closeness(explanation: Explanation) -> str:
    word = closeness_of(explanation.distance, explanation.score, explanation.noise_score)
    if word is Closeness.IDENTICAL:
        return tr("To the model, the two are the same picture.")
    if word is Closeness.CHANCE and explanation.evidence.verdict.is_copy:
        return tr("The model does not see that: to it, they are no closer than photos picked at random.")
    if word is Closeness.CHANCE:
        return tr("The two are no closer than photos picked at random: what they share is chance.")
    percent = figures(explanation.score)
    return tr(
        "The two are {word}: closer than {percent} of random pairs of your photos.", word=tr(word), percent=percent
    )


def _differences(found: Differences, one: PictureEvidence, other: PictureEvidence) -> list[str]:
    told = []
    if found.apart is not None:
        told.append(_time_apart(found.apart))
    if found.kilometres is not None:
        told.append(_distance_apart(found.kilometres))
    if found.same_camera is not None:
        told.append(tr("the same camera") if found.same_camera else tr("different cameras"))
    sizes = [pixel_size(side.width, side.height) for side in (one, other)]
    told.append(
        tr("the same size") if sizes[0] == sizes[1] else tr("{one} and {other} pixels", one=sizes[0], other=sizes[1])
    )
    return told


def _time_apart(apart: timedelta) -> str:
    """In the largest unit of which there are two or more, so that it is never far off."""
    seconds = apart.total_seconds()
    if seconds < 1:
        return tr("taken in the same second")
    if seconds < 120:
        return counted("taken {n} second apart", "taken {n} seconds apart", round(seconds))
    if seconds < 7200:
        return counted("taken {n} minute apart", "taken {n} minutes apart", round(seconds / 60))
    if seconds < 2 * _DAY:
        return counted("taken {n} hour apart", "taken {n} hours apart", round(seconds / 3600))
    if seconds < 2 * 365.25 * _DAY:
        return counted("taken {n} day apart", "taken {n} days apart", round(seconds / _DAY))
    return counted("taken {n} year apart", "taken {n} years apart", round(seconds / (365.25 * _DAY)))


def _distance_apart(kilometres: float) -> str:
    if kilometres >= 10:
        return tr("{number} km apart", number=number(kilometres))
    return tr("{number} m apart", number=number(kilometres * _KILOMETRE))
