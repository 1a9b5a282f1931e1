"""Running a piece of a test in a process of its own, to be killed, starved or stripped of its rights."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

AS_NOBODY = """
import os
if os.geteuid() == 0:  # the super-user may write everywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""

NO_ROOM = """
import resource
def no_room(more=0):
    "From now on no file may grow beyond this many bytes."
    resource.setrlimit(resource.RLIMIT_FSIZE, (more, resource.RLIM_INFINITY))
"""


def start(source: str, *arguments: object, listens: bool = False) -> subprocess.Popen[str]:
    """Start Python on this source; its standard output can be read line by line.

    Args:
        listens: it can be told something, too.
    """
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE if listens else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


def run(source: str, *arguments: object) -> str:
    """Run Python on this source to its end; returns what it printed. A traceback fails the test."""
    child = start(source, *arguments)
    printed, _ = child.communicate(timeout=60)
    assert child.returncode == 0, printed
    return printed


@contextmanager
def folder_for_everyone() -> Iterator[Path]:
    """A folder that a process without rights can reach; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
