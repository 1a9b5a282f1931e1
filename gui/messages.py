"""The one place that tells the user something: short sentences over the window that ask for no click."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from engine.errors import EngineError
from engine.jobs import Cancelled, Progress
from gui.controls import button, caption, label, surface, tool, widgets_in
from gui.flowing import Flowing
from gui.icons import LARGE, sign
from gui.measures import grown, margins
from gui.translation import tr
from gui.words import number

log = logging.getLogger(__name__)
SHOWN_FOR_MS = 8000
PATIENCE_MS = 600
MARGIN = 16
ABOVE_STATUS = 88  # above the captions and buttons of the viewers too
WIDEST = 560
MOST = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """What the user can do about a message, such as "Undo"."""

    text: str
    run: Callable[[], object]


class Toast(QFrame):
    """One message: an icon, a sentence, a hint, what can be done about it, and a way to close it.

    Attributes:
        offered: the button of the first offer, if there is one.

    Signals:
        closed: it has gone, by click, by time or because its offer was taken.
    """

    closed = Signal()

    def __init__(self, text: str, hint: str, icon_name: str, role: str, *offers: Offer) -> None:
        super().__init__()
        self.text = text
        self.setObjectName("toast")
        surface(self, "panel", "around")
        self.setMaximumWidth(WIDEST)
        row = QHBoxLayout(self)
        margins(row, 12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon(icon_name, role), 0, Qt.AlignmentFlag.AlignTop)
        words = self._words(text, hint)
        row.addLayout(words, 1)
        buttons = [button(offer.text, partial(self._take, offer), "plain") for offer in offers]
        self.offered: QPushButton | None = buttons[0] if buttons else None
        if len(buttons) == 1:
            row.addWidget(buttons[0])
        elif buttons:
            words.addWidget(Flowing(*buttons))
        row.addWidget(tool("close", tr("Close this message"), self.dismiss), 0, Qt.AlignmentFlag.AlignTop)

    def say(self, text: str) -> None:
        """Say something newer instead."""
        self.text = text
        self._line.setText(text)

    def dismiss(self) -> None:
        """Go away."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def _take(self, offer: Offer) -> None:
        self.dismiss()
        offer.run()

    def _icon(self, icon_name: str, role: str) -> QLabel:
        made = QLabel()
        made.setPixmap(sign(icon_name, role, LARGE))
        made.setContentsMargins(0, 4, 0, 0)
        return made

    def _words(self, text: str, hint: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.setContentsMargins(0, 4, 0, 4)
        self._line = label(text, wrap=True)
        column.addWidget(self._line)
        if hint:
            column.addWidget(caption(hint, wrap=True))
        return column


class Working:
    """Tells of something that takes long: after a moment, with how far it is and a way to stop it."""

    def __init__(self, messages: "Messages", text: str) -> None:
        self._messages = messages
        self._text = text
        self._toast: Toast | None = None
        self._cancel: Callable[[], object] = lambda: None
        self._patience = QTimer(messages, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._appear)

    def begin(self, cancel: Callable[[], object]) -> None:
        """It has begun; what is over at once is never told of."""
        self._cancel = cancel
        self._patience.start()

    def show(self, progress: Progress) -> None:
        """How far it is."""
        if progress.total:
            self._text = f"{self._text.partition('…')[0]}… {number(progress.done)} / {number(progress.total)}"
        if self._toast is not None and isValid(self._toast):
            self._toast.say(self._text)

    def end(self) -> None:
        """It is over, however."""
        self._patience.stop()
        self._patience.deleteLater()
        if self._toast is not None and isValid(self._toast):
            self._toast.dismiss()
        self._toast = None

    def _appear(self) -> None:
        self._toast = self._messages.stay(self._text, Offer(tr("Cancel"), self._cancel))


class Messages(QWidget):
    """A stack of toasts at the lower edge of the widget it is laid over; never takes the focus, never blocks."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        over.installEventFilter(self)
        self.hide()

    def tell(self, text: str, hint: str = "", offer: Offer | None = None) -> None:
        """Good news, or news that can be undone; leaves by itself."""
        toast = self._add(Toast(text, hint, "done", "good", *([offer] if offer else [])))
        QTimer.singleShot(SHOWN_FOR_MS, toast, toast.dismiss)

    def ask(self, text: str, hint: str, *offers: Offer) -> None:
        """A proposal that stays until it is taken or closed."""
        self._add(Toast(text, hint, "info", "accent", *offers))

    def stay(self, text: str, offer: Offer) -> Toast:
        """News that is true until it is dismissed."""
        return self._add(Toast(text, "", "update", "secondary", offer))

    def error(self, error: Exception, until: SignalInstance | None = None) -> None:
        """Say what happened and what to do. Cancelling is no error; a bug goes to the crash net.

        Args:
            error: what happened.
            until: what makes it old news; without, it stays until it is closed.
        """
        if isinstance(error, Cancelled):
            return
        if isinstance(error, EngineError):
            log.info("Told the user: %s", error)
            toast = self._add(Toast(error.message, error.hint, "warning", "bad"))
            if until is not None:
                until.connect(toast.dismiss)
            return
        sys.excepthook(type(error), error, error.__traceback__)

    @property
    def texts(self) -> list[str]:
        """What is being said, oldest first."""
        return [toast.text for toast in self._toasts()]

    def clear(self) -> bool:
        """Dismiss everything; whether there was anything."""
        toasts = self._toasts()
        for toast in toasts:
            toast.dismiss()
        return bool(toasts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _add(self, toast: Toast) -> Toast:
        for old in self._toasts():
            if old.text == toast.text:
                old.dismiss()
        for old in self._toasts()[: 1 - MOST or None]:
            old.dismiss()
        self._column.addWidget(toast)
        toast.closed.connect(self._place)
        toast.show()
        self._announce(toast)
        self._place()
        return toast

    def _toasts(self) -> list[Toast]:
        return [toast for toast in widgets_in(self._column, Toast) if not toast.isHidden()]

    def _announce(self, toast: Toast) -> None:
        toast.setAccessibleName(toast.text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, toast.text))

    def _place(self) -> None:
        toasts = self._toasts()
        self.setVisible(bool(toasts))
        if not toasts:
            return
        width = min(WIDEST, self._over.width() - 2 * MARGIN)
        self.setFixedWidth(max(width, 1))
        height = (
            self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height()
        )
        self.setFixedHeight(max(height, 1))
        self.move((self._over.width() - width) // 2, self._over.height() - height - grown(ABOVE_STATUS))
        self.raise_()
