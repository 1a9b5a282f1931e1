"""A training as one HTML file for people: before and after, in figures and in pictures. No script, nothing to fetch."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.evaluation.statistics import Interval
from engine.export.page import page_foot, page_head
from trainer.judging import Figure, Query
from trainer.reports import map_section, strips
from trainer.reports.confusion import Confusion
from trainer.reports.curves import Curves
from trainer.reports.drawing import Drawing
from trainer.reports.findings import Findings
from trainer.reports.wording import text

_MOST_PROBLEMS = 50
_MOST_MISTAKES = 8
_REFERENCES = {
    "random": "by chance",
    "popularity": "always with the commonest labels first",
    "oracle": "by the labels themselves",
}


def page(findings: Findings, sections: Sequence[Iterator[str]]) -> str:
    """The whole page: the verdict, the sections, the labels to look at."""
    style = _STYLE + strips.STYLE + map_section.STYLE
    lines = [page_head("A model of your own", style), *_verdict(findings)]
    for section in sections:
        lines += section
    lines += [*_labels(findings), page_foot("Made by Lookalike.")]
    return "\n".join(lines)


def bars(findings: Findings) -> Iterator[str]:
    """Before and after, with 95 % intervals."""
    judgement = findings.judgement
    before, after = judgement.before, judgement.after
    yield "<h2>Before and after</h2>"
    yield '<table class="bars"><tr><th></th><th>before</th><th>after</th><th>0 … 1, with 95 % intervals</th></tr>'
    for name, words in findings.metrics.items():
        yield (
            f"<tr><th>{text(words)}</th><td>{before[name].value:.3f}</td><td>{after[name].value:.3f}</td>"
            f"<td>{_bar(before[name], 'old')}{_bar(after[name], 'new')}</td></tr>"
        )
    if judgement.unseen_before is not None and judgement.unseen_after is not None:
        yield (
            f"<tr><th>MAP@R of {'labels' if findings.has_several_labels else 'classes'} it did not learn</th>"
            f"<td>{judgement.unseen_before:.3f}</td><td>{judgement.unseen_after:.3f}</td>"
            f"<td>{_bar(_certain(judgement.unseen_before), 'old')}{_bar(_certain(judgement.unseen_after), 'new')}</td>"
            "</tr>"
        )
    yield "</table>"


def references(findings: Findings) -> Iterator[str]:
    """What can be reached: only photos with several labels have something to compare with."""
    told = findings.judgement.references
    yield "<h2>What the same figures would be</h2><table><tr><th></th>"
    yield from (f"<th>{text(_REFERENCES[name])}</th>" for name in told)
    yield "</tr>"
    for metric, words in findings.metrics.items():
        yield f"<tr><th>{text(words)}</th>"
        yield from (f"<td>{figures[metric].value:.3f}</td>" for figures in told.values())
        yield "</tr>"
    yield "</table>"


def learned(curves: Curves, drawing: Drawing) -> Iterator[str]:
    """How a network learned."""
    yield "<h2>How it learned</h2>"
    words = (
        f"Photos that were kept back inside the training were found best at step {curves.best_step:,} (dashed line):"
        " the model has learned for as long."
        if curves.best_step is not None
        else "It learned to the end."
    )
    if len(curves.parts) > 1:
        words += " Thin grey lines: other parts of the training."
    yield plot(drawing, words)


def found(findings: Findings, drawing: Drawing) -> Iterator[str]:
    """How much of what is found is right."""
    share, few, whole = (
        ("that has much in common with the one that asks", "fewer than k have", "of these")
        if findings.has_several_labels
        else ("of the class that was asked for", "a class has fewer than k", "of the class")
    )
    yield "<h2>How much of what is found is right</h2>"
    yield plot(
        drawing,
        f"Left: of the nearest k photos, the share {share}; dotted, what is possible where {few}. Right: how much of"
        f" what was found is right until a share {whole} is found.",
    )


def distances(findings: Findings, drawing: Drawing) -> Iterator[str]:
    """Where a line between alike and not alike would lie."""
    judgement = findings.judgement
    same, other = (
        ("those with much in common", "the others")
        if findings.has_several_labels
        else ("those of one class", "those of two")
    )
    yield "<h2>Distances</h2>"
    words = []
    for word, evidence in (("After", judgement.evidence_after), ("Before", judgement.evidence_before)):
        if (line := evidence.threshold()) is not None:
            words.append(
                f"{word}: of pairs nearer than {line.distance:.2f}, that is {line.caught:.0%} of {same} and"
                f" {line.mistaken:.0%} of {other}."
            )
    told = "The dotted line is the distance that parts the two kinds best. "
    yield plot(drawing, told + " ".join(words))


def classes(findings: Findings) -> Iterator[str]:
    """MAP@R class by class, the one that lost most first."""
    by_class: dict[str, list[Query]] = {}
    for query in findings.judgement.queries:
        by_class.setdefault(findings.entries[query.place].label, []).append(query)
    rows = [
        (label, len({query.place for query in some}), _mean(some, "before"), _mean(some, "after"))
        for label, some in by_class.items()
    ]
    yield "<h2>Class by class</h2>"
    yield "<table><tr><th>MAP@R</th><th>photos</th><th>before</th><th>after</th><th>change</th></tr>"
    for label, photos, before, after in sorted(rows, key=lambda row: row[3] - row[2]):
        yield (
            f"<tr><th><bdi>{text(label)}</bdi></th><td>{photos:,}</td><td>{before:.3f}</td><td>{after:.3f}</td>"
            f"<td>{after - before:+.3f}</td></tr>"
        )
    yield "</table>"


def mistaken(confusion: Confusion, drawing: Drawing | None) -> Iterator[str]:
    """Which class is found for which."""
    yield "<h2>Classes that are taken for each other</h2>"
    if drawing is not None:
        yield plot(drawing, "Of the nearest photos of each class (rows), the share that is of each class (columns).")
    mistakes = confusion.mistakes(_MOST_MISTAKES)
    if not mistakes:
        yield "<p>None: the nearest photos of every class are of that class.</p>"
        return
    yield "<table><tr><th>photos of</th><th>find</th><th>before</th><th>after</th></tr>"
    for one in mistakes:
        yield (
            f"<tr><th><bdi>{text(one.asked)}</bdi></th><th><bdi>{text(one.found)}</bdi></th>"
            f"<td>{one.before:.0%}</td><td>{one.after:.0%}</td></tr>"
        )
    yield "</table>"


def more_photos(findings: Findings, drawing: Drawing) -> Iterator[str]:
    """Whether more labelled photos would help."""
    yield "<h2>Whether more photos would help</h2>"
    points = ", ".join(f"{point.photos:,} photos: {point.quality:.3f}" for point in findings.learning)
    yield plot(drawing, f"MAP@R on photos that were kept back, with 95 % intervals. Learned from {points}.")


def plot(drawing: Drawing, words: str) -> str:
    """A drawing with words about it."""
    return f'<figure class="plot">{drawing.svg}<figcaption>{text(words)}</figcaption></figure>'


def _verdict(findings: Findings) -> Iterator[str]:
    problems = findings.judgement.problems
    if problems:
        yield f'<p class="verdict bad">✗ It is not better: {text("; ".join(problems))}.</p>'
    else:
        yield '<p class="verdict good">✓ It is better on photos that were kept back from it.</p>'
    yield '<section class="question"><dl>'
    yield from (f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in findings.facts)
    yield "</dl></section>"


def _labels(findings: Findings) -> Iterator[str]:
    if findings.problems:
        yield "<h2>Labels to look at</h2><ul>"
        yield from (
            f"<li><bdi>{text(problem.message)}</bdi> {text(problem.hint)}</li>"
            for problem in findings.problems[:_MOST_PROBLEMS]
        )
        more = len(findings.problems) - _MOST_PROBLEMS
        yield f"<li>… and {more:,} more</li></ul>" if more > 0 else "</ul>"


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


def _certain(value: float) -> Figure:
    """A figure of which no interval is known."""
    return Figure(value, Interval(value, value))


def _mean(queries: Sequence[Query], side: str) -> float:
    return float(np.mean([getattr(query, side) for query in queries]))


_STYLE = """
:root { --before: #85858c; --after: #2563eb; --wrong: #c2410c; --good: #15803d; --bad: #b91c1c; }
@media (prefers-color-scheme: dark) { :root { --before: #9a9aa0; --after: #6c9dff; --wrong: #fb923c; --good: #4ade80;
  --bad: #f87171; } }
h2 { font-size: 17px; margin: 28px 0 8px; } table { border-collapse: collapse; }
th { text-align: start; font-weight: 400; padding: 2px 16px 2px 0; overflow-wrap: anywhere; }
td { text-align: end; padding: 2px 16px 2px 0; font-variant-numeric: tabular-nums; }
p { font-size: 14px; } tr:first-child th { color: var(--secondary); }
.bars svg { display: block; width: 320px; height: 6px; margin: 2px 0; background: var(--ground); }
.bars line { stroke: var(--text); stroke-width: 1.5px; }
.old rect { fill: var(--before); } .new rect { fill: var(--after); }
.verdict { font-size: 15px; font-weight: 600; } .good { color: var(--good); } .bad { color: var(--bad); }
.plot { margin: 8px 0; padding: 12px; background: var(--panel); border: 1px solid var(--border); border-radius: 8px;
  break-inside: avoid; }
.plot svg { display: block; width: 100%; max-height: 640px; }
.plot figcaption { margin-top: 8px; color: var(--secondary); font-size: 13px; }
@media print { :root { --before: #85858c; --after: #2563eb; --wrong: #c2410c; --good: #15803d; --bad: #b91c1c; }
  h2 { break-after: avoid; } rect { print-color-adjust: exact; } }
"""
