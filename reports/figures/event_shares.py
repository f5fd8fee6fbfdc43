"""What falls to one event: every figure of its outcomes by the share that is the event's, and what was talked about
there. Nothing is added across a kind, a series, a currency or a standing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import SEOUL
from reports.figures.amounts import Amounts
from reports.figures.at_once import at_once, is_among
from reports.figures.attribution import WHOLE
from reports.figures.event_rows import held_there, talks_of
from reports.figures.order import by_kind, by_series
from reports.figures.read_once import Said, sums_of
from reports.figures.targets import Part, parts_in

_STANDINGS = [standing.value for standing in Standing]
_BY = ("measure", "kind", "series", "standing", "currency", "basis", "outcome_id")
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountShare:
    """Records of one kind, by standing; a part of a record where its outcome is shared."""

    kind: str
    confirmed: Decimal
    provisional: Decimal
    unconfirmed: Decimal


@dataclass(frozen=True, slots=True)
class MoneyShare(Amounts):
    """`without_rate`: some part of it has no KRW value. How many entries says nothing where each counts by a share."""

    without_rate: bool


@dataclass(frozen=True, slots=True)
class JobsShare:
    """Heads of one kind and standing, each series on its own. None is unknown."""

    kind: str
    standing: str
    announced: Decimal | None
    committed: Decimal | None
    realised: Decimal | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class EventShares:
    """`shares`: per cent of each outcome that fall to the event. `talks`: how many consultations the ledger counts,
    None where it counts none. `last_day`: no entry behind these numbers has a later value date."""

    shares: Mapping[UUID, Decimal]
    counts: tuple[CountShare, ...]
    promises: CountShare | None
    money: tuple[MoneyShare, ...]
    jobs: tuple[JobsShare, ...]
    talks: Decimal | None
    talked: tuple[MoneyShare, ...]
    last_day: date


@dataclass(slots=True)
class _Sum:
    value: Decimal = Decimal(0)
    krw: Decimal | None = Decimal(0)
    without_rate: bool = False
    approximate: bool = False
    derived: bool = False

    def add(self, row: Mapping[str, Any], share: Decimal) -> None:
        krw = None if row["without_rate"] else row["krw"]
        self.value += row["total"] * share / WHOLE
        self.krw = None if self.krw is None or krw is None else self.krw + krw * share / WHOLE
        self.without_rate |= bool(row["without_rate"])
        self.approximate |= bool(row["approximate_entries"])
        self.derived |= bool(row["derived_entries"])


def event_shares(
    shares: Mapping[UUID, Decimal], entries: Sequence[Said], as_of: datetime
) -> tuple[EventShares, list[Part]]:
    """As known at `as_of`, whatever the value date: an event's outcomes are its own, in whatever quarter they fall.
    `entries`: `entries_of` the event. With them what is confirmed of each outcome, totals alone, by its share."""
    rows = sums_of((one for one in entries if one.outcome_id is not None), *_BY)
    sums = _summed(rows, shares)
    talked = _summed(sums_of((one for one in entries if one.outcome_id is None), *_BY), {})
    counted = {key: found.value for key, found in sums.items() if key[0] == Measure.COUNT}
    counts = {one.kind: one for one in _counts(counted)}
    promises = counts.pop(OutcomeKind.PROMISE, None)
    talks = [found.value for key, found in talked.items() if key[0] == Measure.COUNT]
    found = EventShares(
        shares,
        tuple(counts.values()),
        promises,
        _money(sums),
        _jobs(sums),
        sum(talks, Decimal(0)) if talks else None,
        _money(talked),
        max([as_of.astimezone(SEOUL).date(), *(one.value_date for one in entries)]),
    )
    return found, list(parts_in(rows, shares))


def held_at(event: UUID, as_of: datetime) -> Q:
    """True of entries about consultations that were held at the event, as known at `as_of`, and about the event
    itself."""
    (talks,) = at_once(as_of, talks_of(event))
    return held_by(event, held_there(event, talks))


def held_by(event: UUID, talks: Iterable[Any]) -> Q:
    """The same, of rows of those consultations."""
    return Q(consultation__in=[row.id for row in talks]) | Q(event=event)


def entries_of(shares: Mapping[UUID, Decimal], held: Q, as_of: datetime) -> QuerySet[LedgerEntry]:
    """Every entry behind an event's numbers: about its outcomes, its consultations, itself."""
    return LedgerEntry.objects.filter(is_among("outcome_id", shares) | held, recorded_at__lte=as_of)


