"""Where a person has been: every question like a page of a browser, every change of it like one of a text editor.

Two ways lead through the same steps. Undo and redo go from one state of the query to the next, whatever made it. Back
and forward go from question to question, and to the parts of the library that were looked at between them, and find
each as it was left. A new step forgets what was undone, as both an editor and a browser do.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.records import Query, SearchResult
from gui.query_edits import pictures_of

STEPS_KEPT = 100
ANSWERS_KEPT = 12
"""Answers may hold thousands of photos; those of steps that were left longer ago are asked for again."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the query and, once there is one, its answer.

    Attributes:
        query: None where nothing is asked.
        browsed: the part of the library that is looked at where nothing is asked; None for the first page.
        question: steps of the same number are a question and its changes.
        rerun: id of the remembered query that this step asks again.
        entry_id: id under which the history remembers it.
        answered: whether there was an answer once.
        result: None if it has not come yet, or was forgotten to save memory.
        place: what was selected and how far was scrolled when it was left; only the gallery understands it.
        seen: greater for steps that were on screen later.
    """

    query: Query | None = None
    question: int = 0
    rerun: str | None = None
    entry_id: str | None = None
    answered: bool = False
    result: SearchResult | None = None
    place: object = None
    seen: int = 0
    browsed: object = None


class Trail:
    """The steps, and the one that is on screen."""

    def __init__(self) -> None:
        self._steps = [Step()]
        self._at = 0
        self._clock = 0

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def current(self) -> Step:
        """What is on screen."""
        return self._steps[self._at]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier state of the query."""
        return self._changed_before() is not None

    @property
    def can_redo(self) -> bool:
        """Whether a state of the query was undone."""
        return self._changed_after() is not None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier question or place, or the first page."""
        return self._steps[0].question != self.current.question

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later question or place."""
        return self._steps[-1].question != self.current.question

    def ask(self, query: Query, rerun: str | None = None) -> None:
        """Go on to a new question."""
        self._push(Step(query, self.current.question + 1, rerun, entry_id=rerun))

    def change(self, query: Query, *, amend: bool = False) -> None:
        """Go on to another state of the same question.

        Args:
            amend: put it in the place of the state on screen: a movement that still goes on is one change.
        """
        step = Step(query, self.current.question, entry_id=self._entry_to_replace(query))
        if amend and self._at:
            self._at -= 1
        self._push(step)

    def look_at(self, browsed: object) -> None:
        """Go on to a part of the library, or with None to the first page."""
        if self.current.query is not None or self.current.browsed != browsed:
            self._push(Step(question=self.current.question + 1, browsed=browsed))

    def look_otherwise(self, browsed: object) -> None:
        """What is looked at is filtered or sorted in another way: it is the same step."""
        self._replace(browsed=browsed, place=None)

    def forget(self, lost: Callable[[object], bool]) -> None:
        """Parts of the library that are no more give way to the first page."""
        self._steps = [
            replace(step, browsed=None, place=None) if step.browsed is not None and lost(step.browsed) else step
            for step in self._steps
        ]

    def clear(self) -> None:
        """Go on to where the query began: to what was looked at then, or to the first page."""
        if self.current.query is not None:
            before = (step.browsed for step in reversed(self._steps[: self._at]) if step.query is None)
            self.look_at(next(before, None))

    def is_unchanged(self, query: Query) -> bool:
        """Whether the state before this one, of the same question, asks exactly this."""
        before = self._steps[self._at - 1] if self._at else None
        return before is not None and before.question == self.current.question and before.query == query

    def answer(self, result: SearchResult) -> None:
        """Keep the answer to what is on screen."""
        # The query may have been filled in: pictures of the history come with what was kept of them.
        self._replace(query=result.query, result=result, entry_id=result.entry_id, answered=True)
        answered = [number for number, step in enumerate(self._steps) if step.result is not None]
        for number in sorted(answered, key=lambda number: self._steps[number].seen)[:-ANSWERS_KEPT]:
            self._steps[number] = replace(self._steps[number], result=None)

    def leave(self, place: object) -> None:
        """Note where somebody was in the answer that is on screen."""
        self._replace(place=place)

    def drop(self) -> None:
        """Forget what is on screen; the state before it is there then."""
        del self._steps[self._at]
        self._steps = self._steps or [Step()]
        self._go(max(self._at - 1, 0))

    def undo(self) -> Step:
        """The state before this one."""
        before = self._changed_before()
        return self.current if before is None else self._go(before)

    def redo(self) -> Step:
        """The state that was undone last."""
        after = self._changed_after()
        return self.current if after is None else self._go(after)

    def back(self) -> Step:
        """The question before this one, as it was left."""
        earlier = [step for step in self._steps[: self._at] if step.question != self.current.question]
        return self._go_to_question(earlier[-1].question)

    def forward(self) -> Step:
        """The question after this one, as it was left."""
        later = [step for step in self._steps[self._at :] if step.question != self.current.question]
        return self._go_to_question(later[0].question)

    def _changed_before(self) -> int | None:
        """The nearest earlier step with another state of the query: where nothing is asked, they are all the same."""
        return next((at for at in reversed(range(self._at)) if self._is_other(at)), None)

    def _changed_after(self) -> int | None:
        return next((at for at in range(self._at + 1, len(self._steps)) if self._is_other(at)), None)

    def _is_other(self, at: int) -> bool:
        return self.current.query is not None or self._steps[at].query is not None

    def _entry_to_replace(self, query: Query) -> str | None:
        """The same pictures in another way need one place in the history; what was asked again from there stays."""
        now = self.current
        same = now.query is not None and pictures_of(now.query) == pictures_of(query)
        return now.entry_id if same and now.rerun is None else None

    def _go_to_question(self, question: int) -> Step:
        states = [number for number, step in enumerate(self._steps) if step.question == question]
        return self._go(max(states, key=lambda number: (self._steps[number].seen, number)))

    def _push(self, step: Step) -> None:
        del self._steps[self._at + 1 :]
        self._steps.append(step)
        del self._steps[:-STEPS_KEPT]
        self._go(len(self._steps) - 1)

    def _go(self, position: int) -> Step:
        self._at = position
        self._clock += 1
        self._replace(seen=self._clock)
        return self.current

    def _replace(self, **changes: object) -> None:
        self._steps[self._at] = replace(self.current, **changes)  # type: ignore[arg-type]
