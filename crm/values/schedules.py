"""When a report is sent by itself, and how far a run of it has come."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from crm.values.periods import Quarter

FORMATS: Final = ("xlsx", "pdf", "hwpx", "csv", "json")
MOST_RECIPIENTS: Final = 50


class Rhythm(StrEnum):
    """QUARTERLY: so many days after a quarter's end. MONTHLY: on a day of the month. WEEKLY: on a day of the week."""

    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"


class Covered(StrEnum):
    """Which quarter is told: the last one that has ended, or the one that runs, up to now."""

    LAST_QUARTER = "last_quarter"
    THIS_QUARTER = "this_quarter"


class RunState(StrEnum):
    """QUEUED: waits for a worker. RUNNING: taken in hand by one. The others are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RunStep(StrEnum):
    """What a run is at. What it is at in detail (a format, an address) stands beside it."""

    WAITING = "waiting"
    FIGURES = "figures"
    DOCUMENTS = "documents"
    MAILS = "mails"
    ENDED = "ended"


class RunFault(StrEnum):
    """Why a run failed. UNFORESEEN: nobody has foreseen it; the program's own words stand beside it."""

    FONT = "font"
    NOT_ANSWERABLE = "not_answerable"
    NO_MAIL = "no_mail"
    UNFORESEEN = "unforeseen"


LONGEST_DAY: Final = {Rhythm.QUARTERLY: 90, Rhythm.MONTHLY: 31, Rhythm.WEEKLY: 7}


def last_due(rhythm: Rhythm, day: int, today: date) -> date:
    """The latest day, today included, at which a report of that rhythm was due. A month that is too short has its
    last day; Monday is the first day of the week."""
    if rhythm == Rhythm.WEEKLY:
        return today - timedelta(days=(today.isoweekday() - day) % 7)
    if rhythm == Rhythm.MONTHLY:
        due = _in_month(today.year, today.month, day)
        before = today.replace(day=1) - timedelta(days=1)
        return due if due <= today else _in_month(before.year, before.month, day)
    ended = Quarter.of(today).previous()
    due = ended.last_day + timedelta(days=day)
    return due if due <= today else ended.previous().last_day + timedelta(days=day)


def covered(covers: Covered, on: date) -> Quarter:
    """The quarter that a report due on that day tells of."""
    quarter = Quarter.of(on)
    return quarter.previous() if covers == Covered.LAST_QUARTER else quarter


def addresses(text: str) -> list[str]:
    """The addresses in a text, parted by lines, commas, semicolons or spaces; each once, as it was written first."""
    found: dict[str, str] = {}
    for one in text.replace(",", " ").replace(";", " ").split():
        found.setdefault(one.casefold(), one)
    return list(found.values())


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
