"""What is left out of a folder: patterns, one a line, and how many photos they concern."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engine.records import Root
from gui.controls import button, caption, title
from gui.measures import open_with_size
from gui.translation import counted, tr

if TYPE_CHECKING:
    from engine.catalog.exclusions import LeftOut

PAUSE_MS = 250
EXAMPLES = "Trash/\n*.gif\n/Scans/raw\n!keep.gif"
Answer = Callable[["LeftOut"], None]


class ExcludesDialog(QDialog):
    """Edits the patterns of one root; the preview follows what is typed.

    Args:
        preview: asks in the background what some patterns would leave out, as long as its second argument lives.

    Signals:
        chosen: the list of patterns to keep.
    """

    chosen = Signal(list)

    def __init__(self, root: Root, preview: Callable[[list[str], QObject, Answer], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Leave out parts of this folder"))
        open_with_size(self, 520, 420)
        self._preview = preview
        self.patterns = QPlainTextEdit("\n".join(root.excludes))
        self.patterns.setPlaceholderText(EXAMPLES)
        self.patterns.setAccessibleName(tr("Patterns, one a line"))
        self.patterns.setTabChangesFocus(True)
        self.effect = caption("", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.patterns.textChanged.connect(self._pause.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        heading = title(tr("Leave out of “{name}”", name=root.path.name or root.path))
        heading.setWordWrap(True)
        column.addWidget(heading)
        hint = tr("One pattern a line, as in .gitignore. The files stay where they are; they only leave the search.")
        column.addWidget(caption(hint, wrap=True))
        column.addWidget(self.patterns, 1)
        column.addWidget(self.effect)
        column.addLayout(self._buttons())
        self._ask()

    def lines(self) -> list[str]:
        """The patterns as they are typed."""
        return self.patterns.toPlainText().splitlines()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(tr("Cancel"), self.reject))
        self.keep = button(tr("Leave out"), self._keep, "primary")
        self.keep.setDefault(True)
        row.addWidget(self.keep)
        return row

    def _keep(self) -> None:
        self.chosen.emit(self.lines())
        self.accept()

    def _ask(self) -> None:
        asked = self.lines()
        self._preview(asked, self, lambda left_out: self._show(asked, left_out))

    def _show(self, asked: list[str], left_out: "LeftOut") -> None:
        if asked != self.lines():  # more was typed since
            return
        text = counted("{n} photo is left out.", "{n} photos are left out.", left_out.photos)
        shown = ", ".join(left_out.examples[:3])
        self.effect.setText(tr("{effect} Such as {examples}.", effect=text, examples=shown) if shown else text)
