"""Some photos that were kept back, and what they find before and after: a training as anybody can see it."""

from collections.abc import Iterator, Sequence
from typing import Any

from engine.evaluation.lists import Entry
from trainer.judging import Neighbour, Query

GAINED, LOST = 2, 1
"""So many photos that gained most, and that lost most."""


def examples(entries: Sequence[Entry], queries: Sequence[Query]) -> list[dict[str, Any]]:
    """What is told of them, as JSON knows it: `query`, and `before` and `after` with `path`, `distance` and `alike`.

    Args:
        entries: the photos of the training.
        queries: how those that were kept back fared; of several rounds the last one counts.
    """
    ordered = sorted(
        {query.place: query for query in queries}.values(), key=lambda query: (query.before - query.after, query.place)
    )
    gained = [query for query in ordered[:GAINED] if query.after > query.before]
    lost = [query for query in ordered[::-1][:LOST] if query.after < query.before]
    return [
        {
            "query": entries[query.place].path,
            "before": list(_found(entries, query.neighbours_before)),
            "after": list(_found(entries, query.neighbours_after)),
        }
        for query in (*gained, *lost)
    ]


def _found(entries: Sequence[Entry], neighbours: Sequence[Neighbour]) -> Iterator[dict[str, Any]]:
    for one in neighbours:
        yield {"path": entries[one.place].path, "distance": round(one.distance, 4), "alike": one.alike}
