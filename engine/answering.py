"""What answers searches: for each model that is asked its index, its searcher and the process that reads queries."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from engine.catalog.catalog import Catalog
from engine.catalog.embeddings import StoredModel
from engine.copies.files import CompareTask
from engine.copies.verdict import Verdict
from engine.indexing.reading import OtherWays, OtherwiseTask, QueryReading, QueryTask
from engine.models.installed import Models
from engine.models.registry import InstalledModel
from engine.processes import Processes, Readers
from engine.records import Photo
from engine.search.copies import CopyFinder
from engine.search.explaining import Explainer, Explainers
from engine.search.searcher import Searcher
from engine.vectors.live_index import LiveIndex


@dataclass(frozen=True, slots=True)
class Answerer:
    """What answers searches with one model."""

    model: StoredModel
    index: LiveIndex
    searcher: Searcher
    readers: Readers
    explainer: Explainer

    @property
    def processes(self) -> tuple[Readers, Explainers]:
        """What reads its pictures."""
        return self.readers, self.explainer.pool


class Answering:
    """Opens answerers when they are first needed. Any thread may call any method.

    Args:
        indexes: the folder of the indexes.
        processes: starts what reads queries for a model, and what explains pairs of pictures with it.
        thumbnail: the stored thumbnail of a photo.
    """

    def __init__(
        self,
        catalog: Catalog,
        models: Models,
        indexes: Path,
        processes: Processes,
        thumbnail: Callable[[Photo], bytes],
    ) -> None:
        self._catalog = catalog
        self._models = models
        self._indexes = indexes
        self._processes = processes
        self._thumbnail = thumbnail
        self._lock = threading.Lock()
        self._open: dict[int, Answerer] = {}
        self._asked: str | None = None
        self._ended: list[Readers | Explainers] = []

    @property
    def asked(self) -> str | None:
        """The model that was chosen with `ask`, or None."""
        return self._asked

    def ask(self, name: str | None) -> None:
        """Let searches of this process be answered by another model than the library's; None for the library's.

        Only photos that it has embedded are found: that is what tells two models apart before one takes over.

        Raises:
            ModelError: there is no such model.
        """
        if name is not None:
            self._models.stored(name)
        with self._lock:
            self._asked = name
            self._keep_open()

    def current(self) -> Answerer:
        """What answers searches: with the model that was asked for, else with the library's."""
        with self._lock:
            return self._opened(*self._chosen())

    def of_library(self) -> Answerer:
        """What answers with the library's model, whatever was asked for."""
        with self._lock:
            return self._opened(*self._models.answering())

    def library_model(self) -> InstalledModel:
        """The model whose embeddings the library's own searches compare."""
        return self._models.answering()[1]

    def renew_readers(self) -> None:
        """End the processes that read queries; the next query starts one with the limits that hold then."""
        with self._lock:
            for key in list(self._open):
                self._end(key)

    def give_up(self) -> None:
        """Let whatever is being read be cancelled; without the lock, which opening an index may hold for long."""
        for answerer in list(self._open.values()):
            for process in answerer.processes:
                process.give_up()

    def close(self) -> None:
        """End all processes."""
        self.renew_readers()
        for process in self._ended:
            process.close()  # a search that was under way may have started one again

    def _chosen(self) -> tuple[StoredModel, InstalledModel]:
        installed = self._models.installed(self._asked) if self._asked is not None else None
        if installed is None:  # nothing was asked for, or it was removed since
            self._asked = None
            return self._models.answering()
        return self._models.stored(installed.manifest.name)

    def _opened(self, stored: StoredModel, installed: InstalledModel) -> Answerer:
        if stored.key not in self._open:
            readers = self._processes.readers(installed)
            index = LiveIndex(self._catalog, stored, self._indexes / index_name(stored))
            copies = CopyFinder(
                self._catalog, index, partial(_otherwise, readers), partial(_compare, readers), self._thumbnail
            )
            searcher = Searcher(self._catalog, index, partial(_ask, readers), self._thumbnail, copies)
            explainer = Explainer(self._processes.explainers(installed), searcher, installed)
            self._open[stored.key] = Answerer(stored, index, searcher, readers, explainer)
            self._keep_open()
        return self._open[stored.key]

    def _keep_open(self) -> None:
        """Close what nobody asks any more."""
        wanted = {self._models.answering()[0].key, self._chosen()[0].key}
        for key in [key for key in self._open if key not in wanted]:
            self._end(key)

    def _end(self, key: int) -> None:
        for process in self._open.pop(key).processes:
            process.close()
            self._ended.append(process)


def index_name(model: StoredModel) -> str:
    """The folder of a model's index, whatever the catalogue calls the model: it may be somebody else's."""
    return re.sub(r"[^\w.-]", "_", f"{model.name}-{model.identity[:12]}").lstrip(".")


def _ask(readers: Readers, task: QueryTask) -> QueryReading:
    return cast("QueryReading", readers.ask(task))


def _otherwise(readers: Readers, thumbnail: bytes) -> OtherWays:
    return cast("OtherWays", readers.ask(OtherwiseTask(thumbnail)))


def _compare(readers: Readers, task: CompareTask) -> Verdict:
    return cast("Verdict", readers.ask(task))
