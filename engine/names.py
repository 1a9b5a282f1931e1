"""File names in the order in which people read them."""

import re
import unicodedata

_NUMBER = re.compile("[0-9]+")
_MOST_DIGITS = 99


def natural_order(name: str) -> str:
    """A text to sort by: IMG_9 before IMG_10, upper and lower case alike, é beside e."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return _NUMBER.sub(_by_size, plain.casefold())


def _by_size(number: re.Match[str]) -> str:
    """A number behind the count of its digits, so that more digits come later."""
    digits = number.group().lstrip("0") or "0"
    return f"{min(len(digits), _MOST_DIGITS):02}{digits}"
