"""The command in a process of its own that has loaded the libraries already: half of what a short one takes is that."""

import io
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 120


def run_forked(words: Sequence[str], environment: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    """What `lookalike` answers to these words: its exit status, and what it wrote to stdout and to stderr."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = multiprocessing.get_context("forkserver").Process(
            target=_command, args=(words, dict(environment), out, err)
        )
        process.start()
        process.join(SECONDS)
        status = process.exitcode
        if status is None:
            process.kill()
            process.join()
            raise TimeoutError(f"lookalike took more than {SECONDS} s: {words}")
        process.close()
        return status, out.read_bytes(), err.read_bytes()


def _command(words: Sequence[str], environment: Mapping[str, str], out: Path, err: Path) -> None:
    """Become what `python main.py` is when it has loaded the libraries."""
    os.environ.clear()
    os.environ.update(environment)
    for stream, file in ((1, out), (2, err)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8", errors="backslashreplace", write_through=True)
    import main

    sys.modules["__main__"] = main  # as it is there; what workers of its own load first
    sys.exit(main.main(words))
