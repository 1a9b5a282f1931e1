"""Training a model in the window: what is chosen, found, mended, learned and judged, with a trainer that is played."""

import csv
import os
import shutil
from pathlib import Path

import pytest
from deeds import choose, said
from gestures import answer, files, question
from played import corrected, found, look, opened, story, verdict
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from engine.jobs import Progress
from gui.panels.activity import STAGES, progress_text
from gui.training import Step
from tests.samples import write_model

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PROGRESS = {"event": "progress", "stage": "looking at the photos", "done": 3, "total": 12}
WAIT = "import signal, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(130))\nwhile True: time.sleep(0.01)"


def judged(user, play, photos, run, *, accepted=True, **others):
    dialog = found(user, play, photos)
    play("", {"event": "finished"} | verdict(run.parent, accepted=accepted) | others)
    dialog.examined.learn.click()
    user.until(lambda: user.workspace.training.step is Step.JUDGED)
    QApplication.processEvents()  # Qt shows what was added to a layout a little later
    return dialog


@pytest.fixture
def run(tmp_path):
    """The folder of a run with a new model."""
    folder = tmp_path / "run"
    write_model(folder, "my-photos", seed=5, dim=8)
    (folder / "my-photos").rename(folder / "model")
    return folder


def words(page):
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_nothing_is_looked_at_before_something_is_chosen(user, photos):
    choosing = opened(user).choosing
    assert not choosing.look.isEnabled()
    assert "Add a folder" in choosing.why_not.text()
    choosing.add_sources([photos[0].parent, photos[0].parent])
    assert choosing.sources.count() == 1
    assert choosing.look.isEnabled()
    choosing.name.setText("a/b")
    assert not choosing.look.isEnabled()
    assert "name" in choosing.look.toolTip()
    choosing.name.setText("mine")
    user.key(choosing.sources, Qt.Key.Key_Delete)
    assert not choosing.look.isEnabled()


def test_what_is_chosen_reaches_the_trainer(user, play, photos):
    dialog = opened(user)
    dialog.choosing.add_sources([photos[0].parent])
    dialog.choosing.expert.click()
    dialog.choosing.options.click()
    dialog.choosing.choice.show_choice("frozen", {"seed": 7})
    dialog.choosing.choice.done.click()
    assert dialog.choosing.chosen.text() == "Adapt to the look of my photos, 1 setting changed"
    dialog.choosing.name.setText("mine")
    play("sys.exit(130)")
    dialog.choosing.look.click()
    user.until(lambda: user.workspace.training.step is Step.CHOOSING)
    given = play.given()
    assert given[:3] == ["--library", str(user.session.library.folder), "train"]
    options = dict(zip(given[3:11:2], given[4:11:2], strict=True))
    assert options == {"--recipe": "frozen", "--base": "tiny", "--out": "mine", "--install": "never"}
    assert given[11:] == ["--events", "--seed", "7", "--examine", "--", str(photos[0].parent)]
    assert not dialog.note.text()


def test_folders_and_tables_are_dropped_on_the_dialog(user, photos, tmp_path):
    dialog, table = opened(user), tmp_path / "labels.csv"
    for mime in (files(photos[0].parent, table), files(photos[0])):
        QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NO_KEYS))
        QApplication.sendEvent(dialog, QDropEvent(QPointF(9, 9), COPY, mime, LEFT, NO_KEYS))
    assert dialog.choosing.plan().sources == (photos[0].parent, table)
    assert "photo_000.jpg is neither" in dialog.note.text()


def test_collections_are_subjects(settled, play, photos):
    settled.search_with(photos[0])
    for name, rows in (("Cups", (0, 1, 2)), ("Mugs & more", (3, 4))):
        choose(settled, *rows)
        settled.workspace.doers.collecting._create(name, settled.workspace.results.gallery.selected_photos())
        settled.until(lambda name=name: name in [one.name for one in settled.workspace.training.collections])
    choosing = opened(settled).choosing
    menu = choosing.collections.menu()
    menu.aboutToShow.emit()
    for action in menu.actions():
        action.trigger()
    play("sys.exit(130)")
    choosing.look.click()
    settled.until(lambda: settled.workspace.training.step is Step.CHOOSING)
    with Path(play.given()[-1]).open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(row["label"] for row in rows) == ["Cups"] * 3 + ["Mugs & more"] * 2
    assert {Path(row["path"]) for row in rows} < set(photos)


