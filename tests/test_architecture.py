"""The shape of the code: who may import whom, how large a room may be, and that every door has a sign."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from cli.commands import build_parser

ROOT = Path(__file__).parents[1]
PACKAGES = ("cli", "engine", "gui", "trainer")
MOST_FILE_LINES = 450
MOST_FUNCTION_LINES = 60

VIOLATIONS = {
    "front ends above trainer above engine": ("engine/search/violation.py", "import trainer.training"),
    "the window never loads the trainer": ("gui/violation.py", "import trainer"),
    "the command line knows no window": ("cli/violation.py", "import PySide6"),
    "the engine knows no window and no torch": ("engine/evaluation/violation.py", "import torch"),
    "the trainer knows no window": ("trainer/data/violation.py", "from PySide6 import QtCore"),
    "the front ends touch no native library of the engine": ("cli/violation.py", "import sqlite3"),
    "ONNX Runtime lives in one file": ("engine/models/violation.py", "import onnxruntime"),
    "hnswlib lives in one file": ("engine/vectors/violation.py", "import hnswlib"),
    "SQLite lives in the catalog": ("engine/search/violation.py", "import sqlite3"),
    "Pillow and its plugins live in imaging": ("engine/indexing/violation.py", "from PIL import Image"),
}
"""For every contract an import that breaks it: a guard that never barks may be looking the wrong way."""


def test_every_contract_is_tried():
    assert {contract["name"] for contract in settings()["tool"]["importlinter"]["contracts"]} == set(VIOLATIONS)


def test_imports_keep_the_contracts():
    assert broken_contracts(ROOT) == []


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_violation_is_noticed(contract, tree):
    file, violation = VIOLATIONS[contract]
    (tree / file).write_text(f'"""Breaks a contract."""\n\n{violation}\n')
    assert contract in broken_contracts(tree)


@pytest.mark.parametrize("contract", ["the front ends touch no native library of the engine"])
def test_the_window_is_guarded_like_the_command_line(contract, tree):
    (tree / "gui/panels/violation.py").write_text('"""Breaks a contract."""\n\nimport onnxruntime\n')
    assert contract in broken_contracts(tree)


@pytest.fixture
def tree(tmp_path):
    """A copy of the code that may be spoiled."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(folder: Path) -> list[str]:
    """The contracts that import-linter finds broken in a tree."""
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    found = re.findall(r"^(.+) BROKEN", done.stdout, flags=re.MULTILINE)
    assert bool(found) == bool(done.returncode), done.stdout + done.stderr
    return found


def test_no_imports_go_in_circles():
    assert circle(ROOT) == []


@pytest.mark.parametrize(
    "way_back",
    [
        "import gui.panels.chip_menu",
        "def menu():\n    from gui.panels import chip_menu\n    return chip_menu",
        "if TYPE_CHECKING:\n    from gui.panels.chip_menu import chip_menu",
    ],
)
def test_a_circle_is_noticed_however_it_is_hidden(way_back, tree):
    """Inside a function and for annotations alone it does no harm yet, but neither part can be understood alone."""
    with (tree / "gui/panels/chips.py").open("a") as file:
        file.write(f"\n\n{way_back}\n")
    assert set(circle(tree)) == {"gui.panels.chips", "gui.panels.chip_menu"}


def circle(folder: Path) -> list[str]:
    """Modules that import one another in a circle; empty if there are none."""
    files = {module_of(file, folder): file for package in PACKAGES for file in (folder / package).rglob("*.py")}
    imports = {module: {*imported(file)} & {*files} - {module} for module, file in files.items()}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def module_of(file: Path, folder: Path) -> str:
    """Such as "gui.panels" for gui/panels/__init__.py."""
    return ".".join(file.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")


def imported(file: Path) -> frozenset[str]:
    """Everything that a file names in its imports, wherever in the file they are."""
    return imported_by(file.read_text(encoding="utf-8"))


@cache
def imported_by(text: str) -> frozenset[str]:
    """The same of a text: nearly all files of a copy of the code are as they were."""
    return frozenset(named_in_imports(ast.parse(text)))


def named_in_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_files_and_functions_are_small():
    files = [f"{name(file)}: {lines} lines" for file in sources("tests") if (lines := length(file)) > MOST_FILE_LINES]
    functions = [
        f"{name(file)}:{node.lineno} {node.name}: {lines} lines"
        for file in sources("tests")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := node.end_lineno - node.lineno + 1) > MOST_FUNCTION_LINES
    ]
    assert files + functions == []


