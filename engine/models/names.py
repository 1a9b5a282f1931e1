"""What a model may be called."""

_FORBIDDEN = frozenset('/\\:*?"<>|')


def can_name_model(text: str) -> bool:
    """Whether a model's folder can have this name on every system."""
    return bool(
        text and text == text.strip() and text[0] not in ".-" and not set(text) & _FORBIDDEN and text.isprintable()
    )
