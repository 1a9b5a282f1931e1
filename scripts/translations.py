"""Brings resources/translations in step with the texts of gui/: lupdate finds them, lrelease makes them fast to load.

Texts that are gone are dropped, new ones are left unfinished for a translator with Qt Linguist or an editor.
"""

import subprocess
import sys
from pathlib import Path

import PySide6

TREE = Path(__file__).resolve().parent.parent
FOLDER = TREE / "resources" / "translations"
LANGUAGES = ("de",)
ALIASES = "tr+=counted,QT_TR_NOOP+=later"


def update(sources: list[Path], file: Path) -> None:
    """Write what the sources say into a .ts file, keeping what is translated."""
    options = ("-locations", "none", "-no-obsolete", "-sort-messages", "-tr-function-alias", ALIASES)
    heuristics = ("-disable-heuristic", "sametext", "-disable-heuristic", "similartext")
    _run("lupdate", "-silent", *options, *heuristics, *map(str, sources), "-ts", str(file))


def release(file: Path) -> None:
    """Write the .qm file beside a .ts file."""
    _run("lrelease", "-silent", str(file), "-qm", str(file.with_suffix(".qm")))


def sources() -> list[Path]:
    """The modules that speak to the user."""
    return sorted((TREE / "gui").rglob("*.py"))


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([Path(PySide6.__file__).parent / tool, *arguments], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    for language in LANGUAGES:
        update(sources(), FOLDER / f"lookalike_{language}.ts")
        release(FOLDER / f"lookalike_{language}.ts")
