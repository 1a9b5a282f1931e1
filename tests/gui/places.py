"""Every page, panel, dialog and menu of the window, each with the way to it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from checks import having, having_compared, having_nothing, having_runs
from copies import find
from deeds import choose
from gestures import question
from health_places import damaged, health, health_at_work, log
from played import story, verdict, write_run
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from user import User

from engine.errors import EngineError, PhotosElsewhereError
from gui.crash import CrashDialog
from gui.dialogs.not_opened import NotOpenedPage
from gui.dialogs.programs import ProgramsDialog
from gui.panels.chip_menu import chip_menu
from gui.panels.folder_row import FolderRow
from gui.programs import Program
from gui.training import Step
from gui.training_corrections import Corrections
from gui.training_records import Examined, Plan, Verdict
from gui.viewers.compare_bar import View

Key = Qt.Key
Photos = list[Path]


def welcome(user: User, photos: Photos) -> QWidget:
    return user.window


def recent(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    user.workspace.searching.clear()
    user.until(user.workspace.welcome.cards)
    return user.window


def results(user: User, photos: Photos) -> QWidget:
    """With two chips, a selected photo, its details and its collections, and a message."""
    user.workspace.doers.collecting._create("Beach", user.workspace.results.gallery.selected_photos())
    user.search_with(photos[0])
    user.workspace.query_bar.chips.chips()[0].setFocus()
    choose(user, 3)
    user.key(user.workspace.results.gallery, Key.Key_Minus)
    user.until(lambda: (result := user.workspace.results.result) and len(result.query.pictures) == 2)
    choose(user, 2, 4)
    if user.workspace.details.isHidden():
        user.window.commands["details"].trigger()
    user.until(user.workspace.decided.section.isVisible)
    return user.window


def narrow(user: User, photos: Photos) -> QWidget:
    results(user, photos)
    user.until(lambda: not user.session.tasks.busy)
    user.window.resize(user.window.minimumSizeHint().expandedTo(user.window.minimumSize()))
    return user.window


def filters(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    user.window.commands["filters"].trigger()
    panel = user.workspace.filters
    user.until(lambda: panel.isVisible() and panel.summary.text())
    panel.orientations.chosen.emit(("landscape",))
    user.until(lambda: user.workspace.query_bar.chips.filter_chips())
    return user.window


def timeline(user: User, photos: Photos) -> QWidget:
    from gui.browsing import View as Way

    user.workspace.exploring.view(Way.TIMELINE)
    user.until(lambda: len(user.workspace.results.model.listing) == len(photos))
    return user.window


def viewer(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    choose(user, 2)
    user.key(user.workspace.results.gallery, Key.Key_Return)
    user.until(lambda: user.workspace.viewer.canvas.layer.loaded_side)
    return user.window


def comparison(user: User, photos: Photos, view: View = View.SIDE_BY_SIDE) -> QWidget:
    user.search_with(photos[0])
    choose(user, 2)
    user.key(user.workspace.results.gallery, Key.Key_C)
    page = user.workspace.comparison
    user.until(lambda: page.stays.canvas.layer.loaded_side and page.changes.canvas.layer.loaded_side)
    page.show_as(view)
    return user.window


def swipe(user: User, photos: Photos) -> QWidget:
    return comparison(user, photos, View.SWIPE)


def difference(user: User, photos: Photos) -> QWidget:
    return comparison(user, photos, View.DIFFERENCE)


def flicker(user: User, photos: Photos) -> QWidget:
    return comparison(user, photos, View.FLICKER)


def why(user: User, photos: Photos) -> QWidget:
    comparison(user, photos, View.WHY)
    user.until(lambda: user.workspace.comparison.stays.canvas.heat)
    return user.window


def region(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    chip = user.workspace.query_bar.chips.chips()[0]
    chip.setFocus()
    user.key(chip, Key.Key_Return)
    user.until(lambda: user.workspace.picker.canvas.layer.loaded_side)
    user.key(user.workspace.picker, Key.Key_Right)
    return user.window


def atlas(user: User, photos: Photos) -> QWidget:
    """With a selection."""
    user.workspace.library_panel.map.click()
    user.until(lambda: user.workspace.atlas.canvas.atlas is not None)
    user.workspace.atlas.legend.rows[0].click()
    return user.window


def duplicates(user: User, photos: Photos) -> QWidget:
    """With a group that was reviewed, and one that is looked at."""
    folder = photos[0].parent / "copies, a folder with quite a long name"
    folder.mkdir()
    for photo in photos[:2]:
        shutil.copyfile(photo, folder / f"again, {photo.name}")
    user.workspace.indexing.update()
    user.until(lambda: user.workspace.watch.latest.counts.searchable == len(photos) + 2)
    user.until(lambda: not user.workspace.indexing.running)
    find(user)
    user.workspace.deduplicating.page.actions_["reviewed"].trigger()
    return user.window


def duplicates_to_look_for(user: User, photos: Photos) -> QWidget:
    user.window.commands["duplicates"].trigger()
    user.workspace.deduplicating.page.start.show_reference(photos[0].parent)
    return user.window


def duplicates_compared(user: User, photos: Photos) -> QWidget:
    duplicates(user, photos)
    page = user.workspace.deduplicating.page
    page.actions_["compare_group"].trigger()
    viewer = page.comparison.viewer
    user.until(lambda: viewer.stays.canvas.layer.loaded_side and viewer.changes.canvas.layer.loaded_side)
    return user.window


def weighing(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    weight = user.workspace.query_bar.chips.chips()[0].weight
    weight.open()
    return weight.popup


def not_opened(user: User, photos: Photos) -> QWidget:
    page = NotOpenedPage(EngineError("Another program uses it.", "Close that program."), photos[0].parent)
    page.setParent(user.window, Qt.WindowType.Dialog)
    page.resize(user.window.minimumSize())
    page.show()
    return page


def settings(user: User, photos: Photos, page: int = 0) -> QWidget:
    dialog = user.session.show_settings()
    dialog.list.setCurrentRow(page)
    user.until(lambda: "…" not in dialog.indexing.used.text())
    return dialog


def settings_of_indexing(user: User, photos: Photos) -> QWidget:
    return settings(user, photos, 1)


def settings_of_keys(user: User, photos: Photos) -> QWidget:
    return settings(user, photos, 2)


def settings_of_privacy(user: User, photos: Photos) -> QWidget:
    return settings(user, photos, 3)


def models(user: User, photos: Photos) -> QWidget:
    user.window.commands["models"].trigger()
    dialog = user.workspace.models.dialog
    user.until(dialog.cards)
    return dialog


def training(user: User, photos: Photos) -> QWidget:
    user.window.commands["train"].trigger()
    dialog = user.workspace.training.dialog
    user.until(dialog.choosing.base.count)
    dialog.choosing.add_sources([photos[0].parent])
    return dialog


def training_lacks_photos(user: User, photos: Photos) -> QWidget:
    """With a ground truth whose photos are not where they were looked for, and a training that was stopped."""
    where = photos[0].parent
    truth, elsewhere = where / "a ground truth with quite a long name.json", where / "a folder of other photos"
    user.workspace.training.plan = Plan((truth,), photos=elsewhere)
    dialog = training(user, photos)
    user.until(lambda: not user.session.tasks.busy)
    user.workspace.training._show_unfinished(Plan(name="a very long name of my photos", recipe="thorough"))
    message = f"Not one good photo of the 11 landmarks is in {where}, besides those that ask."
    dialog.show_error(PhotosElsewhereError(message, "Choose the folder in which the photos lie."))
    return dialog


def training_options(user: User, photos: Photos) -> QWidget:
    dialog = training(user, photos)
    dialog.choosing.expert.click()
    dialog.choosing.options.click()
    return dialog


def training_runs(user: User, photos: Photos) -> QWidget:
    return trained(user, photos, Step.LOOKING)


def training_learns(user: User, photos: Photos) -> QWidget:
    """With the curves of two tests, and what a photo finds by now."""
    dialog, training = trained(user, photos, Step.LEARNING), user.workspace.training
    for event in story(photos):
        training.story.take(event["event"], event)
    training.story_changed.emit()
    user.until(lambda: dialog.running.learning.plots)
    return dialog


def training_earlier(user: User, photos: Photos) -> QWidget:
    for number in range(3):
        write_run(user.session.library.folder / "runs" / f"2026-11-2{number}-101500-abcdefgh", accepted=number != 1)
    user.workspace.training.earlier.look()
    user.until(lambda: user.workspace.training.earlier.runs)
    dialog = training(user, photos)
    dialog.show_earlier()
    user.until(dialog.earlier.cards)
    return dialog


def training_found(user: User, photos: Photos) -> QWidget:
    problem = {"message": "They are labelled cup and mug.", "hint": "Look at them.", "suggestion": ""}
    rows = [[str(photo), ("cup", "mug")[place % 2], ""] for place, photo in enumerate(photos)]
    user.workspace.training.examined = Examined.read(
        {
            "classes": {"cup": 6, "mug": 6},
            "problems": [
                problem | {"photos": [str(photo) for photo in photos[:7]]},
                problem | {"photos": [str(photos[8])], "suggestion": "a very long name of a subject"},
            ],
            "skipped": [{"path": str(photos[0].parent / "broken.jpg"), "reason": "It is no picture."}],
            "labelled": rows,
        }
    )
    user.workspace.training.interrupted = True
    user.workspace.training.corrections = Corrections({photos[8]: "a very long name of a subject"})
    return trained(user, photos, Step.EXAMINED)


def training_judged(user: User, photos: Photos) -> QWidget:
    found = [{"path": str(photo), "distance": 0.2, "alike": place < 3} for place, photo in enumerate(photos[1:7])]
    examples = [{"query": str(photo), "before": found[::-1], "after": found} for photo in photos[:2]]
    told = verdict(photos[0].parent, accepted=False) | {"examples": examples}
    user.workspace.training.verdict = Verdict.read(told)
    return trained(user, photos, Step.JUDGED)


def trained(user: User, photos: Photos, step: Step) -> QWidget:
    """The dialog after so many steps."""
    user.workspace.training.plan = Plan((photos[0].parent,), (), "tiny", name="my-photos")
    dialog = training(user, photos)
    user.workspace.training._go_to(step)
    return dialog


def keys(user: User, photos: Photos) -> QWidget:
    user.window.commands["keys"].trigger()
    return dialog_of(user)


def about(user: User, photos: Photos) -> QWidget:
    user.window.commands["about"].trigger()
    dialog = dialog_of(user)
    user.until(dialog.copy.isEnabled)
    return dialog


def skipped(user: User, photos: Photos) -> QWidget:
    (photos[0].parent / "broken.jpg").write_bytes(b"no picture at all")
    user.workspace.indexing.update()
    user.until(user.workspace.activity.details.isVisible)
    user.workspace.activity.details.click()
    user.until(lambda: dialog_of(user))
    return dialog_of(user)


def excludes(user: User, photos: Photos) -> QWidget:
    user.workspace.upkeep.ask_what_to_leave_out(folder_of(user).root)
    user.until(lambda: dialog_of(user).effect.text())
    return dialog_of(user)


def rejections(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    choose(user, 4)
    user.key(user.workspace.results.gallery, Key.Key_X)
    user.until(lambda: user.window.messages.texts)
    user.window.commands["rejections"].trigger()
    user.until(lambda: dialog_of(user) and dialog_of(user).model.rows)
    dialog_of(user).view.selectRow(0)
    return dialog_of(user)


def removing(user: User, photos: Photos) -> QWidget:
    user.workspace.upkeep.ask_to_remove(folder_of(user).root)
    return question(user.window)


def naming(user: User, photos: Photos) -> QWidget:
    user.workspace.doers.collecting.ask_for_new()
    return user.workspace.doers.collecting.dialog


def programs(user: User, photos: Photos) -> QWidget:
    known = [Program(name, name, (name, "%F")) for name in ("Image Viewer", "Photo Editor")]
    dialog = ProgramsDialog(known, user.window)
    dialog.show()
    return dialog


def fault(user: User, photos: Photos) -> QWidget:
    dialog = CrashDialog("Traceback: a very long line of it\n" * 20, photos[0].parent, user.window)
    dialog.show()
    return dialog


def main_menu(user: User, photos: Photos) -> QWidget:
    user.window._menu.popup(user.window.mapToGlobal(QPoint(40, 40)))
    return user.window._menu


def photo_menu(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    choose(user, 2)
    menu = user.workspace.photo_actions.menu(user.workspace.results.gallery.selected_photos())
    menu.popup(user.window.mapToGlobal(QPoint(40, 40)))
    return menu


def menu_of_a_chip(user: User, photos: Photos) -> QWidget:
    user.search_with(photos[0])
    menu = chip_menu(user.workspace.query_bar.chips.chips()[0])
    menu.popup(user.window.mapToGlobal(QPoint(40, 40)))
    return menu


def folder_of(user: User) -> FolderRow:
    """The row of the only folder."""
    user.until(user.workspace.folders.rows)
    return user.workspace.folders.rows()[0]


def dialog_of(user: User) -> QWidget | None:
    """The dialog that is open, if one is."""
    open_ones = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not user.window]
    return open_ones[-1] if open_ones else None


def leave(place: QWidget, user: User) -> None:
    """Close what is not the window itself."""
    if place is not user.window:
        place.close()
        place.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


PLACES: dict[str, Callable[[User, Photos], QWidget]] = {
    of.__name__: of
    for of in (
        welcome, recent, results, narrow, filters, timeline, viewer, comparison, swipe, difference, flicker, why,
        atlas, having, having_nothing, having_runs, having_compared,
        region, weighing, not_opened, damaged, health, health_at_work, log,
        settings, settings_of_indexing, settings_of_keys, settings_of_privacy,
        duplicates, duplicates_to_look_for, duplicates_compared,
        models, keys,
        training, training_lacks_photos, training_options, training_runs, training_learns, training_found,
        training_judged, training_earlier,
        about, skipped, excludes, rejections, removing, naming, programs, fault, main_menu, photo_menu, menu_of_a_chip,
    )
}  # fmt: skip
