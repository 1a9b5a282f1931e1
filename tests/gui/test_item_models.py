"""Every item model of the window keeps Qt's rules, on a real library and while a person changes what it shows."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checks import card_of
from copies import find
from deeds import choose, offer
from PIL import Image
from places import dialog_of, duplicates
from PySide6.QtCore import QAbstractItemModel, Qt, qInstallMessageHandler
from PySide6.QtWidgets import QLineEdit, QWidget
from user import User

import gui
from engine.paths import AppPaths
from gui.browsing import View
from gui.dialogs.log_model import LogModel
from gui.dialogs.rejections import RejectionsModel
from gui.dialogs.skipped_model import SkippedModel
from gui.duplicates.models import GroupsModel, MembersModel
from gui.filters.counted_model import CountedModel
from gui.filters.folder_model import FolderModel
from gui.gallery.arrangement import Order
from gui.gallery.model import GalleryModel
from gui.having.model import HavingModel
from gui.panels.collections import CollectionsModel
from gui.panels.history_model import HistoryModel

Key = Qt.Key
CHECK = Qt.ItemDataRole.CheckStateRole
CHANGES = ("modelReset", "rowsInserted", "rowsRemoved", "layoutChanged", "dataChanged")
Watch = Callable[[QAbstractItemModel], None]
Life = Callable[[User, list[Path], Watch], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def life_of_the_history(user: User, photos: list[Path], watch: Watch) -> None:
    panel = user.workspace.history
    watch(panel.model)
    for path in photos[:3]:
        user.search_with(path)
    user.until(lambda: len(user.history()) == 4)
    user.choose_from_history("photo_001.jpg")
    user.key(panel.view, Key.Key_P)
    user.until(lambda: user.history()[:2] == ["Pinned", "photo_001.jpg"])
    user.choose_from_history("photo_000.jpg")
    user.key(panel.view, Key.Key_F2)
    (editor,) = panel.view.viewport().findChildren(QLineEdit)
    editor.setText("Beach")
    user.key(editor, Key.Key_Return)
    user.until(lambda: "Beach" in user.history())
    panel.filter.setText("beach")
    assert user.history() == ["Today", "Beach"]
    panel.filter.setText("")
    user.choose_from_history("Beach")
    user.key(panel.view, Key.Key_Delete)
    user.until(lambda: "Beach" not in user.history())
    offer(user).click()
    user.until(lambda: "Beach" in user.history())
    panel.clear.click()
    user.until(lambda: "Beach" not in user.history())


def life_of_the_collections(user: User, photos: list[Path], watch: Watch) -> None:
    model, collecting = user.workspace.collections.model, user.workspace.doers.collecting
    watch(model)
    user.search_with(photos[0])

    def names() -> list[str]:
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    for name in ("Walks", "Beach"):
        choose(user, 1, 2)
        collecting._create(name, user.workspace.results.gallery.selected_photos())
        user.until(lambda name=name: name in names())
    collecting.ask_to_rename(model.collections[0])
    collecting.dialog.setTextValue("Zebras")
    collecting.dialog.accept()
    user.until(lambda: names() == ["Walks", "Zebras"])
    choose(user, 4)
    collecting.drop(model.collections[0], [user.workspace.results.gallery.selected_photos()[0].id])
    user.until(lambda: model.collections[0].photos == 3)
    collecting.delete(model.collections[0])
    user.until(lambda: names() == ["Zebras"])
    offer(user).click()
    user.until(lambda: names() == ["Walks", "Zebras"])


def life_of_the_counts(user: User, photos: list[Path], watch: Watch) -> None:
    user.window.commands["filters"].trigger()
    panel = user.workspace.filters
    watch(panel.formats)
    user.until(lambda: panel.formats.index(0, 1).data() == "12")
    another_format(photos)
    user.workspace.indexing.update()
    user.until(lambda: panel.formats.rowCount() == 2)
    panel.formats.setData(panel.formats.index(1, 0), Qt.CheckState.Checked, CHECK)
    user.until(lambda: panel.orientations.index(0, 1).data() in ("1", "0"))
    panel.clear.click()
    user.until(lambda: not panel.filters.kinds)


def another_format(photos: list[Path]) -> None:
    Image.open(photos[0]).resize((40, 30)).save(photos[0].parent / "small.png")


def life_of_the_folders(user: User, photos: list[Path], watch: Watch) -> None:
    user.window.commands["filters"].trigger()
    model = user.workspace.filters.folders
    watch(model)
    user.until(lambda: model.rowCount() == 1)
    sea = photos[0].parent / "sea"
    (sea / "deep").mkdir(parents=True)
    photos[3].rename(sea / "deep" / photos[3].name)
    user.workspace.indexing.update()
    user.until(lambda: model.index_of(sea / "deep").isValid())
    user.workspace.filters.folder_view.expandAll()
    model.setData(model.index_of(sea), Qt.CheckState.Checked, CHECK)
    user.until(lambda: model.index_of(photos[0].parent).data(CHECK) == Qt.CheckState.PartiallyChecked)
    model.setData(model.index_of(sea), Qt.CheckState.Unchecked, CHECK)
    sea.rename(sea.with_name("ocean"))
    user.workspace.indexing.update()
    user.until(lambda: model.index_of(sea.with_name("ocean")).isValid())
    assert user.workspace.filters.folder_view.isExpanded(model.index_of(photos[0].parent))
    user.workspace.upkeep._change(lambda job: user.session.library.roots.remove(root_of(user).id))
    user.until(lambda: model.rowCount() == 0)


def root_of(user: User):
    return user.session.library.roots.list()[0]


def life_of_the_gallery(user: User, photos: list[Path], watch: Watch) -> None:
    results = user.workspace.results
    watch(results.model)
    user.search_with(photos[0])
    choose(user, 1, 5)
    user.key(results.gallery, Key.Key_H)
    user.until(lambda: results.model.rowCount() == 10)
    offer(user).click()
    user.until(lambda: results.model.rowCount() == 12)
    choose(user, 3)
    user.key(results.gallery, Key.Key_Minus)
    user.until(lambda: results.result and len(results.result.query.pictures) == 2)
    for backwards in (False, True):
        results.header.ordered.emit(Order.NAME, backwards)
    assert results.model.index(0, 0).data() == "photo_011.jpg"
    user.workspace.exploring.view(View.ALL)
    user.until(lambda: results.model.rowCount() == 12 and results.model.photo_at(11))
    another_format(photos)
    user.workspace.indexing.update()
    user.until(lambda: results.model.rowCount() == 13)
    user.workspace.step_back()
    user.workspace.step_back()


def life_of_the_rejections(user: User, photos: list[Path], watch: Watch) -> None:
    user.search_with(photos[0])
    choose(user, 3, 4)
    user.key(user.workspace.results.gallery, Key.Key_X)
    user.until(lambda: len(user.matches()) == 10)
    user.window.commands["rejections"].trigger()
    user.until(lambda: dialog_of(user) and dialog_of(user).model.rowCount() == 2)
    dialog = dialog_of(user)
    watch(dialog.model)
    dialog.search.setText("no such name")
    assert dialog.model.rowCount() == 0
    dialog.search.setText("")
    dialog.view.selectRow(0)
    dialog.back.click()
    assert dialog.model.rowCount() == 1
    user.until(lambda: len(user.matches()) == 11)
    dialog.close()


def life_of_the_skipped(user: User, photos: list[Path], watch: Watch) -> None:
    folder = photos[0].parent
    (folder / "cut.jpg").write_bytes(photos[1].read_bytes()[:100])
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "notes.txt").write_text("hello")
    user.workspace.indexing.update()
    user.until(user.workspace.activity.details.isVisible)
    user.workspace.activity.details.click()
    user.until(lambda: dialog_of(user) and dialog_of(user).model.rowCount() == 5)
    dialog = dialog_of(user)
    watch(dialog.model)
    for heading in [row for row in dialog.model.rows if hasattr(row, "kind")]:
        dialog.model.toggle(heading.kind)
    dialog.search.setText("cut")
    assert dialog.model.rowCount() == 2
    dialog.search.setText("")
    (folder / "cut.jpg").write_bytes(photos[1].read_bytes())
    dialog.again.click()
    user.until(lambda: not any("cut.jpg" in str(dialog.model.index(row, 0).data()) for row in range(4)))
    dialog.close()


def life_of_the_checked_files(user: User, photos: list[Path], watch: Watch) -> None:
    checking = user.workspace.checking
    checking.show()
    checking.dialog.close()
    model, header = checking.page.model, checking.page.header
    watch(model)
    checking.check([card_of(photos)])
    user.until(lambda: not checking.page.running)
    assert model.rowCount() == 8
    for order in range(header.order.count()):
        header.order.setCurrentIndex(order)
    for group in ("new", "identical", "unreadable"):
        header.buttons[group].click()
        assert {row.group for row in model.rows} == {group}
    header.search.setText("no such name")
    assert model.rowCount() == 0
    header.search.setText("")
    header.buttons[""].click()
    checking.check([photos[0].parent])
    user.until(lambda: not checking.page.running)
    assert model.rowCount() == 12


def life_of_the_log(user: User, photos: list[Path], watch: Watch) -> None:
    file = AppPaths.log_in(photos[0].parent.parent / "state") / "lookalike.log"
    file.parent.mkdir(parents=True)
    entry = "2026-11-27 07:21:00,123 {} MainThread gui.app: It said\n"
    file.write_text(entry.format("INFO"))
    user.window.commands["log"].trigger()
    dialog = user.session._log
    user.until(lambda: dialog.model.rowCount() == 1)
    watch(dialog.model)
    with file.open("a") as stream:
        stream.write(entry.format("ERROR") * 3)
    user.until(lambda: dialog.model.rowCount() == 4)
    dialog.level.setCurrentIndex(2)
    assert dialog.model.rowCount() == 3
    dialog.search.setText("no such word")
    assert dialog.model.rowCount() == 0
    dialog.close()


def life_of_the_duplicates(user: User, photos: list[Path], watch: Watch) -> None:
    page = user.workspace.deduplicating.page
    watch(page.pane.groups_model)
    live_among_duplicates(user, photos)


def life_of_the_duplicate_photos(user: User, photos: list[Path], watch: Watch) -> None:
    watch(user.workspace.deduplicating.page.pane.members_model)
    live_among_duplicates(user, photos)


def live_among_duplicates(user: User, photos: list[Path]) -> None:
    """Groups are found, marked, looked through, kept apart, brought back and found again."""
    page = user.workspace.deduplicating.page
    duplicates(user, photos)
    user.key(page.pane.members, Key.Key_B)
    user.key(page.pane.members, Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    user.until(lambda: page.pane.groups_model.rowCount() == 1)
    user.key(page.pane.members, Key.Key_U)
    user.until(lambda: page.pane.groups_model.rowCount() == 2)
    find(user)


LIVES: dict[type[QAbstractItemModel], tuple[Life, set[str]]] = {
    HistoryModel: (life_of_the_history, {"modelReset", "dataChanged"}),
    CollectionsModel: (life_of_the_collections, {"modelReset", "dataChanged"}),
    CountedModel: (life_of_the_counts, {"modelReset", "dataChanged"}),
    FolderModel: (life_of_the_folders, {"modelReset", "layoutChanged"}),
    GalleryModel: (life_of_the_gallery, {"modelReset", "rowsInserted", "rowsRemoved", "layoutChanged", "dataChanged"}),
    RejectionsModel: (life_of_the_rejections, {"modelReset"}),
    GroupsModel: (life_of_the_duplicates, {"modelReset", "rowsRemoved", "rowsInserted", "dataChanged"}),
    MembersModel: (life_of_the_duplicate_photos, {"modelReset", "dataChanged"}),
    SkippedModel: (life_of_the_skipped, {"modelReset"}),
    HavingModel: (life_of_the_checked_files, {"modelReset", "rowsInserted"}),
    LogModel: (life_of_the_log, {"modelReset", "rowsInserted"}),
}
"""For every model what a person does with it, and the ways in which that must have changed it."""


@pytest.mark.parametrize("kind", LIVES, ids=lambda kind: kind.__name__)
def test_it_keeps_the_rules_of_qt_models_while_it_is_used(kind, settled, photos, qtmodeltester):
    """Qt's own tester listens to every signal to the end; what it objects to is a warning, which fails the test."""
    life, expected = LIVES[kind]
    heard: set[str] = set()

    def watch(model: QAbstractItemModel) -> None:
        assert isinstance(model, kind)
        for name in CHANGES:
            getattr(model, name).connect(lambda *_, name=name: heard.add(name))
        qtmodeltester.check(model)

    life(settled, photos, watch)
    assert heard >= expected


def test_no_model_is_forgotten():
    assert set(models_in(gui)) == set(LIVES)


def models_in(package) -> Iterator[type[QAbstractItemModel]]:
    """The item models that are written in a package, those that change other models among them."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for made in vars(importlib.import_module(module.name)).values():
            if isinstance(made, type) and issubclass(made, QAbstractItemModel) and made.__module__ == module.name:
                yield made


def test_the_tester_objects_to_a_model_that_breaks_the_rules(qapp, qtlog, qtmodeltester):
    """Or else none of the above would say anything."""
    parent, said = QWidget(), []
    model = CollectionsModel(parent)
    qtmodeltester.check(model)
    with qtlog.disabled():  # it would fail this test
        before = qInstallMessageHandler(lambda kind, context, message: said.append(message))
        model.rowsInserted.emit(model.index(0), 0, 0)
        qInstallMessageHandler(before)
    assert any("FAIL!" in message for message in said)
    parent.deleteLater()
