"""How fast a job goes and how long it will still take, from its recent past."""

import time
from collections import deque

WINDOW_SECONDS = 10.0


class Rate:
    """Items per second over the last ten seconds; time spent paused does not count if `reset` is called after it."""

    def __init__(self) -> None:
        self._readings: deque[tuple[float, int]] = deque()
        self._done = 0

    def count(self, done: int) -> None:
        """Note that `done` items are finished by now."""
        now = time.monotonic()
        self._done = done
        self._readings.append((now, done))
        while now - self._readings[0][0] > WINDOW_SECONDS:
            self._readings.popleft()

    def reset(self) -> None:
        """Forget the past, such as before a pause."""
        self._readings.clear()

    @property
    def per_second(self) -> float | None:
        """Items per second; None until there is something to tell it from."""
        if len(self._readings) < 2:
            return None
        (started, first), (now, last) = self._readings[0], self._readings[-1]
        return (last - first) / (now - started) if now > started else None

    def seconds_left(self, total: int) -> float | None:
        """Time until `total` items are finished, at this rate."""
        rate = self.per_second
        return (total - self._done) / rate if rate else None
