"""The entries of the ledger one by one, as many as there are: counted at once, read page by page."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Any, overload
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from crm.models import LedgerEntry
from reports.figures.listing import A_PAGE, PAGES, Listing, remembering
from reports.figures.outcomes import subject_id, subject_names
from reports.figures.standing import LEDGER_ORDER, Hex, entries


@dataclass(frozen=True, slots=True)
class EntryFigures:
    """One entry, and what it is about as that was called at the as-of time."""

    entry: LedgerEntry
    about: str


@dataclass(frozen=True, slots=True)
class RateUsed:
    """An exchange rate at which amounts were converted: KRW `rate` for `per` units of the currency, posted on `day`."""

    currency: str
    day: date
    rate: Decimal
    per: int
    source: str


def rates_used(first: date, last: date, as_of: datetime, kept: Collection[UUID] = frozenset()) -> tuple[RateUsed, ...]:
    """The rates of the entries of these days, but for those about the outcomes that are kept from the reader."""
    return rates_said(entries(first, last, as_of)).but_for(kept)


@dataclass(frozen=True, slots=True)
class RatesSaid:
    """The rates of some entries, by the digits of the id of the outcome that they are about (None: of none), in the
    order of the ledger: of which every reader is told those that he may see."""

    said: tuple[tuple[str | None, RateUsed], ...]

    def but_for(self, kept: Collection[UUID]) -> tuple[RateUsed, ...]:
        """One for each currency and day, the last in the ledger, of what is not about outcomes that are kept from the
        reader."""
        hidden = {outcome.hex for outcome in kept}
        last = {(rate.currency, rate.day): rate for outcome, rate in self.said if outcome not in hidden}
        return tuple(last[key] for key in sorted(last))


def rates_said(about: QuerySet[LedgerEntry]) -> RatesSaid:
    """Of each outcome and day the last."""
    columns = ("currency", "fx_date", "fx_rate", "fx_per", "fx_source")
    rows = about.filter(fx_rate__isnull=False).order_by(*LEDGER_ORDER).values_list(Hex("outcome_id"), *columns)
    return rates_among(rows)


def rates_among(rows: Iterable[tuple[Any, ...]]) -> RatesSaid:
    """The same of what entries with a rate say, in their order: outcome, currency, day, rate, per and source."""
    found: dict[tuple[str | None, str, date], RateUsed] = {}
    for outcome, currency, day, *rate in rows:
        key = (outcome, currency, day)
        found.pop(key, None)  # the last one stands in its own place
        found[key] = RateUsed(currency, day, *rate)
    return RatesSaid(tuple((outcome, rate) for (outcome, _currency, _day), rate in found.items()))


def entry_figures(found: QuerySet[LedgerEntry], as_of: datetime, index: Q) -> Listing[EntryFigures]:
    """The entries in the order of the ledger. `index` is true of all of them and leads to where they are counted."""
    counted: dict[int, int] = {}
    # By kind too, as the index has them: nothing is sorted.
    by = found.filter(index).order_by("kind", "value_quarter").values_list("kind", "value_quarter")
    for _kind, quarter, number in by.annotate(Count("value_quarter")):
        counted[quarter] = counted.get(quarter, 0) + number
    return counted_entries(found, counted, as_of)


def counted_entries(
    found: QuerySet[LedgerEntry],
    counted: Mapping[int, int],
    as_of: datetime,
    first: Sequence[UUID] = (),
    names: Mapping[UUID, str] | None = None,
) -> Listing[EntryFigures]:
    """The same, of which it is known how many each quarter (a serial) has; the `first` of them and what some of their
    subjects were called, where that was read."""
    return Listing(_Keys(found, counted, first), remembering(lambda keys: _read(keys, as_of, names)))


def listed(keys: Sequence[UUID], as_of: datetime, names: Mapping[UUID, str]) -> Listing[EntryFigures]:
    """The entries with these ids, which stand in the order of the ledger. `names`: what some are about was called."""
    return Listing(keys, remembering(lambda some: _read(some, as_of, names)))


def _read(keys: Sequence[UUID], as_of: datetime, known: Mapping[UUID, str] | None = None) -> list[EntryFigures]:
    read = LedgerEntry.objects.filter(pk__in=list(keys)).select_related("recorded_by", "consultation")
    rows = list(read.order_by(*LEDGER_ORDER))
    names = subject_names(rows, as_of, known)
    return [EntryFigures(entry, names[subject_id(entry)]) for entry in rows]


class _Keys(Sequence[UUID]):
    """The ids of the entries in the order of the ledger. How many each quarter has is counted; whoever wants some of
    them has the ids of their quarters read, and of no others; a page's once."""

    def __init__(self, found: QuerySet[LedgerEntry], counted: Mapping[int, int], first: Sequence[UUID] = ()) -> None:
        """`counted`: how many of them each quarter has, by its serial; `first`: the first of them, where known."""
        self._found, self._first = found, first
        self._quarters = sorted(counted)
        self._ends = list(accumulate(counted[quarter] for quarter in self._quarters))
        self._few = lru_cache(maxsize=PAGES)(self._read)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> UUID: ...
    @overload
    def __getitem__(self, place: slice) -> list[UUID]: ...
    def __getitem__(self, place: int | slice) -> UUID | list[UUID]:
        if isinstance(place, int):
            wanted = range(len(self))[place]
            return self[wanted : wanted + 1][0]
        start, stop, step = place.indices(len(self))
        if start >= stop or step != 1:
            return []
        if stop <= len(self._first):
            return list(self._first[start:stop])
        return list(self._few(start, stop) if stop - start <= A_PAGE else self._read(start, stop))

    def _read(self, start: int, stop: int) -> tuple[UUID, ...]:
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, stop)
        before = self._ends[first - 1] if first else 0
        here = self._found.filter(value_quarter__gte=self._quarters[first], value_quarter__lte=self._quarters[last])
        ids = here.order_by(*LEDGER_ORDER).values_list("pk", flat=True)
        return tuple(ids[start - before : stop - before])
