"""What the commands print, down to the bytes."""

import json
import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cli.output import Output, columns, count, note
from cli.progress import numbers
from cli.searching import result_lines
from engine.errors import EngineError
from engine.jobs import Progress
from engine.records import Match, Mode, Photo, PhotoState, Query, QueryPicture, SearchResult, Timing

NOT_UTF_8 = os.fsdecode(b"/photos/\xe9t\xe9.jpg")


def test_json_is_one_readable_document(capfdbinary):
    Output(as_json=True).show({"path": Path("/ä.jpg")}, ["never seen"])
    printed = capfdbinary.readouterr().out
    assert json.loads(printed) == {"path": "/ä.jpg"}
    assert "ä".encode() in printed


def test_json_carries_a_name_that_is_not_utf_8(capfdbinary):
    Output(as_json=True).show({"path": Path(NOT_UTF_8)}, [])
    printed = capfdbinary.readouterr().out.decode("utf-8")
    assert r"\udce9t\udce9.jpg" in printed
    assert os.fsencode(json.loads(printed)["path"]) == b"/photos/\xe9t\xe9.jpg"


def test_text_carries_the_bytes_of_a_name(capfdbinary):
    Output(as_json=False).show({}, [f"1  {NOT_UTF_8}"])
    assert capfdbinary.readouterr().out == b"1  /photos/\xe9t\xe9.jpg\n"


def test_a_name_cannot_command_the_terminal(capfdbinary):
    Output(as_json=False).show({}, ["a\x1b[2Jb\nc\x9bd.jpg"])
    assert capfdbinary.readouterr().out == rb"a\x1b[2Jb\x0ac\x9bd.jpg" + b"\n"
    note("a\x1b[2Jb")
    assert capfdbinary.readouterr().err == b"a\\x1b[2Jb\n"


def test_what_json_has_no_word_for_is_a_bug(capfdbinary):
    with pytest.raises(TypeError):
        Output(as_json=True).show({"value": object()}, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_a_sentence(monkeypatch):
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(EngineError, match="could not be written: No space left"):
            Output(as_json=False).show({}, ["text"])
        monkeypatch.undo()
        with pytest.raises(OSError, match="No space"):
            full.close()


def test_columns_align_and_empty_ones_vanish():
    rows = [(1, "", "short", Path("/a")), (20, "", "longer", Path("/b"))]
    assert [*columns(rows)] == [" 1  short   /a", "20  longer  /b"]


def test_no_rows_are_no_lines():
    assert [*columns([])] == []


def test_counts_in_words():
    assert [count(1, "photo"), count(1204, "photo"), count(2, "match", "matches")] == [
        "1 photo",
        "1,204 photos",
        "2 matches",
    ]


@pytest.mark.parametrize(
    ("progress", "shown"),
    [
        (Progress("scanning", 1200), "1,200"),
        (Progress("indexing", 5, 10), "5 of 10"),
        (Progress("indexing", 5, 10, 58.26, 75, "CPU"), "5 of 10 · 58 per second · 1 min 15 s left · CPU"),
        (Progress("indexing", 5, 10, 1234.5, 7265), "5 of 10 · 1,234 per second · 2 h 1 min left"),
        (Progress("indexing", 5, 10, 0.42, 9), "5 of 10 · 0.4 per second · 9 s left"),
    ],
)
def test_progress_in_numbers(progress, shown):
    assert numbers(progress) == shown


def test_a_result_shows_what_is_new_and_where_chance_begins():
    def match(rank, score, new=False):
        photo = Photo(str(rank), Path(f"/{rank}.jpg"), "", 1, datetime(2024, 1, 1), PhotoState.INDEXED)
        return Match(photo, distance=1 - score, score=score, rank=rank, new=new)

    query = Query((QueryPicture(path=Path("/q.jpg")),))
    matches = (match(1, 0.99), match(2, 0.95, new=True), match(3, 0.5))
    result = SearchResult(query, matches, "model", Timing(), searchable=3, noise_score=0.9)
    assert [*result_lines(result)] == [
        "1  0.990       /1.jpg",
        "2  0.950  new  /2.jpg",
        "--- below here it is chance ---",
        "3  0.500  /3.jpg",
    ]
    copies = replace(result, query=replace(query, mode=Mode.COPIES))
    assert not [line for line in result_lines(copies) if "chance" in line]
