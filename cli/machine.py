"""`doctor`: what this machine offers, proved by trying, and the command that cures what is wrong."""

import os
import platform
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.grammar import Commands
from cli.output import columns
from cli.session import Session
from engine.paths import is_there

if TYPE_CHECKING:
    from engine.imaging.formats import FormatSupport
    from engine.models.embedder import ProviderProof

LIBRARIES = (
    "numpy",
    "pillow",
    "pillow-heif",
    "pillow-jxl-plugin",
    "rawpy",
    "hnswlib",
    "PySide6-Essentials",
    "torch",
    "torchvision",
)
TRAINER = ("torch", "torchvision")
RUNTIMES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino")
"""They all write the same folder, so that only one of them may be installed."""
LOW_SPACE = 1024**3


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on this machine that stands in the way.

    Attributes:
        problem: what is wrong.
        cure: the command that mends it, or what to do.
    """

    problem: str
    cure: str


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    commands.add(
        "doctor",
        "tell what this machine offers, and how to cure what is wrong",
        example="lookalike doctor --json",
        run=examine_machine,
    )


def program_version() -> str:
    """The installed version of this program."""
    return library_version("lookalike") or "(not installed)"


def library_version(name: str) -> str | None:
    """The version of an installed distribution, None if there is none."""
    from importlib import metadata  # slow to load, and --help does not need it

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def examine_machine(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike doctor`. It opens no library and no window, so that it works where those do not."""
    from engine.catalog.database import sqlite_version
    from engine.imaging.formats import support

    providers, problems = _providers()
    versions = {name: library_version(name) for name in (*LIBRARIES, *RUNTIMES)}
    folder = _folder_document(session.folder)
    problems += [*_runtime_problems(versions), *_folder_problems(folder)]
    formats = support()
    missing = [*_missing_formats(formats), *_missing_trainer(versions)]
    document = {
        "lookalike": library_version("lookalike"),
        "python": {"version": platform.python_version(), "executable": sys.executable},
        "system": {"name": platform.platform(), "processors": os.cpu_count()},
        "libraries": versions,
        "sqlite": sqlite_version(),
        "providers": [asdict(proof) for proof in providers],
        "formats": [asdict(support) | {"extensions": sorted(support.extensions)} for support in formats],
        "library": folder,
        "missing": [asdict(problem) for problem in missing],
        "problems": [asdict(problem) for problem in problems],
    }
    session.output.show(document, _report(document, providers, formats))
    return 0


def _providers() -> tuple[list["ProviderProof"], list[Problem]]:
    """The providers as they proved themselves; a broken ONNX Runtime is a finding, not the end of the examination."""
    try:
        from engine.models.embedder import prove_providers

        return prove_providers(), []
    except (ImportError, AttributeError) as error:
        return [], [Problem(f"ONNX Runtime does not load: {error}.", _reinstall("onnxruntime", "onnxruntime-gpu"))]


def _runtime_problems(versions: dict[str, str | None]) -> list[Problem]:
    installed = [name for name in RUNTIMES if versions[name]]
    if len(installed) < 2:
        return []
    return [
        Problem(
            f"{' and '.join(installed)} are installed together; they overwrite each other's files.",
            _reinstall(*installed),
        )
    ]


def _missing_formats(formats: Sequence["FormatSupport"]) -> Iterator[Problem]:
    """One sentence for each command that makes formats readable."""
    for cure in dict.fromkeys(form.cure for form in formats if not form.available):
        names = [form.name for form in formats if form.cure == cure and not form.available]
        yield Problem(f"Photos of these formats cannot be read: {', '.join(names)}.", cure)


def _missing_trainer(versions: dict[str, str | None]) -> Iterator[Problem]:
    missing = [name for name in TRAINER if not versions[name]]
    if missing:
        yield Problem(
            f"Models cannot be trained: {' and '.join(missing)} are not installed.", "pip install 'lookalike[train]'"
        )


def _reinstall(*runtimes: str) -> str:
    """Uninstalling one of two leaves a broken rest, so all go first."""
    pip = f"{sys.executable} -m pip"
    return f"{pip} uninstall --yes {' '.join(runtimes)} && {pip} install {runtimes[-1]}"


def _folder_document(folder: Path) -> dict[str, Any]:
    """The library's folder, or the nearest one above it that exists."""
    existing = next(path for path in (folder, *folder.parents) if is_there(path))
    return {
        "folder": folder,
        "exists": existing == folder,
        "writable": os.access(existing, os.W_OK),
        "free_bytes": shutil.disk_usage(existing).free,
    }


def _folder_problems(folder: dict[str, Any]) -> Iterator[Problem]:
    if not folder["writable"]:
        yield Problem(
            f"{folder['folder']} cannot be written.", "Change its permissions, or name another with --library."
        )
    if folder["free_bytes"] < LOW_SPACE:
        yield Problem(f"The disk of {folder['folder']} has less than 1 GB left.", "Free some space.")


def _report(
    document: dict[str, Any], providers: Sequence["ProviderProof"], formats: Sequence["FormatSupport"]
) -> Iterator[str]:
    python, system, folder = document["python"], document["system"], document["library"]
    made = "" if folder["exists"] else " (not made yet)"
    yield f"Lookalike {document['lookalike'] or '(not installed)'}"
    yield f"Python {python['version']}, {python['executable']}"
    yield f"{system['name']}, {system['processors']} processors"
    yield f"Library: {folder['folder']}{made}, {folder['free_bytes'] / 1e9:.1f} GB free"
    installed = [(name, version) for name, version in document["libraries"].items() if version]
    yield from _section("Libraries", columns([*installed, ("SQLite", document["sqlite"])]))
    yield from _section("Execution providers, each tried with a small model", _provider_lines(providers))
    readers = [(form.name, form.reader if form.available else f"not readable; {form.cure}") for form in formats]
    yield from _section("Formats", columns(readers))
    if document["missing"]:
        yield from _section("Not installed", _problem_lines(document["missing"]))
    yield from _section("Problems", _problem_lines(document["problems"]))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)


def _problem_lines(problems: Sequence[dict[str, str]]) -> Iterator[str]:
    if not problems:
        yield "none found"
    for problem in problems:
        yield problem["problem"]
        yield f"  to cure: {problem['cure']}"


def _provider_lines(providers: Sequence["ProviderProof"]) -> Iterator[str]:
    for proof in providers:
        state = "works" if proof.works else "is listed, but does not work" if proof.available else "is not here"
        yield f"{proof.name} {state}: {proof.detail}"
        if proof.cure:
            yield f"  to cure: {proof.cure}"
