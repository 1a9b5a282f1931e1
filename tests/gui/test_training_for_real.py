"""Training in the window with the real trainer, from folders to a model that answers searches."""

import csv
import json
import shutil
from time import monotonic, sleep

import pytest
from gestures import answer, question
from played import close
from PySide6.QtCore import QCoreApplication

from gui.training import Step
from gui.training_records import Plan, Verdict
from tests.samples import write_model, write_subjects

pytest.importorskip("sklearn")
pytest.importorskip("onnx")
# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SUBJECTS, EACH = 4, 7
ENOUGH_SECONDS = 300
CANCELLED_AT = 4


def wait_for(condition):
    """Until a trainer has done something: a real one has to load torch, beside whatever else the machine does."""
    latest = monotonic() + ENOUGH_SECONDS
    while not condition():
        assert monotonic() < latest, "the trainer takes too long"
        QCoreApplication.processEvents()
        sleep(0.02)


def test_from_folders_to_a_model_that_answers(user, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    write_subjects(tmp_path / "Labelled", SUBJECTS, EACH)
    write_model(user.session.library.folder / "models", "mini", seed=3)
    training = user.workspace.training
    user.window.commands["train"].trigger()
    dialog = training.dialog
    user.until(lambda: dialog.choosing.base.count() == 3)
    dialog.choosing.base.setCurrentIndex(dialog.choosing.base.findData("mini"))
    dialog.choosing.add_sources([tmp_path / "Labelled"])
    dialog.choosing.look.click()
    wait_for(lambda: not training.running)
    assert training.step is Step.EXAMINED, dialog.note.text()
    assert dialog.examined.summary.text() == f"{SUBJECTS * EACH} photos of {SUBJECTS} subjects"
    left_out = tmp_path / "Labelled" / "subject 0" / "0.jpg"
    training.correct(lambda corrections: corrections.leave_out([left_out]))
    dialog.examined.learn.click()
    wait_for(lambda: not training.running)
    assert training.step is Step.JUDGED, dialog.note.text()
    verdict = training.verdict
    kept = json.loads((verdict.folder / "metrics.json").read_text())
    assert verdict.examples
    assert verdict.examples == Verdict.kept(verdict.folder, kept).examples
    assert all(one.photo.exists() for example in verdict.examples for one in example.after)
    assert verdict.after["map@r"].value == pytest.approx(kept["after"]["map@r"]["value"], abs=1e-6)
    assert ("is not better" in dialog.judged.verdict.text()) == (not verdict.accepted)
    assert (dialog.judged.report.isVisible(), verdict.report.exists()) == (True, True)
    split = (verdict.folder / "split.csv").read_text(encoding="utf-8").splitlines()
    learned = [row["path"] for row in csv.DictReader(split)]
    assert len(learned) == SUBJECTS * EACH - 1
    assert str(left_out) not in learned
    dialog.judged.install.click()
    user.until(lambda: user.workspace.watch.latest.model == "my-photos")
    user.until(lambda: "answers searches now" in dialog.judged.state.text())
    shutil.rmtree(training.verdict.folder)  # the model lives in the library now
    dialog.judged.go_back.click()
    user.until(lambda: user.workspace.watch.latest.model == "tiny")
    assert left_out.exists()


def test_a_network_that_was_cancelled_goes_on_to_its_verdict(user, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    write_subjects(tmp_path / "Labelled", SUBJECTS, EACH)
    write_model(user.session.library.folder / "models", "mini", seed=3)
    training = user.workspace.training
    user.window.commands["train"].trigger()
    dialog = training.dialog
    user.until(lambda: dialog.choosing.base.count() == 3)
    dialog.choosing.base.setCurrentIndex(dialog.choosing.base.findData("mini"))
    dialog.choosing.add_sources([tmp_path / "Labelled"])
    dialog.choosing.expert.click()
    few = {"backbone": "simple_cnn", "side": 32, "most_steps": 16, "epochs": 16, "batch_size": 16, "patience": 40}
    dialog.choosing.choice.show_choice("proxy", few)
    dialog.choosing.look.click()
    wait_for(lambda: not training.running)
    assert training.step is Step.EXAMINED, dialog.note.text()
    dialog.examined.learn.click()
    wait_for(lambda: _checked(training) >= CANCELLED_AT)
    dialog.running.cancel.click()
    wait_for(lambda: not training.running)
    assert dialog.note.text().startswith("Stopped. It goes on from there")
    assert dialog.examined.learn.text() == "Go on"
    close(user, dialog)
    training.begin_anew()
    training.plan = Plan()
    user.window.commands["train"].trigger()
    dialog = training.dialog
    user.until(dialog.choosing.same.isVisible)
    dialog.choosing.same.click()
    user.until(dialog.choosing.look.isEnabled)
    dialog.choosing.look.click()
    wait_for(lambda: not training.running)
    user.until(lambda: dialog.examined.learn.text() == "Go on")
    dialog.examined.learn.click()
    wait_for(lambda: not training.running)
    assert training.step is Step.JUDGED, dialog.note.text()
    part = training.story.parts["testing 1"]
    assert part.checks[0].step >= CANCELLED_AT  # what had been learned was not learned again
    assert part.checks[-1].step == part.total
    assert dialog.judged.verdict.isVisible()
    dialog.judged.discard.click()
    answer(question(dialog.judged), "Discard")
    user.until(lambda: training.step is Step.EXAMINED)
    assert not list((user.session.library.folder / "runs").glob("2*"))


def _checked(training):
    """How far the first part was when photos that are kept back were last asked."""
    part = training.story.parts.get("testing 1")
    return part.checks[-1].step if part and part.checks else 0
