"""`train`: a thin shell over the recipes of the trainer."""

import os
import shlex
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.evaluation import chosen_model
from cli.grammar import Commands, absolute_path, model_name, positive_number, setting
from cli.output import count
from cli.personal import (
    INSTALL,
    NETWORK_RECIPES,
    events,
    examine_personal,
    failure_document,
    silent,
    train_personal,
)
from cli.session import Session
from engine.errors import EngineError
from engine.jobs import Job
from engine.models.manifest import load_manifest

if TYPE_CHECKING:
    from engine.library import Library
    from trainer.report import TrainReport

TRAINING_PACKAGES = (
    "matplotlib",
    "onnx",
    "pytorch_metric_learning",
    "safetensors",
    "scipy",
    "sklearn",
    "threadpoolctl",
    "torch",
    "torchvision",
)

LOADED_LATE = ("matplotlib", "sklearn")
"""What learning from labels loads when hours may have passed: that they are missing must be said before."""

HEAD_RECIPES = ("linear", "labelsim", "labelsim-regression", "labelsim-compat", "frozen")
DISTILL = "distill"

EXAMPLE = """\
lookalike train ~/Labelled
lookalike train ~/Labelled --recipe thorough
lookalike train ~/Labelled --examine
lookalike train --collection Cats --collection Dogs
lookalike train ~/Pictures --recipe distill --teacher teacher.safetensors --out my-photos"""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    train = commands.add(
        "train", "make a model of your own from your labelled photos", example=EXAMPLE, run=train_model
    )
    train.set_defaults(wrong_usage=_wrong_usage)
    train.add_argument(
        "photos",
        nargs="*",
        type=absolute_path,
        metavar="LABELLED",
        help="a folder with one folder per class, folders that are a class each, a .csv or .txt with"
        " path,label[,split] or path;label(confidence);…, a .json with files and classes, the ground truth of Oxford5k,"
        " or the batches of CIFAR; with --recipe distill any photos",
    )
    train.add_argument(
        "--collection",
        action="append",
        default=[],
        metavar="NAME",
        help="a collection of the library, as a class; may be repeated",
    )
    train.add_argument(
        "--gallery", type=absolute_path, metavar="G", help="with Oxford's ground truth the folder of the photos"
    )
    train.add_argument(
        "--recipe",
        choices=[*HEAD_RECIPES, *NETWORK_RECIPES, DISTILL],
        help="linear: tell the classes apart on top of a model, in a minute (default); labelsim: bring together what"
        " has labels in common (default where photos have several labels), labelsim-regression and labelsim-compat in"
        " other ways; frozen: only spread what a model sees in these photos; thorough: change the model itself a"
        " little, in some minutes; classify, triplet, siamese, supcon, proxy, arcface: train a network by the loss of"
        " that name; distill: learn from a larger model, no labels",
    )
    train.add_argument(
        "--base",
        metavar="MODEL",
        help="the model to start from and to beat (default: the one in use; for distill none, but random weights)",
    )
    train.add_argument(
        "--out",
        type=model_name,
        default="my-photos",
        metavar="NAME",
        help="the new model's name (default: my-photos); one that is taken gets a number behind it",
    )
    train.add_argument("--install", choices=INSTALL, help="let the new model take over (default: if it is better)")
    train.add_argument("--examine", action="store_true", help="say what is wrong with the labels, and learn nothing")
    train.add_argument("--events", action="store_true", help="tell what happens as JSON, one object per line")
    train.add_argument("--seed", type=int, metavar="S", help="the same seed gives the same training (default: 0)")
    _add_network_options(train)


def _add_network_options(train: ArgumentParser) -> None:
    networks = train.add_argument_group("for recipes that train a network")
    networks.add_argument(
        "--backbone", metavar="B", help="the network that learns (default: the model's own; distill: mobilenet_v2)"
    )
    networks.add_argument(
        "--weights",
        metavar="W",
        help="what it begins with: official (downloaded once), random, or a file (default: official if there are any)",
    )
    networks.add_argument("--epochs", type=positive_number, metavar="N", help="times every photo is shown")
    networks.add_argument("--device", choices=["auto", "cpu", "cuda"], default="auto", help="default: auto")
    networks.add_argument(
        "--set",
        type=setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="any other setting of the recipe, such as schedule=restarts or margin=1; the guide names them",
    )
    distilling = train.add_argument_group("for --recipe distill")
    distilling.add_argument(
        "--teacher", type=absolute_path, metavar="FILE", help="the larger model's weights (.safetensors)"
    )
    distilling.add_argument(
        "--config",
        type=absolute_path,
        metavar="FILE",
        help="settings of the recipe (JSON), such as a model's manifest.json",
    )


