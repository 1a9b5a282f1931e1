"""What single photos find, before and after, as rows of pictures."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from engine.evaluation.lists import Entry
from trainer.judging import Neighbour, Query
from trainer.reports.findings import Findings
from trainer.reports.pictures import Pictures
from trainer.reports.wording import text

STRIPS = 4
"""Queries that are shown of each kind."""
_SEED = 0


def chosen_queries(findings: Findings) -> dict[str, list[Query]]:
    """Under each heading a few queries; a heading to which nothing belongs is left out."""
    queries = list({query.place: query for query in findings.judgement.queries}.values())
    gained = sorted(queries, key=lambda query: (query.after - query.before, query.place))
    found = sorted(queries, key=lambda query: (query.after, query.place))
    chance = np.random.default_rng(_SEED).permutation(len(queries))[:STRIPS]
    kinds = {
        "What gained most": [query for query in gained[::-1][:STRIPS] if query.after > query.before],
        "What lost most": [query for query in gained[:STRIPS] if query.after < query.before],
        "What is found best": found[::-1][:STRIPS],
        "What is found worst": [query for query in found[:STRIPS] if query.after < 1],
        "Some by chance": [queries[place] for place in chance],
    }
    return {title: some for title, some in kinds.items() if some}


def strip_pictures(findings: Findings, queries: Iterator[Query]) -> Iterator[Path]:
    """The photos that rows of pictures show."""
    for query in queries:
        for place in (query.place, *(one.place for one in (*query.neighbours_before, *query.neighbours_after))):
            yield findings.entries[place].path


def strips(findings: Findings, chosen: dict[str, list[Query]], pictures: Pictures) -> Iterator[str]:
    """The rows as lines of a page: what is of the class asked for has a tick and a full border, else a cross."""
    for title, queries in chosen.items():
        yield f"<h2>{title}</h2>"
        for query in queries:
            yield from _strip(findings, query, pictures)


def _strip(findings: Findings, query: Query, pictures: Pictures) -> Iterator[str]:
    entry = findings.entries[query.place]
    yield '<div class="strip"><figure class="asks">'
    yield f"{pictures.element(entry.path)}<figcaption><bdi>{_labels(entry)}</bdi></figcaption></figure><div>"
    yield from _row(findings, "before", query.before, query.neighbours_before, pictures)
    yield from _row(findings, "after", query.after, query.neighbours_after, pictures)
    yield "</div></div>"


def _row(
    findings: Findings, word: str, quality: float, found: Sequence[Neighbour], pictures: Pictures
) -> Iterator[str]:
    yield f'<div class="row"><span>{word}<br>MAP@R<br>{quality:.2f}</span>'
    for one in found:
        entry = findings.entries[one.place]
        kind, sign = ("hit", "✓") if one.alike else ("miss", "✗")
        yield f'<figure class="{kind}">{pictures.element(entry.path)}'
        yield f"<figcaption>{sign} {one.distance:.2f}<br><bdi>{_labels(entry)}</bdi></figcaption></figure>"
    yield "</div>"


def _labels(entry: Entry) -> str:
    return text(", ".join(entry.labels))


STYLE = """
.strip { display: flex; gap: 16px; align-items: center; margin: 8px 0; padding: 8px; background: var(--panel);
  border: 1px solid var(--border); border-radius: 8px; overflow-x: auto; break-inside: avoid; }
.row { display: flex; gap: 8px; align-items: center; margin: 4px 0; }
.row > span { flex: 0 0 64px; color: var(--secondary); font-size: 12px; font-variant-numeric: tabular-nums; }
.strip figure { flex: 0 0 96px; margin: 0; text-align: center; font-size: 11px; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums; }
.strip img { max-width: 96px; height: 72px; object-fit: contain; border-radius: 4px; border: 3px solid transparent; }
.hit img { border-color: var(--good); } .miss img { border: 3px dashed var(--wrong); }
"""
