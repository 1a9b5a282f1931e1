"""Python's collector of cycles, kept on the window's thread."""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 2000


class GarbageCollector(QObject):
    """Collects cycles from a timer, and nowhere else.

    Left alone, Python collects on whichever thread happens to allocate. A worker would then free widgets that lie in
    a cycle, and Qt crashes when a widget ends on another thread than its own. What is freed by its reference count
    is not concerned. The generations are collected by Python's own rule (`gc.get_threshold`), only later.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(collect_if_due)

    def start(self) -> None:
        """Take over. What is there so far, mostly modules, is not looked at again."""
        gc.freeze()
        gc.disable()
        self._timer.start()

    def keep(self) -> None:
        """What is there by now stays: it is not looked at again either, which saves the window 30 ms each time."""
        gc.freeze()

    def stop(self) -> None:
        """Hand back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_if_due() -> int | None:
    """Collect the oldest generation that is due; returns its number, None if none is."""
    due = [
        generation
        for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > limit
    ]
    if not due:
        return None
    gc.collect(due[-1])
    return due[-1]