def test_no_two_tests_have_a_file_of_the_same_name():
    """Pytest imports them by name alone."""
    names = Counter(file.name for file in (ROOT / "tests").rglob("test_*.py"))
    assert [file for file, count in names.items() if count > 1] == []


def test_nobody_asks_a_layout_for_its_items():
    """Python would keep them for longer than Qt does, and crash: `gui.controls.widgets_in` tells how."""
    asking = [name(file) for file in sources("tests") if re.search(r"\bitemAt\(", file.read_text(encoding="utf-8"))]
    assert [file for file in asking if file != "tests/test_architecture.py"] == []


def test_everything_public_is_described():
    assert [place for file in sources() for place in undescribed(file)] == []


def undescribed(file: Path) -> Iterator[str]:
    """The public classes, functions and methods of a file, and the file itself, that have no docstring."""
    tree = parsed(file)
    if not ast.get_docstring(tree):
        yield name(file)
    for node in public(tree):
        if not ast.get_docstring(node):
            yield f"{name(file)}:{node.lineno} {node.name}"
        for method in public(node) if isinstance(node, ast.ClassDef) else ():
            if not ast.get_docstring(method) and not overrides(file, node.name, method):
                yield f"{name(file)}:{method.lineno} {node.name}.{method.name}"


def public(owner: ast.Module | ast.ClassDef) -> list[ast.ClassDef | ast.FunctionDef]:
    nodes = [node for node in owner.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    return [node for node in nodes if not node.name.startswith("_") and not is_setter(node)]


def is_setter(node: ast.ClassDef | ast.FunctionDef) -> bool:
    """The second half of a property, which its first half describes."""
    return any(isinstance(decorator, ast.Attribute) and decorator.attr == "setter" for decorator in node.decorator_list)


def overrides(file: Path, owner: str, method: ast.FunctionDef) -> bool:
    """Whether a method replaces one that its class inherits, and that is described where it was first named."""
    module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    return any(hasattr(base, method.name) for base in getattr(module, owner).__mro__[1:])


def test_no_drawer_is_called_utils():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert [name(file) for file in sources() if file.stem in drawers] == []


def test_every_command_is_in_the_guide():
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    commands = [*all_commands()]
    assert "search" in commands
    assert [command for command in commands if f"lookalike {command}" not in guide] == []


def test_every_option_of_search_and_index_is_in_the_guide():
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    for command in ("search", "index", "evaluate", "train"):
        parser = dict(subparsers(build_parser()))[command]
        options = [
            option for action in parser._actions for option in action.option_strings if option not in ("-h", "--help")
        ]
        assert [option for option in options if f"`{option}" not in guide] == []


@pytest.mark.parametrize("page", ["README.md", "docs/user-guide.md", "docs/architecture.md"])
def test_pages_name_only_what_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    commands = {command.split()[0] for command in all_commands()}
    named = set(re.findall(r"^\$? ?lookalike (?:--\S+ )*([a-z]+)", text, flags=re.MULTILINE))
    assert named <= commands
    targets = set(re.findall(r"^\$? ?make ([a-z]+)", text, flags=re.MULTILINE))
    assert targets <= set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    links = re.findall(r"\]\((?!http|#)([^)#]+)", text)
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def all_commands() -> Iterator[str]:
    """Every command, such as "search" and "roots add"."""
    for command, parser in subparsers(build_parser()):
        yield command
        yield from (f"{command} {action}" for action, _ in subparsers(parser))


def subparsers(parser):
    """The commands of a parser with their own parsers."""
    for action in parser._actions:
        if action.dest in ("command", "action"):
            yield from action.choices.items()


def sources(*more: str) -> list[Path]:
    """The Python files of the program, and of further folders."""
    folders = (ROOT / folder for folder in (*PACKAGES, "benchmarks", "resources", *more))
    return [ROOT / "main.py", *(file for folder in folders for file in sorted(folder.rglob("*.py")))]


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def length(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("\n")


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def settings() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
