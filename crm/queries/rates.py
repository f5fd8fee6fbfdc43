"""Which exchange rate holds on a day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta

from django.db.models import QuerySet

from crm.models import FxRate

# No rate is posted on weekends and holidays; the last posted one holds. The longest run of Korean holidays is ten
# days: an older rate means that the file is missing, not that the market was closed.
HOLDS_FOR = timedelta(days=10)


# Within `rates_read_once`: of each currency and year the posted rates, by day.
_read: ContextVar[dict[tuple[str, int], dict[date, FxRate]] | None] = ContextVar("rates", default=None)


def rate_on(currency: str, day: date) -> FxRate | None:
    """The base rate that holds on that day, or None where none is known: never an older or a later one instead."""
    oldest = _oldest(day)
    if (read := _read.get()) is None:
        return _posted(currency, oldest, day).order_by("-on").first()
    if (key := (currency, day.year)) not in read:
        year = _posted(currency, _oldest(date(day.year, 1, 1)), date(day.year, 12, 31))
        read[key] = {rate.on: rate for rate in year}
    held = (read[key].get(day - timedelta(days=days)) for days in range((day - oldest).days + 1))
    return next((rate for rate in held if rate is not None), None)


@contextmanager
def rates_read_once() -> Iterator[None]:
    """The rates of a currency and year are read once for all days that are asked for within the block, which posts
    none."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def _oldest(day: date) -> date:
    """The calendar's first days have no day ten days earlier."""
    return day - HOLDS_FOR if day - date.min >= HOLDS_FOR else date.min


def _posted(currency: str, first: date, last: date) -> QuerySet[FxRate]:
    return FxRate.objects.filter(currency=currency, on__lte=last, on__gte=first)
