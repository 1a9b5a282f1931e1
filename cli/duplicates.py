"""`duplicates`: groups of copies and of bursts, and what is decided about them."""

import argparse
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli.grammar import Commands, absolute_path, fraction
from cli.output import columns, count, note
from cli.session import Session
from engine.errors import NotFoundError

if TYPE_CHECKING:
    from engine.duplicates.groups import DuplicateGroup, DuplicateOptions
    from engine.library import Library

EXAMPLE = """\
lookalike duplicates
lookalike duplicates --across-folders --reference ~/Pictures/Albums --json
lookalike duplicates --crops
lookalike duplicates --keep-both a.jpg b.jpg
lookalike duplicates --load duplicates.csv"""
BYTES_PER_MB = 1_000_000


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    duplicates = commands.add(
        "duplicates",
        "find groups of copies and of bursts, with the photo of each that is worth keeping",
        example=EXAMPLE,
        run=show_duplicates,
    )
    add_search_options(duplicates)
    instead = duplicates.add_mutually_exclusive_group()
    instead.add_argument("--load", type=absolute_path, metavar="FILE", help="show the groups of an exported file again")
    for option, says in (
        ("--not-copies", "remember that these photos only look alike"),
        ("--keep-both", "remember that all of these copies are wanted"),
    ):
        instead.add_argument(option, nargs="+", type=absolute_path, default=[], metavar="PHOTO", help=says)
    duplicates.set_defaults(wrong_usage=_wrong_usage)


def add_search_options(parser: argparse.ArgumentParser) -> None:
    """The options that say what to look for."""
    parser.add_argument(
        "--min-score",
        type=fraction,
        metavar="S",
        help="compare photos whose embeddings have at least this score; lower finds more and takes longer "
        "(default: 0.95)",
    )
    parser.add_argument(
        "--crops",
        action="store_true",
        help="also compare each photo with what looks like a part of it, which takes longer",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--across-folders", action="store_true", help="only photos of different folders")
    where.add_argument("--within-folders", action="store_true", help="only photos of one folder")
    parser.add_argument(
        "--reference",
        action="append",
        default=[],
        type=absolute_path,
        metavar="FOLDER",
        help="never suggest to delete a photo of this folder; may be repeated",
    )


def search_options(arguments: Namespace) -> "DuplicateOptions":
    """What the options say."""
    from engine.duplicates.groups import DEFAULT_SCORE, DuplicateOptions, Where

    across, within = arguments.across_folders, arguments.within_folders
    where = Where.ACROSS_FOLDERS if across else Where.WITHIN_FOLDERS if within else Where.ANYWHERE
    score = DEFAULT_SCORE if arguments.min_score is None else arguments.min_score
    return DuplicateOptions(score, where, tuple(arguments.reference), arguments.crops)


def show_duplicates(arguments: Namespace, session: Session) -> int:
    """Run `lookalike duplicates`."""
    from engine.catalog.pairs import PairKind

    for kind, paths in ((PairKind.NOT_COPIES, arguments.not_copies), (PairKind.KEEP_BOTH, arguments.keep_both)):
        if paths:
            return _keep_apart(kind, paths, session)
    groups: Sequence[DuplicateGroup]
    with session.library() as library, session.job() as job:
        if arguments.load is None:
            groups = library.duplicates.find(search_options(arguments), job)
        else:
            groups = _loaded(library, arguments.load)
    from engine.export.duplicates import groups_document  # help and usage need no documents

    session.output.show(groups_document(groups), _lines(groups))
    return 0


def _wrong_usage(arguments: Namespace) -> str:
    both = next((paths for paths in (arguments.not_copies, arguments.keep_both) if paths), None)
    return "name at least two photos to keep apart" if both is not None and len(both) < 2 else ""


def _keep_apart(kind: str, paths: Sequence[Path], session: Session) -> int:
    from engine.catalog.pairs import PairKind

    with session.library() as library:
        photos = [library.photos.at(path) for path in paths]
        for path, photo in zip(paths, photos, strict=True):
            if photo is None:
                raise NotFoundError(f"{path} is not in the library.", "Name photos that were indexed.")
        pairs = library.duplicates.keep_apart(PairKind(kind), [photo for photo in photos if photo is not None])
    document = {"kind": kind, "pairs": len(pairs)}
    session.output.show(document, [f"{count(len(pairs), 'pair')} of photos will not be brought up again."])
    return 0


def _loaded(library: "Library", file: Path) -> "Sequence[DuplicateGroup]":
    from engine.export.duplicates import load_groups

    loaded = load_groups(library, file)
    if loaded.missing:
        gone = count(len(loaded.missing), "photo is", "photos are")
        note(f"{gone} gone or changed since the file was written, such as {loaded.missing[0]}.")
    return loaded.groups


def _lines(groups: "Sequence[DuplicateGroup]") -> Iterator[str]:
    if not groups:
        yield "No duplicates."
        return
    for group in groups:
        why = f": {', '.join(group.reasons)}" if group.reasons else ""
        yield f"{group.kind} · keep {group.keeper.path}{why}"
        yield from columns([("", str(member.verdict), member.photo.path) for member in group.members[1:]])
    surplus = sum(len(group.surplus) for group in groups)
    size = sum(group.surplus_bytes for group in groups) / BYTES_PER_MB
    yield f"{count(len(groups), 'group')}; {count(surplus, 'photo')} to spare, {size:,.1f} MB"
