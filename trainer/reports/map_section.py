"""The map on a page, without a script: few photos lie on it as they are, many are points that show them when asked."""

from collections.abc import Iterator, Mapping

from trainer.reports.figures import MARKS, OTHERS
from trainer.reports.findings import Findings
from trainer.reports.maps import PhotoMap, Points
from trainer.reports.pictures import Pictures
from trainer.reports.wording import text

MOST_PICTURES = 1000
"""Points that show a picture; others only their names, or the page would be too large to open."""
MOST_THUMBNAILS = 200
"""Photos that are small pictures on the map; of more, one would hide the other."""
_SHAPES = {
    "o": "border-radius: 50%",
    "s": "border-radius: 0",
    "^": "clip-path: polygon(50% 0, 100% 100%, 0 100%)",
    "D": "clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%)",
    "v": "clip-path: polygon(0 0, 100% 0, 50% 100%)",
    "P": "clip-path: polygon(35% 0, 65% 0, 65% 35%, 100% 35%, 100% 65%, 65% 65%, 65% 100%, 35% 100%, 35% 65%, 0 65%,"
    " 0 35%, 35% 35%)",
}
_OTHER = "other"


def map_section(
    findings: Findings, shown: PhotoMap, marks: Mapping[str, tuple[str, str]], pictures: Pictures
) -> Iterator[str]:
    """The map before and after as lines of a page."""
    names = {label: f"m{number}" for number, label in enumerate(marks)}
    labels = [findings.entries[place].label for place in shown.places]
    yield "<h2>A map of the photos</h2>"
    yield (
        f"<p>{len(labels):,} photos that the model had not learned from. What lies close together is alike to the model"
        " (principal components, then t-SNE); how far apart groups lie means little. Point at one to see it larger.</p>"
    )
    yield f"<style>{_pictures_style(findings, shown, pictures)}</style>"
    yield '<ul class="legend">'
    yield from (f'<li><i class="mark {names[label]}"></i> <bdi>{text(label)}</bdi></li>' for label in marks)
    if set(labels) - set(marks):
        yield f'<li><i class="mark {_OTHER}"></i> other classes</li>'
    yield '</ul><div class="maps">'
    for word, points in (("before", shown.before), ("after", shown.after)):
        yield f'<figure><figcaption>{word}</figcaption><div class="map">'
        yield from _points(findings, shown, points, names, marks)
        yield "</div></figure>"
    yield "</div>"


def _points(
    findings: Findings,
    shown: PhotoMap,
    points: Points,
    names: Mapping[str, str],
    marks: Mapping[str, tuple[str, str]],
) -> Iterator[str]:
    few = len(points) <= MOST_THUMBNAILS
    for number, (place, (x, y)) in enumerate(zip(shown.places, points, strict=True)):
        entry = findings.entries[place]
        _, color = marks.get(entry.label, OTHERS)
        small = f'<i class="small p{number}" style="border-color:{color}"></i>' if few else ""
        picture = f'<i class="p{number}"></i>' if number < MOST_PICTURES else ""
        side = " left" if x > 0.5 else ""
        yield (
            f'<span class="point" style="left:{100 * x:.1f}%;top:{100 - 100 * y:.1f}%">{small}'
            f'<i class="mark {names.get(entry.label, _OTHER)}"></i><span class="tip{side}">{picture}'
            f"<bdi>{text(entry.label)}</bdi><br><bdi>{text(entry.path.name)}</bdi></span></span>"
        )


def _pictures_style(findings: Findings, shown: PhotoMap, pictures: Pictures) -> str:
    """Each photo once, for both maps."""
    rules = []
    for number, place in enumerate(shown.places[:MOST_PICTURES]):
        if address := pictures.address(findings.entries[place].path):
            rules.append(f".p{number}{{background-image:url({address})}}")
    return "\n".join(rules)


def _marks_style() -> str:
    marks = {f"m{number}": mark for number, mark in enumerate(MARKS)} | {_OTHER: ("o", OTHERS[1])}
    return "\n".join(f".{name} {{ background: {color}; {_SHAPES[shape]}; }}" for name, (shape, color) in marks.items())


STYLE = f"""
.maps {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 16px; }}
.maps figure {{ margin: 0; break-inside: avoid; }} .maps figcaption {{ font-weight: 600; }}
.map {{ position: relative; aspect-ratio: 1; background: var(--panel); border: 24px solid var(--panel);
  outline: 1px solid var(--border); }}
.point {{ position: absolute; width: 18px; height: 18px; margin: -9px 0 0 -9px; }}
.mark {{ display: inline-block; width: 10px; height: 10px; print-color-adjust: exact; }}
.point .mark {{ position: absolute; left: 4px; top: 4px; }} .{_OTHER} {{ transform: scale(0.6); }}
.tip {{ display: none; position: absolute; left: 20px; top: -8px; width: 136px; padding: 4px; z-index: 2;
  font-size: 11px; overflow-wrap: anywhere; background: var(--window); border: 1px solid var(--border);
  border-radius: 6px; pointer-events: none; }}
.tip.left {{ left: auto; right: 20px; }} .point:hover {{ z-index: 1; }} .point:hover .tip {{ display: block; }}
.tip i {{ display: block; height: 112px; background: center / contain no-repeat; }}
.small {{ position: absolute; left: -9px; top: -9px; width: 32px; height: 32px; border: 2px solid; border-radius: 4px;
  background: var(--panel) center / cover no-repeat; }}
.small + .mark {{ left: -9px; top: 21px; outline: 2px solid var(--panel); }}
.point:hover .small {{ outline: 2px solid var(--text); }}
.legend {{ display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 8px 0; padding: 0; }}
{_marks_style()}
"""
