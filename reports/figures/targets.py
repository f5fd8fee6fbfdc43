"""What was reached of what was set out to be reached, and what an event cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm.models import EventCost, LedgerEntry, Target
from crm.values.measures import Basis, Measure, OutcomeKind, Payer, Standing
from crm.values.money import format_rate
from reports.figures.at_once import Wanted, at_once
from reports.figures.attribution import WHOLE, Holder, ever_fallen_to, shares_in, shares_wanted
from reports.figures.standing import parts_as_of, sums


@dataclass(frozen=True, slots=True)
class Achievement:
    """One target beside what is confirmed. `target` and `actual` in records, heads or units of `currency`; `actual`
    None: nothing is known of it, or a part has no exchange rate. `percent` is unrounded."""

    id: UUID
    measure: str
    series: str
    kind: str
    currency: str
    source: str
    target: Decimal
    actual: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What an event cost in one currency, by who bears it. The parts add to `total`."""

    currency: str
    total: Decimal
    parts: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item of what an event cost, in units of `currency`."""

    id: UUID
    item: str
    payer: str
    amount: Decimal
    currency: str
    source: str


@dataclass(frozen=True, slots=True)
class EventResults:
    """`costs` add up `items`."""

    achievements: tuple[Achievement, ...]
    items: tuple[CostItem, ...]
    costs: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the sums of one outcome. `krw` None: unknown."""

    measure: str
    series: str
    kind: str
    currency: str
    value: Decimal
    krw: Decimal | None


def event_results(event: UUID, as_of: datetime) -> EventResults:
    """The event's targets against the confirmed figures that fall to it by their shares, and its costs, as known at
    `as_of`."""
    targets = parts_as_of(Target, "event", [event], as_of).get(event, [])
    parts = parts_of(event, as_of) if targets else []
    items = _cost_items(parts_as_of(EventCost, "event", [event], as_of).get(event, []))
    return EventResults(tuple(achievement(row, parts) for row in targets), tuple(items), _costs(items))


def costs_of(rows: Iterable[Any]) -> tuple[Cost, ...]:
    """Of rows of what an event cost."""
    return _costs(_cost_items(rows))


def _cost_items(rows: Iterable[Any]) -> list[CostItem]:
    return [CostItem(row.id, row.item, row.payer, row.amount, row.currency, row.source) for row in rows]


def achievement(target: Target, parts: Iterable[Part]) -> Achievement:
    actual = reached(target, parts)
    if actual is None and target.measure == Measure.COUNT:
        actual = Decimal(0)
    percent = None if actual is None else format_rate(actual, target.value)
    names = ("measure", "series", "kind", "currency", "source")
    said = {name: getattr(target, name) for name in names}
    return Achievement(id=target.id, **said, target=target.value, actual=actual, percent=percent)


def parts_of(event: UUID, as_of: datetime) -> list[Part]:
    """What is confirmed of the outcomes that fall to the event, totals alone, by their shares."""
    shares = event_share_of_each(event, as_of)
    about = LedgerEntry.objects.filter(recorded_at__lte=as_of, standing=Standing.CONFIRMED, basis=Basis.TOTAL)
    by = ("outcome_id", "kind", "series", "currency", "standing", "basis")
    return list(parts_in(sums(about.filter(outcome__in=list(shares)), None, *by), shares)) if shares else []


def event_share_of_each(event: UUID, as_of: datetime) -> dict[UUID, Decimal]:
    """The per cent of each outcome that fall to the event, in whatever role."""
    return event_shares_in(at_once(as_of, *event_shares_wanted(event, as_of)), event)


def event_shares_wanted(event: UUID, as_of: datetime) -> tuple[Wanted, Wanted]:
    """The same, to be read with others, for `event_shares_in`."""
    known = LedgerEntry.objects.filter(recorded_at__lte=as_of)
    # Whatever ever fell to it: what was moved to another event since still counts here as of a time before.
    ids = known.filter(outcome__in=ever_fallen_to(Holder.EVENT, {event})).order_by().values("outcome_id")
    return shares_wanted(ids, as_of)


def event_shares_in(shares: Sequence[Any], event: UUID) -> dict[UUID, Decimal]:
    """The same of what `event_shares_wanted` found."""
    found: dict[UUID, Decimal] = {}
    for outcome, parts in shares_in(shares, Holder.EVENT).items():
        theirs = [part.share for part in parts if part.holder == event]
        if theirs:
            found[outcome] = sum(theirs, Decimal(0))
    return found


def parts_in(rows: Iterable[Mapping[str, Any]], shares: Mapping[UUID, Decimal]) -> Iterable[Part]:
    """What is confirmed of these outcomes, totals alone, by these shares: of their sums as `standing.sums` has them,
    by outcome, standing and basis too."""
    for row in rows:
        if row["standing"] == Standing.CONFIRMED and row["basis"] == Basis.TOTAL:
            share = shares[row["outcome_id"]]
            krw = None if row["without_rate"] or row["krw"] is None else row["krw"] * share / WHOLE
            value = row["total"] * share / WHOLE
            yield Part(row["measure"], row["series"], row["kind"], row["currency"], value, krw)


def _counts(target: Target, part: Part) -> bool:
    # A promise of further talks counts where it was aimed at, never among the agreements.
    of_kind = part.kind == target.kind if target.kind else part.kind != OutcomeKind.PROMISE
    same = (part.measure, part.series) == (target.measure, target.series)
    return same and of_kind and target.currency in ("", "KRW", part.currency)


def reached(target: Target, parts: Iterable[Part]) -> Decimal | None:
    """What of these counts towards the target: one in won is reached by money of every currency at its rate, one in
    dollars by dollars alone. None: nothing does, or a part has no exchange rate."""
    counting = [part for part in parts if _counts(target, part)]
    found = [part.krw if target.currency == "KRW" else part.value for part in counting]
    known = [value for value in found if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(found) else None


def _costs(items: Iterable[CostItem]) -> tuple[Cost, ...]:
    found: dict[str, dict[str, Decimal]] = {}
    for item in items:
        parts = found.setdefault(item.currency, {})
        parts[item.payer] = parts.get(item.payer, Decimal(0)) + item.amount
    order = [payer.value for payer in Payer]
    return tuple(
        Cost(currency, sum(parts.values(), Decimal(0)), tuple(sorted(parts.items(), key=lambda p: order.index(p[0]))))
        for currency, parts in sorted(found.items())
    )
