"""How a value prints as text, by its column's kind: the one place of rounding for display, for page and documents."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from crm.models.dates import day_text
from crm.values.money import format_percent, signed
from crm.values.periods import SEOUL
from reports.report import ColumnKind, CoreReport, Language, Value

UNKNOWN: Final = "–"
# What a spreadsheet runs as a formula; the full-width forms under an East Asian locale.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMERIC: Final = frozenset({"integer", "money", "scaled", "percent", "number"})


def as_text(value: Value, kind: ColumnKind) -> str:
    """The value as printed: unknown as –, a decrease with △, dates in the city's time and in the form of the language
    that is spoken."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        local = city_time(value)
        return f"{day_text(local.date())} {local:%H:%M}"
    if isinstance(value, date):
        return day_text(value)
    number = Decimal(value)
    return format_percent(number).replace("-", "△") if kind in ("percent", "scaled") else signed(number)


def tongue(report: CoreReport) -> Language:
    """The language that a reader, or a machine that reads aloud, begins in."""
    return "en" if report.language == "en" else "ko"


def city_time(moment: datetime) -> datetime:
    """The moment on the city's clock; a time without a zone is taken to be the city's already."""
    return moment.replace(tzinfo=SEOUL) if moment.tzinfo is None else moment.astimezone(SEOUL)


def is_numeric(kind: ColumnKind) -> bool:
    """Whether a column of this kind lines up on the right."""
    return kind in _NUMERIC
