"""A recipe's settings as a file: a trained model's manifest keeps them, so that the recipe can be run again."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import BadRequestError, NotFoundError

Settings = TypeVar("Settings")
KEY = "settings"


def read_settings(file: Path, defaults: Settings) -> Settings:
    """The settings in a file's object "settings"; what it does not name stays as it is.

    Args:
        file: JSON as UTF-8 text, with that object at the top or, as in a model's manifest, under "training".
        defaults: a dataclass of plain values, lists of dataclasses and dataclasses.

    Raises:
        NotFoundError: there is no such file.
        BadRequestError: it is no such document, or names a setting that does not exist or cannot have that value.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        return merged(defaults, document.get("training", document)[KEY])
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {file}.", "Name a file of settings.") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadRequestError(
            f"{file} holds no settings ({error}).", f"It must be JSON with an object “{KEY}”."
        ) from error


def merged(defaults: Settings, given: Mapping[str, Any]) -> Settings:
    """The settings with some of them changed; raises BadRequestError for what does not exist or cannot be so."""
    known = {one.name: getattr(defaults, one.name) for one in fields(defaults)}  # type: ignore[arg-type]
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise BadRequestError(f"There is no setting “{unknown[0]}”.", f"There are: {', '.join(sorted(known))}.")
    return replace(defaults, **{name: _value(name, value, known[name]) for name, value in given.items()})  # type: ignore[type-var]


def _value(name: str, given: Any, default: Any) -> Any:
    if is_dataclass(default) and isinstance(given, dict):
        return merged(default, given)
    if isinstance(default, tuple) and isinstance(given, list):
        return tuple(_value(name, one, default[0]) for one in given)
    if isinstance(default, float) and type(given) is int:
        return float(given)
    if type(given) is not type(default):
        raise BadRequestError(
            f"The setting “{name}” cannot be {json.dumps(given)}.",
            f"It is of the kind of {json.dumps(default, default=str)}.",
        )
    return given
