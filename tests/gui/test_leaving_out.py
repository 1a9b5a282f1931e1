"""Leaving parts of a folder out, looking through one folder, and another try for what could not be read."""

import os

import pytest
from PySide6.QtCore import Qt

from gui.dialogs.excludes import ExcludesDialog

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def searchable(user):
    return user.workspace.watch.latest.counts.searchable


def the_row(user):
    """The one folder, once the library has been looked at since it was indexed."""
    user.until(lambda: searchable(user) == 12 and user.workspace.folders.rows())
    (row,) = user.workspace.folders.rows()
    return row


def test_patterns_are_previewed_and_hold_at_once(settled):
    the_row(settled).exclude_wanted.emit()
    dialog = settled.workspace.findChild(ExcludesDialog)
    settled.until(lambda: dialog.effect.text() == "0 photos are left out.")
    dialog.patterns.setPlainText("photo_00[0-4].jpg")
    settled.until(lambda: dialog.effect.text().startswith("5 photos are left out. Such as photo_000.jpg"))
    dialog.keep.click()
    settled.until(lambda: searchable(settled) == 7)
    settled.until(lambda: settled.workspace.folders.rows()[0].root.excludes == ("photo_00[0-4].jpg",))


def test_one_folder_is_looked_through(settled, photos, make_photos):
    make_photos(photos[0].parent, 2, first=100)
    the_row(settled).update_wanted.emit()
    settled.until(lambda: searchable(settled) == 14)


def test_what_could_not_be_read_is_tried_again(user, photos):
    good, times = photos[3].read_bytes(), photos[3].stat()
    photos[3].write_bytes(bytes(len(good)))
    os.utime(photos[3], ns=(times.st_atime_ns, times.st_mtime_ns))
    user.add_folder(photos[0].parent)
    user.until(lambda: searchable(user) == 11)
    photos[3].write_bytes(good)
    os.utime(photos[3], ns=(times.st_atime_ns, times.st_mtime_ns))
    user.workspace.skipped.show()
    dialog = user.workspace.skipped.dialog
    user.until(dialog.isVisible)
    assert dialog.model.index(1, 0).data(Qt.ItemDataRole.DisplayRole) == "photo_003.jpg"
    dialog.again.click()
    user.until(lambda: searchable(user) == 12)
    user.until(lambda: dialog.title.text() == "Every photo is searchable")
