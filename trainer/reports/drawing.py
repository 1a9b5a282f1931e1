"""How drawings are made: one for a page that is light or dark, and the same as a PNG for other uses."""

import io
import logging
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from trainer.reports.wording import plain, text

TEXT, SECONDARY, BORDER, BEFORE, AFTER, WRONG = "#1b1b1d", "#5e5e64", "#d7d7db", "#85858c", "#2563eb", "#c2410c"
VARIABLES = {
    TEXT: "--text",
    SECONDARY: "--secondary",
    BORDER: "--border",
    BEFORE: "--before",
    AFTER: "--after",
    WRONG: "--wrong",
}
"""What a page calls these colours, which it changes where it is dark."""
_STYLE: dict[Any, Any] = {
    "axes.edgecolor": BORDER,
    "axes.labelcolor": SECONDARY,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.titlecolor": TEXT,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "font.size": 9,
    "font.family": "sans-serif",
    "grid.color": BORDER,
    "grid.linewidth": 0.5,
    "legend.frameon": False,
    "legend.labelcolor": TEXT,
    "lines.linewidth": 1.8,
    "svg.fonttype": "none",
    "text.color": TEXT,
    "text.parse_math": False,  # names of classes are text, whatever is in them
    "xtick.color": SECONDARY,
    "ytick.color": SECONDARY,
}
_SVG_DPI = 72
_PNG_DPI = 144
_CSS_DPI = 96


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in two forms.

    Attributes:
        name: of its file, without an ending.
        svg: an element for a page; it fetches nothing.
        png: the same on white.
    """

    name: str
    svg: str
    png: bytes


def draw(name: str, size: tuple[float, float], paint: Callable[[Figure], None], words: str) -> Drawing:
    """Let `paint` fill a figure and keep it.

    Args:
        name: of the file.
        size: width and height in inches.
        paint: draws on an empty figure.
        words: what is to be seen, for those who cannot see it.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of fonts that are not there
    with rc_context(_STYLE | {"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of letters that the font of the PNG has not
        figure = Figure(size, layout="constrained")
        paint(figure)
        vector, pixels = io.StringIO(), io.BytesIO()
        figure.savefig(vector, format="svg", transparent=True, dpi=_SVG_DPI)
        figure.savefig(pixels, format="png", facecolor="white", dpi=_PNG_DPI)
    return Drawing(name, _inline(vector.getvalue(), name, plain(words), size[0]), pixels.getvalue())


def _inline(document: str, name: str, words: str, width: float) -> str:
    """A document of matplotlib as an element of a page: its own names, the page's colours, nothing about its maker.

    It becomes as wide as it is in inches, so that all drawings have letters of one size.
    """
    inner = document[document.index("<svg") :]
    head, body = inner[: inner.index(">") + 1], inner[inner.index(">") + 1 :]
    view = re.search(r'viewBox="[^"]+"', head)
    body = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>", "", body, flags=re.DOTALL)
    body = re.sub(r"font-family: [^;\"]*; ", "", body)
    body = re.sub(r'\bid="', f'id="{name}-', body)
    body = re.sub(r"url\(#", f"url(#{name}-", body)
    body = re.sub(r'\bxlink:href="#', f'href="#{name}-', body)
    for color, variable in VARIABLES.items():
        body = re.sub(rf"(fill|stroke): {color}\b", rf"\1: var({variable})", body)
    most = f"max-width:{width * _CSS_DPI:.0f}px"
    return f'<svg {view.group() if view else ""} style="{most}" role="img" aria-label="{text(words)}">{body}'
