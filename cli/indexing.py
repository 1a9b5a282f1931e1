"""`index`, `status`: the library, brought up to date and looked over."""

import argparse
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cli.grammar import Commands, absolute_path, positive_number
from cli.history import SHORT_ID, query_title
from cli.output import columns, count, note
from cli.roots import root_lines
from cli.session import Session
from engine.reason_kinds import RETRIED, ReasonKind
from engine.records import IndexReport, LastUpdate, PhotoState, Skipped

if TYPE_CHECKING:
    from engine.status import LibraryStatus

SHOWN_SKIPPED = 20


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    index = commands.add(
        "index",
        "add folders and bring the library up to date",
        example="lookalike index ~/Pictures /media/archive\nlookalike index    (updates every folder)\n"
        "lookalike index --retry limits damaged",
        run=index_folders,
    )
    index.add_argument(
        "folders", nargs="*", type=absolute_path, metavar="FOLDER", help="default: every folder added before"
    )
    index.add_argument("--model", metavar="M", help="embed with this model (default: the one in use)")
    index.add_argument("--workers", type=positive_number, metavar="N", help="processes (default: one per processor)")
    index.add_argument(
        "--retry",
        nargs="*",
        type=_kind,
        metavar="KIND",
        help="also read again, although they have not changed, photos that could not be read for a reason of these "
        f"kinds: {', '.join(RETRIED)} (default: all of them)",
    )
    commands.add(
        "status",
        "tell what the library holds and what answers searches",
        example="lookalike status --json",
        run=show_status,
    )


def index_folders(arguments: Namespace, session: Session) -> int:
    """Run `lookalike index`."""
    with session.library() as library:
        again: list[Skipped] = []
        if arguments.retry is not None:
            again = library.coverage.unread(arguments.retry or RETRIED, arguments.folders)
            library.coverage.retry([file.id for file in again])
        with session.job() as job:
            report = library.index(arguments.folders, job=job, model=arguments.model, workers=arguments.workers)
        now = library.photos.with_ids([file.id for file in again]).values()
        for root in report.offline:
            note(f"{root} cannot be reached now; its photos were left as they are.")
        if not library.roots.list():
            note("The library has no folders yet. Name one: lookalike index FOLDER")
    document, lines = _index_document(report), [*_index_lines(report)]
    if arguments.retry is not None:
        recovered = sum(photo.state is PhotoState.INDEXED for photo in now)
        document |= {"retried": len(again), "recovered": recovered}
        lines.insert(1, f"{count(len(again), 'photo')} tried again, {recovered:,} of them can be read now")
    session.output.show(document, lines)
    return 0


def _kind(text: str) -> ReasonKind:
    """A kind of reason that another try may change."""
    if text in RETRIED:
        return ReasonKind(text)
    raise argparse.ArgumentTypeError(
        f"{text!r} is no kind of reason; there are {', '.join(RETRIED)}. Name folders before --retry."
    )


def _index_document(report: IndexReport) -> dict[str, Any]:
    return {
        "added": report.added,
        "updated": report.updated,
        "moved": report.moved,
        "unchanged": report.unchanged,
        "missing": report.missing,
        "skipped": [
            {"path": file.path, "reason": file.reason, "kind": file.kind} for file in (*report.closed, *report.skipped)
        ],
        "seconds": round(report.seconds, 3),
        "photos_per_second": round(report.photos_per_second, 2),
        "provider": report.provider,
        "model": report.model,
        "news": [
            {"id": news.entry.id, "title": query_title(news.entry), "photos": news.photos} for news in report.news
        ],
    }


