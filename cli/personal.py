"""`train` with labelled photos: a model of a person's own, proved before it is used."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.evaluation import chosen_model
from cli.output import columns, count
from cli.session import Session
from engine.errors import EngineError, ModelError, PhotosElsewhereError
from engine.export.documents import json_text
from engine.export.labels import save_collections
from engine.jobs import Job, Progress

if TYPE_CHECKING:
    from engine.library import Library
    from engine.models.manifest import Manifest
    from engine.models.registry import InstalledModel
    from trainer.data.hygiene import LabelProblem
    from trainer.examining import Decided, Examination
    from trainer.personal import PersonalRun

NETWORK_RECIPES = ("thorough", "classify", "triplet", "siamese", "supcon", "proxy", "arcface")
INSTALL = ("better", "always", "never")
RUNS = "runs"
"""The library's folder of trainings."""
SHOWN_PROBLEMS = 10
SHOWN_METRICS = {"precision@1": "the nearest photo is of the same class", "map@r": "MAP@R", "recall@10": "recall@10"}
SHOWN_IN_DEGREES = {
    "precision@1": "the nearest photo has much in common",
    "map@r": "MAP@R",
    "ndcg@10": "nDCG@10",
    "score003@10": "score003@10",
    "score003@10/best": "the same, of what is possible",
}
"""Of photos with several labels."""


def train_personal(arguments: Namespace, session: Session) -> int:
    """Learn from labelled photos; install what was learned if it is better."""
    from trainer import parallel
    from trainer.personal import PersonalConfig, help_to_train, train  # loads scikit-learn

    parallel.begin()
    with session.library() as library, session.job() as job:
        tell = events(job) if arguments.events else silent
        base = base_model(arguments.base, session.folder, library)
        config = PersonalConfig(
            arguments.recipe or "",
            arguments.out,
            arguments.seed or 0,
            session.settings(),
            arguments.gallery,
            decided(library),
            network_options(arguments),
            rival(base, library),
        )
        if not parallel.is_first():
            help_to_train(sources(arguments, library), base, library.folder / RUNS, config, Job())
            return 0
        try:
            library.require_writable()
            run = train(
                sources(arguments, library),
                base,
                library.folder / RUNS,
                config,
                job,
                lambda found: tell("examined", examination_document(found)),
                tell,
            )
            installed = _install(run, library, arguments.install or INSTALL[0], job)
        except EngineError as error:
            tell("failed", failure_document(error))
            raise
    document = run_document(run, base.manifest.name, installed)
    if arguments.events:
        tell("finished", document)
    else:
        session.output.show(document, _lines(run, base.manifest, installed))
    return 0


def network_options(arguments: Namespace) -> dict[str, Any]:
    """Settings of a recipe that trains a network, as far as they were given."""
    if arguments.recipe not in NETWORK_RECIPES:
        return {}
    named = {name: getattr(arguments, name) for name in ("backbone", "weights", "epochs")}
    given = {name: value for name, value in named.items() if value is not None}
    return {**given, "device": arguments.device, **dict(arguments.set)}


def examine_personal(arguments: Namespace, session: Session) -> int:
    """Look for what is wrong with labels, and learn nothing."""
    from trainer.examining import CACHE, examine_photos
    from trainer.personal import check_choice

    with session.library() as library, session.job() as job:
        tell = events(job) if arguments.events else silent
        try:
            library.require_writable()
            base = base_model(arguments.base, session.folder, library)
            check_choice(arguments.recipe or "", network_options(arguments), base)
            found = examine_photos(
                sources(arguments, library),
                base,
                library.folder / RUNS / CACHE,
                session.settings(),
                job,
                photos=arguments.gallery,
                decided=decided(library),
            )
        except EngineError as error:
            tell("failed", failure_document(error))
            raise
    document = examination_document(found) | {"labelled": _labelled(found)}
    if arguments.events:
        tell("examined", document)
    else:
        session.output.show(document, _examined_lines(found))
    return 0


