"""Choosing, adding, measuring, exporting and removing models in the window."""

import json
import shutil

import pytest
from gestures import files, question
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.jobs import Progress
from gui.dialogs.models import ModelsDialog
from gui.panels.activity import progress_text
from tests.samples import write_model

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def own(tmp_path):
    """A model that is not installed."""
    return write_model(tmp_path / "downloads", "own", seed=5, dim=8)


def opened(user):
    user.window.commands["models"].trigger()
    dialog = user.workspace.models.dialog
    user.until(dialog.cards)
    return dialog


def said(user, dialog, words):
    user.until(lambda: words in dialog.note.text())


def in_use(user):
    return user.workspace.watch.latest.model


def toast(user, words):
    user.until(lambda: any(words in text for text in user.window.messages.texts))
    return next(t for t in user.window.messages._toasts() if words in t.text)


def drop_on(dialog, mime):
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NO_KEYS))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(9, 9), COPY, mime, LEFT, NO_KEYS))


def texts(view):
    return " ".join(label.text() for label in view.findChildren(type(view.speed)))


def test_each_model_has_a_card(settled):
    dialog = opened(settled)
    assert [view.card.name for view in dialog.cards()] == ["tiny", "zother"]
    tiny, other = dialog.cards()
    assert tiny.state.text() == "Answers searches"
    assert not tiny.use.isVisible()
    settled.until(other.use.isVisible)
    assert "32 values per photo · looks at 32 × 32 pixels" in texts(tiny)
    assert "licence Apache-2.0" in texts(tiny)
    settled.until(lambda: dialog.card("tiny").embedded.text() == "12 photos embedded")
    assert not tiny.remove.isEnabled()
    assert tiny.remove.toolTip() == "It is part of the program."
    assert all("tiny" in one.accessibleName() for one in tiny.buttons())


def test_there_is_one_dialog(user):
    first = opened(user)
    assert opened(user) is first
    first.close()


def test_what_a_model_reached_stands_on_its_card(user, tmp_path):
    folder = user.session.library.folder / "models" / "mine"
    shutil.copytree(write_model(tmp_path / "made", "mine", seed=9), folder)
    fields = json.loads((folder / "manifest.json").read_text())
    metrics = {"precision@1": 0.8125, "before": {"map@r": 0.5, "odd_thing": 3}, "said": "text"}
    fields["training"] = {"recipe": "triplet", "data": "90 photos of cups", "date": "2026-11-03", "metrics": metrics}
    (folder / "manifest.json").write_text(json.dumps(fields))
    shown = texts(opened(user).card("mine"))
    assert "Learned from 90 photos of cups" in shown
    assert "triplet · 03/11/2026" in shown
    assert "Precision of the first match 0.813" in shown
    assert "before: Mean average precision at R 0.500 before: odd thing 3" in shown


def test_another_model_takes_over_and_back(settled, photos):
    settled.search_with(photos[3])
    dialog = opened(settled)
    dialog.card("zother").use.click()
    settled.until(lambda: in_use(settled) == "zother")
    settled.until(lambda: dialog.card("zother").state.text() == "Answers searches")
    settled.until(lambda: settled.workspace.results.result.model == "zother")
    assert settled.matches()[0] == "photo_003.jpg"
    settled.until(lambda: not settled.workspace.indexing.running)
    assert dialog.card("tiny").use.text() == "Back to this model"
    toast(settled, "“zother” answers searches now.").offered.click()
    settled.until(lambda: in_use(settled) == "tiny")
    assert not settled.workspace.indexing.running


def test_another_model_can_be_tried_while_the_present_one_stays(settled, photos):
    dialog = opened(settled)
    dialog.card("zother").use.click()
    settled.until(lambda: in_use(settled) == "zother" and not settled.workspace.indexing.running)
    settled.search_with(photos[3])
    settled.until(lambda: dialog.card("tiny").attempt.isVisible())
    dialog.card("tiny").attempt.click()
    settled.until(lambda: settled.workspace.results.result.model == "tiny")
    assert dialog.card("tiny").state.text() == "Answers for now"
    assert dialog.card("tiny").attempt.text() == "Stop trying it"
    assert in_use(settled) == "zother"
    toast(settled, "“tiny” answers for now").offered.click()
    settled.until(lambda: settled.workspace.results.result.model == "zother")
    assert dialog.card("tiny").attempt.text() == "Try it"
    dialog.card("tiny").attempt.click()
    settled.until(lambda: settled.workspace.models.trial.name == "tiny")
    dialog.card("tiny").use.click()  # what answers for good ends what answers for now
    settled.until(lambda: in_use(settled) == "tiny" and settled.workspace.models.trial.name is None)
    assert not any("for now" in text for text in settled.window.messages.texts)


def test_a_change_waits_for_the_run_and_can_be_given_up(settled, photos, make_photos):
    make_photos(photos[0].parent, 8, first=100)
    dialog = opened(settled)
    settled.workspace.indexing.update()
    settled.workspace.indexing.pause_or_resume()
    dialog.card("zother").use.click()
    settled.until(lambda: dialog.card("zother").state.text() == "Takes over next")
    assert in_use(settled) == "tiny"
    dialog.card("zother").keep.click()
    settled.until(lambda: dialog.card("zother").state.text() == "")
    settled.workspace.indexing.pause_or_resume()
    settled.until(lambda: not settled.workspace.indexing.running)
    assert in_use(settled) == "tiny"


