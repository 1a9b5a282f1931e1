"""Lists of photos with several labels each, and what is said of a line that makes no sense."""

import pytest

from engine.errors import BadRequestError
from engine.evaluation.labelled import load_labelled, read_entries
from engine.evaluation.several_labels import has_several_labels


@pytest.fixture
def listed(tmp_path):
    """listed(text): a list beside four files that look like photos by their names."""
    for name in ("a.jpg", "b.jpg", "sub/c.PNG", "d.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    def write(text, name="labels.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.mark.parametrize("name", ["labels.txt", "labels.csv", "labels.tsv"])
def test_a_photo_has_all_its_labels_and_the_surest_one_stands_for_them(listed, name):
    file = listed("a.jpg;cat(0.9);pet(0.6) ; black fur (.5)\r\n\r\nsub/c.PNG;dog(1);cat(0)\nb.jpg;pet(1);\n", name)
    entries, skipped = read_entries(file)
    assert [(entry.path.name, entry.label, entry.labels) for entry in entries] == [
        ("a.jpg", "cat", {"cat": 0.9, "pet": 0.6, "black fur": 0.5}),
        ("c.PNG", "dog", {"dog": 1.0}),
        ("b.jpg", "pet", {"pet": 1.0}),
    ]
    assert skipped == []


def test_names_may_leave_the_ending_out(listed):
    entries, skipped = read_entries(listed("a;cat(0.9)\nsub/c;cat(0.5)\naway;cat(1)\n"))
    assert [entry.path.name for entry in entries] == ["a.jpg", "c.PNG"]
    assert [(skip.path.name, skip.reason) for skip in skipped] == [("away", "There is no such file.")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a.jpg;cat\nb.jpg;dog\n", False),
        ("path;label\na.jpg;Paris (2019)\n", False),
        ("photo(1).jpg,cat\nphoto(2).jpg,dog\n", False),
        ("a.jpg;cat(0.9)\n", True),
        ("a.jpg;cat;dog(7)\n", True),
        ("a.jpg;cat(0,5)\n", True),
    ],
)
def test_the_form_is_known_by_what_is_in_the_file(text, told):
    assert has_several_labels(text) is told


def test_a_text_file_may_be_a_table_too(listed):
    entries, _ = read_entries(listed("a.jpg,cat\nb.jpg,dog\n"))
    assert [(entry.label, entry.confidences) for entry in entries] == [("cat", ()), ("dog", ())]


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("b.jpg,dog", "Line 2 of .* gives no label with a confidence, as other lines do: b.jpg,dog", "one form"),
        ("b.jpg;dog", "Line 2 of .* has “dog”, which is no label with a confidence", r"cat\(0.9\)"),
        ("b.jpg;dog(0.5", r"Line 2 of .* has “dog\(0.5”", "as label"),
        ("b.jpg;dog(high)", r"Line 2 of .* has “dog\(high\)”", "as label"),
        ("b.jpg;(0.5)", r"Line 2 of .* has “\(0.5\)”", "as label"),
        ("b.jpg;dog(nan)", r"Line 2 of .* has “dog\(nan\)”", "as label"),
        ("b.jpg;dog(1.5)", "Line 2 of .* gives dog the confidence 1.5, which is not from 0 to 1", "nine times of ten"),
        ("b.jpg;dog(-0.1)", "Line 2 of .* gives dog the confidence -0.1", "nine times of ten"),
        ("b.jpg;dog(0)", "Line 2 of .* names no photo with a label", "path;label"),
        (";dog(1)", "Line 2 of .* names no photo with a label", "path;label"),
    ],
)
def test_a_line_that_is_written_in_another_way_is_named(listed, line, message, hint):
    with pytest.raises(BadRequestError, match=message) as refused:
        read_entries(listed(f"a.jpg;cat(0.9)\n{line}\n"))
    assert hint.replace("\\", "") in refused.value.hint


def test_several_labels_without_confidences_are_told_how(listed):
    with pytest.raises(BadRequestError, match=r"Line 1 of .* has the split sunset") as refused:
        read_entries(listed("a.jpg;beach;sunset\n"))
    assert "path;label(confidence)" in refused.value.hint


def test_photos_of_one_label_only_leave_nothing_to_tell_apart(listed):
    with pytest.raises(BadRequestError, match="All 2 photos have the label cat"):
        load_labelled(listed("a.jpg;cat(1)\nb.jpg;cat(1)\n"))
