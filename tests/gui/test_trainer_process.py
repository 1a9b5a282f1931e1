"""A trainer in a process of its own: what it says, and every way in which it may end."""

import json
import os
import sys

import pytest
from played import verdict
from PySide6.QtCore import QObject

from engine.errors import EngineError, PhotosElsewhereError
from gui.trainer_process import NICE, TrainerProcess

EXAMINED = {"event": "examined", "classes": {"a": 1}, "problems": [], "skipped": [], "labelled": [["/a.jpg", "a", ""]]}
PROGRESS = {"event": "progress", "stage": "looking at the photos", "done": 3, "total": 9, "per_second": 2.5}


@pytest.fixture
def trainer(qtbot, tmp_path):
    """trainer(code, *events): a process that says the events and then runs the code, and what becomes of it."""
    parent = QObject()

    def start(code="", *events, command=None):
        script = tmp_path / "child.py"
        lines = [f"print({json.dumps(one)!r}, flush=True)" for one in events]
        script.write_text("\n".join(["import os, sys", *lines, code]))
        process = TrainerProcess(command or (sys.executable, str(script)), parent)
        said = []
        for name in ("progressed", "examined", "finished", "failed"):
            getattr(process, name).connect(lambda what, name=name: said.append((name, what)))
        process.cancelled.connect(lambda: said.append(("cancelled", None)))
        process.start()
        return process, said

    yield start
    parent.deleteLater()


def ended(qtbot, said):
    """How it ended, once it has; there is one end."""
    qtbot.waitUntil(lambda: any(name != "progressed" for name, _ in said), timeout=20_000)
    (end,) = [one for one in said if one[0] != "progressed"]
    return end


def failure(qtbot, said):
    name, error = ended(qtbot, said)
    assert name == "failed"
    assert isinstance(error, EngineError)
    return error


def test_progress_and_what_was_found(qtbot, trainer):
    _, said = trainer("", PROGRESS, EXAMINED)
    name, found = ended(qtbot, said)
    assert (name, dict(found.classes)) == ("examined", {"a": 1})
    (_, progress) = said[0]
    assert (progress.stage, progress.done, progress.total, progress.per_second) == ("looking at the photos", 3, 9, 2.5)


def test_a_verdict_follows_what_was_found(qtbot, trainer, tmp_path):
    found = {name: value for name, value in EXAMINED.items() if name != "labelled"}
    _, said = trainer("", found, {"event": "finished"} | verdict(tmp_path, accepted=True))
    name, judged = ended(qtbot, said)
    assert name == "finished"
    assert judged.accepted


def test_lines_that_are_no_events_are_passed_over(qtbot, trainer):
    garbage = "print('Downloading…'); print('{'); print('[1]'); print('7'); sys.stdout.buffer.write(b'\\xff\\xfe\\n')"
    garbage += '; print(\'{"event": "progress", "stage": 3}\'); print(\'{"event": "new"}\'); sys.stdout.flush()\n'
    _, said = trainer(garbage + f"print({json.dumps(EXAMINED)!r})")
    assert ended(qtbot, said)[0] == "examined"
    assert len(said) == 1


def test_a_last_line_without_an_end_counts(qtbot, trainer):
    _, said = trainer(f"sys.stdout.write({json.dumps(EXAMINED)!r})")
    assert ended(qtbot, said)[0] == "examined"


def test_a_failure_in_the_trainers_words(qtbot, trainer):
    told = {"event": "failed", "message": "There are no labelled photos in /p.", "hint": "Put them there."}
    _, said = trainer("print('lookalike: other', file=sys.stderr); sys.exit(1)", told)
    error = failure(qtbot, said)
    assert (error.message, error.hint) == ("There are no labelled photos in /p.", "Put them there.")


def test_a_failure_that_a_folder_mends_names_no_option(qtbot, trainer):
    told = {"event": "failed", "message": "Not one photo.", "hint": "Name it with --gallery.", "photos_elsewhere": True}
    _, said = trainer("sys.exit(1)", told)
    error = failure(qtbot, said)
    assert isinstance(error, PhotosElsewhereError)
    assert (error.message, error.hint) == ("Not one photo.", "Choose the folder in which the photos lie.")


def test_a_failure_before_it_can_tell_events(qtbot, trainer):
    lines = (
        "lookalike: Training needs sklearn, which is not installed.\nInstall it: python -m pip install scikit-learn\n"
    )
    _, said = trainer(f"sys.stderr.write({lines!r}); sys.exit(1)")
    error = failure(qtbot, said)
    assert error.message == "Training needs sklearn, which is not installed."
    assert error.hint == "Install it: python -m pip install scikit-learn"


@pytest.mark.parametrize(
    "code", ["os.kill(os.getpid(), 9)", "os.abort()", "raise RuntimeError('a bug')", "pass", "sys.exit(3)"]
)
def test_an_end_that_nobody_expects(qtbot, trainer, code):
    found = {name: value for name, value in EXAMINED.items() if name != "labelled"}
    _, said = trainer(code, PROGRESS, found)
    error = failure(qtbot, said)
    assert error.message == "The training ended unexpectedly."
    assert "try again" in error.hint


def test_a_result_is_worth_nothing_if_the_trainer_dies(qtbot, trainer):
    _, said = trainer("sys.stdout.flush(); os.kill(os.getpid(), 9)", EXAMINED)
    assert failure(qtbot, said).message == "The training ended unexpectedly."


def test_a_program_that_is_not_there(qtbot, trainer, tmp_path):
    _, said = trainer(command=(str(tmp_path / "no-python"), "main.py"))
    assert "could not be started" in failure(qtbot, said).message


def test_it_stops_when_asked_to(qtbot, trainer):
    stops = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))\n"
    process, said = trainer(f"{stops}print({json.dumps(PROGRESS)!r}, flush=True)\nwhile True: time.sleep(0.01)")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    process.cancel()
    assert ended(qtbot, said) == ("cancelled", None)


def test_what_does_not_stop_is_ended(qtbot, trainer, monkeypatch):
    monkeypatch.setattr("gui.trainer_process.GRACE_MS", 100)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    process, said = trainer(f"{deaf}print({json.dumps(PROGRESS)!r}, flush=True)\nwhile True: time.sleep(0.01)")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    process.cancel()
    assert ended(qtbot, said) == ("cancelled", None)


def test_somebody_else_interrupts_it(qtbot, trainer):
    _, said = trainer("sys.exit(130)", PROGRESS)
    assert ended(qtbot, said) == ("cancelled", None)


def test_waiting_for_the_end(qtbot, trainer, monkeypatch):
    monkeypatch.setattr("gui.trainer_process.LAST_GRACE_MS", 300)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    process, said = trainer(f"{deaf}print({json.dumps(PROGRESS)!r}, flush=True)\nwhile True: time.sleep(0.01)")
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    process.cancel()
    process.wait()
    assert said[-1] == ("cancelled", None)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system knows no priorities of this kind")
def test_it_gives_way_to_everything_else(qtbot, trainer):
    before = os.getpriority(os.PRIO_PROCESS, 0)
    tell = "print('lookalike:', os.getpriority(os.PRIO_PROCESS, 0), file=sys.stderr)"
    _, said = trainer(f"import time\ntime.sleep(0.5)\n{tell}\nsys.exit(1)")
    assert int(failure(qtbot, said).message) == max(before, NICE)
