"""A person's decisions as a file: to keep, to carry to another machine, to merge there."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.catalog.collections import checked_name
from engine.catalog.pairs import PairKind
from engine.errors import BadRequestError, NotFoundError
from engine.export.documents import json_text
from engine.export.saving import replacing
from engine.records import Decision

if TYPE_CHECKING:
    from engine.library import Library

FORMAT = "lookalike decisions"
VERSION = 1
HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class DecisionCounts:
    """How many decisions a file holds, or how many of them were new to a library."""

    pinned: int
    hidden: int
    rejected: int
    collections: int
    collected: int
    kept_apart: int = 0


@dataclass(frozen=True, slots=True)
class _Decided:
    """The contents of a file, checked."""

    kinds: dict[Decision, list[bytes]]
    rejected: list[tuple[bytes, bytes]]
    collections: dict[str, list[bytes]]
    pairs: dict[PairKind, list[tuple[bytes, bytes]]]


def save_decisions(library: "Library", file: Path) -> DecisionCounts:
    """Write all decisions of a library; photos are named by the hash of their content, so paths do not matter.

    Raises:
        EngineError: the file cannot be written; there is no half file.
    """
    kinds = {kind: sorted(library.decisions.contents(kind)) for kind in Decision}
    rejected = [one.pair for one in library.decisions.rejections()]
    collections = {one.name: sorted(library.collections.contents(one.id)) for one in library.collections.list()}
    pairs = {kind: library.duplicates.kept_apart(kind) for kind in PairKind}
    document = {
        "format": FORMAT,
        "version": VERSION,
        **{kind.value: _hexed(contents) for kind, contents in kinds.items()},
        "rejected": [{"query": query.hex(), "photo": photo.hex()} for query, photo in rejected],
        "collections": [{"name": name, "photos": _hexed(contents)} for name, contents in collections.items()],
        "kept_apart": [{"kind": kind.value, "photos": _hexed(pair)} for kind, those in pairs.items() for pair in those],
    }
    with replacing(file, "utf-8") as stream:
        print(json_text(document), file=stream)
    return _counts(_Decided(kinds, rejected, collections, pairs))


def load_decisions(library: "Library", file: Path) -> DecisionCounts:
    """Add the decisions of a file to those of a library, which loses none; returns how many were new.

    Raises:
        NotFoundError: there is no such file.
        BadRequestError: it is not a file of decisions; nothing was changed.
    """
    decided = _read(file)
    kinds = {kind: library.decisions.decide(kind, contents) for kind, contents in decided.kinds.items()}
    rejected = library.decisions.reject(decided.rejected)
    known = {one.name.casefold(): one.id for one in library.collections.list()}
    new = {name: contents for name, contents in decided.collections.items() if name.casefold() not in known}
    for name in new:
        known[name.casefold()] = library.collections.create(name).id
    added = {
        name: [*library.collections.add(known[name.casefold()], contents)]
        for name, contents in decided.collections.items()
    }
    pairs = {kind: library.duplicates.keep_pairs_apart(kind, those) for kind, those in decided.pairs.items()}
    return replace(_counts(_Decided(kinds, rejected, added, pairs)), collections=len(new))


def _counts(decided: _Decided) -> DecisionCounts:
    return DecisionCounts(
        len(decided.kinds[Decision.PINNED]),
        len(decided.kinds[Decision.HIDDEN]),
        len(decided.rejected),
        len(decided.collections),
        sum(map(len, decided.collections.values())),
        sum(map(len, decided.pairs.values())),
    )


def _hexed(contents: Iterable[bytes]) -> list[str]:
    return [content.hex() for content in contents]


def _read(file: Path) -> _Decided:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {file}.", "Check the name, or connect the drive it is on.") from None
    except OSError as error:
        raise BadRequestError(f"{file} cannot be read: {error.strerror or error}.", "Check its permissions.") from error
    except (ValueError, RecursionError) as error:
        raise _not_decisions(file, "it is not JSON") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _not_decisions(file, f"it does not say “format”: “{FORMAT}”")
    if document.get("version") != VERSION:
        raise BadRequestError(
            f"{file} has version {document.get('version')!r}; this program knows {VERSION}.", "Update the program."
        )
    try:
        return _Decided(
            {kind: _hashes(document.get(kind.value, [])) for kind in Decision},
            [(_hash(pair["query"]), _hash(pair["photo"])) for pair in _list(document.get("rejected", []))],
            {_name(one["name"]): _hashes(one["photos"]) for one in _list(document.get("collections", []))},
            _pairs(document.get("kept_apart", [])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _not_decisions(file, f"this makes no sense: {error}") from error


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} instead of a list")
    return value


def _hashes(value: Any) -> list[bytes]:
    return [_hash(one) for one in _list(value)]


def _hash(value: Any) -> bytes:
    content = bytes.fromhex(value)
    if len(content) != HASH_BYTES:
        raise ValueError(f"{value!r} instead of a hash of {HASH_BYTES} bytes")
    return content


def _pairs(value: Any) -> dict[PairKind, list[tuple[bytes, bytes]]]:
    pairs: dict[PairKind, list[tuple[bytes, bytes]]] = {kind: [] for kind in PairKind}
    for one in _list(value):
        first, second = _hashes(one["photos"])
        pairs[PairKind(one["kind"])].append((first, second))
    return pairs


def _name(value: Any) -> str:
    """A name that `Collections.create` takes: checked here, so that nothing is changed by half."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} instead of a name")
    return checked_name(value)


def _not_decisions(file: Path, why: str) -> BadRequestError:
    return BadRequestError(
        f"{file} is not a file of decisions: {why}.", "Make one with “lookalike decisions export FILE”."
    )