def test_the_photos_are_told_with_what_may_be_wrong(user, play, photos):
    skipped = [{"path": str(photos[0].parent / "broken.jpg"), "reason": "It is no picture."}]
    page = found(user, play, photos, skipped=skipped).examined
    assert page.summary.text() == "12 photos of 2 subjects"
    assert page.heading.text() == "2 things to look at"
    assert "broken.jpg: It is no picture." in page.skipped.text()
    one, both = page.cards()
    assert [take.text() for take in one.takes] == ["Take as “mug”"]
    assert [take.text() for take in both.takes] == ["Take as “cup”", "Take as “mug”"]
    pictures = [label for label in one.findChildren(QLabel) if label.accessibleName() == photos[0].name]
    user.until(lambda: not pictures[0].pixmap().isNull())


def test_photos_that_cannot_be_shown_do_no_harm(user, play, photos):
    photos[0].write_bytes(b"no picture")
    page = found(user, play, photos).examined
    user.until(lambda: not user.session.tasks.busy)
    pictures = [label for label in page.cards()[1].findChildren(QLabel) if label.accessibleName()]
    user.until(lambda: all(not label.pixmap().isNull() for label in pictures))


def test_labels_are_mended_and_no_file_is_touched(user, play, photos):
    page = found(user, play, photos).examined
    one, both = page.cards()
    before = [photo.read_bytes() for photo in photos]
    page.take_all.click()
    assert one.decided.text() == "Counts as “mug” in your trainings."
    assert not page.take_all.isVisible()
    both.leave.click()
    assert both.decided.text() == "Left out of your trainings."
    assert page.summary.text() == "10 photos of 2 subjects"
    play("sys.exit(130)")
    page.learn.click()
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    assert "--examine" not in play.given()
    labels = corrected(user)
    assert labels["photo_000.jpg"] == "mug"
    assert not {"photo_002.jpg", "photo_003.jpg"} & set(labels)
    assert len(labels) == 10
    both.back.click()
    both.takes[0].click()
    one.back.click()
    page.learn.click()
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    labels = corrected(user)
    assert (labels["photo_000.jpg"], labels["photo_003.jpg"]) == ("cup", "cup")
    assert [photo.read_bytes() for photo in photos] == before


def test_photos_with_several_labels_are_learned_from_where_they_are(user, play, photos):
    """A table of corrections has room for one label of each photo."""
    common = {"message": "red is on 12 of 12 photos.", "hint": "", "photos": [], "suggestion": ""}
    classes = {"cup": 6, "mug": 6, "red": 12}
    dialog = found(user, play, photos, several_labels=True, problems=[common], classes=classes)
    assert dialog.examined.summary.text() == "12 photos with 3 labels"
    assert not any(one.isVisible() for card in dialog.examined.cards() for one in card.buttons())
    play("sys.exit(130)")
    dialog.examined.learn.click()
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    given = play.given()
    assert given[-2:] == ["--", str(photos[0].parent)]
    assert "--recipe" not in given
    assert not (user.session.library.folder / "runs" / "labels.csv").exists()


def test_many_problems_are_shown_a_few_at_a_time(user, play, photos):
    problem = {"message": "Look.", "hint": "", "photos": [str(photos[0])], "suggestion": ""}
    page = found(user, play, photos, problems=[problem] * 30).examined
    assert len(page.cards()) == 8
    assert page.more.text() == "Show 22 more"
    for _ in range(3):
        page.more.click()
    assert len(page.cards()) == 30
    assert not page.more.isVisible()


def test_progress_is_told_in_the_dialog_and_in_the_status_bar(user, play, photos):
    dialog = look(user, play, photos, PROGRESS, code=WAIT)
    user.until(lambda: dialog.running.stage.text() == "Looking at the photos 3 of 12")
    assert (dialog.running.bar.value(), dialog.running.bar.maximum()) == (3, 12)
    activity = user.workspace.activity
    assert activity.training.text() == "Training: 25 %"
    dialog.close()
    activity.training.click()
    assert user.workspace.training.dialog.isVisible()
    user.workspace.training.dialog.running.cancel.click()
    user.until(lambda: user.workspace.training.step is Step.CHOOSING)
    assert not activity.training.isVisible()