def test_a_change_that_was_cancelled_can_go_on(settled):
    dialog = opened(settled)
    dialog.card("zother").use.click()
    settled.until(lambda: settled.workspace.indexing.running or in_use(settled) == "zother")
    settled.workspace.activity.cancel.click()
    settled.until(lambda: not settled.workspace.indexing.running)
    settled.until(lambda: dialog.card("zother").go_on.isVisible() or in_use(settled) == "zother")
    if in_use(settled) == "tiny":
        dialog.card("zother").go_on.click()
    settled.until(lambda: in_use(settled) == "zother")


def test_embedding_is_told_with_rate_and_time_left(settled):
    progress = Progress("embedding with the new model", 310, 1204, per_second=58.2, seconds_left=170)
    assert progress_text(progress) == "Embedding with the new model 310 of 1,204 · 58 photos/s · 3 min left"
    dialog = opened(settled)
    card = dialog.card("zother")
    card.show_progress(progress)
    assert card.embedded.text() == "310 of 1,204 photos embedded · 58 photos/s · 3 min left"


def test_a_model_dropped_on_the_window_is_added(user, own):
    user.drop(files(own))
    user.until(lambda: user.workspace.models.dialog)
    dialog = user.workspace.models.dialog
    said(user, dialog, "“own” was added.")
    user.until(lambda: any(view.card.name == "own" for view in dialog.cards()))
    user.until(dialog.card("own").use.hasFocus)
    assert not user.workspace.indexing.running


def test_archives_and_files_dropped_on_the_dialog_are_added(user, own, tmp_path):
    dialog = opened(user)
    drop_on(dialog, files(shutil.make_archive(str(tmp_path / "packed"), "zip", own.parent)))
    said(user, dialog, "“own” was added.")
    user.until(lambda: any(view.card.name == "own" for view in dialog.cards()))
    dialog._models.export("own", tmp_path / "own.onnx")
    said(user, dialog, "“own.onnx” was saved.")
    drop_on(dialog, files(tmp_path / "own.onnx"))
    said(user, dialog, "“own-2” was added.")  # the file that carries its manifest is another file
    drop_on(dialog, files(tmp_path / "own.onnx"))
    said(user, dialog, "installed already: own-2")


def test_what_is_no_model_is_told_in_the_dialog(user, photos, own):
    dialog = opened(user)
    drop_on(dialog, files(photos[0]))
    said(user, dialog, "not an ONNX model")
    assert dialog.note.property("kind") == "bad"
    fields = json.loads((own / "manifest.json").read_text())
    (own / "manifest.json").write_text(json.dumps({**fields, "dim": 9}))
    drop_on(dialog, files(own))
    said(user, dialog, "output of shape")
    assert [view.card.name for view in dialog.cards()] == ["tiny", "zother"]


def test_each_of_several_files_is_answered_for(user, photos, own, tmp_path):
    dialog = opened(user)
    drop_on(dialog, files(photos[0], tmp_path / "downloads", own))
    said(user, dialog, "“downloads” was not added.")
    user.until(lambda: not user.workspace.models.adding)
    assert dialog.note.text().startswith("“photo_000.jpg” was not added. This is not an ONNX model.")
    user.until(lambda: any(view.card.name == "own" for view in dialog.cards()))


def test_adding_can_be_cancelled(user, own):
    dialog = opened(user)
    drop_on(dialog, files(own))
    assert dialog.busy.text() == "Checking “own”…"
    assert dialog.stop.isVisible()
    dialog.stop.click()
    user.until(lambda: not dialog.stop.isVisible())
    user.until(lambda: not user.session.tasks.busy)
    assert [view.card.name for view in dialog.cards()] == ["tiny", "zother"]


def test_speed_is_measured_on_demand(user):
    card = opened(user).card("tiny")
    assert "not measured yet" in card.speed.text()
    card.measure.click()
    assert card.measure.text() == "Cancel"
    card.measure.click()
    user.until(lambda: card.measure.text() == "Measure")
    assert "not measured yet" in card.speed.text()
    card.measure.click()
    user.until(lambda: "per picture on one thread" in card.speed.text())
    assert "photos/s" in card.speed.text()


def test_a_model_is_removed_after_a_question(user, own):
    dialog = opened(user)
    drop_on(dialog, files(own))
    user.until(lambda: any(view.card.name == "own" for view in dialog.cards()))
    dialog.card("own").remove.click()
    buttons = {one.text(): one for one in question(dialog).buttons()}
    assert question(dialog).defaultButton() is buttons["Keep"]
    buttons["Remove"].click()
    said(user, dialog, "“own” was removed.")
    user.until(lambda: [view.card.name for view in dialog.cards()] == ["tiny", "zother"])
    assert not (user.session.library.folder / "models" / "own").exists()


def test_the_dialog_goes_with_the_window(user):
    dialog = opened(user)
    gone = []
    dialog.destroyed.connect(lambda: gone.append(True))
    user.window.close()
    user.until(lambda: gone)
    assert user.window.findChild(ModelsDialog) is None
