"""Exports from the window."""

import csv
import json
from pathlib import Path

import pytest
from deeds import choose, offer, said
from PySide6.QtCore import Qt

from gui import exporting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def asked(settled, photos):
    settled.search_with(photos[0])
    return settled


def save_as(user, file: Path) -> None:
    """Choose a file in the dialog."""
    user.until(lambda: user.workspace.doers.exporting.dialog is not None)
    dialog = user.workspace.doers.exporting.dialog
    dialog.fileSelected.emit(str(file))
    dialog.close()
    user.workspace.doers.exporting.dialog = None


def test_all_results_are_exported_with_their_scores(asked, tmp_path):
    asked.window.commands["export"].trigger()
    asked.until(lambda: asked.workspace.doers.exporting.dialog is not None)
    dialog = asked.workspace.doers.exporting.dialog
    assert Path(dialog.selectedFiles()[0]).name == "Lookalikes of photo_000.html"
    assert dialog.defaultSuffix() == "html"
    save_as(asked, tmp_path / "a.csv")
    asked.until(lambda: "“a.csv” was saved." in said(asked))
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["name"] for row in rows] == asked.matches()
    assert rows[0]["closeness"] == "identical"
    assert offer(asked, "Show in file manager")


def test_a_selection_is_exported_as_a_page(asked, tmp_path):
    names = choose(asked, 1, 3)
    asked.key(
        asked.workspace.results.gallery,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    save_as(asked, tmp_path / "a.html")
    asked.until(lambda: "“a.html” was saved." in said(asked))
    text = (tmp_path / "a.html").read_text()
    assert all(name in text for name in names)
    assert text.count("data:image/jpeg") == 3


def test_a_collection_is_exported(asked, tmp_path):
    library = asked.session.library
    made = library.collections.create("Beach: 2024/5", [asked.workspace.results.result.matches[0].photo.content_hash])
    asked.until(lambda: asked.workspace.collections.model.collections)
    asked.workspace.collections.export_wanted.emit(made)
    asked.until(lambda: asked.workspace.doers.exporting.dialog is not None)
    assert Path(asked.workspace.doers.exporting.dialog.selectedFiles()[0]).name == "Beach  2024 5.html"
    save_as(asked, tmp_path / "a.json")
    asked.until(lambda: "“a.json” was saved." in said(asked))
    document = json.loads((tmp_path / "a.json").read_text())
    assert [Path(match["path"]).name for match in document["matches"]] == ["photo_000.jpg"]


def test_what_cannot_be_written_is_a_sentence(asked, tmp_path):
    asked.workspace.export_results()
    save_as(asked, tmp_path / "nowhere" / "a.csv")
    asked.until(lambda: "There is no folder" in said(asked))
    asked.workspace.export_results()
    save_as(asked, tmp_path / "a.docx")
    asked.until(lambda: "does not say what to export" in said(asked))
    assert not list(tmp_path.glob("a.*"))


def test_a_long_export_tells_how_far_it_is_and_can_be_cancelled(asked, tmp_path, monkeypatch):
    from engine.export.saving import save_report

    def slowly(library, report, file, job):
        def thumbnail(photo_id: str) -> bytes:
            asked_for.append(photo_id)
            waited.wait(0.4)
            return b""

        save_report(report, file, thumbnail, job)

    import threading

    asked_for, waited = [], threading.Event()
    monkeypatch.setattr(exporting, "_save", slowly)
    asked.workspace.export_results()
    save_as(asked, tmp_path / "a.html")
    asked.until(lambda: "/ 12" in said(asked))
    offer(asked, "Cancel").click()
    asked.until(lambda: not asked.session.tasks.busy)
    assert len(asked_for) < 12
    assert "Exporting" not in said(asked)
    assert not list(tmp_path.glob("*.html"))
    assert not list(tmp_path.glob(".lookalike*"))
