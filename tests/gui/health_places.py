"""The places that tell how the library is, for places.py."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from user import User

from engine.errors import CatalogDamagedError
from engine.jobs import Progress
from engine.paths import AppPaths
from gui.dialogs.not_opened import NotOpenedPage

Photos = list[Path]


def damaged(user: User, photos: Photos) -> QWidget:
    """With the stage of a repair."""
    page = NotOpenedPage(CatalogDamagedError("The catalogue is damaged (page 3 is never used)."), photos[0].parent)
    page.setParent(user.window, Qt.WindowType.Dialog)
    page.resize(user.window.minimumSize())
    page.show_stage("Checking the catalogue…")
    page.show()
    return page


def health(user: User, photos: Photos) -> QWidget:
    """After a check that found something, with a backup."""
    library = user.session.library
    library.back_up(photos[0].parent.parent / "a very long name of a backup of a library that was made in autumn.zip")
    (library.folder / "runs" / "one").mkdir(parents=True, exist_ok=True)
    (library.folder / "runs" / "one" / "report.html").write_bytes(bytes(70_000))
    with library._catalog._database.writing() as connection:
        connection.execute("UPDATE embeddings SET crc = crc + 1 WHERE seq = 1")
    library.verify()
    user.window.commands["health"].trigger()
    user.until(lambda: user.session.health.dialog and user.session.health.dialog.isVisible())
    return user.session.health.dialog


def health_at_work(user: User, photos: Photos) -> QWidget:
    user.window.commands["health"].trigger()
    user.until(lambda: user.session.health.dialog and user.session.health.dialog.isVisible())
    dialog = user.session.health.dialog
    dialog.say("“lookalike-2026-11-27.zip” was written and checked: 81.2 MB.")
    dialog.show_running(Progress("writing the backup", 12_000_000, 81_200_000))
    return dialog


def log(user: User, photos: Photos) -> QWidget:
    """With a warning that has lines, and something that is no entry."""
    folder = AppPaths.log_in(photos[0].parent.parent / "state")
    folder.mkdir(parents=True)
    lines = [f"2026-11-27 07:21:{second:02},123 INFO MainThread gui.app: The library was opened" for second in range(9)]
    lines += ["2026-11-27 07:22:01,000 WARNING reading_0 engine.imaging: A very long warning " + "of a photo " * 30]
    lines += ["2026-11-27 07:22:02,000 ERROR MainThread gui.tasks: It failed.", "Traceback: a line of it", "ValueError"]
    (folder / "lookalike.log").write_text("\n".join(["no entry at all", *lines, ""]))
    user.window.commands["log"].trigger()
    dialog = user.session._log
    user.until(lambda: dialog.isVisible() and dialog.model.rows)
    dialog.view.selectRow(dialog.model.rowCount() - 1)
    return dialog
