"""Steps of a training in the window whose trainer is played: see the fixture `play`."""

import csv
import json
from pathlib import Path

from shiboken6 import isValid

from gui.training import Step


def opened(user):
    user.window.commands["train"].trigger()
    dialog = user.workspace.training.dialog
    user.until(dialog.choosing.base.count)
    return dialog


def close(user, dialog):
    """Until it is gone: the next time another one opens."""
    dialog.close()
    user.until(lambda: not isValid(dialog))


def examined(photos, **others):
    """What is told of photos that are cups and mugs in turn; the first looks like a mug."""
    rows = [[str(photo), ("cup", "mug")[place % 2], ""] for place, photo in enumerate(photos)]
    one = {"message": "It looks like a mug.", "hint": "Look.", "photos": [str(photos[0])], "suggestion": "mug"}
    both = {"message": "They are the same.", "hint": "", "photos": list(map(str, photos[2:4])), "suggestion": ""}
    told = {"classes": {"cup": 6, "mug": 6}, "problems": [one, both], "skipped": [], "labelled": rows}
    return {"event": "examined"} | told | others


def look(user, play, photos, *events, code=""):
    """Choose the folder of the photos and look at them."""
    dialog = opened(user)
    dialog.choosing.add_sources([photos[0].parent])
    play(code, *events)
    dialog.choosing.look.click()
    return dialog


def found(user, play, photos, **others):
    dialog = look(user, play, photos, examined(photos, **others))
    user.until(lambda: user.workspace.training.step is Step.EXAMINED)
    return dialog


def corrected(user):
    table = user.session.library.folder / "runs" / "labels.csv"
    with table.open(newline="") as stream:
        return {Path(row["path"]).name: row["label"] for row in csv.DictReader(stream)}


def story(photos: list[Path]) -> list[dict]:
    """What a trainer tells of a network while it learns."""
    told: list[dict] = []
    for part in ("testing 1", "learning"):
        curve = {"event": "curve", "part": part, "steps": 60, "rate": 0.1}
        told += [curve | {"step": step, "loss": 1 / (step + 1)} for step in range(0, 60, 3)]
        for step, found in ((0, 0.5), (20, 0.72), (40, 0.68)):
            metrics = {"precision@1": found, "map@r": found / 2}
            told.append({"event": "validated", "part": part, "step": step, "metrics": metrics, "best": step <= 20})
    query, *others = map(str, photos[:6])
    hits = [True, True, False, True, False]
    told.append({"event": "sample", "part": "learning", "step": 40, "query": query, "neighbours": others, "hits": hits})
    return told


def verdict(folder: Path, *, accepted: bool) -> dict:
    """What a trainer tells of a training."""
    figures = {"precision@1": 0.58, "precision@5": 0.5, "map@r": 0.4}
    better = {name: value + 0.1 for name, value in figures.items()}
    bounds = [{name: [value - 0.05, value + 0.05] for name, value in side.items()} for side in (figures, better)]
    return {
        "run": str(folder / "run"),
        "folder": str(folder / "run" / "model"),
        "report": str(folder / "run" / "report.html"),
        "accepted": accepted,
        "reasons": []
        if accepted
        else ["MAP@R on your photos went from 0.400 to 0.400, which is no gain beyond chance"],
        "metrics": {"before": figures, "after": better},
        "intervals": dict(zip(("before", "after"), bounds, strict=True)),
        "unseen": {"before": 0.3, "after": 0.31},
        "seconds": {"reading": 3.0, "judging": 4.5},
    }


def write_run(folder: Path, *, accepted: bool = True, sha256: str = "") -> Path:
    """What a training leaves behind, as far as the window reads it."""
    told = verdict(folder, accepted=accepted)
    sides = {
        side: {
            name: {"value": value, "interval": told["intervals"][side][name]}
            for name, value in told["metrics"][side].items()
        }
        for side in ("before", "after")
    }
    (folder / "model").mkdir(parents=True)
    manifest = {"name": "my-photos", "sha256": sha256 or folder.name}
    (folder / "model" / "manifest.json").write_text(json.dumps(manifest))
    kept = {"recipe": "linear", "base": "tiny", "data": "12 photos of 2 classes: cup, mug"}
    kept |= {name: told[name] for name in ("accepted", "reasons", "unseen")}
    (folder / "metrics.json").write_text(json.dumps(kept | sides))
    (folder / "report.html").write_text("<!doctype html>")
    return folder
