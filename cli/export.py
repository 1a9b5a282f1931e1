"""`export`: the answer to a query, or a collection, as a file."""

from argparse import Namespace
from typing import TYPE_CHECKING

from cli.grammar import Commands, absolute_path
from cli.history import find_entry
from cli.output import count
from cli.session import Session
from engine.errors import NotFoundError
from engine.jobs import Job

if TYPE_CHECKING:
    from engine.export.report import Report
    from engine.library import Library
    from engine.records import HistoryEntry

EXAMPLE = """\
lookalike export lookalikes.html    (the newest query)
lookalike export 1f0c9a52 lookalikes.csv
lookalike export --collection Beach beach.html"""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    export = commands.add(
        "export", "write the answer to a query, or a collection, to a file", example=EXAMPLE, run=export_photos
    )
    source = export.add_mutually_exclusive_group()
    source.add_argument(
        "id",
        nargs="?",
        metavar="QUERY-ID",
        help="a query of the history, or an unambiguous beginning of its id (default: the newest query)",
    )
    source.add_argument("--collection", metavar="NAME", help="the photos of this collection instead of an answer")
    export.add_argument(
        "file",
        type=absolute_path,
        metavar="FILE",
        help="a name with the ending .csv (for spreadsheets), .json (as search --json) or .html (a page with pictures)",
    )


def export_photos(arguments: Namespace, session: Session) -> int:
    """Run `lookalike export`."""
    from engine.export.saving import check_export_name, save_report

    check_export_name(arguments.file)
    with session.library() as library, session.job() as job:
        if arguments.collection is None:
            report = _answer(library, arguments.id, job)
        else:
            report = _collection(library, arguments.collection)
        save_report(report, arguments.file, library.thumbnail, job)
    photos = len(report.photos)
    session.output.show(
        {"file": arguments.file, "photos": photos}, [f"{arguments.file}: {count(photos, 'photo')} of “{report.title}”"]
    )
    return 0


def _answer(library: "Library", query_id: str | None, job: Job) -> "Report":
    """The query is asked again, so that the file says what is true now."""
    from engine.export.report import report_of_result

    entry = find_entry(library, query_id) if query_id else _newest(library)
    return report_of_result(library, library.rerun(entry.id, job=job, remember=False))


def _collection(library: "Library", name: str) -> "Report":
    from engine.export.report import Report

    collection = library.collections.named(name)
    return Report(collection.name, tuple(library.collected_photos(collection.id)))


def _newest(library: "Library") -> "HistoryEntry":
    entries = library.history.list()
    if not entries:
        raise NotFoundError("The history is empty: there is no answer to export.", "Search for something first.")
    return max(entries, key=lambda entry: entry.when)
