"""Starts the worker processes of a library, with the limits that hold."""

from functools import partial

from engine.indexing.pipeline import decode_limits, worker_limits
from engine.indexing.reading import Reading, Task, start_reader
from engine.models.registry import InstalledModel
from engine.search.explaining import Explainers, start_explainer
from engine.settings import Settings
from engine.workers import WorkerPool

Readers = WorkerPool[Task, Reading]


class Processes:
    """Makes pools of one process each, which is started when first needed.

    Attributes:
        settings: what pools that are made from now on keep to.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._given_up = False

    def readers(self, model: InstalledModel | None) -> Readers:
        """What reads pictures for a model, or only to look at them."""
        start = partial(start_reader, model, decode_limits(self.settings))
        made: Readers = WorkerPool(start, 1, worker_limits(self.settings))
        if self._given_up:
            made.give_up()
        return made

    def several_readers(self, model: InstalledModel | None, most: int) -> Readers:
        """What reads many pictures, in as many processes as the settings say, but no more than `most`; to be closed."""
        start = partial(start_reader, model, decode_limits(self.settings))
        made: Readers = WorkerPool(start, max(1, min(most, self.settings.worker_count)), worker_limits(self.settings))
        if self._given_up:
            made.give_up()
        return made

    def explainers(self, model: InstalledModel) -> Explainers:
        """What explains pairs of pictures with a model."""
        start = partial(start_explainer, model, decode_limits(self.settings))
        made: Explainers = WorkerPool(start, 1, worker_limits(self.settings))
        if self._given_up:
            made.give_up()
        return made

    def give_up(self) -> None:
        """Let whatever is asked of pools that are made from now on be cancelled."""
        self._given_up = True
