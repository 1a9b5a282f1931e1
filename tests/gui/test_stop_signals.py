"""The program is ended from outside: by Ctrl-C in its terminal, or by a system that ends the session."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.stop_signals import STOP_SIGNALS, StopSignals

ENOUGH_SECONDS = 30
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


@pytest.fixture
def stop(qapp):
    listening = StopSignals()
    listening.install()
    yield listening
    listening.remove()
    listening.deleteLater()


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_signal_is_heard_in_the_event_loop_and_the_next_one_is_not_kept_off(stop, qtbot, number):
    with qtbot.waitSignal(stop.received, timeout=2000):
        os.kill(os.getpid(), number)
    assert signal.getsignal(number) is signal.SIG_DFL


def test_afterwards_signals_are_what_they_were(qapp):
    before = [signal.getsignal(number) for number in STOP_SIGNALS]
    listening = StopSignals()
    listening.install()
    listening.remove()
    assert [signal.getsignal(number) for number in STOP_SIGNALS] == before


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose name leaves room for a socket."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def test_the_window_closes_in_good_order(tmp_path, short):
    root = Path(__file__).parents[2]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    own = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(short), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    program = subprocess.Popen(
        [sys.executable, str(root / "main.py"), "--library", str(tmp_path / "library")],
        env={**kept, **own, "PYTHONPATH": str(root)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(tmp_path / "library" / "catalog.db-wal")
        program.send_signal(signal.SIGTERM)
        _, said = program.communicate(timeout=ENOUGH_SECONDS)
    finally:
        program.kill()
    assert (program.returncode, said) == (0, "")
    left = {file.name for folder in (tmp_path, short) for file in folder.rglob("*") if not file.is_dir()}
    assert "window.ini" in left, "the place of the window is remembered"
    assert not [name for name in left if name.startswith("fault-") or name.endswith(("-wal", ".lock", ".socket"))]


def wait_for(file: Path) -> None:
    patience = time.monotonic() + ENOUGH_SECONDS
    while not file.exists():
        assert time.monotonic() < patience, f"{file.name} has not come"
        time.sleep(0.05)
