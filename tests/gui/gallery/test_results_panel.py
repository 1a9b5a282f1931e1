from collections.abc import Callable

import pytest
from paged import Paged
from pytestqt.qtbot import QtBot

from engine.records import SearchResult
from gui.gallery.thumbnails import ThumbnailLoader
from gui.panels.results import ResultsPanel


@pytest.fixture
def panel(qtbot: QtBot, loader: ThumbnailLoader) -> ResultsPanel:
    made = ResultsPanel(loader, 140)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_photos_that_answer_no_query(
    panel: ResultsPanel, paged: Callable[..., Paged], make_answer: Callable[..., SearchResult]
) -> None:
    panel.show_result(make_answer("ab"))
    panel.show_listing(paged(5000), "5,000 photos", "in Pictures")
    assert (panel.summary.text(), panel.timing.text()) == ("5,000 photos", "in Pictures")
    assert panel.result is None
    assert panel.model.rowCount() == 5000
    panel.show_result(make_answer("abc"))
    assert panel.summary.text() == "3 matches"
