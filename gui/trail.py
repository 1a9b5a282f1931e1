"""Earlier and later questions, like the pages of a browser."""

from dataclasses import dataclass

from engine.records import Query, SearchResult

STEPS_KEPT = 50


@dataclass(frozen=True, slots=True)
class Step:
    """A question and, once there is one, its answer."""

    query: Query
    result: SearchResult | None = None


class Trail:
    """Where back and forward lead. Clearing leaves the trail as it is: back brings the last question again."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._position = -1
        self._cleared = True

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def current(self) -> Step | None:
        """What is on screen."""
        return None if self._cleared else self._steps[self._position]

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier question."""
        return self._position > 0 or (self._cleared and self._position == 0)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later question."""
        return not self._cleared and self._position < len(self._steps) - 1

    def push(self, query: Query) -> None:
        """Go on to a new question; what was later is forgotten."""
        del self._steps[self._position + 1 :]
        self._steps.append(Step(query))
        del self._steps[:-STEPS_KEPT]
        self._position = len(self._steps) - 1
        self._cleared = False

    def answer(self, result: SearchResult) -> None:
        """Keep the answer to the current question."""
        self._steps[self._position] = Step(result.query, result)

    def drop(self) -> None:
        """Forget the current question; the one before it is current then."""
        del self._steps[self._position]
        self._position -= 1
        self._cleared = self._position < 0

    def clear(self) -> None:
        """Put no question on screen."""
        self._cleared = True

    def back(self) -> Step:
        """The question before this one."""
        self._position -= 0 if self._cleared else 1
        self._cleared = False
        return self._steps[self._position]

    def forward(self) -> Step:
        """The question after this one."""
        self._position += 1
        return self._steps[self._position]
