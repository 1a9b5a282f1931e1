"""`evaluate`: how well do models find what belongs together?"""

import math
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.grammar import Commands, absolute_path, positive_number
from cli.output import count
from cli.session import Session
from engine.errors import ModelError
from engine.paths import absolute, is_file, is_there

if TYPE_CHECKING:
    from engine.evaluation.evaluate import EvaluationReport, ModelFigures
    from engine.library import Library
    from engine.models.registry import InstalledModel, ModelRegistry
    from engine.settings import Settings

PROTOCOLS = ("leave-one-out", "oxford", "query-gallery")
SHOWN_SKIPPED = 10

EXAMPLE = """\
lookalike evaluate ~/Labelled
lookalike evaluate ~/Labelled --model lookalike-2 --model ~/Downloads/other.onnx --per-class
lookalike evaluate queries.csv --gallery gallery.csv -k 50 --json"""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    evaluate = commands.add(
        "evaluate", "measure models on labelled photos, in the library or not", example=EXAMPLE, run=evaluate_models
    )
    evaluate.add_argument(
        "labelled",
        type=absolute_path,
        metavar="LABELLED",
        help="a folder with one folder per class, a .csv or .txt with path,label[,split] or path;label(confidence);…, a"
        " .json with files and classes, the ground truth of Oxford5k, or the batches of CIFAR",
    )
    evaluate.add_argument(
        "--model",
        action="append",
        default=[],
        metavar="M",
        help="a model's name, its folder or a self-describing .onnx file; may be repeated (default: the one in use)",
    )
    evaluate.add_argument(
        "--gallery", type=absolute_path, metavar="G", help="search these photos, labelled likewise, with LABELLED's"
    )
    evaluate.add_argument(
        "--protocol", choices=PROTOCOLS, help="who asks, and what is searched (default: what LABELLED is made for)"
    )
    evaluate.add_argument(
        "-k",
        action="append",
        default=[],
        type=positive_number,
        metavar="N",
        help="also judge the first N places, besides 1, 5 and 10; may be repeated",
    )
    evaluate.add_argument(
        "--without-copies", action="store_true", help="leave files with the query's very content out of its ranking"
    )
    evaluate.add_argument("--per-class", action="store_true", help="also show every class")
    evaluate.add_argument(
        "--seed", type=int, default=0, metavar="S", help="the same seed gives the same intervals (default: 0)"
    )


def evaluate_models(arguments: Namespace, session: Session) -> int:
    """Run `lookalike evaluate`."""
    from engine.evaluation.evaluate import evaluate
    from engine.evaluation.labelled import Protocol, load_labelled

    protocol = Protocol(arguments.protocol) if arguments.protocol else None
    settings = session.settings()
    with _existing_library(session, settings) as library, session.job() as job:
        labelled = load_labelled(arguments.labelled, arguments.gallery, protocol, job=job)
        report = evaluate(
            labelled,
            _models(arguments.model, session.folder, library),
            settings,
            cutoffs=arguments.k,
            seed=_seed(arguments.seed),
            without_copies=arguments.without_copies,
            known=library.known_photos() if library else None,
            job=job,
        )
    session.output.show(evaluation_document(report), _lines(report, arguments.per_class))
    return 0


@contextmanager
def _existing_library(session: Session, settings: "Settings") -> "Iterator[Library | None]":
    """The library if there is one: measuring needs none, and makes none."""
    from engine.library import Library

    if not is_file(session.folder / "catalog.db"):
        yield None
        return
    with Library.open(session.folder, settings=settings) as library:
        yield library


def chosen_model(name: str, folder: Path) -> "InstalledModel":
    """An installed model by its name, or any other by its path.

    Args:
        name: of the model, or its folder or file.
        folder: of the library.

    Raises:
        ModelError: there is neither.
    """
    from engine.models.checking import open_foreign

    installed: dict[str, InstalledModel] = {model.manifest.name: model for model in _registry(folder).list()}
    if name in installed:
        return installed[name]
    if is_there(absolute(name)):
        return open_foreign(absolute(name))
    names = ", ".join(installed) or "none"
    raise ModelError(f"There is no model named {name}, and no such file.", f"There are: {names}.")


