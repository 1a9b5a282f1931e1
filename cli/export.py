"""`export`: the answer to a query, a collection, or the duplicates, as a file."""

from argparse import Namespace
from typing import TYPE_CHECKING

from cli.duplicates import add_search_options, search_options
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
lookalike export --collection Beach beach.html
lookalike export duplicates copies.csv --across-folders"""
DUPLICATES = "duplicates"


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    export = commands.add(
        "export",
        "write the answer to a query, a collection, or the duplicates, to a file",
        example=EXAMPLE,
        run=export_photos,
    )
    source = export.add_mutually_exclusive_group()
    source.add_argument(
        "id",
        nargs="?",
        metavar="QUERY-ID",
        help="a query of the history, or an unambiguous beginning of its id (default: the newest query); or "
        "“duplicates”, with the options of that command",
    )
    source.add_argument("--collection", metavar="NAME", help="the photos of this collection instead of an answer")
    export.add_argument(
        "file",
        type=absolute_path,
        metavar="FILE",
        help="a name with the ending .csv (for spreadsheets), .json (as search --json) or .html (a page with pictures)",
    )
    add_search_options(export)
    export.set_defaults(wrong_usage=_wrong_usage)


def _wrong_usage(arguments: Namespace) -> str:
    options = (
        arguments.min_score is not None,
        arguments.across_folders,
        arguments.within_folders,
        arguments.reference,
        arguments.crops,
    )
    if any(options) and arguments.id != DUPLICATES:
        return "these options go with “export duplicates”"
    return ""


def export_photos(arguments: Namespace, session: Session) -> int:
    """Run `lookalike export`."""
    from engine.export.saving import check_export_name, save_report

    check_export_name(arguments.file)
    if arguments.id == DUPLICATES:
        return _export_duplicates(arguments, session)
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


def _export_duplicates(arguments: Namespace, session: Session) -> int:
    from engine.export.duplicates import save_groups

    with session.library() as library, session.job() as job:
        groups = library.duplicates.find(search_options(arguments), job)
        save_groups(groups, arguments.file, library.thumbnail, job)
    document = {"file": arguments.file, "groups": len(groups)}
    session.output.show(document, [f"{arguments.file}: {count(len(groups), 'group')} of duplicates"])
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
