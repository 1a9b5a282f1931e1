"""`history`: past queries, to look at, to name, to ask again, to keep or to forget."""

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cli.grammar import Commands
from cli.output import columns, note
from cli.searching import result_lines
from cli.session import Session
from engine.errors import BadRequestError, NotFoundError
from engine.records import HistoryEntry

if TYPE_CHECKING:
    from engine.library import Library

SHORT_ID = 8
"""Characters of an id in lists; any unambiguous beginning is understood."""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    history = commands.add(
        "history",
        "list, show, repeat, name, pin or delete past queries",
        example="lookalike history list",
        run=list_queries,
    )
    actions = Commands(history, "action")
    actions.add(
        "list", "list past queries, pinned ones first", example="lookalike history list --json", run=list_queries
    )
    show = actions.add("show", "show one query", example="lookalike history show 1f0c9a52", run=show_query)
    rerun = actions.add(
        "rerun",
        "ask a query again and mark what is new since",
        example="lookalike history rerun 1f0c9a52",
        run=rerun_query,
    )
    rename = actions.add(
        "rename",
        "give a query a title; an empty one lets it go by its pictures again",
        example="lookalike history rename 1f0c9a52 'Beach houses'",
        run=rename_query,
    )
    pin = actions.add("pin", "keep a query at the top", example="lookalike history pin 1f0c9a52", run=pin_query)
    pin.add_argument("--off", action="store_true", help="unpin it instead")
    delete = actions.add("delete", "forget a query", example="lookalike history delete 1f0c9a52", run=delete_query)
    for action in (show, rerun, rename, pin, delete):
        action.add_argument("id", metavar="ID", help="the query's id, or an unambiguous beginning of it")
    rename.add_argument("title", metavar="TITLE", help="what to call it")
    actions.add("clear", "forget all queries that are not pinned", example="lookalike history clear", run=clear_queries)


def list_queries(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike history list`."""
    with session.library() as library:
        _show_entries(library.history.list(), session)
    return 0


def show_query(arguments: Namespace, session: Session) -> int:
    """Run `lookalike history show`."""
    with session.library() as library:
        entry = find_entry(library, arguments.id)
    query = _entry_document(entry)
    told = [(name, value) for name, value in _described(entry) if value]
    width = max(len(name) for name, _ in told)
    session.output.show({"queries": [query]}, [f"{name:{width}}  {value}" for name, value in told])
    return 0


def rerun_query(arguments: Namespace, session: Session) -> int:
    """Run `lookalike history rerun`."""
    with session.library() as library:
        entry = find_entry(library, arguments.id)
        with session.job() as job:
            result = library.rerun(entry.id, job=job)
        entry = library.history.get(entry.id)
        if library.read_only:
            note("The history keeps the answer from before: the library is read-only.")
    if result.unremembered is not None:
        note(f"The history keeps the answer from before. {result.unremembered}")
    from engine.export.documents import result_document  # help and usage need no documents

    answer = result_document(result)
    for match, row in zip(result.matches, answer["matches"], strict=True):
        row["new"] = match.new
    session.output.show({"queries": [_entry_document(entry) | {"result": answer}]}, result_lines(result))
    return 0


def rename_query(arguments: Namespace, session: Session) -> int:
    """Run `lookalike history rename`."""
    with session.library() as library:
        library.history.rename(find_entry(library, arguments.id).id, arguments.title)
        _show_entries(library.history.list(), session)
    return 0


def pin_query(arguments: Namespace, session: Session) -> int:
    """Run `lookalike history pin`."""
    with session.library() as library:
        library.history.pin(find_entry(library, arguments.id).id, pinned=not arguments.off)
        _show_entries(library.history.list(), session)
    return 0


def delete_query(arguments: Namespace, session: Session) -> int:
    """Run `lookalike history delete`."""
    with session.library() as library:
        library.history.delete(find_entry(library, arguments.id).id)
        _show_entries(library.history.list(), session)
    return 0


def clear_queries(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike history clear`."""
    with session.library() as library:
        library.history.clear()
        _show_entries(library.history.list(), session)
    return 0


def find_entry(library: "Library", beginning: str) -> HistoryEntry:
    """The remembered query whose id begins so; raises NotFoundError or BadRequestError."""
    found = [entry for entry in library.history.list() if entry.id.startswith(beginning)]
    if not found:
        raise NotFoundError(f"There is no query {beginning} in the history.", "See “lookalike history list”.")
    if len(found) > 1:
        raise BadRequestError(f"{len(found)} queries begin with {beginning}.", "Give more of the id.")
    return found[0]


def _show_entries(entries: Iterable[HistoryEntry], session: Session) -> None:
    """Print a list of queries: what `list` asks for, and how the history stands after a change."""
    entries = [*entries]
    rows = [
        (
            entry.id[:SHORT_ID],
            f"{entry.when:%Y-%m-%d %H:%M}",
            "pinned" if entry.pinned else "",
            entry.match_count,
            "matches" if entry.match_count != 1 else "match",
            f"{entry.new_count} new" if entry.new_count else "",
            query_title(entry),
        )
        for entry in entries
    ]
    document = {"queries": [_entry_document(entry) for entry in entries]}
    session.output.show(document, columns(rows) if rows else ["The history is empty."])


def query_title(entry: HistoryEntry) -> str:
    """What the user calls it, or else its pictures."""
    more = len(entry.titles) - 1
    return entry.title or entry.titles[0] + (f" and {more} more" if more else "")


def _entry_document(entry: HistoryEntry) -> dict[str, Any]:
    from engine.export.documents import query_document

    query = query_document(entry.query)
    return {
        "id": entry.id,
        "when": entry.when,
        "title": entry.title,
        "titles": entry.titles,
        "matches": entry.match_count,
        "new": entry.new_count,
        "model": entry.model,
        "pinned": entry.pinned,
    } | query


def _described(entry: HistoryEntry) -> list[tuple[str, object]]:
    from engine.export.report import filter_lines

    query = entry.query
    like = [picture for picture in query.pictures if picture.weight > 0]
    return [
        ("id", entry.id),
        ("title", entry.title),
        ("when", f"{entry.when:%Y-%m-%d %H:%M}"),
        ("pictures", ", ".join(str(picture.path or "pasted picture") for picture in like)),
        ("less", ", ".join(str(picture.path or "pasted picture") for picture in query.pictures if picture.weight < 0)),
        ("region", next((str(picture.region) for picture in like if picture.region), "")),
        ("mode", query.mode),
        *filter_lines(query.filters),
        ("matches", f"{entry.match_count}, {entry.new_count} new" if entry.new_count else entry.match_count),
        ("model", entry.model),
        ("pinned", "yes" if entry.pinned else ""),
    ]
