"""Groups of duplicates as a file that can be read again: a table, a document, or a page for people."""

import csv
import html
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from engine.copies.verdict import Change, ChangeKind, Kind, Verdict
from engine.duplicates.groups import DuplicateGroup, GroupKind, Member, Reason
from engine.errors import BadRequestError, EngineError, NotFoundError
from engine.export.documents import json_text, verdict_document
from engine.export.page import Thumbnail, image, page_foot, page_head
from engine.export.saving import check_export_name, replacing
from engine.export.table import harmless
from engine.jobs import Job, Progress
from engine.paths import absolute
from engine.records import Photo

if TYPE_CHECKING:
    from engine.library import Library

FORMAT = "lookalike duplicates"
COLUMNS = (
    "group", "kind", "keep", "reasons", "verdict", "confidence", "relation", "changes", "seconds_apart",
    "by_thumbnail", "reference", "path", "width", "height", "bytes", "taken", "content_hash",
)  # fmt: skip
_BEGIN = '<script type="application/json" id="duplicates">'
_END = "</script>"
_STYLE = """
section { margin: 0 0 24px; padding: 16px; background: var(--panel); border: 1px solid var(--border);
  border-radius: 8px; }
h2 { font-size: 15px; margin: 0 0 12px; }
"""
_EXPLAINED = "The others of each group were compared with the first. Lookalike can read this page again."


@dataclass(frozen=True, slots=True)
class LoadedGroups:
    """Groups from a file, as they are now.

    Attributes:
        missing: photos of the file that are not in the library any more, or have changed; they are in no group.
    """

    groups: tuple[DuplicateGroup, ...]
    missing: tuple[Path, ...]


def groups_document(groups: Sequence[DuplicateGroup]) -> dict[str, Any]:
    """Groups as plain values."""
    return {"groups": [_group_document(group) for group in groups]}


def save_groups(groups: Sequence[DuplicateGroup], file: Path, thumbnail: Thumbnail, job: Job | None = None) -> None:
    """Write groups as the file's ending says: .csv, .json or .html. A file of this name is replaced at the end.

    Raises:
        BadRequestError: the ending is another one, or the name is a folder's.
        NotFoundError: there is no such folder.
        StorageFullError: the disk is full; there is no half file.
        Cancelled: the job was cancelled; there is no half file.
    """
    job, file = job or Job(), absolute(file)
    suffix = check_export_name(file)
    document = {"format": FORMAT} | groups_document(groups)
    write: dict[str, Callable[[TextIO], None]] = {
        ".csv": lambda stream: _write_table(document, stream),
        ".json": lambda stream: print(json_text(document), file=stream),
        ".html": lambda stream: _write_page(document, groups, stream, thumbnail, job),
    }
    with replacing(file, "utf-8-sig" if suffix == ".csv" else "utf-8") as stream:
        write[suffix](stream)
        job.checkpoint()


def load_groups(library: "Library", file: Path) -> LoadedGroups:
    """Read a file of `save_groups`; photos are known by content, so that moved ones are found.

    A group without its best shot is left out: the others were not compared with each other.

    Raises:
        NotFoundError: there is no such file.
        BadRequestError: it is not a file of duplicates.
    """
    document = _read(absolute(file))
    try:
        wanted = {bytes.fromhex(row["content_hash"]) for group in document["groups"] for row in group["photos"]}
        present = library.photos.with_contents(wanted)
        groups: list[DuplicateGroup] = []
        missing: list[Path] = []
        for group in document["groups"]:
            members = [_member(row, present, missing) for row in group["photos"]]
            kept = tuple(member for member in members if member is not None)
            if members and members[0] is not None and len(kept) > 1:
                groups.append(_group(group, members, kept))
        return LoadedGroups(tuple(groups), tuple(missing))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _not_duplicates(file, f"this makes no sense: {error}") from error


def _group_document(group: DuplicateGroup) -> dict[str, Any]:
    surplus = {photo.id for photo in group.surplus}
    return {
        "kind": group.kind,
        "keeper": group.keeper.path,
        "reasons": list(group.reasons),
        "surplus_bytes": group.surplus_bytes,
        "photos": [_member_document(member, member.photo.id not in surplus) for member in group.members],
    }


def _member_document(member: Member, keep: bool) -> dict[str, Any]:
    photo, verdict = member.photo, member.verdict
    said = {"verdict": None, "confidence": None, "changes": []} if verdict is None else verdict_document(verdict)
    return {
        "path": photo.path,
        "keep": keep,
        **said,
        "relation": None if verdict is None else verdict.kind,
        "seconds_apart": None if verdict is None else verdict.seconds_apart,
        "by_thumbnail": verdict is not None and verdict.by_thumbnail,
        "reference": member.reference,
        "width": photo.width,
        "height": photo.height,
        "bytes": photo.size,
        "taken": photo.taken,
        "content_hash": photo.content_hash.hex(),
    }


def _member(row: dict[str, Any], present: dict[bytes, list[Photo]], missing: list[Path]) -> Member | None:
    path = Path(row["path"])
    photos = present.get(bytes.fromhex(row["content_hash"]), [])
    photo = next((one for one in photos if one.path == path), None) or next(iter(photos), None)
    if photo is None:
        missing.append(path)
        return None
    photos.remove(photo)  # copies with the same content are as many photos
    return Member(photo, _verdict(row), bool(row["reference"]))


