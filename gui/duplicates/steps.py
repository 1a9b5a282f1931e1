"""What was done while looking through groups, to be taken back one by one, the last one first."""

from collections.abc import Callable

MOST = 200
"""Steps that can be taken back."""


class Steps:
    """Each step is taken back once, by whoever asks first: a key, or a message that offers it."""

    def __init__(self) -> None:
        self._steps: list[tuple[Callable[[], object], bool]] = []

    def __len__(self) -> int:
        return len(self._steps)

    def add(self, undo: Callable[[], object], *, lasting: bool = False) -> Callable[[], None]:
        """Something was done; returns what takes it back, unless that has happened already.

        Args:
            lasting: it was done to the library, and can be taken back when other groups are looked through too.
        """
        step = (undo, lasting)
        self._steps.append(step)
        del self._steps[:-MOST]
        return lambda: self._take_back(step)

    def take_back(self) -> bool:
        """Take the last step back; False if there is none."""
        if not self._steps:
            return False
        self._take_back(self._steps[-1])
        return True

    def begin_anew(self) -> None:
        """Other groups are looked through: forget what was said of those before, but not what the library was told."""
        self._steps = [step for step in self._steps if step[1]]

    def _take_back(self, step: tuple[Callable[[], object], bool]) -> None:
        if step in self._steps:
            self._steps.remove(step)
            step[0]()
