"""Patterns for what is left out of a library, in the manner of .gitignore."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One line.

    Attributes:
        expression: matches a whole path relative to the root.
        folders_only: the line ended with a slash.
        back: the line began with "!": what it matches is not left out after all.
    """

    expression: re.Pattern[str]
    folders_only: bool
    back: bool


@dataclass(frozen=True)
class Excludes:
    """Tells which files and folders of a root are left out. Upper and lower case are alike.

    Attributes:
        patterns: lines such as "*.gif", "Trash/", "/Scans/raw", "**/preview", "!keep.gif"; the last one that matches
            decides. A pattern with a slash before its end counts from the root, others anywhere. What lies in a folder
            that is left out is left out too.
        extensions: endings with their dot, in lower case, that are left out whatever the patterns say.
    """

    patterns: tuple[str, ...] = ()
    extensions: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self._compiled or self.extensions)

    @property
    def fingerprint(self) -> str:
        """Differs between excludes that may leave out different files; empty if nothing is left out."""
        return "\n".join([*self.patterns, *sorted(self.extensions)])

    def folder(self, path: str) -> bool:
        """Whether a folder is left out with everything in it; the path is relative to the root, with slashes."""
        known = self._folders.get(path)
        if known is None:
            parent, slash, _ = path.rpartition("/")
            known = (bool(slash) and self.folder(parent)) or self._matches(path, folder=True)
            self._folders[path] = known
        return known

    def file(self, folder: str, name: str) -> bool:
        """Whether a file is left out; `folder` is relative to the root, empty for the root itself."""
        if self.extensions and _extension(name) in self.extensions:
            return True
        if not self._compiled:
            return False
        if not folder:
            return self._matches(name, folder=False)
        return self.folder(folder) or self._matches(f"{folder}/{name}", folder=False)

    def _matches(self, path: str, *, folder: bool) -> bool:
        for pattern in reversed(self._compiled):
            if (folder or not pattern.folders_only) and pattern.expression.fullmatch(path):
                return not pattern.back
        return False

    @cached_property
    def _compiled(self) -> tuple[_Pattern, ...]:
        return tuple(made for line in self.patterns if (made := _compile(line)) is not None)

    @cached_property
    def _folders(self) -> dict[str, bool]:
        """Answers of `folder`, because thousands of files share one."""
        return {}


def cleaned(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that say something, each once, in order."""
    return tuple(dict.fromkeys(line.strip()[:_LONGEST] for line in lines if line.strip()))


def moved_below(line: str, folder: str) -> str:
    """A pattern of a root that became a folder of another one, such as "*.gif" of "Scans" as "/Scans/**/*.gif"."""
    text = line.strip()
    if not text or text.startswith("#"):
        return text
    back = "!" if text.startswith("!") else ""
    text = text.removeprefix("!")
    place = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in folder)
    return f"{back}/{place}/{text.lstrip('/') if '/' in text.rstrip('/') else f'**/{text}'}"


def _compile(line: str) -> _Pattern | None:
    text = line.strip()
    if not text or text.startswith("#"):
        return None
    back = text.startswith("!")
    text = text.removeprefix("!").replace("\\", "/")
    folders_only = text.endswith("/")
    text = text.rstrip("/")
    if not text:
        return None
    anywhere = "(?:.*/)?" if "/" not in text else ""
    try:
        expression = re.compile(anywhere + _translated(text.lstrip("/")), re.IGNORECASE | re.DOTALL)
    except re.error:  # such as the range in [z-a]: then it means itself
        expression = re.compile(anywhere + re.escape(text.lstrip("/")), re.IGNORECASE | re.DOTALL)
    return _Pattern(expression, folders_only, back)


def _translated(glob: str) -> str:
    """A pattern as a regular expression: ** crosses folders, * and ? do not."""
    made: list[str] = []
    place = 0
    while place < len(glob):
        if glob.startswith("**/", place):
            made.append("(?:.*/)?")
            place += 3
        elif glob.startswith("**", place):
            made.append(".*")
            place += 2
        elif glob[place] == "[" and (end := glob.find("]", place + 2)) > 0:
            inside = glob[place + 1 : end].replace("\\", "").replace("[", "\\[")
            made.append(f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            place = end + 1
        else:
            made.append({"*": "[^/]*", "?": "[^/]"}.get(glob[place]) or re.escape(glob[place]))
            place += 1
    return "".join(made)


def _extension(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""
