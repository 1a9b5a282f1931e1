"""What this program is made of: versions and licences, from what is really installed."""

import json
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import qVersion

MODELS = Path(__file__).resolve().parent.parent / "resources" / "models"
EXTRAS = re.compile(r"""extra\s*==\s*["'](formats|train)["']""")
# Distributions that do not name their licence themselves.
KNOWN = {"hnswlib": "Apache-2.0"}
LONGEST_LICENCE = 80


@dataclass(frozen=True, slots=True)
class Part:
    """A library, or a model that ships with the program."""

    name: str
    version: str
    licence: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.licence})" if self.licence else f"{self.name} {self.version}"


def program() -> Part:
    """Lookalike itself."""
    return _installed("lookalike") or Part("Lookalike", "", "Apache-2.0")


def parts() -> list[Part]:
    """Python, Qt, every library that is in use, with those it needs in turn, and the bundled models. Reads the disk."""
    found: dict[str, Part] = {}
    _follow("lookalike", found)
    found.pop("lookalike", None)
    base = [
        Part("Python", platform.python_version(), "PSF-2.0"),
        Part("Qt", qVersion(), "LGPL-3.0-only"),
    ]
    return [*base, *sorted(found.values(), key=lambda part: part.name.casefold()), *_models()]


def as_text() -> str:
    """All of it in lines, for a report."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return "\n".join([f"Lookalike {program().version}", system, *map(str, parts())])


def _follow(name: str, found: dict[str, Part]) -> None:
    from importlib import metadata  # slow to load, and the first frame does not need it

    part = _installed(name)
    if part is None or name in found:
        return
    found[name] = part
    for requirement in metadata.requires(name) or ():
        needed, _, condition = requirement.partition(";")
        if "extra" not in condition or (name == "lookalike" and EXTRAS.search(condition)):
            _follow(_plain_name(needed), found)


def _installed(name: str) -> Part | None:
    from importlib import metadata

    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classes = (kind for kind in about.get_all("Classifier") or () if kind.startswith("License :: OSI"))
    says = [
        *(about.get_all("License-Expression") or ()),
        *(about.get_all("License") or ()),
        *(kind.rpartition(" :: ")[2] for kind in classes),
        KNOWN.get(name, ""),
    ]
    licence = next(filter(None, says), "").strip().partition("\n")[0]
    return Part(about["Name"], about["Version"], licence if len(licence) <= LONGEST_LICENCE else licence[:77] + "…")


def _plain_name(requirement: str) -> str:
    match = re.match(r"\s*([A-Za-z0-9._-]+)", requirement)
    return re.sub(r"[-_.]+", "-", match[1]).lower() if match else ""


def _models() -> Iterator[Part]:
    for file in sorted(MODELS.glob("*/manifest.json")):
        manifest = json.loads(file.read_text(encoding="utf-8"))
        yield Part(str(manifest.get("name")), str(manifest.get("version")), str(manifest.get("licence", "")))
