"""`models`: the embedding models that can answer searches."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cli.grammar import Commands, absolute_path
from cli.output import columns, count, note
from cli.session import Session
from cli.training import trainer_installed

if TYPE_CHECKING:
    from engine.library import Library
    from engine.models.checking import ModelCheck
    from engine.models.installed import ModelCard


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    models = commands.add(
        "models",
        "list, choose, add, remove or check embedding models",
        example="lookalike models list",
        run=list_models,
    )
    actions = Commands(models, "action")
    actions.add("list", "list the models", example="lookalike models list --json", run=list_models)
    use = actions.add(
        "use",
        "let another model answer; photos it has not seen yet are embedded by the next index",
        example="lookalike models use lookalike-2",
        run=use_model,
    )
    use.add_argument("name", metavar="NAME")
    add = actions.add(
        "add",
        "install a model, after it was checked in a limited process",
        example="lookalike models add ~/Downloads/model.onnx\nlookalike models add --backbone resnet50",
        run=add_model,
    )
    add.set_defaults(wrong_usage=_wrong_usage)
    add.add_argument(
        "source",
        nargs="?",
        type=absolute_path,
        metavar="SRC",
        help="a model folder, a .zip of one, or an .onnx; with --backbone a file of its weights",
    )
    add.add_argument(
        "--backbone",
        metavar="B",
        help="make a model of a known network, such as resnet50 or mobilenet_v3_large: its official weights are"
        " downloaded once, if no file is named",
    )
    remove = actions.add(
        "remove",
        "delete a model and what it embedded; not the one in use",
        example="lookalike models remove my-photos",
        run=remove_model,
    )
    remove.add_argument("name", metavar="NAME")
    export = actions.add(
        "export",
        "write a model as one .onnx file that can be added elsewhere",
        example="lookalike models export my-photos my-photos.onnx",
        run=export_model,
    )
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=absolute_path, metavar="FILE")
    check = actions.add(
        "check",
        "try a model in a limited process without installing it",
        example="lookalike models check ~/Downloads/model.onnx",
        run=check_model,
    )
    check.add_argument("file", type=absolute_path, metavar="FILE", help="an .onnx file or a model folder")


def list_models(_arguments: Namespace, session: Session) -> int:
    """Run `lookalike models list`."""
    with session.library() as library:
        _show_models(library, session)
    return 0


def use_model(arguments: Namespace, session: Session) -> int:
    """Run `lookalike models use`."""
    with session.library() as library:
        library.use_model(arguments.name)
        _show_models(library, session)
    return 0


def add_model(arguments: Namespace, session: Session) -> int:
    """Run `lookalike models add`."""
    with session.library() as library:
        name = (
            _add_backbone(arguments, library, session) if arguments.backbone else library.models.add(arguments.source)
        )
        _show_models(library, session)
    note(f"To search with it: lookalike models use {name}")
    return 0


def _wrong_usage(arguments: Namespace) -> str:
    return "" if arguments.source or arguments.backbone else "name a model to add, or a network with --backbone"


def _add_backbone(arguments: Namespace, library: "Library", session: Session) -> str:
    """Export a network with weights, and install that."""
    library.require_writable()
    with trainer_installed(), session.job() as job, TemporaryDirectory(prefix=".", dir=library.folder) as temporary:
        from trainer.backbones.frozen import write_backbone  # loads torch

        folder = Path(temporary) / "model"
        write_backbone(arguments.backbone, folder, file=arguments.source, job=job)
        return library.models.add(folder, job)


def remove_model(arguments: Namespace, session: Session) -> int:
    """Run `lookalike models remove`."""
    with session.library() as library:
        library.remove_model(arguments.name)
        _show_models(library, session)
    return 0


def export_model(arguments: Namespace, session: Session) -> int:
    """Run `lookalike models export`."""
    with session.library() as library:
        file = library.models.export(arguments.name, arguments.file)
    session.output.show({"models": [{"name": arguments.name, "file": file}]}, [str(file)])
    return 0


def check_model(arguments: Namespace, session: Session) -> int:
    """Run `lookalike models check`; a model with problems is status 1."""
    with session.library() as library:
        check = library.check_model(arguments.file)
    session.output.show({"models": [asdict(check)]}, _check_lines(check))
    return 0 if check.ok else 1


def _check_lines(check: "ModelCheck") -> list[str]:
    speed = f", {check.milliseconds:.1f} ms per picture on one thread" if check.milliseconds else ""
    return [
        f"{check.name or check.path.name}: {'it works' if check.ok else 'it cannot be used'}{speed}",
        *(f"  problem: {problem}" for problem in check.problems),
        *(f"  input: {value}" for value in check.inputs),
        *(f"  output: {value}" for value in check.outputs),
    ]


def _show_models(library: "Library", session: Session) -> None:
    models = library.models.list()
    rows = [
        (_state(model), model.name, model.version, f"{model.dim}-d", _embedded(model), model.licence, model.source)
        for model in models
    ]
    session.output.show({"models": [asdict(model) for model in models]}, columns(rows))


def _embedded(model: "ModelCard") -> str:
    return count(model.photos, "photo")


def _state(model: "ModelCard") -> str:
    if model.in_use:
        return "in use"
    return "takes over when every photo is embedded" if model.filling else ""
