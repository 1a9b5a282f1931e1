"""What was looked for last among duplicates is wanted again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from copies import find, write_copies
from user import User

from engine.duplicates.groups import DuplicateOptions, Where
from gui.duplicates.options import from_text, to_text
from gui.duplicates.start import CLOSER, StartPage
from gui.window_state import WindowState

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_was_looked_for_is_wanted_again_after_a_restart(qtbot, user, start_session, tmp_path):
    folder = write_copies(tmp_path / "Copies")
    user.add_folder(folder)
    start = user.workspace.deduplicating.page.start
    assert start.wanted == DuplicateOptions()
    start.where.setCurrentIndex(start.where.findData(Where.ACROSS_FOLDERS))
    start.how_far.setCurrentIndex(start.how_far.findData(CLOSER))
    start.crops.click()
    start.show_reference(folder / "shared")
    find(user)
    start.where.setCurrentIndex(0)  # nothing was looked for with that
    user.window.close()
    user.until(lambda: user.session.library is None and not user.window.isVisible())

    again = User(qtbot, start_session()).workspace.deduplicating.page.start
    assert again.wanted == DuplicateOptions(CLOSER, Where.ACROSS_FOLDERS, (folder / "shared",), crops=True)
    assert again._rows.count() == 1


def test_another_process_reads_what_was_kept_whatever_the_bytes_of_a_name_are(tmp_path):
    odd = Path(os.fsdecode(b"/photos/\xe9t\xe9 \xf0\x9f\x90\xa6"))
    options = DuplicateOptions(CLOSER, Where.WITHIN_FOLDERS, (odd, tmp_path), crops=True)
    WindowState(tmp_path).duplicates = to_text(options)
    program = (
        "import sys; from pathlib import Path; from gui.window_state import WindowState\n"
        "sys.stdout.write(WindowState(Path(sys.argv[1])).duplicates)"
    )
    read = subprocess.run([sys.executable, "-c", program, tmp_path], check=True, cwd=ROOT, capture_output=True)
    assert from_text(read.stdout.decode()) == options


@pytest.mark.parametrize(
    "text", ["", "[]", "no json", '{"min_score": 7}', '{"where": "on the moon"}', '{"references": 3}']
)
def test_what_makes_no_sense_is_the_usual(text):
    assert from_text(text) == DuplicateOptions()


def test_what_another_version_adds_is_passed_over():
    assert from_text('{"min_score": 0.99, "another": 1}') == DuplicateOptions(0.99)


def test_what_the_program_does_not_offer_any_more_is_the_usual(qtbot, tmp_path):
    state = WindowState(tmp_path)
    state.duplicates = '{"min_score": 0.99}'  # it was called the farthest, and was nearer than the usual
    start = StartPage(state)
    qtbot.addWidget(start)
    assert start.wanted == DuplicateOptions()
    scores = [start.how_far.itemData(row) for row in range(start.how_far.count())]
    assert scores == sorted(scores, reverse=True), "each looks farther than the one before it"
    assert scores[-1] == DuplicateOptions().min_score
