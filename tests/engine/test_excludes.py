"""What patterns leave out, in the manner of .gitignore."""

import pytest

from engine.excludes import Excludes, cleaned, moved_below


def left_out(path, *patterns, extensions=()):
    folder, _, name = path.rpartition("/")
    return Excludes(patterns, frozenset(extensions)).file(folder, name)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.gif", "a.gif", True),
        ("*.gif", "deep/down/A.GIF", True),
        ("*.gif", "a.gif.jpg", False),
        ("Trash/", "Trash/a.jpg", True),
        ("Trash/", "x/trash/y/a.jpg", True),
        ("Trash/", "Trash", False),
        ("Trash", "Trash", True),
        ("/Trash", "x/Trash/a.jpg", False),
        ("/Trash", "Trash/a.jpg", True),
        ("a/b", "a/b/c.jpg", True),
        ("a/b", "x/a/b/c.jpg", False),
        ("**/b", "x/a/b/c.jpg", True),
        ("**/b", "b/c.jpg", True),
        ("a/**/c", "a/c", True),
        ("a/**/c", "a/x/y/c", True),
        ("a/**", "a/x/y.jpg", True),
        ("a/*", "a/x/y.jpg", True),
        ("a/*.jpg", "a/x/y.jpg", False),
        ("IMG_????.jpg", "IMG_1234.jpg", True),
        ("IMG_????.jpg", "IMG_123.jpg", False),
        ("[ab]*.jpg", "b1.jpg", True),
        ("[!ab]*.jpg", "b1.jpg", False),
        ("[z-a].jpg", "[z-a].jpg", True),
        ("[", "[", True),
        ("a.b", "axb", False),
        ("# *.jpg", "a.jpg", False),
        ("  *.jpg  ", "a.jpg", True),
        ("/", "a.jpg", False),
        ("!", "a.jpg", False),
        ("Ünï*", "ÜNÏcode.jpg", True),
        ("*", "\udce9.jpg", True),
        ("a\\b\\", "a/b/c.jpg", True),
    ],
)
def test_one_pattern(pattern, path, expected):
    assert left_out(path, pattern) is expected


def test_the_last_pattern_that_matches_decides():
    assert not left_out("keep.gif", "*.gif", "!keep.gif")
    assert left_out("keep.gif", "!keep.gif", "*.gif")


def test_nothing_comes_back_from_a_folder_that_is_left_out():
    assert left_out("Trash/keep.gif", "Trash/", "!keep.gif")
    assert not left_out("Trash/keep.gif", "Trash/*", "!keep.gif")


def test_folders_are_not_entered():
    excludes = Excludes(("*/private", "Raw/"))
    assert excludes.folder("Raw")
    assert excludes.folder("Raw/2024")
    assert excludes.folder("a/private/b")
    assert not excludes.folder("a")
    assert not excludes.folder("private")


def test_endings_are_left_out_whatever_the_patterns_say():
    assert left_out("a.GIF", "!*.gif", extensions=[".gif"])
    assert not left_out("gif", extensions=[".gif"])
    assert not left_out(".gif", extensions=[".gif"])


def test_patterns_that_say_nothing_leave_out_nothing():
    assert not Excludes(("", "# nothing", "/"))
    assert Excludes(("*.gif",))
    assert Excludes(extensions=frozenset([".gif"]))


def test_a_fingerprint_tells_excludes_apart():
    assert Excludes().fingerprint == ""
    assert Excludes(("a", "b")).fingerprint != Excludes(("b", "a")).fingerprint
    assert Excludes(("a",)).fingerprint != Excludes(("a",), frozenset([".gif"])).fingerprint


def test_lines_are_cleaned():
    assert cleaned([" *.gif ", "", "Trash/", "*.gif"]) == ("*.gif", "Trash/")


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("*.gif", "/My [[]old] Scans/**/*.gif"),
        ("/Trash/", "/My [[]old] Scans/Trash/"),
        ("a/b", "/My [[]old] Scans/a/b"),
        ("!Trash/", "!/My [[]old] Scans/**/Trash/"),
        ("# why", "# why"),
    ],
)
def test_patterns_of_a_root_that_became_a_folder_of_another(line, moved):
    assert moved_below(line, "My [old] Scans") == moved


def test_moved_patterns_leave_out_the_same():
    for line, path in [("*.gif", "x/a.gif"), ("/Trash/", "Trash/a.jpg"), ("a/b", "a/b/c"), ("x", "q/x/y")]:
        assert left_out(path, line)
        assert left_out(f"Old/{path}", moved_below(line, "Old"))
        assert not left_out(f"New/{path}", moved_below(line, "Old"))
