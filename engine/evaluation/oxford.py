"""The ground truth of Oxford5k, Paris6k and their revisited versions: lists of names for every query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import BadRequestError
from engine.evaluation.text import read_text
from engine.paths import is_file

_VGG_QUERY = "_query.txt"
_VGG_PREFIX = "oxc1_"
"""Stands before the photo's name in the query files, and nowhere else."""


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A part of an upright picture, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Setup:
    """What counts as found, and what does not count at all; the rest is wrong.

    Attributes:
        name: "" for the classic protocol, else "easy", "medium" or "hard".
    """

    name: str
    relevant: frozenset[str]
    ignored: frozenset[str]


@dataclass(frozen=True, slots=True)
class Truth:
    """One query and what it is meant to find: names of photos, with or without extension.

    Attributes:
        box: the part of the query photo that asks; None for all of it.
        setups: the first one is that of the general metrics; all queries have the same ones.
    """

    landmark: str
    query: str
    box: PixelBox | None
    setups: tuple[Setup, ...]


def is_vgg_folder(folder: Path) -> bool:
    """Whether these are the files that come with Oxford5k."""
    return any(True for _ in folder.glob(f"*{_VGG_QUERY}"))


def read_vgg(folder: Path) -> list[Truth]:
    """The ground truth in files: NAME_query.txt beside NAME_good.txt, NAME_ok.txt and NAME_junk.txt.

    Raises:
        BadRequestError: a file is missing or says something else.
    """
    truths = []
    for file in sorted(folder.glob(f"*{_VGG_QUERY}")):
        name = file.name.removesuffix(_VGG_QUERY)
        lists = {kind: _names(folder / f"{name}_{kind}.txt") for kind in ("good", "ok", "junk")}
        query, box = _vgg_query(file)
        truths.append(Truth(name.rpartition("_")[0] or name, query, box, _setups(lists)))
    return truths


def read_landmarks(file: Path, document: Any) -> list[Truth]:
    """The ground truth as JSON: {landmark: {"query": […], "good": […], "ok": […], "junk": […]}}; [] if it is not that.

    The revisited lists have "easy" and "hard" instead of "good" and "ok". A landmark may have "box": {query: [left,
    top, right, bottom]} in pixels.

    Raises:
        BadRequestError: it is meant to be that, and a part of it is wrong.
    """
    if not (isinstance(document, dict) and document and all(isinstance(part, dict) for part in document.values())):
        return []
    truths = []
    for landmark, part in document.items():
        queries = part.get("query")
        if isinstance(queries, str):
            queries = [queries]
        if not isinstance(queries, list) or not queries:
            raise BadRequestError(f"{file}: {landmark} has no query.", 'Write it as "query": ["a.jpg", …].')
        lists = {kind: part.get(kind, []) for kind in ("good", "ok", "easy", "hard", "junk") if kind in part}
        for kind, names in {"query": queries, **lists}.items():
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                raise BadRequestError(f"{file}: {kind} of {landmark} is no list of file names.", "Mend it.")
        boxes = part.get("box", {})
        setups = _setups({kind: frozenset(names) for kind, names in lists.items()})
        truths += [Truth(landmark, name, _box(file, boxes, name), setups) for name in queries]
    if len({len(truth.setups) for truth in truths}) > 1:
        raise BadRequestError(
            f"{file} mixes the classic lists (good, ok) with the revisited ones (easy, hard).",
            "Use one kind for all landmarks.",
        )
    return truths


def _setups(lists: Mapping[str, frozenset[str]]) -> tuple[Setup, ...]:
    junk = lists.get("junk", frozenset())
    if "easy" not in lists and "hard" not in lists:
        return (Setup("", lists.get("good", frozenset()) | lists.get("ok", frozenset()), junk),)
    easy, hard = lists.get("easy", frozenset()), lists.get("hard", frozenset())
    return (
        Setup("medium", easy | hard, junk),
        Setup("easy", easy, junk | hard),
        Setup("hard", hard, junk | easy),
    )


def _names(file: Path) -> frozenset[str]:
    if not is_file(file):
        raise BadRequestError(f"There is no {file}.", "The folder must hold good, ok and junk files for every query.")
    return frozenset(read_text(file).split())


def _vgg_query(file: Path) -> tuple[str, PixelBox]:
    words = read_text(file).split()
    try:
        name, (left, top, right, bottom) = words[0], _numbers(words[1:])
    except (IndexError, ValueError) as error:
        raise BadRequestError(f"{file} is no query of Oxford5k.", "It holds a name and four numbers.") from error
    return name.removeprefix(_VGG_PREFIX), PixelBox(left, top, right, bottom)


def _box(file: Path, boxes: Any, name: str) -> PixelBox | None:
    if not isinstance(boxes, dict) or name not in boxes:
        return None
    try:
        left, top, right, bottom = _numbers(boxes[name])
    except (TypeError, ValueError) as error:
        raise BadRequestError(f"{file}: the box of {name} is not four numbers.", "Mend it.") from error
    return PixelBox(left, top, right, bottom)


def _numbers(values: Iterable[Any]) -> Sequence[float]:
    return [float(value) for value in values]
