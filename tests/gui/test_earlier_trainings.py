"""Trainings that were left undecided are there when the window is opened again."""

import json

import pytest
from gestures import answer, question
from places import training, training_earlier
from played import write_run
from PySide6.QtWidgets import QApplication, QLabel

from gui.training import Step
from tests.samples import write_model

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def runs(user):
    return user.session.library.folder / "runs"


def listed(user, photos):
    dialog = training(user, photos)
    user.until(lambda: user.workspace.training.earlier.runs)
    dialog.choosing.earlier.click()
    user.until(dialog.earlier.cards)
    QApplication.processEvents()
    return dialog


def whole_run(runs, name="2026-11-20-101500-abcdefgh"):
    """A run whose model can be installed."""
    folder = write_run(runs / name)
    (folder / "model" / "manifest.json").unlink()
    (folder / "model").rmdir()
    write_model(folder, "my-photos", seed=5, dim=8).rename(folder / "model")
    return folder


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_there_are_none_at_first(user, photos):
    assert not training(user, photos).choosing.earlier.isVisible()


def test_they_are_listed_with_what_they_came_to(user, photos):
    dialog = training_earlier(user, photos)
    cards = dialog.earlier.cards()
    assert [card.run.verdict.folder.name[:10] for card in cards] == ["2026-11-22", "2026-11-21", "2026-11-20"]
    assert "for 58 → 68." in words(cards[0])
    assert "12 photos of 2 classes: cup, mug" in words(cards[0])
    assert "It is better, and not installed." in words(cards[0])
    assert "It is not better, and not installed." in words(cards[1])
    assert "Quick · from tiny" in words(cards[0])
    assert dialog.choosing.earlier.text() == "Earlier trainings (3 to decide)…"
    dialog.earlier.back.click()
    assert dialog.title.text() == "Train a model from labelled folders"
    assert dialog.choosing.isVisible()


def test_what_is_no_training_is_passed_over(user, photos, runs):
    write_run(runs / "2026-11-20-101500-abcdefgh")
    write_run(runs / ".unfinished-2026-11-20-101500-abcdefgh")
    write_run(runs / "2026-11-21-101500-abcdefgh").joinpath("metrics.json").write_text("{")
    write_run(runs / "2026-11-22-101500-abcdefgh").joinpath("metrics.json").write_text('{"base": "tiny"}')
    (runs / "seen").mkdir()
    (runs / "labels.csv").write_text("path,label\n")
    assert len(listed(user, photos).earlier.cards()) == 1


def test_one_that_was_left_undecided_is_installed(settled, photos, runs):
    whole_run(runs)
    dialog = listed(settled, photos)
    dialog.earlier.cards()[0].decide.click()
    assert settled.workspace.training.step is Step.JUDGED
    assert "“my-photos” is better" in dialog.judged.verdict.text()
    assert "It took" not in words(dialog.judged)
    dialog.judged.install.click()
    settled.until(lambda: settled.workspace.watch.latest.model == "my-photos")
    settled.until(lambda: settled.workspace.training.earlier.undecided == 0)
    (run,) = settled.workspace.training.earlier.runs
    assert run.installed == "my-photos"


def test_one_that_is_among_the_models_says_so(settled, photos, runs):
    write_model(settled.session.library.folder / "models", "my-photos", seed=5, dim=8)
    whole_run(runs)
    dialog = listed(settled, photos)
    (card,) = dialog.earlier.cards()
    assert "“my-photos” is among your models." in words(card)
    assert card.decide.text() == "Look at it"
    assert dialog.choosing.earlier.text() == "Earlier trainings…"
    card.decide.click()
    assert not dialog.judged.keep.isVisible()
    assert not dialog.judged.discard.isVisible()
    dialog.judged.anew.click()
    assert settled.workspace.training.step is Step.CHOOSING


def test_discarding_one_leads_back_to_what_is_chosen(user, photos, runs):
    folder = whole_run(runs)
    dialog = listed(user, photos)
    dialog.earlier.cards()[0].decide.click()
    dialog.judged.discard.click()
    answer(question(dialog.judged), "Discard")
    user.until(lambda: not folder.exists())
    user.until(lambda: user.workspace.training.step is Step.CHOOSING)
    user.until(lambda: not dialog.choosing.earlier.isVisible())


def test_deleting_asks(user, photos, runs):
    folder = write_run(runs / "2026-11-20-101500-abcdefgh")
    dialog = listed(user, photos)
    dialog.earlier.cards()[0].delete.click()
    answer(question(dialog.earlier), "Cancel")
    assert folder.exists()
    dialog.earlier.cards()[0].delete.click()
    assert "cannot be brought back" in question(dialog.earlier).informativeText()
    answer(question(dialog.earlier), "Delete")
    user.until(lambda: not folder.exists())
    user.until(lambda: not dialog.earlier.cards())
    assert dialog.earlier.none.isVisible()
    assert "your photos are as they were" in dialog.note.text()


def test_one_that_cannot_be_deleted(user, photos, runs, monkeypatch):
    write_run(runs / "2026-11-20-101500-abcdefgh")
    dialog = listed(user, photos)

    def refuse(folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("gui.earlier_trainings.shutil.rmtree", refuse)
    dialog.earlier.cards()[0].delete.click()
    answer(question(dialog.earlier), "Delete")
    user.until(lambda: "cannot be deleted: Permission denied" in dialog.note.text())


def test_a_report_is_opened(user, photos, runs, monkeypatch):
    wanted = []
    monkeypatch.setattr("gui.dialogs.training_earlier.open_with_system", wanted.append)
    folder = write_run(runs / "2026-11-20-101500-abcdefgh")
    write_run(runs / "2026-11-19-101500-abcdefgh").joinpath("report.html").unlink()
    one, other = listed(user, photos).earlier.cards()
    one.report.click()
    assert wanted == [folder / "report.html"]
    assert not other.report.isVisible()


def test_many_are_shown_a_few_at_a_time(user, photos, runs):
    for number in range(30):
        write_run(runs / f"2026-10-{number + 1:02}-101500-abcdefgh")
    page = listed(user, photos).earlier
    assert (len(page.cards()), page.more.text()) == (12, "Show 18 more")
    page.more.click()
    page.more.click()
    assert len(page.cards()) == 30
    assert not page.more.isVisible()


def test_what_a_real_run_keeps_is_understood(user, photos, runs):
    """The figures as the trainer writes them, an unknown one for unseen subjects among them."""
    folder = write_run(runs / "2026-11-20-101500-abcdefgh")
    told = json.loads((folder / "metrics.json").read_text())
    told["unseen"] = {"before": None, "after": None}
    (folder / "metrics.json").write_text(json.dumps(told))
    (card,) = listed(user, photos).earlier.cards()
    assert card.run.verdict.unseen is None
