"""`have`: which of these files does the library already have?"""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.grammar import Commands, absolute_path
from cli.output import columns, count, note
from cli.session import Session
from engine.errors import EngineError
from engine.jobs import Job

if TYPE_CHECKING:
    from engine.having.copying import CopyReport
    from engine.having.records import HaveReport

EXAMPLE = """\
lookalike have /media/card/DCIM
lookalike have /media/card/DCIM --copy-new-to ~/Pictures/Import
lookalike have downloads --csv known.csv --json"""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    have = commands.add(
        "have", "say of each photo in a folder whether the library has it already", example=EXAMPLE, run=check_folder
    )
    have.add_argument("folder", type=absolute_path, metavar="FOLDER", help="a folder or memory card, in no library")
    have.add_argument("--csv", type=absolute_path, metavar="FILE", help="write a table for spreadsheets too")
    have.add_argument(
        "--copy-new-to",
        type=absolute_path,
        metavar="DIR",
        help="copy the files whose pictures the library does not have; no file is overwritten",
    )


def check_folder(arguments: Namespace, session: Session) -> int:
    """Run `lookalike have`."""
    from engine.export.having import check_csv_name, have_document, save_have
    from engine.having.copying import check_target

    if arguments.csv is not None:
        check_csv_name(arguments.csv)
    with session.library() as library, session.job() as job:
        if arguments.copy_new_to is not None:
            check_target(arguments.copy_new_to, [arguments.folder], library.folder)
        report = library.having.check([arguments.folder], job)
        if arguments.csv is not None:
            save_have(report, arguments.csv, job)
        copied = None if arguments.copy_new_to is None else _copied(report, arguments.copy_new_to, job)
        cancelled = job.cancelled
    document = have_document(report)
    if copied is not None:
        document["copied"] = [{"from": source, "to": target} for source, target in copied.copied]
        document["not_copied"] = [str(error) for error in copied.errors]
    session.output.show(document, _lines(report, copied))
    return _status(report, copied, cancelled=cancelled)


def _copied(report: "HaveReport", folder: Path, job: Job) -> "CopyReport":
    """What was found is told even if nothing can be copied."""
    from engine.having.copying import CopyReport, copy_files

    try:
        return copy_files(report.new, folder, job)
    except EngineError as error:
        return CopyReport((), stopped=error)


def _status(report: "HaveReport", copied: "CopyReport | None", *, cancelled: bool) -> int:
    errors = [*([report.stopped] if report.stopped else []), *(copied.errors if copied else ())]
    for error in errors:
        note(str(error))
    if copied is not None and cancelled:
        return 130
    return 1 if errors else 0


def _lines(report: "HaveReport", copied: "CopyReport | None") -> Iterator[str]:
    yield from columns([_row(file.had.value, str(file.verdict or ""), file.path, file.match) for file in report.files])
    for skipped in report.skipped:
        yield f"{skipped.path}: {skipped.reason}"
    told = [f"{number:,} {had.value}" for had, number in sorted(report.counts.items())]
    yield f"{count(len(report.files), 'photo')}: {', '.join(told)}" if told else "No photos in this folder."
    if copied is not None:
        yield f"{count(len(copied.copied), 'photo')} copied"


def _row(had: str, words: str, path: Path, match: object) -> tuple[object, ...]:
    from engine.records import Photo

    return had, words, path, match.path if isinstance(match, Photo) else ""