def sources(arguments: Namespace, library: "Library") -> list[Path]:
    """What is to be learned from: the places that are named, and the collections as a table.

    Raises:
        NotFoundError: there is no such collection.
        EngineError: the table cannot be written.
    """
    if not arguments.collection:
        return list(arguments.photos)
    chosen = [library.collections.named(name).id for name in arguments.collection]
    return [*arguments.photos, save_collections(library, chosen, library.folder / RUNS)]


def decided(library: "Library") -> "Decided":
    """What the person said of pairs of photos in the window, by content."""
    from engine.catalog.pairs import PairKind
    from trainer.examining import Decided

    rejected = [rejection.pair for rejection in library.decisions.rejections()]
    return Decided(rejected, library.duplicates.kept_apart(PairKind.NOT_COPIES))


def base_model(name: str | None, folder: Path, library: "Library") -> "InstalledModel":
    """The model to start from: the one that is named, or the one in use, or what that was made from.

    Raises:
        ModelError: there is no such model.
    """
    if name:
        return chosen_model(name, folder)
    _, used = library.models.answering()
    base = used.manifest.training.get("base")
    if not base:
        return used
    try:
        return chosen_model(str(base), folder)
    except ModelError:  # what it was made from is gone: it can still be learned on
        return used


def rival(base: "InstalledModel", library: "Library") -> "InstalledModel | None":
    """The model in use, if a training starts from another one."""
    used = next((library.models.installed(card.name) for card in library.models.list() if card.in_use), None)
    return used if used and used.manifest.identity != base.manifest.identity else None


def examination_document(found: "Examination") -> dict[str, Any]:
    """What was found about the photos."""
    return {
        "photos": len(found.labelled.entries),
        "classes": found.labelled.classes,
        "several_labels": found.labelled.has_several_labels,
        "problems": [_problem_document(problem) for problem in found.problems],
        "skipped": [{"path": skip.path, "reason": skip.reason} for skip in found.labelled.skipped],
    }


def failure_document(error: EngineError) -> dict[str, Any]:
    """What went wrong, and whether the folder of the photos would mend it: the window can ask for that."""
    elsewhere = isinstance(error, PhotosElsewhereError)
    return {"message": error.message, "hint": error.hint, "photos_elsewhere": elsewhere}


def _labelled(found: "Examination") -> list[list[str]]:
    """Path, label and split of every photo that takes part: for a list of one's own, with other labels."""
    return [[str(entry.path), entry.label, entry.split or ""] for entry in found.labelled.entries]


def run_document(run: "PersonalRun", base: str, installed: str | None) -> dict[str, Any]:
    """What a training did, and whether it is better."""
    from trainer.examples import examples

    judgement = run.judgement
    figures = {"before": judgement.before, "after": judgement.after}
    return {
        "run": run.folder,
        "recipe": run.recipe,
        "backbone": run.backbone or base,
        "metrics": {side: {name: round(one.value, 6) for name, one in told.items()} for side, told in figures.items()},
        "intervals": {
            side: {name: [round(one.interval.low, 6), round(one.interval.high, 6)] for name, one in told.items()}
            for side, told in figures.items()
        },
        "gain": {
            "value": round(judgement.gain.value, 6),
            "interval": [round(judgement.gain.interval.low, 6), round(judgement.gain.interval.high, 6)],
        },
        "references": {
            name: {metric: round(one.value, 6) for metric, one in figures.items()}
            for name, figures in judgement.references.items()
        },
        "unseen": {"before": judgement.unseen_before, "after": judgement.unseen_after},
        "duel": asdict(judgement.duel) if judgement.duel else None,
        "accepted": run.accepted,
        "reasons": judgement.problems,
        "examples": examples(run.examination.labelled.entries, judgement.queries),
        "model": installed,
        "report": run.report,
        "folder": run.model,
        "seconds": run.seconds,
    } | examination_document(run.examination)