def _summed(rows: Iterable[Mapping[str, Any]], shares: Mapping[UUID, Decimal]) -> dict[_Key, _Sum]:
    """By measure, kind, series, standing, currency and basis; what is about no outcome counts whole."""
    sums: dict[_Key, _Sum] = {}
    for row in rows:
        key = tuple(row[name] for name in ("measure", "kind", "series", "standing", "currency", "basis"))
        sums.setdefault(key, _Sum()).add(row, shares.get(row["outcome_id"], WHOLE))
    return sums


def _counts(counted: Mapping[_Key, Decimal]) -> Iterable[CountShare]:
    by: dict[str, dict[str, Decimal]] = {}
    for (_measure, kind, _series, standing, *_rest), value in counted.items():
        of_kind = by.setdefault(kind, dict.fromkeys(_STANDINGS, Decimal(0)))
        of_kind[standing] += value
    for kind in sorted(by, key=by_kind):
        yield CountShare(kind, *(by[kind][standing] for standing in _STANDINGS))


def _money(sums: Mapping[_Key, _Sum]) -> tuple[MoneyShare, ...]:
    by: dict[_Key, dict[str, _Sum]] = {}
    for (measure, kind, series, standing, currency, basis), found in sums.items():
        if measure == Measure.MONEY:
            by.setdefault((kind, series, standing, currency), {})[basis] = found
    return tuple(_money_share(key, by[key]) for key in sorted(by, key=_money_place))


def _money_share(key: _Key, bases: Mapping[str, _Sum]) -> MoneyShare:
    kind, series, standing, currency = key

    def value(basis: Basis) -> Decimal | None:
        return bases[basis].value if basis in bases else None

    def krw(basis: Basis) -> Decimal | None:
        return bases[basis].krw if basis in bases else None

    return MoneyShare(
        kind,
        series,
        standing,
        currency,
        value(Basis.TOTAL),
        value(Basis.ANNUAL),
        value(Basis.UNSTATED),
        krw(Basis.TOTAL),
        krw(Basis.ANNUAL),
        krw(Basis.UNSTATED),
        without_rate=any(found.without_rate for found in bases.values()),
        approximate=any(found.approximate for found in bases.values()),
        derived=any(found.derived for found in bases.values()),
    )


def _jobs(sums: Mapping[_Key, _Sum]) -> tuple[JobsShare, ...]:
    by: dict[tuple[str, str], dict[str, _Sum]] = {}
    for (measure, kind, series, standing, *_rest), found in sums.items():
        if measure == Measure.JOBS:
            by.setdefault((kind, standing), {})[series] = found
    keys = sorted(by, key=lambda key: (by_kind(key[0]), _STANDINGS.index(key[1])))
    return tuple(_jobs_share(kind, standing, by[kind, standing]) for kind, standing in keys)


def _jobs_share(kind: str, standing: str, rows: Mapping[str, _Sum]) -> JobsShare:
    def heads(series: Series) -> Decimal | None:
        return rows[series].value if series in rows else None

    return JobsShare(
        kind,
        standing,
        heads(Series.ANNOUNCED),
        heads(Series.COMMITTED),
        heads(Series.REALISED),
        approximate=any(row.approximate for row in rows.values()),
    )


def _money_place(key: _Key) -> tuple[Any, ...]:
    kind, series, standing, currency = key
    return by_kind(kind), by_series(series), _STANDINGS.index(standing), currency
