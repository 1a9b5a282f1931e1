"""Names that people gave, as text for pages, drawings and tables."""

import html
import unicodedata


def text(words: str) -> str:
    """Text that cannot be mistaken for markup, in an attribute either."""
    return html.escape(words, quote=True)


def plain(words: str, longest: int | None = None) -> str:
    """Text without control characters and halves of characters, which neither fonts nor tables of text know."""
    clean = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(one)[0] == "C" else one for one in words)
    return clean if longest is None or len(clean) <= longest else f"{clean[: longest - 1]}…"
