"""The one way in which the window asks yes or no."""

import pytest
from gestures import answer, question
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.dialogs.question import Question, ask

REMOVE = Question("Remove?", "Remove “<b>beach</b>”?", "It stays <i>where</i> it is.", yes="Remove", no="Keep")
DOWNLOAD = Question("Download?", "Download it?", "", yes="Download", no="Don’t download", harmless=True)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("words", "answers"), [("Remove", ["yes"]), ("Keep", [])])
def test_only_a_yes_counts_and_the_question_is_gone_by_then(window, qtbot, words, answers):
    said = []
    answer(ask(window, REMOVE, lambda: said.append("yes" if question(window) is None else "too early")), words)
    assert said == answers
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None)


@pytest.mark.parametrize(("asked", "default"), [(REMOVE, "Keep"), (DOWNLOAD, "Download")])
def test_enter_does_no_harm_and_escape_always_means_no(window, qtbot, asked, default):
    said = []
    box = ask(window, asked, lambda: said.append("yes"))
    assert box.defaultButton().text() == default
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert said == []
    assert question(window) is None


def test_closing_the_window_is_no_answer(window):
    said = []
    ask(window, DOWNLOAD, lambda: said.append("yes"))
    window.close()
    assert said == []


def test_names_are_not_taken_for_markup(window):
    box = ask(window, REMOVE, lambda: None)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.text() == "Remove “<b>beach</b>”?"
    box.reject()
