"""`why`: what makes two pictures alike?"""

from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cli.grammar import Commands, absolute_path
from cli.session import Session
from engine.errors import BadRequestError

if TYPE_CHECKING:
    from engine.copies.verdict import Verdict
    from engine.search.explanation import Differences, Explanation, Focus, PictureEvidence

EXAMPLE = """\
lookalike why beach.jpg other-beach.jpg
lookalike why beach.jpg other-beach.jpg --out why.png --json"""
_PLACES = {
    (-1, -1): "at the top left",
    (0, -1): "at the top",
    (1, -1): "at the top right",
    (-1, 0): "on the left",
    (0, 0): "in the middle",
    (1, 0): "on the right",
    (-1, 1): "at the bottom left",
    (0, 1): "at the bottom",
    (1, 1): "at the bottom right",
}
_METHODS = {
    "features": "told by what each part of the pictures adds to their similarity",
    "occlusion": "told by hiding one part of the pictures after the other",
}


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    why = commands.add("why", "tell what makes two pictures alike", example=EXAMPLE, run=explain_pair)
    why.add_argument("photo", type=absolute_path, metavar="PHOTO", help="a picture, in the library or not")
    why.add_argument("other", type=absolute_path, metavar="OTHER", help="another one")
    why.add_argument(
        "--out",
        type=absolute_path,
        metavar="FILE.png",
        help="save both side by side: warm is what counts more than an even share, dark what counts less",
    )


def explain_pair(arguments: Namespace, session: Session) -> int:
    """Run `lookalike why`."""
    from engine.export.saving import save_bytes  # help and usage need none of these
    from engine.records import QueryPicture

    out = arguments.out
    if out is not None and out.suffix.lower() != ".png":
        raise BadRequestError(f"“{out.name}” is no name for a picture of this.", "Give it the ending .png.")
    one, other = QueryPicture(path=arguments.photo), QueryPicture(path=arguments.other)
    with session.library() as library, session.job() as job:
        explanation = library.explain(one, other, job=job, draw=out is not None)
    if out is not None:
        save_bytes(explanation.evidence.picture, out)
    session.output.show(_document(explanation, arguments), _lines(explanation, arguments))
    return 0


def _lines(explanation: "Explanation", arguments: Namespace) -> Iterator[str]:
    evidence = explanation.evidence
    yield _verdict(evidence.verdict)
    yield _closeness(explanation)
    for path, picture in ((arguments.photo, evidence.one), (arguments.other, evidence.other)):
        yield f"{path.name}: {_focus(picture.focus)}"
    yield from _differences(explanation.differences, evidence.one, evidence.other)
    yield f"{_METHODS[evidence.method]}; model {explanation.model}"
    if arguments.out is not None:
        yield f"{arguments.out}: saved"


def _verdict(verdict: "Verdict") -> str:
    """What the second picture is to the first, by their pixels."""
    if verdict.is_copy:
        return f"the same picture, {verdict}"
    return "different pictures" if verdict.kind is verdict.kind.DIFFERENT else str(verdict)


def _closeness(explanation: "Explanation") -> str:
    from engine.search.closeness import Closeness, closeness_of, percent

    word: str = closeness_of(explanation.distance, explanation.score, explanation.noise_score)
    if word == Closeness.CHANCE and explanation.evidence.verdict.is_copy:
        word = "far apart to the model"  # a copy is no chance, whatever it thinks
    return f"{word}: closer than {percent(explanation.score)} of random pairs (distance {explanation.distance:.3f})"


def _focus(focus: "Focus") -> str:
    if focus.share == 0:
        return "nothing in it speaks for the likeness"
    if focus.even:
        return "the likeness is spread over all of it"
    return f"half of the likeness lies in {100 * focus.share:.0f} % of it, {_PLACES[focus.across, focus.down]}"


def _differences(found: "Differences", one: "PictureEvidence", other: "PictureEvidence") -> Iterator[str]:
    if found.apart is not None:
        yield f"time: {_duration(found.apart)} apart" if found.apart else "time: the same second"
    if found.same_camera is not None:
        yield "camera: the same" if found.same_camera else f"camera: {one.details.camera} / {other.details.camera}"
    if found.kilometres is not None:
        far = found.kilometres
        yield f"place: {far:,.0f} km apart" if far >= 10 else f"place: {1000 * far:,.0f} m apart"
    sizes = f"{one.width} x {one.height} / {other.width} x {other.height}"
    yield f"size: {sizes}" if (one.width, one.height) != (other.width, other.height) else f"size: the same, {sizes}"


def _duration(apart: timedelta) -> str:
    """In the largest unit of which there are two or more, so that it is never far off."""
    seconds = apart.total_seconds()
    units = (("years", 365.25 * 86_400), ("days", 86_400), ("hours", 3_600), ("minutes", 60))
    for unit, length in units:
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:.0f} s"


def _document(explanation: "Explanation", arguments: Namespace) -> dict[str, Any]:
    from engine.export.documents import verdict_document

    evidence, found = explanation.evidence, explanation.differences
    return {
        **verdict_document(evidence.verdict),
        "relation": evidence.verdict.kind,
        "by_thumbnail": evidence.verdict.by_thumbnail,
        "similarity": round(evidence.similarity, 6),
        "distance": round(explanation.distance, 6),
        "score": round(explanation.score, 6),
        "method": evidence.method,
        "model": explanation.model,
        "pictures": [
            _picture(arguments.photo, evidence.one),
            _picture(arguments.other, evidence.other),
        ],
        "differences": {
            "seconds": found.apart.total_seconds() if found.apart is not None else None,
            "same_camera": found.same_camera,
            "kilometres": found.kilometres if found.kilometres is None else round(found.kilometres, 3),
            "pixels": round(found.pixels, 3),
        },
        "file": arguments.out,
    }


def _picture(path: object, picture: "PictureEvidence") -> dict[str, Any]:
    focus = picture.focus
    return {
        "path": path,
        "half_in": round(focus.share, 3),
        "where": None if focus.share == 0 or focus.even else _PLACES[focus.across, focus.down],
        "map": [[round(float(value), 4) for value in row] for row in picture.heat],
        "covers": [round(edge, 4) for edge in picture.covered],
        "width": picture.width,
        "height": picture.height,
    }
