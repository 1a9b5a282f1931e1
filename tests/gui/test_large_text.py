"""With the font of the system twice as large, the panels at the sides are as wide as their words."""

import pytest
from places import results
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton

from gui.theme import font

ROUNDS = 5


@pytest.fixture
def large(dressed, undressed):
    undressed.setFont(font(undressed.font(), 2))


def test_no_button_of_the_panels_is_cut_off(large, settled, photos):
    results(settled, photos)
    settled.until(lambda: not settled.session.tasks.busy)
    for _ in range(ROUNDS):
        QCoreApplication.processEvents()
    for panel in (settled.workspace.sidebar, settled.workspace.details):
        buttons = [one for one in panel.findChildren(QAbstractButton) if one.isVisible() and one.text()]
        assert buttons
        cut_off = [one.text() for one in buttons if one.sizeHint().width() > one.width() + 1]
        assert not cut_off
