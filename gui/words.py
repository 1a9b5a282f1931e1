"""Numbers, times and days as people say them."""

from datetime import date, datetime, timedelta

MINUTE = 60
HOUR = 60 * MINUTE


def count(number: int, one: str, many: str = "") -> str:
    """Such as "1 match", "1,204 matches"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def time_left(seconds: float) -> str:
    """Such as "3 min left"; rounded, because it is a guess."""
    if seconds < MINUTE:
        return "less than a minute left"
    if seconds < HOUR:
        return f"{round(seconds / MINUTE)} min left"
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    return f"{hours} h {minutes} min left"


def rate(per_second: float) -> str:
    """Such as "58 photos/s", "0.4 photos/s"."""
    return f"{per_second:.0f} photos/s" if per_second >= 10 else f"{per_second:.1f} photos/s"


def day(of: date, today: date) -> str:
    """Such as "Today", "Yesterday", "Monday", "3 March", "3 March 2024"."""
    age = (today - of).days
    if age <= 0:
        return "Today"
    if age == 1:
        return "Yesterday"
    if of > today - timedelta(days=7):
        return f"{of:%A}"
    return f"{of.day} {of:%B}" if of.year == today.year else f"{of.day} {of:%B %Y}"


def clock(moment: datetime) -> str:
    """Such as "14:02"."""
    return f"{moment:%H:%M}"


def milliseconds(seconds: float) -> str:
    """Such as "18 ms", "1.4 s"."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
