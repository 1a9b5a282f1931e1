"""The files that are not searchable as a table."""

import csv
from pathlib import Path

import pytest

from engine.errors import BadRequestError
from engine.export.skipped import SKIPPED_COLUMNS, save_skipped
from engine.jobs import Cancelled, Job
from engine.reason_kinds import ReasonKind
from engine.records import Skipped

FILES = [
    Skipped(Path("/photos/a.jpg"), "The file is empty.", kind=ReasonKind.EMPTY),
    Skipped(Path("/photos/@SUM(1).jpg"), "=odd", kind=ReasonKind.OTHER),
]


def test_there_is_a_row_for_every_file_and_no_formula(tmp_path):
    save_skipped(FILES, tmp_path / "rest.csv")
    assert (tmp_path / "rest.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "rest.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [*csv.reader(stream)]
    assert rows == [
        [*SKIPPED_COLUMNS],
        ["empty", "The file is empty.", "a.jpg", "/photos/a.jpg"],
        ["other", "'=odd", "'@SUM(1).jpg", "/photos/@SUM(1).jpg"],
    ]


def test_only_tables_are_written(tmp_path):
    with pytest.raises(BadRequestError, match="does not say what to export"):
        save_skipped(FILES, tmp_path / "rest.txt")


def test_what_is_cancelled_leaves_no_file(tmp_path):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        save_skipped(FILES, tmp_path / "rest.csv", job)
    assert [*tmp_path.iterdir()] == []