def test_a_network_is_followed_while_it_learns_and_goes_on_where_it_was_cancelled(user, play, photos):
    dialog, training = found(user, play, photos), user.workspace.training
    assert dialog.examined.learn.text() == "Train"
    trouble = {"event": "trouble", "part": "learning", "step": 40, "message": "It collapses.", "hint": "Wait."}
    play(WAIT, *story(photos), trouble)
    dialog.examined.learn.click()
    user.until(lambda: "step 57 of 60" in dialog.running.learning.now.text())
    user.until(lambda: dialog.running.learning.trouble.text() == "It collapses. Wait.")
    dialog.running.cancel.click()
    user.until(lambda: training.step is Step.EXAMINED)
    assert dialog.note.text().startswith("Stopped. It goes on from there")
    assert dialog.examined.learn.text() == "Go on"
    dialog.examined.cards()[0].leave.click()  # other photos are another training
    assert dialog.examined.learn.text() == "Train"


def test_steps_are_no_photos():
    told = Progress("training the network", 25, 400, per_second=6.4, seconds_left=58.0)
    assert progress_text(told) == "Training the network 25 of 400 · less than a minute left"


def test_every_stage_of_the_trainer_has_words():
    tree = Path(__file__).resolve().parents[2] / "trainer"
    sources = [(tree / name).read_text() for name in ("personal.py", "judging.py", "data/views.py")]
    sources.append((tree.parent / "engine" / "evaluation" / "cifar.py").read_text())
    stages = {part.partition('"')[0] for text in sources for part in text.split('Progress("')[1:]}
    assert len(stages) >= 4
    assert stages <= set(STAGES)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("os.kill(os.getpid(), 9)", "The training ended unexpectedly. What it had read is kept"),
        ("print('lookalike: Training needs torch.', file=sys.stderr); sys.exit(1)", "Training needs torch."),
        ("print('nonsense')", "The training ended unexpectedly."),
    ],
)
def test_a_failure_is_told_and_nothing_is_lost(user, play, photos, code, told):
    dialog = look(user, play, photos, PROGRESS, code=code)
    user.until(lambda: told in dialog.note.text())
    assert user.workspace.training.step is Step.CHOOSING
    assert dialog.choosing.plan().sources == (photos[0].parent,)
    assert dialog.choosing.look.isEnabled()


def test_a_failure_while_nobody_looks_is_told_in_the_window(user, play, photos):
    dialog = look(user, play, photos, PROGRESS, code="import time; time.sleep(0.3); sys.exit(5)")
    dialog.close()
    user.until(lambda: "The training ended unexpectedly." in said(user))


def test_a_table_that_cannot_be_written(user, play, photos):
    dialog = found(user, play, photos)
    (user.session.library.folder / "runs").write_text("in the way")
    dialog.examined.learn.click()
    user.until(lambda: "cannot be written" in dialog.note.text())
    assert user.workspace.training.step is Step.EXAMINED


def test_the_end_is_told_to_somebody_who_closed_the_dialog(user, play, photos, run):
    dialog = found(user, play, photos)
    play("import time; time.sleep(0.3)", {"event": "finished"} | verdict(run.parent, accepted=True))
    dialog.examined.learn.click()
    dialog.close()
    user.until(lambda: "is better on your photos" in said(user))
    toast = next(one for one in user.window.messages._toasts() if one.offered is not None)
    toast.offered.click()
    assert user.workspace.training.dialog.judged.verdict.isVisible()


def test_before_and_after_in_words(user, play, photos, run):
    page = judged(user, play, photos, run).judged
    assert "“my-photos” is better" in page.verdict.text()
    text = words(page)
    assert "Of 100 photos, the nearest one is of the same subject for 58 → 68." in text
    assert "58 (between 53 and 63)" in text
    assert "for subjects that it has not learned: 30 → 31" in text
    assert page.install.property("kind") == "primary"


def test_what_some_photos_find_before_and_after(user, play, photos, run):
    found = [{"path": str(photo), "distance": 0.2, "alike": place < 2} for place, photo in enumerate(photos[1:7])]
    told = {"query": str(photos[0]), "before": found[::-1], "after": found}
    page = judged(user, play, photos, run, examples=[told]).judged
    pictures = [one for one in page.examples.findChildren(QLabel) if one.toolTip()]
    assert [Path(one.toolTip()) for one in pictures] == [photos[0], *photos[6:1:-1], *photos[1:6]]
    signs = [one.accessibleDescription() for one in pictures]
    assert signs == ["searched with", *["✗ other"] * 4, "✓ same", *["✓ same"] * 2, *["✗ other"] * 3]
    user.until(lambda: all(one.pixmap() for one in pictures))
    assert "tiny" in words(page.examples)
    assert "my-photos" in words(page.examples)


