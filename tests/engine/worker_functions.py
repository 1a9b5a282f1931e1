"""What the workers of the tests do; top-level, because spawned processes import it."""

import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.errors import BadRequestError


def start() -> Callable[[Any], Any]:
    """The ordinary start of a worker."""
    return answer


class StartWithNumPy:
    """A start that needs NumPy already to be found, as those of the program do."""

    def __reduce__(self) -> tuple[Callable[[], object], tuple[()]]:
        return _with_numpy, ()


def _with_numpy() -> Callable[[], Callable[[Any], Any]]:
    import numpy as np

    def multiply_and_count_threads(_task: object) -> int:
        matrix = np.ones((400, 400), dtype=np.float32)
        assert (matrix @ matrix)[0, 0] == len(matrix)
        return sum(1 for _ in Path("/proc/self/task").iterdir())

    return lambda: multiply_and_count_threads


def start_failing() -> Callable[[Any], Any]:
    """A start that raises."""
    raise ValueError("no model here")


def start_dying() -> Callable[[Any], Any]:
    """A start that ends the process."""
    os._exit(7)


def start_hanging() -> Callable[[Any], Any]:
    """A start that never ends."""
    time.sleep(1000)
    return answer


def answer(task: tuple[str, Any]) -> Any:
    """Do what the task says: its first part is the name of a function here, its second the argument."""
    kind, value = task
    return globals()[f"do_{kind}"](value)


def do_double(value: Any) -> Any:
    return value * 2


def do_sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def do_pid(_: Any) -> int:
    return os.getpid()


def do_abort(_: Any) -> None:
    os.abort()


def do_exit(code: int) -> None:
    os._exit(code)


def do_system_exit(code: int) -> None:
    raise SystemExit(code)


def do_kill(number: int) -> None:
    os.kill(os.getpid(), number)


def do_crash(_: Any) -> None:
    ctypes.string_at(0)


def do_hang(_: Any) -> None:
    while True:
        pass


def do_interrupt(_: Any) -> str:
    os.kill(os.getpid(), signal.SIGINT)
    return "went on"


def do_eat(mebibytes: int) -> int:
    return len(bytearray(mebibytes * 2**20))


def do_raise(text: str) -> None:
    raise RuntimeError(text)


def do_refuse(text: str) -> None:
    raise BadRequestError(text, "Do something else.")


def do_recurse(value: int) -> int:
    return do_recurse(value + 1)


def do_write(path: Path) -> None:
    path.write_bytes(b"x" * 100)


def do_length(data: bytes) -> int:
    return len(data)


def do_unpicklable(_: Any) -> Any:
    return lambda: None