def _problem_document(problem: "LabelProblem") -> dict[str, Any]:
    return asdict(problem) | {"photos": list(problem.photos)}


def _install(run: "PersonalRun", library: "Library", when: str, job: Job) -> str | None:
    """Put the new model into the library and let it take over; returns its name there."""
    if when == "never" or (when == "better" and not run.accepted):
        return None
    name = library.models.add(run.model, job)
    library.use_model(name)
    return name


def silent(_event: str, _document: Mapping[str, Any]) -> None:
    """Nobody listens."""


def events(job: Job) -> Callable[[str, Mapping[str, Any]], None]:
    """One JSON object per line on stdout, progress included."""

    def tell(event: str, document: Mapping[str, Any]) -> None:
        line = json_text({"event": event, **document}, indent=None)
        print(line, flush=True)

    def progress(reading: Progress) -> None:
        tell("progress", {name: value for name, value in asdict(reading).items() if name != "folder"})

    job.report = progress
    return tell


def _lines(run: "PersonalRun", base: "Manifest", installed: str | None) -> Iterator[str]:
    yield from _examined_lines(run.examination)
    judgement = run.judgement
    yield f"On photos that were kept back, {base.name} before and the new model after:"
    shown = SHOWN_IN_DEGREES if judgement.references else SHOWN_METRICS
    rows: list[tuple[str, ...]] = [
        (f"  {words}", f"{judgement.before[name].value:.3f}", "→", f"{judgement.after[name].value:.3f}", *others)
        for name, words in shown.items()
        for others in [[f"{one} {told[name].value:.3f}" for one, told in judgement.references.items()]]
    ]
    if judgement.unseen_before is not None and judgement.unseen_after is not None:
        rows.append(
            (
                f"  MAP@R of {'labels' if judgement.references else 'classes'} it did not learn",
                f"{judgement.unseen_before:.3f}",
                "→",
                f"{judgement.unseen_after:.3f}",
                *("" for _ in judgement.references),
            )
        )
    yield from columns(rows)
    if judgement.unseen_before is None:
        yield "  How it does with subjects that it has not learned could not be tried: too few are named here."
    if judgement.duel:
        one = judgement.duel
        yield f"  MAP@R on {one.photos:,} photos that {one.rival} has not learned: {one.before:.3f} → {one.after:.3f}"
    yield from (f"While it learned: {trouble}" for trouble in run.troubles)
    if base.training.get("base"):
        yield f"{base.name} has learned from photos before: of those, these figures prove nothing."
    yield from _verdict(run, base.name, installed)
    yield f"Report: {run.report}"


def _verdict(run: "PersonalRun", before: str, installed: str | None) -> Iterator[str]:
    if run.accepted:
        yield "It is better."
    else:
        yield f"It is not better: {'; '.join(run.judgement.problems)}."
        yield "Try more photos per class, or mend the labels above."
    if installed:
        yield f"{installed} answers searches once every photo is embedded anew: lookalike index"
        yield f"To go back: lookalike models use {before}"
    else:
        yield f"It was not installed. To install it all the same: lookalike models add {run.model}"


def _examined_lines(found: "Examination") -> Iterator[str]:
    labelled = found.labelled
    words = ("with", "label", "labels") if labelled.has_several_labels else ("of", "class", "classes")
    yield f"{count(len(labelled.entries), 'photo')} {words[0]} {count(len(labelled.classes), *words[1:])}"
    yield from columns((f"  {label}", number) for label, number in labelled.classes.items())
    for problem in found.problems[:SHOWN_PROBLEMS]:
        yield f"  {problem.message} {problem.hint}"
    if len(found.problems) > SHOWN_PROBLEMS:
        yield f"  … and {len(found.problems) - SHOWN_PROBLEMS:,} more to look at; --json lists all"
    yield from (f"  left out: {skip.path}: {skip.reason}" for skip in labelled.skipped[:SHOWN_PROBLEMS])
