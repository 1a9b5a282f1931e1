"""A yes-or-no question over a window: asked in one way, answered later, and never taken for markup."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what the answers are called.

    Attributes:
        text: the question.
        hint: what else there is to know before it is answered.
        harmless: yes does nothing that one may be sorry for; if not, Enter says no. Escape always does.
    """

    title: str
    text: str
    hint: str
    yes: str
    no: str
    harmless: bool = False


def ask(window: QWidget, question: Question, on_yes: Callable[[], object]) -> QMessageBox:
    """Ask; nothing waits for the answer, and if the window is closed there is none.

    Args:
        on_yes: called once the question is gone, if the answer is yes.
    """
    box = QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names of files may look like markup
    box.setWindowTitle(question.title)
    box.setText(question.text)
    box.setInformativeText(question.hint)
    role = QMessageBox.ButtonRole.AcceptRole if question.harmless else QMessageBox.ButtonRole.DestructiveRole
    yes = box.addButton(question.yes, role)
    no = box.addButton(question.no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(yes if question.harmless else no)
    box.setEscapeButton(no)
    box.finished.connect(lambda: on_yes() if box.clickedButton() is yes else None)
    box.open()
    return box
