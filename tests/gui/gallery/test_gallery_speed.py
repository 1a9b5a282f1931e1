"""A million photos. The limits leave room for a slow machine; a layout pass over all rows would break every one."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.records import Match, Photo, PhotoState, Query, QueryPicture, SearchResult, Timing
from gui.gallery.listing import Answer
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import ThumbnailLoader
from gui.gallery.view import GalleryView

MILLION = 1_000_000
ROOM = 3


def milliseconds(run: Callable[[], object]) -> float:
    """Of this thread's own time, so that a busy machine does not count."""
    start = time.thread_time()
    run()
    QApplication.processEvents()
    return (time.thread_time() - start) * 1000


@pytest.fixture(scope="module")
def million() -> SearchResult:
    path, now = Path("/photos/beach.jpg"), datetime(2024, 5, 3)
    matches = tuple(
        Match(Photo(str(rank), path, "root", 1000, now, PhotoState.INDEXED, width=320, height=240), 0.1, 0.9, rank)
        for rank in range(1, MILLION + 1)
    )
    return SearchResult(Query((QueryPicture(path=path),)), matches, "tiny", Timing(), MILLION, noise_score=0.5)


@pytest.mark.slow
def test_a_million_photos_are_instant(
    qtbot: QtBot, million: SearchResult, model: GalleryModel, loader: ThumbnailLoader
) -> None:
    view = GalleryView(model, loader)
    qtbot.addWidget(view)
    view.resize(1400, 900)
    model.show(Answer(million))
    assert milliseconds(lambda: (view.show(), view.viewport().repaint())) < 100 * ROOM
    resizes = [milliseconds(lambda step=step: view.resize(1400 - 7 * step, 900 - step)) for step in range(20)]
    assert sorted(resizes)[10] < 30 * ROOM
    bar = view.verticalScrollBar()
    scrolls = [milliseconds(lambda: bar.setValue(bar.value() + 97)) for _ in range(50)]
    assert sorted(scrolls)[25] < 16 * ROOM
    jumps = [milliseconds(lambda step=step: bar.setValue(bar.maximum() // 20 * step)) for step in range(20)]
    assert sorted(jumps)[10] < 16 * ROOM
