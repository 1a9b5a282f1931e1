"""A report as one HTML file for people: no script, nothing to fetch, readable in ten years."""

import html
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import TextIO

from engine.errors import EngineError
from engine.export.report import Report, ReportPicture, filter_lines
from engine.jobs import Job, Progress
from engine.records import Match, Mode, Photo
from engine.search.closeness import Closeness, closeness, percent

Thumbnail = Callable[[str], bytes]
_SOUGHT = {Mode.SIMILAR: "similar ones", Mode.COPIES: "copies"}


def write_page(report: Report, stream: TextIO, thumbnail: Thumbnail, job: Job) -> None:
    """Write the page photo by photo, so that a long report needs no memory.

    Args:
        thumbnail: the JPEG thumbnail of a photo by its id; one that cannot be had leaves an empty frame.
    """
    stream.write(page_head(report.title))
    stream.writelines(_question(report))
    stream.write('<ol class="photos">\n')
    below = False
    for number, (photo, match) in enumerate(report.rows(), 1):
        job.step(Progress("exporting", number - 1, len(report.photos)))
        if match is not None and report.result is not None and not below:
            below = match.score < report.result.chance_below
            stream.write('<li class="noise">below here it is chance</li>\n' if below else "")
        stream.write(_photo(report, photo, match, number, thumbnail))
    stream.write("</ol>\n")
    stream.write(page_foot(_EXPLAINED))


def page_head(title: str, style: str = "") -> str:
    """The beginning of a page that needs nothing from elsewhere, in the program's look.

    Args:
        style: more CSS.
    """
    return _HEAD.format(title=_text(title), style=_STYLE + style)


def page_foot(text: str) -> str:
    """The end of a page."""
    return f"<footer>{_text(text)}</footer>\n</body>\n</html>\n"


def _question(report: Report) -> Iterator[str]:
    """What was asked, of what, when."""
    yield '<section class="question">\n'
    for picture in report.pictures:
        yield _asked(picture)
    yield "<dl>\n"
    yield from (f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>\n" for name, value in _facts(report))
    yield "</dl>\n</section>\n"


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    yield "photos", f"{len(report.photos):,}"
    yield "date", f"{report.when:%Y-%m-%d %H:%M}"
    result = report.result
    if result is None:
        return
    yield (
        "searched",
        f"{result.searchable:,} photos, for {'copies' if result.query.mode == 'copies' else 'similar ones'}",
    )
    yield "model", result.model
    yield from filter_lines(result.query.filters)


def _asked(picture: ReportPicture) -> str:
    what = "less like" if picture.weight < 0 else "like"
    part = f", the part {picture.region}" if picture.region else ""
    caption = f"<figcaption>{what} <b><bdi>{_text(picture.title)}</bdi></b>{_text(part)}</figcaption>"
    return f"<figure>{image(picture.thumbnail, picture.title)}{caption}</figure>\n"


def _photo(report: Report, photo: Photo, match: Match | None, number: int, thumbnail: Thumbnail) -> str:
    try:
        picture = thumbnail(photo.id)
    except EngineError:  # gone or damaged since: the row still says which file it was
        picture = b""
    name = photo.path.name
    lines = [
        f'<p class="name"><bdi>{_text(name)}</bdi></p>',
        f'<p class="score">{_text(_score(report, match))}</p>' if match else "",
        f"<p>{_text(' · '.join(_details(photo)))}</p>",
        f'<p class="path"><bdi>{_text(str(photo.path.parent))}</bdi></p>',
        f'<p class="hash">{photo.content_hash.hex()}</p>',
    ]
    rank = match.rank if match else number
    return f'<li value="{rank}"><div class="frame">{image(picture, name)}</div>{"".join(lines)}</li>\n'


def _score(report: Report, match: Match) -> str:
    if match.verdict is not None:
        return f"{match.rank}. {match.verdict}"
    word = closeness(match, report.result.chance_below if report.result else 0.0)
    figures = "" if word is Closeness.IDENTICAL else percent(match.score)
    return f"{match.rank}. {figures} {word}".replace("  ", " ")


def _details(photo: Photo) -> Iterator[str]:
    if photo.width:
        yield f"{photo.width} × {photo.height}"
    yield f"{photo.size:,} bytes"
    yield f"taken {photo.taken:%Y-%m-%d %H:%M}" if photo.taken else f"changed {photo.modified:%Y-%m-%d %H:%M}"
    if photo.camera:
        yield photo.camera


def image(jpeg: bytes, name: str) -> str:
    """A picture within the page, or an empty frame."""
    if not jpeg:
        return '<span class="none">no picture</span>'
    return f'<img alt="{_text(name)}" src="data:image/jpeg;base64,{b64encode(jpeg).decode()}">'


def _text(text: str) -> str:
    """Text that cannot be mistaken for markup, in an attribute either."""
    return html.escape(text, quote=True)


_STYLE = """
:root { color-scheme: light dark; --window: #f4f4f5; --panel: #fff; --text: #1b1b1d; --secondary: #5e5e64;
  --border: #d7d7db; --ground: #ececee; }
@media (prefers-color-scheme: dark) { :root { --window: #1f1f21; --panel: #28282b; --text: #ececee;
  --secondary: #a5a5ac; --border: #3a3a3e; --ground: #161617; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 32px 24px; background: var(--window); color: var(--text);
  font: 14px/1.45 system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0 0 16px; overflow-wrap: anywhere; }
.question { display: flex; flex-wrap: wrap; gap: 16px 24px; margin-bottom: 24px; padding: 16px;
  background: var(--panel); border: 1px solid var(--border); border-radius: 8px; }
.question figure { margin: 0; max-width: 220px; overflow-wrap: anywhere; }
.question img { max-width: 220px; max-height: 160px; border-radius: 4px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; align-content: start; }
dt { color: var(--secondary); } dd { margin: 0; overflow-wrap: anywhere; }
.photos { list-style: none; margin: 0; padding: 0; display: grid; gap: 16px;
  grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); }
.photos li { background: var(--panel); border: 1px solid var(--border); border-radius: 8px; padding: 8px;
  break-inside: avoid; overflow-wrap: anywhere; }
.photos li.noise { grid-column: 1 / -1; background: none; border: none; border-top: 1px dashed var(--secondary);
  border-radius: 0; color: var(--secondary); text-align: center; }
.frame { height: 200px; display: flex; align-items: center; justify-content: center; background: var(--ground);
  border-radius: 4px; }
.frame img { max-width: 100%; max-height: 100%; border-radius: 4px; }
.none, .path, .hash, footer { color: var(--secondary); }
p { margin: 4px 0 0; font-size: 12px; } .name { font-size: 14px; font-weight: 600; }
.score { font-variant-numeric: tabular-nums; } .hash { font: 9px/1.3 ui-monospace, monospace; }
footer { margin-top: 24px; font-size: 12px; }
@media print { :root { color-scheme: light; --window: #fff; --panel: #fff; --text: #000; --secondary: #444;
  --border: #bbb; --ground: #fff; } body { max-width: none; padding: 0; }
  .photos { grid-template-columns: repeat(3, 1fr); } }
"""
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
"""
_EXPLAINED = (
    "Made by Lookalike. The long number under a photo is the BLAKE2b-256 hash of its file: as long as it is the same,"
    " so is the file."
)
