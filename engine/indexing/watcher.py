"""Hearing of changes below the roots from the operating system, so that nobody has to look for them."""

import errno
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from engine.excludes import Excludes
from engine.indexing.scanner import passed_over
from engine.records import Root

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

log = logging.getLogger(__name__)
_LIMIT = Path("/proc/sys/fs/inotify/max_user_watches")
_MORE = " To have it watched, let the system watch more: raise fs.inotify.max_user_watches."
_TOO_MANY = (errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM)


class Watcher:
    """Watches some roots and collects the folders in which something changed.

    Any thread may call any method. `watch` and `take` may walk through folders, which takes a while if there are many.

    Args:
        left_out: the library's own folder, which may lie among the photos.
        on_change: called on a thread of the watcher when there is something to `take`, once until it is taken.

    Attributes:
        problem: why not all roots are watched, one sentence; empty if they are.
    """

    def __init__(self, left_out: Path, on_change: Callable[[], object]) -> None:
        self._left_out = left_out
        self._on_change = on_change
        self._lock = threading.Lock()
        self._changed: set[Path] = set()
        self._grown: set[Path] = set()
        self._watching = threading.Lock()
        self._observer: Any = None
        self._handlers: dict[Path, _Handler] = {}
        self._watches: dict[Path, Any] = {}
        self.problem = ""

    def watch(self, roots: Iterable[Root], extensions_off: frozenset[str] = frozenset()) -> str:
        """Watch these roots, in place of those before; roots that are not connected are passed over.

        Returns:
            Why not all of them are watched, see `problem`.
        """
        with self._watching:
            self._stop()
            self.problem = ""
            self._handlers = {
                root.path: _Handler(root.path, Excludes(root.excludes, extensions_off), self._left_out, self._note)
                for root in roots
                if root.online
            }
            if self._handlers:
                from watchdog.observers import Observer  # only for those who watch

                self._observer = Observer()
                self._observer.start()
                self._schedule(self._handlers)
            return self.problem

    def take(self) -> list[Path]:
        """The folders in which something changed since the last call, none inside another; those that are there."""
        with self._watching:
            with self._lock:
                grown, self._grown = self._grown & set(self._watches), set()
            for root in grown:  # watchdog misses folders that are made in a folder that is a moment old
                self._observer.unschedule(self._watches.pop(root))
            self._schedule(grown)
        with self._lock:
            changed, self._changed = self._changed, set()
        return outermost(_existing(folder) for folder in changed)

    def close(self) -> None:
        """Watch nothing any more."""
        with self._watching:
            self._stop()

    def _schedule(self, roots: Iterable[Path]) -> None:
        left = _watches_for_us()
        for root in roots:
            try:
                left -= _folders_in(root, left)
                self._watches[root] = self._observer.schedule(
                    self._handlers[root], os.fspath(root), recursive=True, event_filter=_wanted_events()
                )
            except OSError as error:
                self.problem = _sentence(root, error)
                log.info("%s is not watched: %s", root, error)

    def _stop(self) -> None:
        observer, self._observer = self._observer, None
        self._watches.clear()
        if observer is not None:
            observer.unschedule_all()
            observer.stop()
            observer.join()

    def _note(self, root: Path, folder: Path, *, grown: bool) -> None:
        with self._lock:
            first = not self._changed
            self._changed.add(folder)
            if grown:
                self._grown.add(root)
        if first:
            self._on_change()


class _Handler:
    """Turns the events of one root into the folders they concern; duck-typed, as watchdog allows."""

    def __init__(self, root: Path, excludes: Excludes, left_out: Path, note: "_Note") -> None:
        self._root = root
        self._excludes = excludes
        self._left_out = left_out
        self._note = note

    def dispatch(self, event: "FileSystemEvent") -> None:
        """Called by watchdog for every event."""
        grown = event.is_directory and event.event_type in ("created", "moved")
        for raw in (event.src_path, event.dest_path):
            if raw:
                path = Path(os.fsdecode(raw))
                if self._matters(path, folder=event.is_directory):
                    self._note(self._root, path.parent if path != self._root else path, grown=grown)

    def _matters(self, path: Path, *, folder: bool) -> bool:
        if path == self._root:
            return True
        if not path.is_relative_to(self._root) or path.is_relative_to(self._left_out):
            return False
        relative = path.relative_to(self._root)
        if any(map(passed_over, relative.parts)):
            return False
        if folder:
            return not self._excludes.folder(relative.as_posix())
        parent = relative.parent.as_posix()
        return not self._excludes.file("" if parent == "." else parent, relative.name)


class _Note(Protocol):
    """What a handler tells a watcher."""

    def __call__(self, root: Path, folder: Path, *, grown: bool) -> None: ...


def outermost(folders: Iterable[Path]) -> list[Path]:
    """The folders that do not lie inside another one of them, by path."""
    found: list[Path] = []
    for folder in sorted(set(folders)):
        if not (found and folder.is_relative_to(found[-1])):
            found.append(folder)
    return found


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is still there."""
    while not os.path.isdir(folder) and folder != folder.parent:  # noqa: PTH112 - see `is_reachable`
        folder = folder.parent
    return folder


def _watches_for_us() -> int:
    """How many folders to watch at most: on Linux each takes one of a number that all programs of a user share."""
    try:
        return int(_LIMIT.read_text()) // 2
    except (OSError, ValueError):
        return sys.maxsize


def _folders_in(root: Path, most: int) -> int:
    """How many folders a root has. Asked first, because watchdog keeps the watches it got before it runs out.

    Raises:
        OSError: there are too many.
    """
    if most == sys.maxsize:
        return 0
    folders = 0
    for _ in os.walk(root):
        folders += 1
        if folders > most:
            raise OSError(errno.ENOSPC, "too many folders")
    return folders


def _wanted_events() -> "list[type[FileSystemEvent]]":
    """Everything but reading: indexing opens every file, and must not hear of itself."""
    from watchdog import events

    written = events.FileClosedEvent if sys.platform == "linux" else events.FileModifiedEvent
    return [
        written,
        events.FileCreatedEvent,
        events.FileDeletedEvent,
        events.FileMovedEvent,
        events.DirCreatedEvent,
        events.DirDeletedEvent,
        events.DirMovedEvent,
    ]


def _sentence(root: Path, error: OSError) -> str:
    name = root.name or str(root)
    if error.errno in _TOO_MANY:
        return (
            f"“{name}” has more folders than the system lets programs watch."
            " It is looked through when you come back to the window instead."
            f"{_MORE if sys.platform == 'linux' and error.errno == errno.ENOSPC else ''}"
        )
    return (
        f"“{name}” cannot be watched: {error.strerror or error}."
        " It is looked through when you come back to the window instead."
    )
