"""How far something has come, as a bar; where motion is not wanted, it stands still as long as nobody knows."""

from PySide6.QtCore import QAbstractAnimation, QEvent
from PySide6.QtWidgets import QProgressBar, QStyle

HINT = QStyle.StyleHint.SH_Widget_Animation_Duration


class ProgressBar(QProgressBar):
    """A bar without figures, which stand beside it in words.

    What cannot be told yet is a bar that keeps moving; with reduced motion (see `Theme`) it is an empty one.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self._share: tuple[int, int | None] = (0, 0)

    def show_share(self, done: int, total: int | None) -> None:
        """So much of it is done; a total of None is not known yet.

        With updates off, because a progress bar repaints at once, and with it all else that waits to be painted.
        """
        self._share = (done, total)
        self.setUpdatesEnabled(False)
        if total:
            self.setRange(0, total)
            self.setValue(done)
        elif self.stands_still():
            self.setRange(0, 1)
            self.setValue(0)
            for movement in self.findChildren(QAbstractAnimation):  # of another style sheet, which nobody ends
                movement.stop()
        else:
            self.setRange(0, 0)
        self.setUpdatesEnabled(True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and not self._share[1]:
            self.show_share(*self._share)  # other motion is wanted than before

    def stands_still(self) -> bool:
        """Whether less motion than usual is wanted."""
        return self.style().styleHint(HINT, None, self) == 0
