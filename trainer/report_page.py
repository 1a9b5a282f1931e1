"""A training as one HTML file for people: before and after, in figures and in pictures. No script, nothing to fetch."""

import html
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.evaluation.lists import Entry
from engine.export.page import page_foot, page_head
from engine.imaging.decoding import decode
from engine.imaging.thumbnails import encode_thumbnail
from trainer.data.hygiene import LabelProblem
from trainer.judging import DECISIVE, Figure, Judgement, Query
from trainer.storage import storing

METRICS = {
    "precision@1": "the nearest photo is of the same class",
    "precision@5": "of the nearest five",
    "recall@10": "recall@10",
    "map@10": "mAP@10",
    DECISIVE: "MAP@R, which decides",
    "mrr": "MRR",
    "knn_accuracy": "class elected by the nearest 20",
}
STRIPS = 6
"""Queries that are shown of each kind."""
THUMBNAIL = 112
"""Pixels of the longer side of a picture in a strip."""
_MOST_PROBLEMS = 50


class ReportPage:
    """Writes the page of a run.

    Args:
        entries: the photos.
        judgement: what those that were kept back say.
        problems: with the labels.
        facts: names and values for the head of the page.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        judgement: Judgement,
        problems: Sequence[LabelProblem],
        facts: Sequence[tuple[str, str]],
    ) -> None:
        self._entries, self._judgement, self._problems, self._facts = entries, judgement, problems, facts
        self._pictures: dict[Path, bytes] = {}

    def write(self, file: Path) -> None:
        """Write the page; raises StorageFullError."""
        lines = [page_head("A model of your own", _STYLE), *self._verdict(), *self._bars(), *self._classes()]
        lines += [*self._strips(), *self._labels(), page_foot("Made by Lookalike.")]
        with storing(file):
            file.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")

    def _verdict(self) -> Iterator[str]:
        problems = self._judgement.problems
        if problems:
            yield f'<p class="verdict bad">✗ It is not better: {_text("; ".join(problems))}.</p>'
        else:
            yield '<p class="verdict good">✓ It is better on photos that were kept back from it.</p>'
        yield '<section class="question"><dl>'
        yield from (f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in self._facts)
        yield "</dl></section>"

    def _bars(self) -> Iterator[str]:
        """Before and after, with 95 % intervals."""
        before, after = self._judgement.before, self._judgement.after
        yield "<h2>Before and after</h2>"
        yield '<table class="bars"><tr><th></th><th>before</th><th>after</th><th>0 … 1, with 95 % intervals</th></tr>'
        for name, words in METRICS.items():
            yield (
                f"<tr><th>{_text(words)}</th><td>{before[name].value:.3f}</td><td>{after[name].value:.3f}</td>"
                f"<td>{_bar(before[name], 'old')}{_bar(after[name], 'new')}</td></tr>"
            )
        unseen = self._judgement
        if unseen.unseen_before is not None and unseen.unseen_after is not None:
            yield (
                f"<tr><th>MAP@R of classes it did not learn</th><td>{unseen.unseen_before:.3f}</td>"
                f"<td>{unseen.unseen_after:.3f}</td><td></td></tr>"
            )
        yield "</table>"

    def _classes(self) -> Iterator[str]:
        """MAP@R class by class, the one that lost most first."""
        by_class: dict[str, list[Query]] = {}
        for query in self._judgement.queries:
            by_class.setdefault(self._entries[query.place].label, []).append(query)
        rows = [
            (label, len({query.place for query in found}), _mean(found, "before"), _mean(found, "after"))
            for label, found in by_class.items()
        ]
        yield "<h2>Class by class</h2><table><tr><th></th><th>photos</th><th>before</th><th>after</th></tr>"
        for label, photos, before, after in sorted(rows, key=lambda row: row[3] - row[2]):
            yield (
                f"<tr><th><bdi>{_text(label)}</bdi></th><td>{photos:,}</td><td>{before:.3f}</td>"
                f"<td>{after:.3f}</td></tr>"
            )
        yield "</table>"

    def _strips(self) -> Iterator[str]:
        """What a few queries find: those that gained most and least, and some by chance."""
        queries = {query.place: query for query in self._judgement.queries}
        ordered = sorted(queries.values(), key=lambda query: (query.after - query.before, query.place))
        chance = np.random.default_rng(0).permutation(len(ordered))[:STRIPS]
        for title, chosen in (
            ("What gained most", ordered[::-1][:STRIPS]),
            ("What lost most", [query for query in ordered[:STRIPS] if query.after < query.before]),
            ("Some by chance", [ordered[place] for place in chance]),
        ):
            if chosen:
                yield f"<h2>{title}</h2>"
                for query in chosen:
                    yield from self._strip(query)

    def _strip(self, query: Query) -> Iterator[str]:
        entry = self._entries[query.place]
        yield '<div class="strip"><figure class="asks">'
        yield f"{self._picture(entry)}<figcaption><bdi>{_text(entry.label)}</bdi></figcaption></figure><div>"
        for word, places, quality in (
            ("before", query.neighbours_before, query.before),
            ("after", query.neighbours_after, query.after),
        ):
            yield f'<div class="row"><span>{word}<br>{quality:.2f}</span>'
            for place in places:
                found = self._entries[place]
                kind, sign = ("hit", "✓") if found.label == entry.label else ("miss", "✗")
                yield f'<figure class="{kind}">{self._picture(found)}<figcaption>{sign} <bdi>{_text(found.label)}</bdi>'
                yield "</figcaption></figure>"
            yield "</div>"
        yield "</div></div>"

    def _labels(self) -> Iterator[str]:
        if self._problems:
            yield "<h2>Labels to look at</h2><ul>"
            yield from (
                f"<li><bdi>{_text(problem.message)}</bdi> {_text(problem.hint)}</li>"
                for problem in self._problems[:_MOST_PROBLEMS]
            )
            more = len(self._problems) - _MOST_PROBLEMS
            yield f"<li>… and {more:,} more</li></ul>" if more > 0 else "</ul>"

    def _picture(self, entry: Entry) -> str:
        if entry.path not in self._pictures:
            self._pictures[entry.path] = _thumbnail(entry.path)
        jpeg = self._pictures[entry.path]
        if not jpeg:
            return '<span class="none">no picture</span>'
        return f'<img alt="{_text(entry.path.name)}" src="data:image/jpeg;base64,{b64encode(jpeg).decode()}">'


def _thumbnail(path: Path) -> bytes:
    """A small JPEG; nothing for a file that went away since it was read."""
    try:
        image = decode(path, short_side=0, long_side=THUMBNAIL).image
    except EngineError:
        return b""
    image.thumbnail((THUMBNAIL, THUMBNAIL))
    return encode_thumbnail(image)


def _bar(figure: Figure, kind: str) -> str:
    """A bar from 0 to 1 with a whisker for the interval, as SVG."""
    low, high, value = (
        100 * min(max(one, 0.0), 1.0) for one in (figure.interval.low, figure.interval.high, figure.value)
    )
    return (
        f'<svg class="{kind}" viewBox="0 0 100 6" preserveAspectRatio="none" role="img"'
        f' aria-label="{figure.value:.3f}">'
        f'<rect width="{value:.2f}" height="6"/>'
        f'<line x1="{low:.2f}" x2="{high:.2f}" y1="3" y2="3" vector-effect="non-scaling-stroke"/></svg>'
    )


def _mean(queries: Sequence[Query], side: str) -> float:
    values: NDArray[np.float64] = np.array([getattr(query, side) for query in queries])
    return float(values.mean())


def _text(text: str) -> str:
    return html.escape(text, quote=True)


_STYLE = """
h2 { font-size: 17px; margin: 28px 0 8px; } table { border-collapse: collapse; }
th { text-align: start; font-weight: 400; padding: 2px 16px 2px 0; overflow-wrap: anywhere; }
td { text-align: end; padding: 2px 16px 2px 0; font-variant-numeric: tabular-nums; }
svg { display: block; width: 320px; height: 6px; margin: 2px 0; background: var(--ground); }
svg line { stroke: var(--text); stroke-width: 1.5px; } .old rect { fill: #9a9aa0; } .new rect { fill: #2563eb; }
.verdict { font-size: 15px; font-weight: 600; } .good { color: #15803d; } .bad { color: #b91c1c; }
@media (prefers-color-scheme: dark) { .good { color: #4ade80; } .bad { color: #f87171; } .new rect { fill: #6c9dff; } }
.strip { display: flex; gap: 16px; align-items: center; margin: 8px 0; padding: 8px; background: var(--panel);
  border: 1px solid var(--border); border-radius: 8px; overflow-x: auto; }
.row { display: flex; gap: 8px; align-items: center; margin: 4px 0; } .row > span { width: 56px; }
.strip figure { margin: 0; width: 96px; text-align: center; font-size: 11px; overflow-wrap: anywhere; }
.strip img { max-width: 96px; height: 72px; object-fit: contain; border-radius: 4px; border: 2px solid transparent; }
.hit img { border-color: #15803d; } .miss img { border-color: #b91c1c; }
"""
