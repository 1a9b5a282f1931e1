"""`verify`, `compact`, `backup`, `restore`: a library that stays whole and small."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from cli.grammar import Commands, absolute_path
from cli.output import count
from cli.session import Session

if TYPE_CHECKING:
    from engine.verification import VerifyReport


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    verify = commands.add(
        "verify",
        "check catalogue, embeddings, index and thumbnails against each other",
        example="lookalike verify --repair",
        run=verify_library,
    )
    verify.add_argument("--repair", action="store_true", help="mend what can be mended; photos are never touched")
    commands.add(
        "compact",
        "give back the room that the library takes for nothing",
        example="lookalike compact",
        run=compact_library,
    )
    backup = commands.add(
        "backup",
        "write the library to one file, checked",
        example="lookalike backup /media/stick/lookalike.zip",
        run=back_up_library,
    )
    backup.add_argument("file", type=absolute_path, metavar="FILE", help="is replaced if it is there")
    restore = commands.add(
        "restore",
        "make a library out of a backup",
        example="lookalike restore /media/stick/lookalike.zip --library ~/second\n"
        "lookalike restore /media/stick/lookalike.zip --replace",
        run=restore_library,
    )
    restore.add_argument("file", type=absolute_path, metavar="FILE", help="what “backup” has written")
    restore.add_argument(
        "--replace", action="store_true", help="put the library that is there aside; it is kept under another name"
    )


def _verified(session: Session) -> "VerifyReport":
    with session.library() as library, session.job() as job:
        return library.verify(job=job)


def _repaired(session: Session) -> "VerifyReport":
    """A damaged catalogue cannot be opened, and is mended before the library is."""
    from engine.repairing import repair  # loads what help never needs

    with session.job() as job:
        return repair(session.folder, settings=session.settings(), job=job)


def verify_library(arguments: Namespace, session: Session) -> int:
    """Run `lookalike verify`; problems that remain are status 1."""
    report = _repaired(session) if arguments.repair else _verified(session)
    lines = [
        *(f"problem: {problem}" for problem in report.problems),
        *(f"repaired: {repair}" for repair in report.repaired),
        "The library is sound." if report.ok else "The library needs repair: lookalike verify --repair",
    ]
    document = {"ok": report.ok, "problems": report.problems, "repaired": report.repaired}
    session.output.show(document, lines)
    return 0 if report.ok else 1


def compact_library(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike compact`."""
    with session.library() as library, session.job() as job:
        report = library.care.compact(job)
    gave_back = (
        f"{report.freed_bytes / 1e6:.1f} MB were given back." if report.done else "There is nothing to give back."
    )
    session.output.show(asdict(report), [*report.done, gave_back])
    return 0


def back_up_library(arguments: Namespace, session: Session) -> int:
    """Run `lookalike backup`."""
    with session.library() as library, session.job() as job:
        done = library.back_up(arguments.file, job)
    holds = f"{count(done.photos, 'photo')}, {count(done.queries, 'query', 'queries')}"
    session.output.show(
        {"file": done.file, "bytes": done.bytes, "photos": done.photos, "queries": done.queries},
        [
            f"{done.file}: {holds}, {done.bytes / 1e6:.1f} MB, checked.",
            "Your photos are not in it; the index and the thumbnails are made again.",
        ],
    )
    return 0


def restore_library(arguments: Namespace, session: Session) -> int:
    """Run `lookalike restore`."""
    from engine.backup import restore  # loads what help never needs

    with session.job() as job:
        done, aside = restore(arguments.file, session.folder, replace=arguments.replace, job=job)
    holds = f"{count(done.photos, 'photo')}, {count(done.queries, 'query', 'queries')}"
    lines = [f"{session.folder}: {holds}, as of {done.when:%Y-%m-%d %H:%M}."]
    if aside is not None:
        lines.append(f"The library that was there is now {aside}.")
    lines.append("What has changed since then is found by the next update: lookalike index")
    session.output.show(
        {
            "library": session.folder,
            "when": done.when,
            "photos": done.photos,
            "queries": done.queries,
            "set_aside": aside,
        },
        lines,
    )
    return 0
