"""Tests that run at the same time, and those that run alone, in a real run of pytest with three processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETTINGS = """
[pytest]
markers = alone
timeout = 60
timeout_method = thread
faulthandler_timeout = 5
"""
PLUGINS = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "xdist.plugin,pytest_timeout"}
HOOKS = "from tests.side_by_side import *\n"
TESTS = """
import os, time
from pathlib import Path
import pytest

def stay(kind):
    begun = time.monotonic()
    time.sleep(0.1)
    with Path("times").open("a") as file:
        print(kind, os.getpid(), begun, time.monotonic(), os.environ["OMP_NUM_THREADS"], file=file)

@pytest.mark.parametrize("number", range(9))
def test_beside(number):
    stay("beside")

@pytest.mark.alone
@pytest.mark.parametrize("number", range(4))
def test_alone(number):
    stay("alone")
"""
CRASH = """
import ctypes

def test_that_ends_badly():
    ctypes.string_at(0)
"""
HANG = """
@pytest.mark.timeout(7)
def test_that_ends_badly():
    time.sleep(1000)
"""


@pytest.fixture
def run(tmp_path):
    """run(tests): what pytest said of them, with three processes, and how it ended."""
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    (tmp_path / "conftest.py").write_text(HOOKS)

    def run(tests: str) -> tuple[str, int]:
        (tmp_path / "test_some.py").write_text(tests)
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "OMP_"))}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "3", "--dist", "worksteal", "-p", "no:cacheprovider"],
            env=own | PLUGINS | {"PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        return done.stdout + done.stderr, done.returncode

    return run


def test_nothing_runs_beside_what_runs_alone(run, tmp_path):
    said, status = run(TESTS)
    assert (status, "13 passed" in said) == (0, True), said
    rows = [line.split() for line in (tmp_path / "times").read_text().splitlines()]
    spans = [(kind, float(begun), float(ended)) for kind, _, begun, ended, _ in rows]
    together = [
        {kind, other_kind}
        for place, (kind, begun, ended) in enumerate(spans)
        for other_kind, other_begun, other_ended in spans[place + 1 :]
        if begun < other_ended and other_begun < ended
    ]
    assert together, "some do run at the same time"
    assert all(kinds == {"beside"} for kinds in together)
    assert {threads for *_, threads in rows} == {"1"}
    assert len({process for _, process, *_ in rows}) > 1


@pytest.mark.parametrize(("tests", "told"), [(CRASH, "Segmentation fault"), (HANG, "Timeout")], ids=["crash", "hang"])
def test_a_crash_or_a_hang_fails_is_told_and_stands_in_nobodys_way(run, tests, told):
    said, status = run(TESTS + tests)
    assert status == 1
    assert "13 passed" in said, said
    assert "1 failed" in said
    assert "test_that_ends_badly" in said
    assert told in said or sys.platform == "win32"
