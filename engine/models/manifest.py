"""What a model folder says about its model. The model carries its own preprocessing and identity."""

import hashlib
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from engine.errors import ModelError

FORMAT = 1
MANIFEST = "manifest.json"
MODEL = "model.onnx"
METADATA_KEY = "lookalike"
"""The ONNX file's own metadata repeats the manifest under this key, without the file's SHA-256."""

ResizeMode = Literal["squash", "crop", "pad"]
Interpolation = Literal["bilinear", "bicubic"]
_LONGEST_NAME = 100
_CHOICES = {
    "layout": ("NHWC", "NCHW"),
    "dtype": ("uint8", "float32"),
    "mode": ("squash", "crop", "pad"),
    "interpolation": ("bilinear", "bicubic"),
    "distance": ("cosine",),
}


@dataclass(frozen=True, slots=True)
class Input:
    """The graph's input.

    Attributes:
        name: of the input.
        height: pixels.
        width: pixels.
        layout: "NHWC" or "NCHW".
        dtype: "uint8" (0..255, normalised inside the graph) or "float32" ((pixel / 255 - mean) / std).
        mean: per channel, for float32.
        std: per channel, for float32.
    """

    name: str
    height: int
    width: int
    layout: str = "NHWC"
    dtype: str = "uint8"
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    std: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A model's name, shape, preprocessing and origin.

    Attributes:
        sha256: hex digest of model.onnx.
        dim: values of an embedding.
        output: name of the graph's output, float32 [N, dim].
        share: of a photo's shorter side that the resize mode "crop" takes.
        training: recipe, data, date, seed and metrics, for the model's card.
    """

    name: str
    version: str
    sha256: str
    dim: int
    input: Input
    output: str
    resize: ResizeMode
    interpolation: Interpolation
    licence: str
    training: dict[str, Any] = field(default_factory=dict)
    share: float = 1.0

    @property
    def decoded_side(self) -> int:
        """Pixels of the shorter side that a photo must be decoded with for this model."""
        return math.ceil(max(self.input.height, self.input.width) / self.share)

    @property
    def identity(self) -> str:
        """Tells models apart whose vectors must not be mixed: the weights and the preprocessing."""
        given = self.input
        how = f"{given.height}x{given.width} {self.resize} {self.interpolation} {given.mean} {given.std}"
        how += f" {self.share}" if self.share != 1 else ""
        return hashlib.blake2b(f"{self.sha256} {how}".encode(), digest_size=16).hexdigest()


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of a model folder.

    Raises:
        ModelError: it is missing, no JSON, or lacks or misstates something.
    """
    file = folder / MANIFEST
    try:
        return parse_manifest(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ModelError(
            f"{folder} is not a model: it has no {MANIFEST}.", "Name a folder with model.onnx and manifest.json."
        ) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ModelError(f"The manifest {file} cannot be read ({error}).", "Get the model again.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The manifest {file} is not valid: {_plain(error)}.", "Get the model again.") from error


def embedded_manifest(text: str, sha256: str) -> Manifest:
    """The manifest that an ONNX file carries in its metadata; raises ModelError."""
    try:
        return parse_manifest({**json.loads(text), "sha256": sha256})
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(
            f"The manifest inside the model is not valid: {_plain(error)}.", "Get the model again."
        ) from error


def parse_manifest(fields: dict[str, Any]) -> Manifest:
    """A manifest from its JSON document; raises KeyError, TypeError or ValueError."""
    if fields["format"] != FORMAT:
        raise ValueError(f"its format is {fields['format']}, this program reads {FORMAT}")
    _choice("distance", fields["distance"])
    given, resize = _object(fields["input"], "input"), _object(fields["resize"], "resize")
    height, width = (_positive(side, "size") for side in _list(given["size"], 2, "size"))
    return Manifest(
        name=_name(fields["name"]),
        version=str(fields["version"]),
        sha256=_sha256(fields["sha256"]),
        dim=_positive(fields["dim"], "dim"),
        input=Input(
            name=str(given["name"]),
            height=height,
            width=width,
            layout=_choice("layout", given.get("layout", "NHWC")),
            dtype=_choice("dtype", given.get("dtype", "uint8")),
            mean=_triple(given.get("mean", [0, 0, 0]), "mean"),
            std=_triple(given.get("std", [1, 1, 1]), "std"),
        ),
        output=str(_object(fields["output"], "output")["name"]),
        resize=cast("ResizeMode", _choice("mode", resize["mode"])),
        interpolation=cast("Interpolation", _choice("interpolation", resize["interpolation"])),
        licence=str(fields.get("licence", "")),
        training=_object(fields.get("training", {}), "training"),
        share=_share(resize.get("share", 1.0)),
    )


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{what} is {value!r}, not an object")
    return value


def _list(value: Any, length: int, what: str) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) != length:
        raise ValueError(f"{what} is {value!r}, not a list of {length} numbers")
    return list(value)


def _sha256(value: Any) -> str:
    text = str(value)
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise ValueError(f"sha256 is {value!r}, not 64 hexadecimal digits")
    return text


def _name(name: Any) -> str:
    """A name that can be a folder: no separators, nothing hidden."""
    text = str(name)
    allowed = isinstance(name, str) and 0 < len(text) <= _LONGEST_NAME and text == text.strip()
    if not allowed or text.startswith(".") or any(sign in text for sign in '/\\:*?"<>|\n'):
        raise ValueError(f"{text[:_LONGEST_NAME]!r} cannot be the name of a model")
    return text


def _positive(value: Any, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 65_536:
        raise ValueError(f"{what} is {value!r}, not a positive whole number")
    return value


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise ValueError(f"share is {value!r}, not a number above 0 and up to 1")
    return float(value)


def _choice(what: str, value: Any) -> str:
    if value not in _CHOICES[what]:
        raise ValueError(f"{what} is {value!r}, not one of {', '.join(_CHOICES[what])}")
    return str(value)


def _triple(values: Any, what: str) -> tuple[float, float, float]:
    numbers = _list(values, 3, what)
    if any(
        isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) for value in numbers
    ):
        raise ValueError(f"{what} is {values!r}, not a list of 3 numbers")
    if what == "std" and 0 in numbers:
        raise ValueError("std contains 0")
    red, green, blue = (float(value) for value in numbers)
    return red, green, blue


def _plain(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
