"""Queries and their answers as plain values: what `--json` prints and what an exported document holds."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from engine.copies.verdict import Verdict
from engine.records import Match, Photo, Query, SearchResult


def json_text(document: Mapping[str, Any], *, indent: int | None = 2) -> str:
    """A document as JSON; a byte of a file name that is not UTF-8 is still a lone surrogate in it.

    Args:
        indent: None for one line.
    """
    return json.dumps(document, ensure_ascii=False, indent=indent, default=_plain)


def result_document(result: SearchResult) -> dict[str, Any]:
    """The answer to a query."""
    return {
        "query": query_document(result.query) | {"model": result.model, "history_id": result.entry_id},
        "matches": [_match_document(match) for match in result.matches],
        "seconds": {
            "decode": round(result.timing.decode, 6),
            "embed": round(result.timing.embed, 6),
            "search": round(result.timing.search, 6),
        },
    }


def photos_document(photos: Sequence[Photo]) -> dict[str, Any]:
    """Photos that nobody searched for, in the shape of an answer without scores."""
    rows = [{"path": photo.path, "score": None, "distance": None, "rank": rank} for rank, photo in enumerate(photos, 1)]
    return {"query": None, "matches": rows, "seconds": None}


def query_document(query: Query) -> dict[str, Any]:
    """A query as it was asked."""
    like = [picture for picture in query.pictures if picture.weight > 0]
    part = next((picture.region for picture in like if picture.region), None)
    return {
        "images": [picture.path for picture in like],
        "less": [picture.path for picture in query.pictures if picture.weight < 0],
        "region": part and [part.x, part.y, part.width, part.height],
        "k": query.k,
        "mode": query.mode,
        "filters": query.filters.document(),
        "exact": query.exact,
    }


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """What a picture is to another one."""
    return {
        "verdict": str(verdict),
        "confidence": round(verdict.confidence, 4),
        "changes": [
            {"kind": change.kind.name.lower(), "amount": round(change.amount, 2) or None} for change in verdict.changes
        ],
    }


def _match_document(match: Match) -> dict[str, Any]:
    document = {
        "path": match.photo.path,
        "score": round(match.score, 6),
        "distance": round(match.distance, 6),
        "rank": match.rank,
    }
    return document if match.verdict is None else document | verdict_document(match.verdict)


def _plain(value: object) -> Any:
    """What JSON has no word for."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written as JSON")
