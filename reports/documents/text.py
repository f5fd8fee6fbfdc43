"""How a value prints as text, by its column's kind: the one place of rounding for display, for page and documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from crm.values.money import format_percent, signed
from crm.values.periods import SEOUL, format_date
from reports.report import ColumnKind, CoreReport, Language, Value

UNKNOWN: Final = "–"
# What a spreadsheet runs as a formula; the full-width forms under an East Asian locale.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMERIC: Final = frozenset({"integer", "money", "scaled", "percent", "number"})


# Of the document that is being made. Not the language of whoever asks for it: a document is made of its report alone.
_spoken: ContextVar[Language] = ContextVar("spoken", default="ko")


@contextmanager
def spoken_in(language: Language) -> Iterator[None]:
    """Within the block dates are in the form of this language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Language:
    return _spoken.get()


def as_text(value: Value, kind: ColumnKind, language: Language | None = None) -> str:
    """The value as printed: unknown as –, a decrease with △, dates in the city's time and in the form of the language,
    that of the document where none is named."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        local = city_time(value)
        return f"{format_date(local.date(), language or spoken())} {local:%H:%M}"
    if isinstance(value, date):
        return format_date(value, language or spoken())
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
