"""The search box of a list: Escape leaves it, Down and Enter lead into the list."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.icons import icon
from gui.translation import tr


def let_clear(field: QLineEdit) -> None:
    """Show a cross while there is text, which takes it away. Qt's own one fades in and out, wanted or not."""
    cross = field.addAction(icon("close", "secondary"), QLineEdit.ActionPosition.TrailingPosition)
    cross.setToolTip(tr("Clear"))
    cross.setVisible(False)
    cross.triggered.connect(field.clear)
    field.textChanged.connect(lambda text: cross.setVisible(bool(text)))


class SearchField(QLineEdit):
    """One line that narrows the list below it while it is typed.

    Signals:
        left: Escape; nothing is sought any more.
        down: the first of what was found is wanted.
    """

    left = Signal()
    down = Signal()

    def __init__(self, hint: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setToolTip(name)
        let_clear(self)
        self.setAcceptDrops(False)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            leaves = event.key() == Qt.Key.Key_Escape  # as a shortcut of the window it would clear the query
            event.setAccepted(leaves)
            if leaves:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        else:
            super().keyPressEvent(event)
