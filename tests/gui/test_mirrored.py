"""Where one reads from the right, the window is mirrored, and the arrows go where they point."""

import pytest
from deeds import choose
from PySide6.QtCore import QPoint, Qt

from gui.icons import icon

Key = Qt.Key


@pytest.fixture
def mirrored(undressed):
    undressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


@pytest.fixture
def asked(mirrored, settled, photos):
    settled.search_with(photos[0])
    return settled


def x_of(widget) -> int:
    return widget.mapToGlobal(QPoint(widget.width() // 2, 0)).x()


def test_panels_buttons_chips_and_photos_lie_the_other_way_round(asked):
    workspace, gallery = asked.workspace, asked.workspace.results.gallery
    assert x_of(workspace.sidebar) > x_of(workspace.stage)
    assert x_of(workspace.query_bar.back) > x_of(workspace.query_bar.forward) > x_of(workspace.query_bar.menu)
    choose(asked, 5)
    gallery.less_like_wanted.emit(gallery.current_photo())
    asked.until(lambda: len(asked.query_names()) == 2)
    first, second = workspace.query_bar.chips.chips()
    asked.until(lambda: x_of(first) > x_of(second))
    model = workspace.results.model
    assert gallery.visualRect(model.index(1)).x() > gallery.visualRect(model.index(2)).x()


def test_arrows_go_where_they_point(asked):
    gallery, matches = asked.workspace.results.gallery, asked.matches()
    choose(asked, 2)
    asked.key(gallery, Key.Key_Left)
    assert gallery.current_photo().path.name == matches[3]
    asked.key(gallery, Key.Key_Return)
    viewer = asked.workspace.viewer
    asked.key(viewer, Key.Key_Left)
    assert viewer.photo.path.name == matches[4]
    asked.key(viewer, Key.Key_Escape)
    asked.key(gallery, Key.Key_C)
    comparison = asked.workspace.comparison
    asked.until(lambda: asked.workspace.stage.comparing)
    before = comparison.photo.path.name
    asked.key(comparison, Key.Key_Left)
    assert matches.index(comparison.photo.path.name) == matches.index(before) + 1
    asked.key(comparison, Key.Key_Right)
    assert comparison.photo.path.name == before


@pytest.mark.parametrize("name", ["back", "forward", "undo", "redo"])
def test_icons_that_point_are_mirrored(undressed, name):
    usual = icon(name).pixmap(64, 64).toImage()
    undressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert icon(name).pixmap(64, 64).toImage() != usual
