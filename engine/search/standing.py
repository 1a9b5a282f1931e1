"""Standing queries: what is pinned is asked of every photo that comes."""

import logging

from engine.answering import Answerer
from engine.catalog.catalog import Catalog
from engine.errors import EngineError
from engine.jobs import Job
from engine.records import HistoryEntry, Match, News

log = logging.getLogger(__name__)


def tell_standing_queries(catalog: Catalog, answerer: Answerer, job: Job) -> tuple[News, ...]:
    """Compare the photos that came since the last time with every pinned query, and let it remember its new matches.

    The first time, and after another model has taken over, whose embeddings are all new, nothing counts as new.

    Returns:
        The queries that have news, in the order of the history.

    Raises:
        Cancelled: the job was cancelled; the next time tells of the same photos.
    """
    model = answerer.model
    told = catalog.history.told_until(model.key)
    arrived = catalog.embeddings.since(told or 0, model)
    if told is not None and not len(arrived):
        return ()
    found: dict[str, tuple[Match, ...]] = {}
    pinned = [entry for entry in catalog.history.list() if entry.pinned] if told is not None else []
    for entry in pinned:
        job.checkpoint()
        try:
            found[entry.id] = answerer.searcher.arrivals(entry, arrived, job)
        except EngineError as error:  # its picture cannot be read for another model: asked by hand, it says so
            log.info("%s is not asked of new photos: %s", _name(entry), error)
    news = {entry_id: matches for entry_id, matches in found.items() if matches}
    catalog.history.add_news(news, model.key, int(arrived.max(initial=told or 0)))
    return tuple(News(entry, len(news[entry.id])) for entry in pinned if entry.id in news)


def _name(entry: HistoryEntry) -> str:
    return entry.title or ", ".join(entry.titles)
