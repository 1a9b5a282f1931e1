"""The options that say which photos count, and the words for when none does."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cli.grammar import absolute_path, day, fraction, picture_format, positive_number
from cli.output import count
from engine.filters import Decided, FilterKind, Filters, Orientation

if TYPE_CHECKING:
    from engine.library import Library

_OPTIONS = {
    FilterKind.FOLDER: "--folder",
    FilterKind.DATE: "--after and --before",
    FilterKind.CAMERA: "--camera",
    FilterKind.FORMAT: "--format",
    FilterKind.ORIENTATION: "--orientation",
    FilterKind.SIZE: "--min-size",
    FilterKind.DECISION: "--decision",
    FilterKind.COLLECTION: "--collection",
    FilterKind.SCORE: "--min-score",
}


def add_filters(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--folder",
        action="append",
        default=[],
        type=absolute_path,
        metavar="F",
        help="only photos in this folder or below it; may be repeated",
    )
    parser.add_argument("--after", type=day, metavar="D", help="only photos of this day (such as 2024-12-31) or later")
    parser.add_argument("--before", type=day, metavar="D", help="only photos of this day or earlier")
    parser.add_argument(
        "--camera", default="", metavar="C", help="only photos whose camera's make and model contain this"
    )
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        type=picture_format,
        metavar="F",
        help="only photos of this format, such as JPEG or HEIC; may be repeated",
    )
    parser.add_argument(
        "--orientation",
        action="append",
        default=[],
        choices=[*Orientation],
        help="only photos of this shape; may be repeated",
    )
    parser.add_argument(
        "--min-size",
        type=positive_number,
        default=0,
        metavar="PIXELS",
        help="only photos whose longer side has at least so many pixels",
    )
    parser.add_argument(
        "--decision",
        choices=[*Decided],
        help="only photos of which this was decided; hidden ones are left out unless you ask for them (or for any)",
    )
    parser.add_argument("--collection", default="", metavar="NAME", help="only photos of this collection")
    parser.add_argument("--min-score", type=fraction, metavar="S", help="only matches with at least this score, 0..1")


def chosen_filters(arguments: Namespace) -> Filters:
    """What the options say; raises BadRequestError if that makes no sense."""
    return Filters(
        folders=tuple(arguments.folder),
        after=arguments.after,
        before=arguments.before,
        camera=arguments.camera,
        formats=tuple(arguments.format),
        orientations=tuple(map(Orientation, arguments.orientation)),
        min_size=arguments.min_size,
        decision=Decided(arguments.decision) if arguments.decision else None,
        collection=arguments.collection,
        min_score=arguments.min_score,
    )


def why_nothing(library: "Library", filters: Filters) -> str:
    """A sentence about which option to loosen; empty if it is not the filters."""
    found = library.browsing.emptiness(filters)
    if found.unknown_folders:
        return f"{found.unknown_folders[0]} is not in the library. See “lookalike roots list”."
    if found.passing:
        if FilterKind.SCORE in filters.kinds:
            return f"{count(found.passing, 'photo')} would do with a lower --min-score."
        return ""
    if found.loosened:
        kind, photos = found.loosened[0]
        return f"{count(photos, 'photo')} would do without {_OPTIONS[kind]}."
    return f"{count(found.without_filters, 'photo')} would do without these options." if found.without_filters else ""
