"""`train`: a thin shell over the recipes of the trainer."""

import shlex
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.grammar import Commands, absolute_path, model_name, positive_number
from cli.output import count
from cli.session import Session
from engine.errors import BadRequestError, EngineError
from engine.jobs import Job

if TYPE_CHECKING:
    from trainer.report import TrainReport

TRAINING_PACKAGES = ("torch", "torchvision", "onnx", "safetensors")

EXAMPLE = """\
lookalike train ~/Pictures --recipe distill --teacher teacher.safetensors --out my-photos
lookalike models use my-photos"""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    train = commands.add(
        "train", "train an embedding model on your own photos (needs PyTorch)", example=EXAMPLE, run=train_model
    )
    train.add_argument("photos", nargs="+", type=absolute_path, metavar="PHOTOS", help="folders with photos, or photos")
    train.add_argument(
        "--recipe", required=True, choices=["distill"], help="distill: learn from a larger model, no labels"
    )
    train.add_argument(
        "--teacher", required=True, type=absolute_path, metavar="FILE", help="the larger model's weights (.safetensors)"
    )
    train.add_argument(
        "--out", required=True, type=model_name, metavar="NAME", help="the new model's name in the library"
    )
    train.add_argument(
        "--config",
        type=absolute_path,
        metavar="FILE",
        help="settings of the recipe (JSON), such as a model's manifest.json",
    )
    train.add_argument("--backbone", metavar="B", help="the network that learns (default: mobilenet_v2)")
    train.add_argument("--epochs", type=positive_number, metavar="N", help="times every photo is shown")
    train.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto", help="default: auto")
    train.add_argument("--seed", type=int, metavar="S", help="the same seed gives the same training (default: 0)")


def train_model(arguments: Namespace, session: Session) -> int:
    """Run `lookalike train`. A cancelled training goes on from where it stopped when it is started again."""
    folder = _model_folder(arguments.out, session)
    with session.job() as job:
        report = _distill(arguments, folder, job)
    session.output.show(_document(report), _lines(report))
    return 0


def _model_folder(name: str, session: Session) -> Path:
    with session.library() as library:
        if any(model.name == name and model.source == "bundled" for model in library.models.list()):
            raise BadRequestError(f"The model {name} is part of the program.", "Choose another name with --out.")
        return library.folder / "models" / name


def _distill(arguments: Namespace, folder: Path, job: Job) -> "TrainReport":
    try:
        from trainer.recipes.distill import DistillConfig, distill
        from trainer.recipes.settings import read_settings
    except ModuleNotFoundError as error:
        if error.name not in TRAINING_PACKAGES:
            raise
        raise EngineError(f"Training needs {error.name}, which is not installed.", _install_hint()) from error
    named = ", ".join(dict.fromkeys(photos.name for photos in arguments.photos))
    config = DistillConfig(device=arguments.device, data=named)
    if arguments.config:
        config = read_settings(arguments.config, config)
    given = {name: getattr(arguments, name) for name in ("backbone", "epochs", "seed")}
    config = replace(config, **{name: value for name, value in given.items() if value is not None})
    return distill(arguments.photos, arguments.teacher, folder, config, job)


def _install_hint() -> str:
    """The command that installs what training needs, into the very environment that runs this."""
    from importlib import metadata

    wanted = [line.partition(";") for line in metadata.requires("lookalike") or ()]
    packages = [package.strip() for package, _, condition in wanted if "train" in condition]
    return f"Install it: {shlex.join([sys.executable, '-m', 'pip', 'install', *packages])}"


def _document(report: "TrainReport") -> dict[str, Any]:
    """The contract's keys first; a model that learned without labels has no predecessor to beat, and is always kept."""
    return {
        "run": None,
        "recipe": report.recipe,
        "backbone": report.backbone,
        "metrics": {"before": None, "after": report.metrics},
        "accepted": True,
        "model": report.model.name,
        "report": None,
        "folder": report.model,
        "photos": report.photos,
        "views": report.views,
        "steps": report.steps,
        "seconds": round(report.seconds, 3),
        "device": report.device,
        "skipped": [{"path": path, "reason": reason} for path, reason in report.skipped.items()],
    }


def _lines(report: "TrainReport") -> Iterator[str]:
    photos = count(report.photos, "photo")
    yield f"{report.model.name}: learned from {photos} in {report.seconds:.0f} s on {report.device}"
    yield from (f"  {name}: {value:.3f}" for name, value in report.metrics.items())
    yield from (f"  not read: {path}: {reason}" for path, reason in report.skipped.items())
    yield f"To search with it: lookalike models use {report.model.name}"
