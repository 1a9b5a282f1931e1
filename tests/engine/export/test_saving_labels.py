"""Labelled photos as a table: what is written is read again, whatever files are called."""

import os
from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.evaluation.lists import Entry, Split, read_table
from engine.evaluation.text import read_text
from engine.export.labels import save_labels


def test_what_is_written_is_read_again(tmp_path):
    odd = Path(os.fsdecode(b'/photos/caf\xe9, "two".jpg'))
    entries = [
        Entry(Path("/photos/a.jpg"), "cup; blue"),
        Entry(odd, "Tassen"),
        Entry(Path("/b\nc.jpg"), "x", Split.TEST),
    ]
    save_labels(entries, tmp_path / "labels.csv")
    assert read_table(tmp_path / "labels.csv", read_text(tmp_path / "labels.csv")) == entries


def test_a_table_takes_the_place_of_the_one_before(tmp_path):
    save_labels([Entry(Path("/a.jpg"), "a"), Entry(Path("/b.jpg"), "b")], tmp_path / "labels.csv")
    save_labels([Entry(Path("/c.jpg"), "c")], tmp_path / "labels.csv")
    assert read_table(tmp_path / "labels.csv", read_text(tmp_path / "labels.csv")) == [Entry(Path("/c.jpg"), "c")]
    assert [file.name for file in tmp_path.iterdir()] == ["labels.csv"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(EngineError, match="There is no folder"):
        save_labels([], tmp_path / "gone" / "labels.csv")