def _group(document: dict[str, Any], members: Sequence[Member | None], kept: tuple[Member, ...]) -> DuplicateGroup:
    """A group with what was chosen for deletion in the file, if that is not what is suggested and leaves something."""
    reasons = tuple(Reason(reason) for reason in document["reasons"])
    group = DuplicateGroup(GroupKind(document["kind"]), kept, reasons)
    rows = zip(document["photos"], members, strict=True)
    leaving = frozenset(one.photo.id for row, one in rows if one is not None and row["keep"] in (False, "no"))
    chosen = leaving != {photo.id for photo in group.surplus} and len(leaving) < len(kept)
    return replace(group, leaving=leaving) if chosen else group


def _verdict(row: dict[str, Any]) -> Verdict | None:
    if row["relation"] is None:
        return None
    changes = tuple(Change(ChangeKind[one["kind"].upper()], float(one["amount"] or 0)) for one in row["changes"])
    apart = row["seconds_apart"]
    return Verdict(
        Kind(row["relation"]),
        float(row["confidence"]),
        changes,
        None if apart is None else float(apart),
        bool(row["by_thumbnail"]),
    )


def _write_table(document: dict[str, Any], stream: TextIO) -> None:
    writer = csv.DictWriter(stream, COLUMNS, quoting=csv.QUOTE_NONNUMERIC, extrasaction="ignore")
    writer.writeheader()
    for number, group in enumerate(document["groups"], 1):
        for row in group["photos"]:
            told = {
                "group": number,
                "kind": group["kind"].value,
                "reasons": "; ".join(group["reasons"]),
                "changes": "; ".join(f"{one['kind']} {one['amount'] or ''}".strip() for one in row["changes"]),
                "keep": "yes" if row["keep"] else "no",
                "reference": "yes" if row["reference"] else "no",
                "by_thumbnail": "yes" if row["by_thumbnail"] else "no",
                "relation": row["relation"].value if row["relation"] else "",
                "taken": row["taken"].isoformat(" ", "seconds") if row["taken"] else "",
            }
            cells = row | told | {"path": str(row["path"])}
            writer.writerow({name: harmless(cell) if isinstance(cell, str) else cell for name, cell in cells.items()})


def _write_page(
    document: dict[str, Any], groups: Sequence[DuplicateGroup], stream: TextIO, thumbnail: Thumbnail, job: Job
) -> None:
    stream.write(page_head("Duplicates", _STYLE))
    for number, group in enumerate(groups):
        job.step(Progress("exporting", number, len(groups)))
        stream.writelines(_section(group, thumbnail))
    # Within a script element only "</" and "<!--" mean anything.
    stream.write(_BEGIN + json_text(document, indent=None).replace("<", "\\u003c") + _END + "\n")
    stream.write(page_foot(_EXPLAINED))


def _section(group: DuplicateGroup, thumbnail: Thumbnail) -> Iterator[str]:
    why = f" · the first is best: {', '.join(group.reasons)}" if group.reasons else ""
    surplus = {photo.id for photo in group.surplus}
    yield f"<section><h2>{_text(f'{len(group.members)} {_NAMES[group.kind]}{why}')}</h2>\n"
    yield '<ol class="photos">\n'
    for member in group.members:
        picture = b""
        with suppress(EngineError):  # gone since: the row still says which file it was
            picture = thumbnail(member.photo.id)
        photo = member.photo
        said = " · ".join(filter(None, ("" if photo.id in surplus else "keep", str(member.verdict or ""))))
        yield (
            f'<li><div class="frame">{image(picture, photo.path.name)}</div>'
            f'<p class="name"><bdi>{_text(photo.path.name)}</bdi></p><p class="score">{_text(said)}</p>'
            f"<p>{photo.width} × {photo.height} · {photo.size:,} bytes</p>"
            f'<p class="path"><bdi>{_text(str(photo.path.parent))}</bdi></p></li>\n'
        )
    yield "</ol></section>\n"


_NAMES = {GroupKind.COPIES: "copies", GroupKind.BURST: "shots of a burst"}


def _read(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {file}.", "Check the name, or connect the drive it is on.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequestError(f"{file} cannot be read: {error}.", "Check its permissions.") from error
    try:
        if check_export_name(file) == ".csv":
            return _from_table(text)
        if file.suffix.lower() == ".html":
            text = html_document(text)
        document = json.loads(text)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _not_duplicates(file, str(error)) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _not_duplicates(file, f"it does not say “format”: “{FORMAT}”")
    return document


def html_document(page: str) -> str:
    """The JSON document within a page; raises ValueError if there is none."""
    begin = page.index(_BEGIN) + len(_BEGIN)
    return page[begin : page.index(_END, begin)]


def _from_table(text: str) -> dict[str, Any]:
    groups: dict[str, dict[str, Any]] = {}
    rows = csv.DictReader(text.splitlines())
    if rows.fieldnames is None or not set(COLUMNS) <= set(rows.fieldnames):
        raise ValueError("the columns are others")
    for row in rows:
        reasons = [reason for reason in row["reasons"].split("; ") if reason]
        group = groups.setdefault(row["group"], {"kind": row["kind"], "reasons": reasons, "photos": []})
        group["photos"].append(
            row
            | {
                "path": row["path"],
                "relation": row["relation"] or None,
                "seconds_apart": row["seconds_apart"] or None,
                "by_thumbnail": row["by_thumbnail"] == "yes",
                "reference": row["reference"] == "yes",
                "changes": [_change(told) for told in row["changes"].split("; ") if told],
            }
        )
    return {"groups": [*groups.values()]}


def _change(told: str) -> dict[str, Any]:
    kind, _, amount = told.partition(" ")
    return {"kind": kind, "amount": float(amount) if amount else 0}


def _text(text: str) -> str:
    return html.escape(text, quote=True)


def _not_duplicates(file: Path, why: str) -> BadRequestError:
    return BadRequestError(
        f"{file} is not a file of duplicates: {why}.", "Make one with “lookalike export duplicates FILE”."
    )
