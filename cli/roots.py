"""`roots`: the folders of the library, and what is left out of them."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cli.grammar import Commands, absolute_path
from cli.output import columns, count, note
from cli.session import Session
from engine.errors import NotFoundError
from engine.records import Root

if TYPE_CHECKING:
    from engine.library import Library


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    roots = commands.add(
        "roots",
        "list, add, remove or relocate the library's folders, or leave out parts of them",
        example="lookalike roots list",
        run=list_roots,
    )
    actions = Commands(roots, "action")
    actions.add("list", "list the folders", example="lookalike roots list --json", run=list_roots)
    add = actions.add(
        "add", "add folders without reading them yet", example="lookalike roots add ~/Pictures", run=add_roots
    )
    add.add_argument("folders", nargs="+", type=absolute_path, metavar="FOLDER")
    remove = actions.add(
        "remove",
        "forget a folder and its photos; the files stay where they are",
        example="lookalike roots remove ~/Pictures",
        run=remove_root,
    )
    remove.add_argument("folder", type=absolute_path, metavar="FOLDER")
    relocate = actions.add(
        "relocate",
        "tell where a folder is now; nothing is read again",
        example="lookalike roots relocate /media/old/Pictures /media/new/Pictures",
        run=relocate_root,
    )
    relocate.add_argument("old", type=absolute_path, metavar="OLD")
    relocate.add_argument("new", type=absolute_path, metavar="NEW")
    exclude = actions.add(
        "exclude",
        "leave files and folders out of the library; patterns as in .gitignore",
        example="lookalike roots exclude ~/Pictures 'Trash/' '*.gif' '/Scans/raw'",
        run=exclude_from_root,
    )
    include = actions.add(
        "include",
        "take patterns back, so that what they left out is found again",
        example="lookalike roots include ~/Pictures '*.gif'",
        run=include_in_root,
    )
    for action in (exclude, include):
        action.add_argument("folder", type=absolute_path, metavar="FOLDER")
        action.add_argument("patterns", nargs="+", metavar="PATTERN")


def list_roots(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike roots list`."""
    with session.library() as library:
        _show_roots(library, session)
    return 0


def add_roots(arguments: Namespace, session: Session) -> int:
    """Run `lookalike roots add`."""
    with session.library() as library:
        for folder in arguments.folders:
            library.add_root(folder)
        _show_roots(library, session)
    return 0


def remove_root(arguments: Namespace, session: Session) -> int:
    """Run `lookalike roots remove`."""
    with session.library() as library:
        library.roots.remove(_root_at(library, arguments.folder).id)
        _show_roots(library, session)
    return 0


def relocate_root(arguments: Namespace, session: Session) -> int:
    """Run `lookalike roots relocate`."""
    with session.library() as library:
        root = library.roots.relocate(arguments.old, arguments.new)
        found, sought = library.roots.found_in(root.id, root.path)
        if found < sought:
            note(f"Of {count(sought, 'photo')} that were looked for, {found:,} are in {root.path}.")
        _show_roots(library, session)
    return 0


def exclude_from_root(arguments: Namespace, session: Session) -> int:
    """Run `lookalike roots exclude`."""
    with session.library() as library:
        root = _root_at(library, arguments.folder)
        library.exclude(root, [*root.excludes, *arguments.patterns])
        _show_roots(library, session)
    return 0


def include_in_root(arguments: Namespace, session: Session) -> int:
    """Run `lookalike roots include`."""
    with session.library() as library:
        root = _root_at(library, arguments.folder)
        if unknown := [pattern for pattern in arguments.patterns if pattern not in root.excludes]:
            known = ", ".join(root.excludes) or "none"
            raise NotFoundError(f"{root.path} has no pattern {', '.join(unknown)}.", f"Its patterns: {known}.")
        library.exclude(root, [pattern for pattern in root.excludes if pattern not in arguments.patterns])
        _show_roots(library, session)
        note("Files that were never read are found by the next “lookalike index”.")
    return 0


def _root_at(library: "Library", folder: Path) -> Root:
    for root in library.roots.list():
        if root.path == folder:
            return root
    raise NotFoundError(f"{folder} is not a folder of the library.", "See “lookalike roots list”.")


def _show_roots(library: "Library", session: Session) -> None:
    """Print the folders as they are now: every `roots` command ends with this."""
    roots = library.roots.list()
    session.output.show({"roots": [asdict(root) for root in roots]}, root_lines(roots))


def root_lines(roots: Sequence[Root]) -> Iterator[str]:
    """A line per folder."""
    if not roots:
        yield "The library has no folders yet: lookalike index FOLDER"
    yield from columns(
        (_searchable(root), "" if root.online else "offline", root.path, _left_out(root)) for root in roots
    )


def _searchable(root: Root) -> str:
    return f"{root.searchable:,} of {count(root.photos, 'photo')}"


def _left_out(root: Root) -> str:
    return f"without {' '.join(root.excludes)}" if root.excludes else ""