def _wrong_usage(arguments: Namespace) -> str:
    if arguments.recipe == DISTILL and (wrong := _wrong_for_distilling(arguments)):
        return wrong
    if arguments.recipe != DISTILL and (arguments.teacher or arguments.config):
        return f"{'--teacher' if arguments.teacher else '--config'} is for --recipe distill"
    if not (arguments.photos or arguments.collection):
        return "name labelled photos, or a collection with --collection"
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and arguments.recipe not in NETWORK_RECIPES:
        return "torchrun is of use for recipes that train a network only; name one with --recipe"
    given = [f"--{name}" for name in ("backbone", "weights", "epochs", "set") if getattr(arguments, name)]
    unused = [one for one in given if arguments.recipe != DISTILL or one in ("--weights", "--set")]
    if unused and arguments.recipe not in NETWORK_RECIPES:
        return f"{unused[0]} is for recipes that train a network; name one with --recipe, such as thorough"
    return ""


def _wrong_for_distilling(arguments: Namespace) -> str:
    if arguments.teacher is None:
        return "--recipe distill needs --teacher, the weights of a larger model"
    if arguments.collection:
        return "--recipe distill learns from folders, not from collections"
    if arguments.base and arguments.backbone:
        return "--base goes on with the backbone that the model has; leave out --backbone"
    if arguments.examine or arguments.gallery:
        return f"--recipe distill looks at no labels; leave out {'--examine' if arguments.examine else '--gallery'}"
    if arguments.install:
        return "a model that --recipe distill made takes over by lookalike models use; leave out --install"
    return ""


def train_model(arguments: Namespace, session: Session) -> int:
    """Run `lookalike train`. A cancelled training goes on from where it stopped when it is started again."""
    # Threads of torch that spin while they wait make it five times slower beside other programs; it reads this once.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    with trainer_installed():
        if arguments.recipe == DISTILL:
            return _train_distilled(arguments, session)
        for name in LOADED_LATE:
            if find_spec(name) is None:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return examine_personal(arguments, session) if arguments.examine else train_personal(arguments, session)


def _train_distilled(arguments: Namespace, session: Session) -> int:
    with session.library() as library, session.job() as job:
        tell = events(job) if arguments.events else silent
        try:
            library.require_writable()
            report = _distill(arguments, library, job)
        except EngineError as error:
            tell("failed", failure_document(error))
            raise
    name = load_manifest(report.model).name
    if arguments.events:
        tell("finished", _document(report, name))
    else:
        session.output.show(_document(report, name), _lines(report, name, arguments.out))
    return 0


@contextmanager
def trainer_installed() -> Iterator[None]:
    """Say what to install where the libraries of the trainer are missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in TRAINING_PACKAGES:
            raise
        raise EngineError(f"Training needs {error.name}, which is not installed.", _install_hint()) from error


def _distill(arguments: Namespace, library: "Library", job: Job) -> "TrainReport":
    from trainer.recipes.distill import DistillConfig, distill
    from trainer.recipes.settings import read_settings

    named = ", ".join(dict.fromkeys(photos.name for photos in arguments.photos))
    config = DistillConfig(device=arguments.device, data=named)
    if arguments.config:
        config = read_settings(arguments.config, config)
    given = {name: getattr(arguments, name) for name in ("backbone", "epochs", "seed")}
    config = replace(config, **{name: value for name, value in given.items() if value is not None})
    start = chosen_model(arguments.base, library.folder).folder if arguments.base else None
    out, install = library.folder / "models" / arguments.out, partial(_install, library, job)
    return distill(arguments.photos, arguments.teacher, out, install, config, job, start)


def _install(library: "Library", job: Job, finished: Path) -> Path:
    """Put a model into the library under a name that is free; the very same one may be there from a training before."""
    identity = load_manifest(finished).identity
    there = {load_manifest(card.folder).identity: card.folder for card in library.models.list()}
    if identity in there:
        return there[identity]
    name = library.models.add(finished, job)
    return next(card.folder for card in library.models.list() if card.name == name)


def _install_hint() -> str:
    """The command that installs what training needs, into the very environment that runs this."""
    from importlib import metadata

    wanted = [line.partition(";") for line in metadata.requires("lookalike") or ()]
    packages = [package.strip() for package, _, condition in wanted if "train" in condition]
    return f"Install it: {shlex.join([sys.executable, '-m', 'pip', 'install', *packages])}"


def _document(report: "TrainReport", name: str) -> dict[str, Any]:
    """The contract's keys first; a model that learned without labels has no predecessor to beat, and is always kept."""
    return {
        "run": None,
        "recipe": report.recipe,
        "backbone": report.backbone,
        "metrics": {"before": None, "after": report.metrics},
        "accepted": True,
        "model": name,
        "report": None,
        "folder": report.model,
        "photos": report.photos,
        "views": report.views,
        "steps": report.steps,
        "seconds": round(report.seconds, 3),
        "device": report.device,
        "skipped": [{"path": path, "reason": reason} for path, reason in report.skipped.items()],
    }


def _lines(report: "TrainReport", name: str, wanted: str) -> Iterator[str]:
    photos = count(report.photos, "photo")
    yield f"{name}: learned from {photos} in {report.seconds:.0f} s on {report.device}"
    if name != wanted:
        yield f"There was a model {wanted} already, which stays as it is: the new one is called {name}."
    yield from (f"  {metric}: {value:.3f}" for metric, value in report.metrics.items())
    yield from (f"  not read: {path}: {reason}" for path, reason in report.skipped.items())
    yield f"To search with it: lookalike models use {name}"
