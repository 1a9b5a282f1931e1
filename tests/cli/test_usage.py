"""The grammar of the command line: what is understood, what is refused with status 2, and how soon help is there."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cli.commands import build_parser
from cli.parser import parse
from engine.paths import AppPaths
from engine.records import Mode, Region

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "PySide6", "PIL", "onnxruntime", "hnswlib", "torch", "sqlite3", "rich")
MAIN = ROOT / "main.py"
MOST_STARTS = 6.5
"""So many starts of Python alone are 0.2 seconds where one takes 0.03."""


@pytest.mark.parametrize(
    "line",
    [
        "--library /tmp/lib --json search a.jpg",
        "--library /tmp/lib search a.jpg --json",
        "search --library /tmp/lib a.jpg --json",
        "--json search a.jpg --library /tmp/lib",
    ],
)
def test_global_options_stand_before_or_after_the_command(line):
    arguments = parse(line.split())
    assert arguments.library == Path("/tmp/lib")
    assert arguments.json


def test_global_options_stand_after_the_second_word_too():
    arguments = parse(["--json", "roots", "list", "--library", "/tmp/lib"])
    assert (arguments.library, arguments.json) == (Path("/tmp/lib"), True)


def test_without_options_the_library_is_the_users_own():
    arguments = parse(["status"])
    assert arguments.library == AppPaths.default().library
    assert not arguments.json


def test_no_command_asks_for_the_window():
    assert parse([]).command is None


def test_pictures_and_folders_instead_of_a_command_are_wanted_in_the_window(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("a.jpg", "status", "-x.jpg"):
        (tmp_path / name).touch()
    for line, wanted in [
        (["a.jpg"], ["a.jpg"]),
        (["--library", "lib", "a.jpg", "./status"], ["a.jpg", "status"]),
        (["a.jpg", "--library=lib"], ["a.jpg"]),
        (["--", "status", "-x.jpg"], ["status", "-x.jpg"]),
        (["."], ["."]),
    ]:
        arguments = parse(line)
        assert arguments.command is None
        assert arguments.wanted == [tmp_path / name for name in wanted]
        assert arguments.library == (tmp_path / "lib" if "lib" in " ".join(line) else AppPaths.default().library)


def test_a_command_wins_over_a_file_of_the_same_name(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "status").touch()
    assert parse(["status"]).command == "status"
    assert parse(["status"]).wanted == []


@pytest.mark.parametrize(
    "line", ["frobnicate", "nothere.jpg", "a.jpg nothere.jpg", "a.jpg --json", "a.jpg -k 3", "-- no"]
)
def test_what_is_neither_a_command_nor_a_file_is_wrong_usage(line, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jpg").touch()
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    assert "usage: lookalike" in capsys.readouterr().err


def test_groups_list_by_default():
    for group in ("roots", "history", "models"):
        assert parse([group]).run is parse([group, "list"]).run


def test_paths_become_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    arguments = parse(["search", "a.jpg", "--less", "sub/../b.jpg", "--folder", "."])
    assert arguments.images == [tmp_path / "a.jpg"]
    assert arguments.less == [tmp_path / "b.jpg"]
    assert arguments.folder == [tmp_path]


def test_search_options_become_values():
    line = "search a b --region 0,0.5,0.5,0.5 -k 7 --mode copies --min-score 0.5 --after 2020-02-01 --before 2021-01-31"
    arguments = parse(line.split())
    assert len(arguments.images) == 2
    assert arguments.region == Region(0, 0.5, 0.5, 0.5)
    assert (arguments.k, arguments.mode, arguments.min_score) == (7, Mode.COPIES, 0.5)
    assert (arguments.after, arguments.before) == (date(2020, 2, 1), date(2021, 1, 31))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("frobnicate", "invalid choice"),
        ("--json", "--json needs a command"),
        ("search", "IMAGE"),
        ("search a --region 1,2", "is not a region"),
        ("search a --region 0.5,0,0.6,1", "not inside the picture"),
        ("search a --region nan,0,1,1", "not inside the picture"),
        ("search a -k 0", "at least 1"),
        ("search a -k many", "at least 1"),
        ("search a --mode nearly", "invalid choice"),
        ("search a --after yesterday", "2024-12-31"),
        ("search a --min-score 2", "from 0 to 1"),
        ("search a --min-score nan", "from 0 to 1"),
        ("search a --min 0.5", "unrecognized"),
        ("index a --workers 0", "at least 1"),
        ("index --library", "expected one argument"),
        ("status more", "unrecognized"),
        ("history show", "ID"),
        ("history forget 1", "invalid choice"),
        ("roots add", "FOLDER"),
        ("roots relocate a", "NEW"),
        ("models use", "NAME"),
        ("train a --recipe distill --out x", "--teacher"),
        ("train a --recipe distill --teacher t --base b --backbone c --out x", "leave out --backbone"),
        ("train a --recipe distill --teacher t --examine", "looks at no labels; leave out --examine"),
        ("train a --recipe distill --teacher t --gallery g", "looks at no labels; leave out --gallery"),
        ("train a --recipe distill --teacher t --install better", "leave out --install"),
        ("train a --teacher t", "--teacher is for --recipe distill"),
        ("train a --recipe linear --config c", "--config is for --recipe distill"),
        ("train a --recipe magic --teacher t --out x", "invalid choice"),
        ("train a --recipe distill --teacher t --out sub/x", "cannot be the name"),
        ("train a --recipe distill --teacher t --out ..", "cannot be the name"),
    ],
)
def test_wrong_usage_is_status_2_and_a_sentence(line, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert sentence in said.err
    assert said.out == ""


def test_an_empty_name_is_no_path(capsys):
    with pytest.raises(SystemExit):
        parse(["search", ""])
    assert "the name is empty" in capsys.readouterr().err


def test_every_command_has_an_example_in_its_help():
    for name, parser in commands():
        assert f"example:\n  lookalike {name}" in parser.format_help(), name


@pytest.mark.parametrize("argument", ["--help", "--version", "search --help"])
def test_help_loads_nothing_heavy(argument):
    code = (
        "import sys, main\n"
        "try:\n    main.main(sys.argv[1:])\n"
        "except SystemExit as end:\n    assert not end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argument.split()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "lookalike" in done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.alone
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the processor time of child processes")
def test_help_is_there_at_once():
    """In processor time, the least of several runs, against Python alone: so a busy or slow machine does not matter."""
    runs = [(processor_seconds(MAIN, "--help"), processor_seconds("-c", "")) for _ in range(5)]
    helping, alone = zip(*runs, strict=True)
    assert min(helping) < MOST_STARTS * min(alone)


def processor_seconds(*words):
    """What one run of Python takes."""
    import resource  # not there on Windows

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(parser=None, prefix=""):
    """Every subcommand with its parser, such as ("roots add", parser)."""
    for action in (parser or build_parser())._actions:
        for name, below in (action.choices or {}).items() if action.dest in ("command", "action") else ():
            yield prefix + name, below
            yield from commands(below, f"{prefix}{name} ")
