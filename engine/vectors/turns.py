"""A lock that is given in the order in which it was asked for."""

import threading
from typing import Self


class Turns:
    """Whoever waits comes next: a thread that lets go and asks again at once stands behind it.

    With a plain lock such a thread gets it again and again, and a search waits for all of a long work that was cut
    into pieces to let it pass. A thread may take it again while it holds it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = threading.Lock()
        self._holder: int | None = None
        self._depth = 0

    def __enter__(self) -> Self:
        me = threading.get_ident()
        if self._holder != me:
            with self._next:  # one waits for the holder, the others for that one
                self._lock.acquire()
            self._holder = me
        self._depth += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._holder = None
            self._lock.release()
