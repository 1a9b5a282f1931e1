"""Which programs open a kind of file: the desktop's own records (freedesktop.org), read without its help."""

import configparser
import shlex
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

DEFAULTS, ADDED, REMOVED = "Default Applications", "Added Associations", "Removed Associations"
OWN = "lookalike"


@dataclass(frozen=True, slots=True)
class Program:
    """A program that can open files.

    Attributes:
        id: of its desktop file, such as "org.gimp.GIMP.desktop"; or the path of an executable the user chose.
        command: its words, with the field codes of the desktop entry specification.
        default: the system opens this kind of file with it.
    """

    id: str
    name: str
    command: tuple[str, ...]
    icon: str = ""
    default: bool = False

    @classmethod
    def of_executable(cls, path: Path) -> "Program":
        """A program that the user chose from the disk."""
        return cls(str(path), path.stem, (str(path), "%F"))

    def starts(self, files: Sequence[Path]) -> list[list[str]]:
        """The command lines that open these files: one, or one for each if it takes one file at a time."""
        if any(word in ("%F", "%U") for word in self.command):
            return [self._words(files)]
        return [self._words([file]) for file in files]

    def _words(self, files: Sequence[Path]) -> list[str]:
        words: list[str] = []
        placed = False
        for word in self.command:
            match word:
                case "%f" | "%F":
                    words += map(str, files)
                    placed = True
                case "%u" | "%U":
                    words += [file.as_uri() for file in files]
                    placed = True
                case "%i":
                    words += ["--icon", self.icon] if self.icon else []
                case "%c":
                    words.append(self.name)
                case "%k" | "%d" | "%D" | "%n" | "%N" | "%v" | "%m":
                    pass
                case _:
                    words.append(word.replace("%%", "%"))
        return words if placed else [*words, *map(str, files)]


def programs_for(
    kinds: Sequence[str], folders: Sequence[Path], settings: Sequence[Path], language: str = ""
) -> list[Program]:
    """The programs that open files of these kinds, the default one first.

    Args:
        kinds: MIME types, the most precise first.
        folders: where desktop files lie, the user's own first.
        settings: folders with mimeapps.list, the user's own first.
        language: to be preferred for names, such as "de".
    """
    entries = {id: (program, types) for id, program, types in _entries(folders, language)}
    found: dict[str, Program] = {}
    default = ""
    for kind in kinds:
        added, removed, defaults = _associations(kind, [*settings, *folders])
        default = default or next((id for id in defaults if id in entries), "")
        declared = [id for id, (_, types) in entries.items() if kind in types and id not in removed]
        found |= {id: entries[id][0] for id in [*defaults, *added, *declared] if id in entries and id not in found}
    ordered = sorted(found.values(), key=lambda program: program.id != default)
    return [replace(program, default=program.id == default) for program in ordered]


def all_programs(folders: Sequence[Path], language: str = "") -> list[Program]:
    """Every program that takes files, by name."""
    takes = {"%f", "%F", "%u", "%U"}
    programs = [program for _, program, _ in _entries(folders, language) if takes & set(program.command)]
    return sorted(programs, key=lambda program: program.name.casefold())


def _entries(folders: Sequence[Path], language: str) -> Iterator[tuple[str, Program, frozenset[str]]]:
    """Every usable desktop file once: one in an earlier folder takes the place of one in a later."""
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.rglob("*.desktop")):
            id = "-".join(file.relative_to(folder).parts)
            if id in seen:
                continue
            seen.add(id)
            entry = _entry(file)
            if entry is not None:
                yield id, _program(id, entry, language), frozenset(entry.get("MimeType", "").split(";"))


def _entry(file: Path) -> dict[str, str] | None:
    """The main group of a desktop file; None if it is no program that can be started in a window."""
    group = _read(file).get("Desktop Entry", {})
    if group.get("Type") != "Application" or not group.get("Exec"):
        return None
    if group.get("Hidden") == "true" or group.get("Terminal") == "true":
        return None
    needed = group.get("TryExec", "")
    if needed and shutil.which(needed) is None:
        return None
    try:
        command = shlex.split(_unescaped(group["Exec"]))
    except ValueError:
        return None
    return None if not command or Path(command[0]).name == OWN else group


def _program(id: str, entry: dict[str, str], language: str) -> Program:
    name = entry.get(f"Name[{language}]") or entry.get("Name") or id.removesuffix(".desktop")
    return Program(id, _unescaped(name), tuple(shlex.split(_unescaped(entry["Exec"]))), entry.get("Icon", ""))


def _associations(kind: str, folders: Sequence[Path]) -> tuple[list[str], set[str], list[str]]:
    """What mimeapps.list adds to a kind, removes from it, and says is its default; earlier folders win."""
    added: list[str] = []
    removed: set[str] = set()
    defaults: list[str] = []
    for folder in folders:
        groups = _read(folder / "mimeapps.list")
        defaults += _ids(groups, DEFAULTS, kind)
        added += [id for id in _ids(groups, ADDED, kind) if id not in removed]
        removed |= {id for id in _ids(groups, REMOVED, kind) if id not in added}
    return added, removed, defaults


def _ids(groups: dict[str, dict[str, str]], group: str, kind: str) -> list[str]:
    return [id for id in groups.get(group, {}).get(kind, "").split(";") if id]


def _read(file: Path) -> dict[str, dict[str, str]]:
    """The groups of a file of the desktop; what cannot be read has none."""
    parser = configparser.RawConfigParser(
        delimiters=("=",), comment_prefixes=("#",), strict=False, empty_lines_in_values=False
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(file.read_text(encoding="utf-8", errors="replace"))
    except (OSError, configparser.Error):
        return {}
    return {name: dict(parser[name]) for name in parser.sections()}


def _unescaped(value: str) -> str:
    """A value of a desktop file without its escapes."""
    letters = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    parts = value.split("\\\\")
    for letter, meant in letters.items():
        parts = [part.replace(f"\\{letter}", meant) for part in parts]
    return "\\".join(parts)
