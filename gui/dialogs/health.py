"""The library's health: what was checked when, what takes room, the last backup; and all of it again, now."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.care import LibraryHealth
from engine.jobs import Progress
from gui.controls import Scrolling, button, caption, label, title
from gui.dialogs.health_cards import BackupCard, CheckCard, DiskCard, IndexCard, PhotosCard
from gui.dialogs.health_wording import stage_text
from gui.folding import Folding
from gui.measures import margins, open_with_size
from gui.progress_bar import ProgressBar
from gui.translation import tr


class HealthDialog(QDialog):
    """Shows what is known, and what is being done; one thing at a time.

    Signals:
        check_wanted, repair_wanted, test_wanted, list_wanted, compact_wanted, folder_wanted, back_up_wanted,
        restore_wanted, log_wanted, cancel_wanted: the buttons.
    """

    check_wanted = Signal()
    repair_wanted = Signal()
    test_wanted = Signal()
    list_wanted = Signal()
    compact_wanted = Signal()
    folder_wanted = Signal()
    back_up_wanted = Signal()
    restore_wanted = Signal()
    log_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Library health"))
        open_with_size(self, 640, 740)
        self.check = CheckCard(self.check_wanted.emit, self.repair_wanted.emit)
        self.index = IndexCard(self.test_wanted.emit)
        self.photos = PhotosCard(self.list_wanted.emit)
        self.disk = DiskCard(self.compact_wanted.emit, self.folder_wanted.emit)
        self.backup = BackupCard(self.back_up_wanted.emit, self.restore_wanted.emit)
        self.cards = (self.check, self.index, self.photos, self.disk, self.backup)
        self.outcome = label("", wrap=True)
        self.stage = caption("", wrap=True)
        self.bar = ProgressBar(tr("Progress"))
        self.cancel = button(tr("Cancel"), self.cancel_wanted.emit)
        self.log = button(tr("Show the log…"), self.log_wanted.emit)
        self.close_button = button(tr("Close"), self.close, "primary")
        self.close_button.setDefault(True)
        self._health: LibraryHealth | None = None
        self._came_from: QWidget | None = None
        self._lay_out()
        self.show_running(None)
        self.say("")

    def show_health(self, health: LibraryHealth) -> None:
        """Show what is known."""
        self._health = health
        for card in self.cards:
            card.show_health(health, date.today())

    def show_running(self, progress: Progress | None) -> None:
        """How far what is done has come; None if nothing is."""
        running = progress is not None
        if running:
            self._keep_focus()
        for actor in (self.check.check, self.check.repair, self.index.test, self.backup.back_up, self.backup.restore):
            actor.setEnabled(not running)
        self.disk.compact.setEnabled(not running and self._health is not None and self._health.spare_bytes > 0)
        if not running and not self._busy.isHidden():
            self._show_busy(False)
        if progress is not None:
            self.say("")
            self.stage.setText(stage_text(progress))
            self.bar.show_share(progress.done, progress.total)

    def say(self, text: str) -> None:
        """What became of what was asked for last."""
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))

    def _keep_focus(self) -> None:
        """Before its button is switched off, which would give it to the next one, wherever that is."""
        if self._busy.isHidden():
            self._came_from = self.focusWidget()
            self._show_busy(True)
            self.cancel.setFocus()

    def _show_busy(self, running: bool) -> None:
        back = self._came_from if self.cancel.hasFocus() else None
        self._busy.setVisible(running)
        if not running and back is not None and back.isEnabled():
            back.setFocus()

    def _lay_out(self) -> None:
        inside = QWidget()
        cards = QVBoxLayout(inside)
        margins(cards, 0, 0, 8, 0)
        cards.setSpacing(8)
        for card in self.cards:
            cards.addWidget(card)
        cards.addStretch()
        told = QWidget()
        words = QVBoxLayout(told)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        words.addWidget(self.stage)
        words.addWidget(self.bar)
        self._busy = Folding(told, self.cancel, shares=(1, 0, 0))
        for one in (self.cancel, self.log):
            one.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.log)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(title(tr("Library health")))
        column.addWidget(Scrolling(inside), 1)
        column.addWidget(self.outcome)
        column.addWidget(self._busy)
        column.addLayout(buttons)