def test_what_is_not_better_says_why_and_what_to_try(user, play, photos, run):
    page = judged(user, play, photos, run, accepted=False).judged
    text = words(page)
    assert "is not better" in text
    assert "which is no gain beyond chance." in text
    assert "More photos for each subject help most" in text
    assert "Adapt to the look" in text
    assert page.install.text() == "Install anyway"
    page.back.click()
    assert user.workspace.training.step is Step.EXAMINED


def test_installing_and_the_way_back(settled, play, photos, run):
    page = judged(settled, play, photos, run).judged
    page.install.click()
    settled.until(lambda: settled.workspace.watch.latest.model == "my-photos")
    settled.until(lambda: page.state.text() == "“my-photos” answers searches now.")
    settled.until(lambda: not settled.workspace.indexing.running)
    assert page.go_back.text() == "Use “tiny” again"
    assert not page.discard.isVisible()
    page.go_back.click()
    settled.until(lambda: settled.workspace.watch.latest.model == "tiny")
    assert not page.go_back.isVisible()


def test_a_model_is_kept_for_later(settled, play, photos, run):
    page = judged(settled, play, photos, run).judged
    page.keep.click()
    settled.until(lambda: page.state.isVisible())
    assert "is among your models" in page.state.text()
    settled.until(lambda: "my-photos" in [card.name for card in settled.workspace.models.shelf.cards])
    assert settled.workspace.watch.latest.model == "tiny"
    page.install.click()
    settled.until(lambda: settled.workspace.watch.latest.model == "my-photos")
    page.anew.click()
    assert settled.workspace.training.step is Step.CHOOSING


def test_a_model_that_cannot_be_installed(settled, play, photos, run):
    dialog = judged(settled, play, photos, run)
    shutil.rmtree(run)
    dialog.judged.install.click()
    settled.until(lambda: "There is no file or folder" in dialog.note.text())
    assert dialog.judged.install.isVisible()
    assert not dialog.judged.go_back.isVisible()


def test_what_was_learned_is_discarded(user, play, photos, run):
    dialog = judged(user, play, photos, run)
    dialog.judged.discard.click()
    question(dialog.judged).defaultButton().click()
    assert run.exists()
    dialog.judged.discard.click()
    answer(question(dialog.judged), "Discard")
    user.until(lambda: not run.exists())
    user.until(lambda: "your photos are as they were" in dialog.note.text())
    assert user.workspace.training.step is Step.EXAMINED
    assert all(photo.exists() for photo in photos)


def test_the_report_opens(user, play, photos, run, monkeypatch):
    wanted = []
    monkeypatch.setattr("gui.training.open_with_system", wanted.append)
    judged(user, play, photos, run).judged.report.click()
    assert wanted == [run / "report.html"]


def test_the_models_dialog_leads_here(user):
    user.window.commands["models"].trigger()
    user.workspace.models.dialog.train.click()
    assert user.workspace.training.dialog.isVisible()


def test_closing_the_window_ends_the_trainer(user, play, photos):
    dialog = look(user, play, photos, PROGRESS, code=WAIT)
    user.until(lambda: dialog.running.bar.maximum() == 12)
    trainer = user.workspace.training._process._process.processId()
    user.window.close()
    user.until(lambda: not user.workspace.training.running)
    user.until(lambda: user.session.library is None)
    with pytest.raises(ProcessLookupError):
        os.kill(trainer, 0)


def test_closing_the_window_before_the_trainer_has_started(user, play, photos):
    look(user, play, photos, PROGRESS, code=WAIT)
    user.window.close()
    user.until(lambda: user.session.library is None)
    user.until(lambda: not user.workspace.training.running)


@pytest.mark.parametrize("tried", [True, False])
def test_what_could_not_be_tried_is_told(user, play, photos, run, tried):
    unseen = {"before": 0.3, "after": 0.31} if tried else {"before": None, "after": None}
    dialog = judged(user, play, photos, run, unseen=unseen)
    told = [one.text() for one in dialog.judged.findChildren(QLabel)]
    assert any("could not be tried: too few are named here" in text for text in told) != tried
    assert any(text.startswith("The same for subjects that it has not learned") for text in told) == tried
