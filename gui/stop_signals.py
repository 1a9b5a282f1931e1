"""Ctrl-C in the terminal, and a system that ends the session, close the window as a person does."""

import signal
import socket
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StopSignals(QObject):
    """Hears the first one; the second ends the program at once, in case it cannot close.

    Python runs a handler only when it runs at all, and Qt's event loop does not return to it. So the signal also
    writes into a socket, which the event loop watches.

    Signals:
        received: the program is to end.
    """

    received = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_heard)
        self._before: dict[signal.Signals, Any] = {}

    def install(self) -> None:
        """Listen from now on. On the main thread, as Python wants it."""
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _on_signal) for number in STOP_SIGNALS}

    def remove(self) -> None:
        """Listen no more."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        for end in (self._heard, self._told):
            end.close()

    def _on_heard(self) -> None:
        if set(self._heard.recv(64)) & set(STOP_SIGNALS):  # others wake us too
            self.received.emit()


def _on_signal(number: int, frame: object) -> None:
    """The event loop knows by now; the next one is the system's own."""
    signal.signal(number, signal.SIG_DFL)