def _models(names: Sequence[str], folder: Path, library: "Library | None") -> "list[InstalledModel]":
    if names:
        return [chosen_model(name, folder) for name in names]
    in_use = next((model.name for model in library.models.list() if model.in_use), None) if library else None
    registry = _registry(folder)
    return [registry.named(in_use) if in_use else registry.default()]


def _registry(folder: Path) -> "ModelRegistry":
    from engine.library import default_models
    from engine.models.registry import ModelRegistry

    return ModelRegistry(default_models(), folder / "models")


def _seed(seed: int) -> int:
    """Numbers below 0 are seeds too, but not for numpy."""
    return seed % 2**32


def evaluation_document(report: "EvaluationReport") -> dict[str, Any]:
    """The JSON document of an evaluation."""
    return {
        "models": [_model_document(figures) for figures in report.models],
        "references": [_model_document(figures) for figures in report.references],
        "protocol": report.protocol,
        "photos": report.photos,
        "gallery": report.gallery,
        "classes": report.classes,
        "queries": report.queries,
        "queries_without_relevant": report.without_relevant,
        "skipped": [{"path": skip.path, "reason": skip.reason} for skip in report.skipped],
        "seconds": round(report.seconds, 3),
    }


def _model_document(figures: "ModelFigures") -> dict[str, Any]:
    return {
        "name": figures.name,
        "metrics": _numbers(figures.metrics),
        "intervals": {name: [_number(part.low), _number(part.high)] for name, part in figures.intervals.items()},
        "macro": _numbers(figures.macro),
        "differences": {
            name: {
                "value": _number(apart.value),
                "interval": [_number(apart.interval.low), _number(apart.interval.high)],
            }
            for name, apart in figures.differences.items()
        },
        "per_class": {
            label: {"queries": part.queries} | _numbers(part.metrics) for label, part in figures.per_class.items()
        },
        "tie_rate": _number(figures.tie_rate),
    }


def _numbers(values: dict[str, float]) -> dict[str, float | None]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> float | None:
    """JSON knows no NaN: what cannot be told is null."""
    return round(value, 6) if math.isfinite(value) else None


def _lines(report: "EvaluationReport", per_class: bool) -> Iterator[str]:
    from cli.figures import class_table, figure_tables  # rich is slow to load

    yield _headline(report)
    if report.without_relevant:
        yield f"{count(report.without_relevant, 'query', 'queries')} with nothing to find, left out"
    if any(figures.tie_rate for figures in report.models):
        rates = ", ".join(f"{figures.name} {figures.tie_rate:.1%}" for figures in report.models)
        yield f"decided by the order of the files, since hit and miss are equally near: {rates} of the queries"
    yield from figure_tables([*report.models, *report.references])
    if per_class:
        for figures in report.models:
            yield from class_table(figures)
    if report.skipped:
        yield f"{count(len(report.skipped), 'file')} left out"
        yield from (f"  {skip.path}: {skip.reason}" for skip in report.skipped[:SHOWN_SKIPPED])
    if len(report.skipped) > SHOWN_SKIPPED:
        yield f"  … and {len(report.skipped) - SHOWN_SKIPPED:,} more; --json lists all"


def _headline(report: "EvaluationReport") -> str:
    queries = count(report.queries, "query", "queries")
    words = ("label", "labels") if report.references else ("class", "classes")
    classes = count(report.classes, *words)
    searched = "each other" if report.protocol == "leave-one-out" else count(report.gallery, "photo")
    return f"{queries} of {classes} searched {searched} ({report.protocol}) in {report.seconds:.1f} s"
