"""A line that says what became of a check or of copying, with what can be done next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.controls import Button, button, caption, label, surface, tool
from gui.flowing import Flowing
from gui.icons import LARGE, sign
from gui.messages import Offer
from gui.translation import tr


class Outcome(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, "panel", "below")
        self._sign = QLabel()
        self.words = label("", wrap=True)
        self.hint = caption("", wrap=True)
        self.offers: list[Button] = []
        self._offered: Flowing | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._column.addWidget(self.words)
        self._column.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column, 1)
        row.addWidget(tool("close", tr("Close this message"), self.clear), 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty if nothing is."""
        return "" if self.isHidden() else f"{self.words.text()} {self.hint.text()}".strip()

    def say(self, text: str, hint: str = "", *, good: bool, offers: Sequence[Offer] = ()) -> None:
        """Say this, with these ways on."""
        self.clear()
        self._sign.setPixmap(sign("done" if good else "warning", "good" if good else "bad", LARGE))
        self.words.setText(text)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.setAccessibleName(f"{text} {hint}".strip())
        self.offers = [button(offer.text, offer.run, "plain") for offer in offers]
        if self.offers:
            self._offered = Flowing(*self.offers)
            self._column.addWidget(self._offered)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        if self._offered is not None:
            self._column.removeWidget(self._offered)
            self._offered.hide()
            self._offered.deleteLater()
        self._offered, self.offers = None, []
        self.hide()
