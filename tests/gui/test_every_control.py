"""Each place of the window by keyboard and by screen reader: every control has a name, a role, and can be reached."""

import pytest
from places import PLACES, leave
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu
from walk import clickable_only, cramped, nameless_entries, out_of_reach, unnamed, without_keys

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROUNDS = 5
"""Of events, until what is laid out anew is laid out: each layout asks the one around it."""


@pytest.mark.parametrize("name", PLACES)
def test_every_control(dressed, settled, photos, name):
    place = PLACES[name](settled, photos)
    place.activateWindow()
    settled.until(lambda: place.isActiveWindow() or place.windowType() == Qt.WindowType.Popup)
    settled.until(lambda: not settled.session.tasks.busy)
    for _ in range(ROUNDS):
        QCoreApplication.processEvents()
    wrong = [*unnamed(place), *without_keys(place), *clickable_only(place), *cramped(place), *out_of_reach(place)]
    wrong += nameless_entries(place) if isinstance(place, QMenu) else []
    leave(place, settled)
    assert not wrong, "\n".join(wrong)