def _index_lines(report: IndexReport) -> Iterator[str]:
    changes = ("added", "updated", "moved", "unchanged", "missing")
    numbers = ", ".join(f"{getattr(report, change):,} {change}" for change in changes)
    yield f"{numbers} in {report.seconds:.1f} s"
    if report.photos_per_second:
        yield f"{report.photos_per_second:.1f} photos/s on {report.provider} with {report.model}"
    for news in report.news:
        matches = count(news.photos, "new match", "new matches")
        yield f"{matches} of the pinned query “{query_title(news.entry)}” ({news.entry.id[:SHORT_ID]})"
    if report.closed:
        yield f"{count(len(report.closed), 'folder')} could not be read:"
        yield from (f"  {folder.path}: {folder.reason}" for folder in report.closed[:SHOWN_SKIPPED])
    yield from _skipped_lines(report.skipped)


def _skipped_lines(skipped: Sequence[Skipped]) -> Iterator[str]:
    """Photos that cannot be read one by one, other files only counted."""
    unreadable = [file for file in skipped if file.state is PhotoState.UNREADABLE]
    others = Counter(file.reason for file in skipped if file.state is not PhotoState.UNREADABLE)
    if unreadable:
        yield f"{count(len(unreadable), 'photo')} could not be read:"
        yield from (f"  {file.path}: {file.reason}" for file in unreadable[:SHOWN_SKIPPED])
    if len(unreadable) > SHOWN_SKIPPED:
        yield f"  and {len(unreadable) - SHOWN_SKIPPED:,} more; --json lists all of them"
    yield from (f"{count(number, 'other file')} left out: {reason}" for reason, number in others.most_common())


def show_status(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike status`."""
    with session.library() as library:
        status = library.status()
    session.output.show(asdict(status), _status_lines(status))
    return 0


def _status_lines(status: "LibraryStatus") -> Iterator[str]:
    counts, index = status.counts, status.index
    yield f"{counts.searchable:,} of {count(counts.photos, 'photo')} searchable in {status.folder}"
    if status.read_only:
        yield "The library is read-only: it can be searched and looked through, but not changed."
    left_out = ("unreadable", "waiting", "missing", "ignored")
    yield ", ".join(f"{getattr(counts, state):,} {state}" for state in left_out)
    yield from (f"  {number:,} × {reason}" for reason, number in status.reasons.items())
    yield from _last_update_lines(status.last_update)
    yield ""
    yield from root_lines(status.roots)
    yield ""
    yield f"Model: {status.model} on {status.provider}"
    recall = "" if index.recall is None else f", recall@10 {index.recall:.3f}"
    yield f"Index: {count(index.vectors, 'vector')}, {index.in_graph:,} in the graph, {index.search} search{recall}"
    if index.problem:
        yield f"  {index.problem}"
    yield ""
    yield from _health_lines(status)


def _health_lines(status: "LibraryStatus") -> Iterator[str]:
    """When it was checked and backed up, and what takes room on the disk."""
    verify, backup = status.last_verify, status.last_backup
    if verify is None:
        yield "Never checked: lookalike verify"
    else:
        found = "sound" if verify.ok else f"{count(len(verify.problems), 'problem')}: lookalike verify --repair"
        yield f"Last check: {verify.when:%Y-%m-%d %H:%M}, {found}"
    if backup is None:
        yield "Never backed up: lookalike backup FILE"
    else:
        yield f"Last backup: {backup.when:%Y-%m-%d %H:%M}, {backup.file}"
    yield f"Disk: {sum(part.bytes for part in status.disk) / 1e6:.1f} MB"
    rows = [(f"{part.kind} {part.name}".rstrip(), f"{part.bytes / 1e6:.1f} MB") for part in status.disk]
    yield from (f"  {line}" for line in columns(rows))
    if status.spare_bytes:
        yield f"About {status.spare_bytes / 1e6:.1f} MB of it are of no use: lookalike compact"


def _last_update_lines(done: LastUpdate | None) -> Iterator[str]:
    if done is None:
        return
    changes = ("added", "updated", "moved", "missing", "unreadable")
    numbers = [f"{number:,} {change}" for change in changes if (number := getattr(done, change))]
    took = f" in {done.seconds:.1f} s" if done.seconds else ""
    yield f"Last update: {done.when:%Y-%m-%d %H:%M}{took}, {', '.join(numbers) or 'nothing new'}"
