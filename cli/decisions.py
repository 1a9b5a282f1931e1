"""`decisions` and `collections`: what a person decided about photos."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.grammar import Commands, absolute_path
from cli.output import columns, count
from cli.session import Session

if TYPE_CHECKING:
    from engine.catalog.collections import PhotoCollection
    from engine.export.decisions import DecisionCounts
    from engine.library import Library

NOT_HERE = "(not in the library now)"


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    decisions = commands.add(
        "decisions",
        "list what was pinned, hidden and rejected; save it to a file, load it from one",
        example="lookalike decisions list",
        run=list_decisions,
    )
    actions = Commands(decisions, "action")
    actions.add("list", "list all decisions", example="lookalike decisions list --json", run=list_decisions)
    export = actions.add(
        "export",
        "save all decisions and collections to a file",
        example="lookalike decisions export decisions.json",
        run=export_decisions,
    )
    load = actions.add(
        "import",
        "add the decisions of a file to those of this library",
        example="lookalike decisions import decisions.json",
        run=import_decisions,
    )
    for action in (export, load):
        action.add_argument("file", type=absolute_path, metavar="FILE", help="a JSON file")
    _add_collections(commands)


def _add_collections(commands: Commands) -> None:
    collections = commands.add(
        "collections",
        "list the collections, or the photos of one",
        example="lookalike collections list",
        run=list_collections,
    )
    actions = Commands(collections, "action")
    actions.add("list", "list the collections", example="lookalike collections list --json", run=list_collections)
    show = actions.add(
        "show", "list the photos of a collection", example="lookalike collections show Beach", run=show_collection
    )
    show.add_argument("name", metavar="NAME", help="the collection's name")


def list_decisions(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike decisions list`."""
    with session.library() as library:
        document = _decisions_document(library)
    session.output.show(document, _decision_lines(document))
    return 0


def export_decisions(arguments: Namespace, session: Session) -> int:
    """Run `lookalike decisions export`."""
    from engine.export.decisions import save_decisions

    with session.library() as library:
        counts = save_decisions(library, arguments.file)
    session.output.show({"file": arguments.file} | asdict(counts), [f"{arguments.file}: {_in_words(counts)}"])
    return 0


def import_decisions(arguments: Namespace, session: Session) -> int:
    """Run `lookalike decisions import`."""
    from engine.export.decisions import load_decisions

    with session.library() as library:
        counts = load_decisions(library, arguments.file)
    session.output.show({"file": arguments.file} | asdict(counts), [f"new: {_in_words(counts)}"])
    return 0


def list_collections(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike collections list`."""
    with session.library() as library:
        collections = library.collections.list()
    rows = [(one.name, one.photos, "photos" if one.photos != 1 else "photo") for one in collections]
    document = {"collections": [_collection_document(one) for one in collections]}
    session.output.show(document, columns(rows) if rows else ["There are no collections."])
    return 0


def show_collection(arguments: Namespace, session: Session) -> int:
    """Run `lookalike collections show`."""
    with session.library() as library:
        collection = library.collections.named(arguments.name)
        paths = sorted(photo.path for photo in library.collected_photos(collection.id))
    lines = [f"{collection.name}: {count(collection.photos, 'photo')}", *map(str, paths)]
    if collection.present < collection.photos:
        lines.append(f"{collection.photos - collection.present} more {NOT_HERE}")
    session.output.show({"collections": [_collection_document(collection) | {"paths": paths}]}, lines)
    return 0


def _collection_document(collection: "PhotoCollection") -> dict[str, Any]:
    return {
        "id": collection.id,
        "name": collection.name,
        "photos": collection.photos,
        "present": collection.present,
    }


def _decisions_document(library: "Library") -> dict[str, Any]:
    from engine.records import Decision

    kinds = {kind: library.decisions.contents(kind) for kind in Decision}
    rejections = library.decisions.rejections()
    asked = {content for one in rejections for content in one.pair}
    paths = {
        content: [photo.path for photo in photos]
        for content, photos in library.photos.with_contents(asked.union(*kinds.values())).items()
    }
    document: dict[str, Any] = {
        kind.value: [{"content_hash": content.hex(), "paths": paths.get(content, [])} for content in sorted(contents)]
        for kind, contents in kinds.items()
    }
    return document | {
        "rejected": [
            {
                "query": {"content_hash": one.query.hex(), "paths": paths.get(one.query, [])},
                "photo": {"content_hash": one.photo.hex(), "paths": paths.get(one.photo, [])},
                "when": one.when,
            }
            for one in rejections
        ]
    }


def _decision_lines(document: dict[str, Any]) -> Iterator[str]:
    if not any(document.values()):
        yield "Nothing was decided yet."
    for kind in ("pinned", "hidden"):
        yield from (f"{kind}    {_place(one)}" for one in document[kind])
    yield from (f"no match  {_place(one['photo'])}  for  {_place(one['query'])}" for one in document["rejected"])


def _place(one: dict[str, Any]) -> str:
    paths: list[Path] = one["paths"]
    return str(paths[0]) if paths else f"{one['content_hash'][:16]}… {NOT_HERE}"


def _in_words(counts: "DecisionCounts") -> str:
    return (
        f"{counts.pinned} pinned, {counts.hidden} hidden, {count(counts.rejected, 'rejection')}, "
        f"{count(counts.collections, 'collection')}, {count(counts.collected, 'photo')} in collections, "
        f"{count(counts.kept_apart, 'pair')} kept apart"
    )
