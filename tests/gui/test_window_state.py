import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from gui.window_state import WindowState


def test_without_a_memory_there_are_defaults(tmp_path, qtbot):
    state = WindowState(tmp_path)
    assert state.thumbnail_size == 160
    assert state.sidebar_shown is True


def test_values_keep_their_types_in_a_new_process(tmp_path):
    program = (
        "from pathlib import Path; from gui.window_state import WindowState\n"
        f"state = WindowState(Path({str(tmp_path)!r}))\n"
    )
    write = "state.thumbnail_size = 220; state.sidebar_shown = False"
    read = "assert state.thumbnail_size == 220 and state.sidebar_shown is False"
    for then in (write, read):
        subprocess.run([sys.executable, "-c", program + then], check=True, cwd=Path(__file__).parents[2])


def test_the_window_comes_back_as_it_was(tmp_path, qtbot):
    first, second = QMainWindow(), QMainWindow()
    for window in (first, second):
        qtbot.addWidget(window)
    first.resize(700, 500)
    splitter = QSplitter(first)
    for _ in range(2):
        splitter.addWidget(QWidget())
    splitter.resize(400, 100)
    splitter.setSizes([100, 300])
    WindowState(tmp_path).save(first, {"main": splitter})

    other = QSplitter(second)
    for _ in range(2):
        other.addWidget(QWidget())
    other.resize(400, 100)
    state = WindowState(tmp_path)
    state.restore_window(second)
    state.restore_splitter("main", other)
    assert second.size() == first.size()
    assert other.sizes() == splitter.sizes()
