"""Numbers, times and days as people say them, in their language and in the way of their country."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtGui import QGuiApplication

from gui.translation import tr

MINUTE = 60
HOUR = 60 * MINUTE


def from_the_left(text: str) -> str:
    """A path or a pattern where Qt draws it in the direction of the window: its signs stay in their places."""
    if not QGuiApplication.isRightToLeft():
        return text
    return "\n".join(f"\N{LEFT-TO-RIGHT ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" for line in text.split("\n"))


def number(value: float, decimals: int = 0) -> str:
    """Such as "41,870", "0.94"."""
    return QLocale().toString(float(value), "f", decimals)


def size(byte_count: int) -> str:
    """Such as "4.2 MB"."""
    return QLocale().formattedDataSize(byte_count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def time_left(seconds: float) -> str:
    """Such as "3 min left"; rounded, because it is a guess."""
    if seconds < MINUTE:
        return tr("less than a minute left")
    if seconds < HOUR:
        return tr("{minutes} min left", minutes=round(seconds / MINUTE))
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    return tr("{hours} h {minutes} min left", hours=hours, minutes=minutes)


def duration(seconds: float) -> str:
    """Such as "4 s", "3 min", "1 h 20 min"."""
    if seconds < 1:
        return tr("less than a second")
    if seconds < MINUTE:
        return tr("{seconds} s", seconds=round(seconds))
    if seconds < HOUR:
        return tr("{minutes} min", minutes=round(seconds / MINUTE))
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    return tr("{hours} h {minutes} min", hours=hours, minutes=minutes)


def day_and_time(moment: datetime, today: date) -> str:
    """Such as "14:02", "Yesterday 14:02", "3 March 14:02"."""
    if moment.date() == today:
        return clock(moment)
    return f"{day(moment.date(), today)} {clock(moment)}"


def rate(per_second: float) -> str:
    """Such as "58 photos/s", "0.4 photos/s"."""
    return tr("{number} photos/s", number=number(per_second, 0 if per_second >= 10 else 1))


def day(of: date, today: date) -> str:
    """Such as "Today", "Yesterday", "Monday", "3 March", "3 March 2024"."""
    age = (today - of).days
    if age <= 0:
        return tr("Today")
    if age == 1:
        return tr("Yesterday")
    if of > today - timedelta(days=7):
        return dated(of, "dddd")
    return dated(of, tr("d MMMM")) if of.year == today.year else dated(of, tr("d MMMM yyyy"))


def dated(day: date, form: str) -> str:
    """A day in a form of QLocale, such as "d MMMM", with the names of the language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def short_date(day: date) -> str:
    """Such as "21/11/2026"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def clock(moment: datetime) -> str:
    """Such as "14:02"."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def milliseconds(seconds: float) -> str:
    """Such as "18 ms", "1.4 s"."""
    return f"{number(seconds * 1000)} ms" if seconds < 1 else f"{number(seconds, 1)} s"
