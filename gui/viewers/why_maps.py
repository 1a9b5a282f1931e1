"""Asks why two compared pictures are alike, and lays the answer over them."""

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QImage

from engine.errors import EngineError
from engine.search.explanation import Box, Explanation
from gui.pictures import PictureReader
from gui.tasks import Task
from gui.viewers.pane import Pane
from gui.viewers.sides import Side
from gui.viewers.why import WhyPanel, focus_words

Maps = tuple[QImage, QImage]


class WhyMaps(QObject):
    """Explains what two panes show, as long as that is wanted; a newer question takes the place of an older one."""

    def __init__(self, reader: PictureReader, one: Pane, other: Pane) -> None:
        super().__init__()
        self._reader = reader
        self._panes = (one, other)
        self._wanted = False
        self._task: Task | None = None
        self.panel = WhyPanel()

    def set_wanted(self, wanted: bool) -> None:
        """Begin to explain, or stop and show the pictures alone."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.panel.setVisible(wanted)
            self.refresh()

    def refresh(self) -> None:
        """The panes show other pictures."""
        self.stop()
        for pane in self._panes:
            pane.explain("", None)
        one, other = (pane.side for pane in self._panes)
        if self._wanted and one is not None and other is not None:
            self.panel.show_waiting()
            self._task = self._reader.explain(
                one,
                other,
                lambda explanation, maps: self._on_explained(one, other, explanation, maps),
                self._on_failed,
            )

    def stop(self) -> None:
        """Nobody waits for the answer any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_explained(self, one: Side, other: Side, explanation: Explanation, maps: Maps) -> None:
        if (one, other) != tuple(pane.side for pane in self._panes) or not self._wanted:
            return
        self._task = None
        evidence = explanation.evidence
        for pane, told, heat in zip(self._panes, (evidence.one, evidence.other), maps, strict=True):
            pane.explain(focus_words(told.focus), heat, _area(told.covered))
        self.panel.show_explanation(explanation)

    def _on_failed(self, error: EngineError) -> None:
        self._task = None
        self.panel.show_failure(error)


def _area(covered: Box) -> QRectF:
    left, top, right, bottom = covered
    return QRectF(QPointF(left, top), QPointF(right, bottom))
