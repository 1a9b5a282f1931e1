"""What the library's health is made of, one card each: what is known, and what can be done."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from engine.care import LibraryHealth
from engine.disk_use import DiskPart
from engine.verification import LEAST_RECALL
from gui.controls import Button, ElidedLabel, button, caption, empty, heading, label, surface
from gui.dialogs.health_wording import backup_text, part_name, sentences, test_text, verify_text
from gui.folding import Folding, beside
from gui.gallery.wording import displayable
from gui.icons import LARGE, sign
from gui.progress_bar import ProgressBar
from gui.translation import counted, tr
from gui.words import from_the_left, number, size

MOST_REASONS = 3
SIGNS = {"good": "done", "warning": "warning", "bad": "warning", "secondary": "info"}


class HealthCard(QFrame):
    """A heading, a sign with a sentence, what else there is to know, and buttons."""

    def __init__(self, name: str) -> None:
        super().__init__()
        surface(self, "panel", "around")
        self.setAccessibleName(name)
        self._sign = QLabel()
        self.state = label("", bold=True, wrap=True)
        self.hint = caption("", wrap=True)
        self.more = label("", wrap=True)
        for told in (self.hint, self.more):
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.state, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(6)
        self.column.addWidget(heading(name))
        self.column.addLayout(line)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.more)

    def say(self, role: str, state: str, hint: str, more: str = "") -> None:
        """Tell how it is; `role` is "good", "warning", "bad" or "secondary"."""
        self._sign.setPixmap(sign(SIGNS[role], role, LARGE))
        for told, text in ((self.state, state), (self.hint, hint), (self.more, more)):
            told.setText(text)
            told.setVisible(bool(text))

    def add_buttons(self, first: Button, second: Button | None = None) -> None:
        """What can be done; below each other where there is no room."""
        for one in (first, second):
            if one is not None:
                one.setAutoDefault(False)
        self.column.addWidget(Folding(first, second) if second is not None else beside(first))


class CheckCard(HealthCard):
    """What the last check found."""

    def __init__(self, check: Callable[[], object], repair: Callable[[], object]) -> None:
        super().__init__(tr("Check"))
        self.check = button(tr("Check now"), check)
        self.repair = button(tr("Repair"), repair)
        self.repair.setToolTip(tr("Mends what can be mended, and says what it did. Photos are not touched."))
        self.add_buttons(self.check, self.repair)

    def show_health(self, health: LibraryHealth, today: date) -> None:
        """Show what is known."""
        last = health.last_verify
        role = "secondary" if last is None else "good" if last.ok else "bad"
        told = (last.repaired if last.ok else last.problems) if last is not None else ()
        self.say(role, *verify_text(last, today), sentences(told))
        self.repair.setVisible(last is not None and not last.ok)


class IndexCard(HealthCard):
    """How well the index finds."""

    def __init__(self, test: Callable[[], object]) -> None:
        super().__init__(tr("Index"))
        self.test = button(tr("Test now"), test)
        self.add_buttons(self.test)

    def show_health(self, health: LibraryHealth, today: date) -> None:
        """Show what is known."""
        test = health.self_test
        enough = test is not None and test.recall >= LEAST_RECALL
        role = "secondary" if test is None else "good" if enough else "bad"
        worse = tr("That is too few: have the library checked, then repaired.")
        self.say(role, *test_text(test, today), "" if enough or test is None else worse)


class PhotosCard(HealthCard):
    """How many photos can be searched, and why others cannot."""

    def __init__(self, show_list: Callable[[], object]) -> None:
        super().__init__(tr("Photos"))
        self.list = button(tr("Which ones, and why…"), show_list)
        self.add_buttons(self.list)

    def show_health(self, health: LibraryHealth, today: date) -> None:
        """Show what is known."""
        counts = health.counts
        told = {"searchable": number(counts.searchable), "photos": number(counts.photos)}
        states = [
            (counts.unreadable, counted("{n} not readable", "{n} not readable", counts.unreadable)),
            (counts.waiting, counted("{n} waiting to be read", "{n} waiting to be read", counts.waiting)),
            (counts.missing, counted("{n} gone", "{n} gone", counts.missing)),
            (counts.ignored, counted("{n} other file is no photo", "{n} other files are no photos", counts.ignored)),
        ]
        reasons = [f"{number(many)} × {reason}" for reason, many in health.reasons.items()]
        self.say(
            "warning" if counts.unreadable else "good",
            tr("{searchable} of {photos} can be searched", **told),
            " · ".join(text for many, text in states if many),
            sentences(reasons[:MOST_REASONS]),
        )
        self.list.setEnabled(bool(counts.unreadable + counts.waiting + counts.missing + counts.ignored))


class DiskCard(HealthCard):
    """What each part takes, the largest with the longest bar."""

    def __init__(self, compact: Callable[[], object], open_folder: Callable[[], object]) -> None:
        super().__init__(tr("Room on the disk"))
        self._parts: Sequence[DiskPart] = ()
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(0, 3)
        self._rows.setColumnStretch(1, 2)
        self.column.addLayout(self._rows)
        self.compact = button(tr("Compact"), compact)
        self.compact.setToolTip(tr("Deletes what nobody needs any more, and gives the room back to the disk."))
        self.open = button(tr("Open folder"), open_folder)
        self.add_buttons(self.compact, self.open)

    def show_health(self, health: LibraryHealth, today: date) -> None:
        """Show what is known."""
        spare = health.spare_bytes
        self.say(
            "warning" if spare else "good",
            size(sum(part.bytes for part in health.disk)),
            from_the_left(displayable(str(health.folder))),
            tr("About {size} of it are of no use to anybody.", size=size(spare)) if spare else "",
        )
        self.compact.setEnabled(bool(spare))
        if health.disk != self._parts:
            self._parts = health.disk
            self._show_parts()

    def _show_parts(self) -> None:
        empty(self._rows)
        largest = max((part.bytes for part in self._parts), default=1)
        for row, part in enumerate(self._parts):
            name, takes = part_name(part), size(part.bytes)
            bar = ProgressBar(f"{name} {takes}")
            bar.show_share(1000 * part.bytes // largest, 1000)
            self._rows.addWidget(ElidedLabel(name), row, 0)
            self._rows.addWidget(bar, row, 1)
            self._rows.addWidget(label(takes), row, 2, Qt.AlignmentFlag.AlignRight)


class BackupCard(HealthCard):
    """When the library was backed up."""

    def __init__(self, back_up: Callable[[], object], restore: Callable[[], object]) -> None:
        super().__init__(tr("Backup"))
        self.back_up = button(tr("Back up…"), back_up)
        self.restore = button(tr("Restore…"), restore)
        self.restore.setToolTip(tr("Puts a backup in the place of this library, which is kept under another name."))
        self.add_buttons(self.back_up, self.restore)

    def show_health(self, health: LibraryHealth, today: date) -> None:
        """Show what is known."""
        state, hint = backup_text(health.last_backup, today)
        self.say("secondary" if health.last_backup is None else "good", state, displayable(hint))
