"""The progress bar of a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar

from engine.jobs import Progress


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """A bar on stderr that is gone when the job ends; call the result with every reading."""
    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[numbers]}"),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("starting", total=None, numbers="")

        def report(progress: Progress) -> None:
            bar.update(
                task,
                description=progress.stage,
                completed=progress.done,
                total=progress.total,
                numbers=numbers(progress),
                refresh=progress.done == progress.total,  # also what is done before the next redraw is seen
            )

        yield report


def numbers(progress: Progress) -> str:
    """What stands beside the bar, such as "120 of 400 · 58 per second · 5 s left · CPU"."""
    parts = [f"{progress.done:,}" if progress.total is None else f"{progress.done:,} of {progress.total:,}"]
    if progress.per_second:
        parts.append(f"{progress.per_second:,.{0 if progress.per_second >= 10 else 1}f} per second")
    if progress.seconds_left:
        parts.append(f"{_duration(progress.seconds_left)} left")
    if progress.provider:
        parts.append(progress.provider)
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
