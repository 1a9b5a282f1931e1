"""A training of a network that was stopped before its end is offered again, and what would go on from it says so."""

import json

import pytest
from places import training
from played import close, examined, found, opened, story, verdict
from PySide6.QtWidgets import QApplication

from gui.training import Step
from gui.training_records import Labelled, Plan
from gui.unfinished_training import UnfinishedTraining

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
WAIT = "import signal, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(130))\nwhile True: time.sleep(0.01)"


@pytest.fixture
def runs(user):
    return user.session.library.folder / "runs"


def stopped(user, play, photos, runs):
    """A thorough training that was cancelled, of which a checkpoint is kept; the dialog is closed."""
    training_ = user.workspace.training
    dialog = opened(user)
    dialog.choosing.thorough.click()
    dialog.choosing.name.setText("mine")
    dialog = found(user, play, photos)
    play(WAIT, *story(photos))
    dialog.examined.cards()[1].leave.click()
    dialog.examined.learn.click()
    user.until(lambda: training_.story)
    (runs / ".training-123").mkdir()
    (runs / ".training-123" / "lock").touch()
    (runs / ".training-123" / "latest.pt").touch()
    dialog.running.cancel.click()
    user.until(lambda: training_.step is Step.EXAMINED)
    close(user, dialog)
    training_.begin_anew()
    training_.plan = Plan()


def offered(user):
    choosing = opened(user).choosing
    user.until(lambda: not user.session.tasks.busy)
    return choosing


def look_again(user, play, photos, choosing, **others):
    play("", examined(photos, **others))
    choosing.look.click()
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    user.until(lambda: not user.session.tasks.busy)
    QApplication.processEvents()
    return user.workspace.training.dialog.examined


def test_what_was_chosen_is_offered_and_goes_on(user, play, photos, runs):
    stopped(user, play, photos, runs)
    choosing = offered(user)
    assert choosing.unfinished.isVisible()
    assert choosing.unfinished.text().startswith("“mine” (Thorough) was stopped before its end.")
    choosing.same.click()
    assert not choosing.unfinished.isVisible()
    assert choosing.look.hasFocus()
    plan = choosing.plan()
    assert (plan.sources, plan.base, plan.recipe, plan.name) == ((photos[0].parent,), "tiny", "thorough", "mine")
    page = look_again(user, play, photos, choosing)
    assert page.before.text() == "2 corrections from last time count again."
    assert page.goes_on.isVisible()
    assert page.learn.text() == "Go on"


def test_other_labels_are_another_training_until_they_are_the_same_again(user, play, photos, runs):
    stopped(user, play, photos, runs)
    choosing = offered(user)
    choosing.same.click()
    page = look_again(user, play, photos, choosing)
    page.undo.click()
    assert page.learn.text() == "Train"
    user.until(lambda: not user.session.tasks.busy)
    assert not page.goes_on.isVisible()
    page.redo.click()
    user.until(page.goes_on.isVisible)
    assert page.learn.text() == "Go on"


def test_other_options_are_another_training(user, play, photos, runs):
    stopped(user, play, photos, runs)
    choosing = offered(user)
    choosing.same.click()
    choosing.expert.click()
    choosing.choice.show_choice("thorough", {"seed": 7})
    assert look_again(user, play, photos, choosing).learn.text() == "Train"


def test_one_that_has_ended_is_offered_no_more(user, play, photos, runs):
    stopped(user, play, photos, runs)
    choosing = offered(user)
    choosing.same.click()
    page = look_again(user, play, photos, choosing)
    play("", {"event": "finished"} | verdict(runs.parent, accepted=True))
    page.learn.click()
    user.until(lambda: user.workspace.training.step is Step.JUDGED)
    user.until(lambda: not user.session.tasks.busy)
    close(user, user.workspace.training.dialog)
    user.workspace.training.begin_anew()
    assert not offered(user).unfinished.isVisible()


def test_one_of_which_nothing_is_kept_is_not_offered(user, play, photos, runs):
    stopped(user, play, photos, runs)
    (runs / ".training-123" / "latest.pt").unlink()
    assert not offered(user).unfinished.isVisible()


def test_a_quick_training_is_not_offered(user, play, photos, runs):
    dialog = found(user, play, photos)
    play("sys.exit(130)")
    dialog.examined.learn.click()
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    user.until(lambda: not user.session.tasks.busy)
    assert (runs / "labels.csv").exists()
    assert not (runs / "unfinished.json").exists()


@pytest.mark.parametrize("damage", ["", "[]", '{"format": 1, "labels": "12", "plan": {"sources": 3}}', '{"format": 2}'])
def test_a_damaged_file_offers_nothing(user, photos, runs, damage, caplog):
    (runs / ".training-123").mkdir(parents=True)
    (runs / ".training-123" / "latest.pt").touch()
    (runs / "unfinished.json").write_text(damage)
    dialog = training(user, photos)
    user.until(lambda: not user.session.tasks.busy)
    assert not dialog.choosing.unfinished.isVisible()
    assert not dialog.note.isVisible()
    caplog.clear()


def test_what_was_chosen_is_read_as_it_was_written(tmp_path):
    source = tmp_path / b"caf\xe9".decode("utf-8", "surrogateescape")
    plan = Plan((source,), ("12",), "tiny", "proxy", "mine", True, {"margin": 0.2, "seed": 3}, tmp_path)
    rows = [Labelled(source / "a.jpg", "cup"), Labelled(source / "b.jpg", "mug", "test")]
    (tmp_path / ".training-1").mkdir()
    (tmp_path / ".training-1" / "latest.pt").touch()
    UnfinishedTraining(tmp_path).begin(plan, rows)
    assert UnfinishedTraining(tmp_path).plan() == plan
    assert UnfinishedTraining(tmp_path).goes_on(plan, rows)
    assert not UnfinishedTraining(tmp_path).goes_on(plan, rows[:1])
    assert set(json.loads((tmp_path / "unfinished.json").read_text())["plan"]) == set(Plan.__slots__)
