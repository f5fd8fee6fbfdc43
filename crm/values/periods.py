"""Quarters, as-of times and ages. Dates are local to the place; an as-of time is read on the clock of Seoul."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Final, Literal, Self
from zoneinfo import ZoneInfo

from crm.values.names import clean

SEOUL: Final = ZoneInfo("Asia/Seoul")
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

PeriodErrorCode = Literal["empty", "not_understood", "out_of_range"]
_MESSAGES: Final[dict[PeriodErrorCode, str]] = {
    "empty": "Enter a period.",
    "not_understood": "This period or time was not understood.",
    "out_of_range": f"The years {FIRST_YEAR} to {LAST_YEAR} are kept.",
}
_QUARTER: Final = re.compile(r"([0-9]{4})(?:-?[Qq]|년 ?)([1-4])(분기)?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9].*")
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# A year of more digits, which a browser's calendar takes.
_FAR: Final = re.compile(r"[0-9]{5,}-[0-9]{2}-[0-9]{2}.*")
_LAST_TIME: Final = time(23, 59, 59, 999_999)


class PeriodError(ValueError):
    """A refused period or time. `code` is one of PeriodErrorCode, `text` what was given; str() is in English."""

    def __init__(self, code: PeriodErrorCode, text: str) -> None:
        super().__init__(code, text)
        self.code: PeriodErrorCode = code
        self.text = text

    def __str__(self) -> str:
        return _MESSAGES[self.code]


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter, 1990 to 2100; earlier quarters sort first. PeriodError out_of_range for any other."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 4):
            raise PeriodError("out_of_range", f"{self.year}Q{self.number}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `2023Q1`, `2023q1`, `2023-Q1` and `2023년 1분기`. Raises PeriodError."""
        typed = clean(text)
        if not typed:
            raise PeriodError("empty", text)
        found = _QUARTER.fullmatch(typed)
        if found is None or ("년" in typed) is (found[3] is None):
            raise PeriodError("not_understood", text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter in which the day lies. A datetime is refused (TypeError): its day depends on the time zone."""
        return cls(_day_only(day).year, (day.month + 2) // 3)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        month = self.number * 3
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def year_first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def serial(self) -> int:
        """How many quarters lie before it since year 0: one more for each later quarter."""
        return quarter_serial(self.first_day)

    def previous(self) -> Self:
        return type(self)(self.year, self.number - 1) if self.number > 1 else type(self)(self.year - 1, 4)

    def next(self) -> Self:
        return type(self)(self.year, self.number + 1) if self.number < 4 else type(self)(self.year + 1, 1)

    def contains(self, day: date) -> bool:
        """Whether the day lies in the quarter, first and last day included. TypeError for a datetime."""
        return self.first_day <= _day_only(day) <= self.last_day

    def label(self, language: Literal["ko", "en"]) -> str:
        """`2023년 1분기` or `2023 Q1`."""
        return f"{self.year}년 {self.number}분기" if language == "ko" else f"{self.year} Q{self.number}"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


def quarter_serial(day: date) -> int:
    """The serial of the quarter in which the day lies, kept or not."""
    return day.year * 4 + (day.month - 1) // 3


def _day_only(day: date) -> date:
    if isinstance(day, datetime):
        raise TypeError("a date is needed, not a datetime: which day it is depends on the time zone")
    return day


def format_date(day: date, language: Literal["ko", "en"] = "ko") -> str:
    """`2023. 1. 7.`, and `7 Jan 2023` in English: neither can be taken for another day."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}. {day.month}. {day.day}."


def start_of_day(day: date, tz: tzinfo = SEOUL) -> datetime:
    """Midnight at the beginning of the day in the time zone."""
    return datetime.combine(_day_only(day), time.min, tz)


def end_of_day(day: date, tz: tzinfo = SEOUL) -> datetime:
    """The last microsecond of the day in the time zone."""
    return datetime.combine(_day_only(day), _LAST_TIME, tz)


def parse_as_of(text: str) -> datetime:
    """Reads an as-of time, always aware. A date (`2023-03-31`) is the end of that day in Seoul; an ISO datetime keeps
    its offset, without one it is Seoul's. Raises PeriodError."""
    typed = clean(text)
    if not typed:
        raise PeriodError("empty", text)
    if _FAR.fullmatch(typed):
        raise PeriodError("out_of_range", text)
    moment = _moment(typed)
    if moment is None:
        raise PeriodError("not_understood", text)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PeriodError("out_of_range", text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=SEOUL)


def _moment(typed: str) -> datetime | None:
    # Python reads more than people mean by a date (weeks, any letter between day and time): hence the shapes.
    try:
        if _DATE.fullmatch(typed):
            return end_of_day(date.fromisoformat(typed))
        return datetime.fromisoformat(typed) if _DATETIME.fullmatch(typed) else None
    except ValueError:
        return None


def cohort_age_months(signed: date, cut_off: date) -> int:
    """Whole months from the signing to the cut-off. Signed on the 31st, a month is full on the last day of a shorter
    one. PeriodError out_of_range where the signing lies after the cut-off: it belongs to no cohort yet."""
    if _day_only(signed) > _day_only(cut_off):
        raise PeriodError("out_of_range", f"{signed} > {cut_off}")
    months = (cut_off.year - signed.year) * 12 + cut_off.month - signed.month
    anniversary = min(signed.day, monthrange(cut_off.year, cut_off.month)[1])
    return months if cut_off.day >= anniversary else months - 1
