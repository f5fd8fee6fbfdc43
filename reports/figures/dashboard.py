"""Where the city stands: what became of each year's investment MOUs, and the outcomes of a year by kind, bureau, event
and programme, beside the year before and the targets."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.lookups import GreaterThanOrEqual

from crm.models import Attribution, Event, LedgerEntry, Programme, Target
from crm.queries.unit_tree import UnitTree
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import Quarter, cohort_age_months
from crm.values.stages import FULFILMENT, Stage
from reports.figures.attribution import WHOLE
from reports.figures.fulfilment import Rate, rate_of
from reports.figures.standing import entries, sums
from reports.figures.targets import Achievement, Part, achievement


@dataclass(frozen=True, slots=True)
class Cohort:
    """The confirmed investment MOUs signed in one year, as they stand at the cut-off. `by_status` counts them by their
    six statuses; `rates` are by count, KRW and jobs. Ages in months at the cut-off: a young cohort has not failed."""

    year: int
    by_status: tuple[tuple[str, int], ...]
    rates: tuple[Rate, ...]
    youngest_months: int
    oldest_months: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The confirmed outcomes of a year that fall to one kind, bureau, event or programme, by their shares; `before` is
    their number in the year before. `key` is a kind or an id, "" for none. KRW are totals by series, without yearly
    rates; None where nothing is known, or a part has no exchange rate."""

    key: str
    name: str
    count: Decimal
    before: Decimal
    announced: Decimal | None
    committed: Decimal | None
    realised: Decimal | None


@dataclass(frozen=True, slots=True)
class Aimed:
    """A target of the year, whose it is ("" for the city's), and its quarter (None: the whole year). `scope` is what
    it is a target of: bureau (a unit with those below it), programme or "", and `scope_id` its id."""

    holder: str
    scope: str
    scope_id: str
    quarter: int | None
    achieved: Achievement


@dataclass(frozen=True, slots=True)
class Dashboard:
    year: int
    cut_off: date
    as_of: datetime
    cohorts: tuple[Cohort, ...]
    kinds: tuple[Slice, ...]
    bureaus: tuple[Slice, ...]
    events: tuple[Slice, ...]
    programmes: tuple[Slice, ...]
    targets: tuple[Aimed, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands of one class: by year, quarter, kind, lead unit and event; of one outcome or one programme where it
    was asked by it."""

    year: int
    quarter: int
    part: Part
    unit: UUID | None
    event: UUID | None
    which: UUID | None


_Shared = Iterable[tuple[str, _Row, Decimal]]
_BY = ("quarter", "series", "kind", "currency", "outcome__lead_unit_id", "outcome__event_id")


def dashboard(year: int, cut_off: date, as_of: datetime, tree: UnitTree) -> Dashboard:
    """As known at `as_of`, which is the present: units, events and programmes are those of today."""
    found = _of_two_years(year, cut_off, as_of)
    stated: dict[UUID, list[Attribution]] = {}
    for share in Attribution.objects.filter(archived_at=None):
        stated.setdefault(share.outcome_id, []).append(share)
    rows = _rows(year, found.exclude(outcome__in=stated))
    if stated:
        rows += _rows(year, found.filter(outcome__in=stated), "outcome_id")
    served = _rows(
        year,
        found.filter(outcome__programmes__archived_at=None, outcome__programmes__isnull=False),
        "outcome__programmes__programme_id",
    )
    events = dict(Event.objects.values_list("pk", "name"))
    programmes = dict(Programme.objects.values_list("pk", "name"))
    return Dashboard(
        year=year,
        cut_off=cut_off,
        as_of=as_of,
        cohorts=_cohorts(cut_off, as_of),
        kinds=_slices(year, ((row.part.kind, row, WHOLE) for row in rows), lambda key: key),
        bureaus=_slices(year, _by_bureau(rows, stated, tree), lambda key: tree.names.get(UUID(key), "")),
        events=_slices(year, _by_event(rows, stated), lambda key: events.get(UUID(key), "")),
        programmes=_slices(
            year,
            ((str(row.which), row, WHOLE) for row in served if row.which),
            lambda key: programmes.get(UUID(key), ""),
        ),
        targets=tuple(_targets(year, rows, served, stated, tree)),
    )


def _of_two_years(year: int, cut_off: date, as_of: datetime) -> QuerySet[LedgerEntry]:
    found = entries(date(year - 1, 1, 1), min(date(year, 12, 31), cut_off), as_of)
    return found.filter(standing=Standing.CONFIRMED, outcome__isnull=False, basis=Basis.TOTAL)


def _rows(year: int, found: QuerySet[LedgerEntry], which: str = "") -> list[_Row]:
    quarters = [Quarter(y, q) for y in (year - 1, year) for q in (1, 2, 3, 4)]
    # Compared, not extracted: SQLite would call Python for the year of every row.
    place = _place([quarter.last_day for quarter in quarters], F("value_date"))
    return [
        _Row(
            quarters[row["quarter"]].year,
            quarters[row["quarter"]].number,
            Part(row["measure"], row["series"], row["kind"], row["currency"], row["total"], _krw(row)),
            row["outcome__lead_unit_id"],
            row["outcome__event_id"],
            row[which] if which else None,
        )
        for row in sums(found.annotate(quarter=place), None, *_BY, *([which] if which else []))
    ]


def _place(ends: list[date], day: Any) -> Case:
    """Which of the spans, each ending with a day, the day falls into, counted from 0."""
    dated = [When(GreaterThanOrEqual(Value(last), day), then=Value(place)) for place, last in enumerate(ends)]
    return Case(*dated, default=Value(len(ends)), output_field=IntegerField())


def _krw(row: Mapping[str, Any]) -> Decimal | None:
    return None if row["without_rate"] else row["krw"]


def _by_event(rows: Iterable[_Row], stated: Mapping[UUID, list[Attribution]]) -> _Shared:
    """By the stated shares, else whole to the outcome's own event."""
    for row in rows:
        shares = [s for s in stated.get(row.which, []) if s.event_id] if row.which else []
        yield from ((str(s.event_id), row, s.share) for s in shares)
        if not shares:
            yield str(row.event or ""), row, WHOLE


def _by_unit(
    rows: Iterable[_Row], stated: Mapping[UUID, list[Attribution]]
) -> Iterable[tuple[UUID | None, _Row, Decimal]]:
    for row in rows:
        shares = [s for s in stated.get(row.which, []) if s.org_unit_id] if row.which else []
        yield from ((s.org_unit_id, row, s.share) for s in shares)
        if not shares:
            yield row.unit, row, WHOLE


def _by_bureau(rows: Iterable[_Row], stated: Mapping[UUID, list[Attribution]], tree: UnitTree) -> _Shared:
    for unit, row, share in _by_unit(rows, stated):
        yield str(tree.top(unit)) if unit else "", row, share


def _slices(year: int, shared: _Shared, name: Callable[[str], str]) -> tuple[Slice, ...]:
    counts: dict[tuple[str, int], Decimal] = {}
    money: dict[tuple[str, str], Decimal | None] = {}
    for key, row, share in shared:
        if row.part.measure == Measure.COUNT:
            counts[key, row.year] = counts.get((key, row.year), Decimal(0)) + row.part.value * share / WHOLE
        elif row.part.measure == Measure.MONEY and row.year == year:
            before = money.get((key, row.part.series), Decimal(0))
            known = before is not None and row.part.krw is not None
            money[key, row.part.series] = before + row.part.krw * share / WHOLE if known else None  # type: ignore[operator]
    keys = {key for key, _year in counts} | {key for key, _series in money}
    found = [
        Slice(
            key,
            name(key) if key else "",
            counts.get((key, year), Decimal(0)),
            counts.get((key, year - 1), Decimal(0)),
            *(money.get((key, series)) for series in (Series.ANNOUNCED, Series.COMMITTED, Series.REALISED)),
        )
        for key in keys
    ]
    return tuple(sorted(found, key=lambda one: (not one.key, -one.count, one.name, one.key)))


def _targets(
    year: int,
    rows: list[_Row],
    served: list[_Row],
    stated: Mapping[UUID, list[Attribution]],
    tree: UnitTree,
) -> Iterable[Aimed]:
    wanted = Target.objects.filter(year=year, archived_at=None).select_related("org_unit", "programme")
    for target in sorted(wanted, key=lambda t: (str(t.org_unit or t.programme or ""), t.quarter or 0, str(t.pk))):
        if target.programme_id:
            shared = [(row, WHOLE) for row in served if row.which == target.programme_id]
        elif target.org_unit_id:
            below = tree.below(target.org_unit_id)
            shared = [(row, share) for unit, row, share in _by_unit(rows, stated) if unit in below]
        else:
            shared = [(row, WHOLE) for row in rows]
        parts = [
            _times(row.part, share)
            for row, share in shared
            if row.year == year and target.quarter in (None, row.quarter)
        ]
        scope = "programme" if target.programme_id else "bureau" if target.org_unit_id else ""
        scope_id = str(target.programme_id or target.org_unit_id or "")
        holder = str(target.org_unit or target.programme or "")
        yield Aimed(holder, scope, scope_id, target.quarter, achievement(target, parts))


def _times(part: Part, share: Decimal) -> Part:
    krw = None if part.krw is None else part.krw * share / WHOLE
    return replace(part, value=part.value * share / WHOLE, krw=krw)


def _cohorts(cut_off: date, as_of: datetime) -> tuple[Cohort, ...]:
    """The year of a cohort is that of the entry that counts the outcome; realised values come later than it."""
    found = entries(None, cut_off, as_of).filter(
        kind=OutcomeKind.INVESTMENT_MOU, standing=Standing.CONFIRMED, outcome__isnull=False, basis=Basis.TOTAL
    )
    counted = LedgerEntry.objects.filter(outcome=OuterRef("outcome"), measure=Measure.COUNT, recorded_at__lte=as_of)
    signed = Subquery(counted.order_by("-recorded_at", "-id").values("value_date")[:1])
    rows = sums(found.annotate(signed=signed), None, "signed", "stage", "series")
    years: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        years.setdefault(row["signed"].year, []).append(row)
    return tuple(
        _cohort(year, years[year], cut_off)
        for year in sorted(years)
        if any(row["measure"] == Measure.COUNT for row in years[year])
    )


def _cohort(year: int, rows: list[dict[str, Any]], cut_off: date) -> Cohort:
    status: dict[str, int] = {}
    for row in rows:
        if row["measure"] == Measure.COUNT:
            status[row["stage"]] = status.get(row["stage"], 0) + int(row["total"])
    last = min(date(year, 12, 31), cut_off)
    return Cohort(
        year=year,
        by_status=tuple((stage.value, status.get(stage, 0)) for stage in FULFILMENT),
        rates=(
            rate_of("count", Decimal(status.get(Stage.INVESTED, 0)), Decimal(sum(status.values()))),
            rate_of("money", _of(rows, Measure.MONEY, Series.REALISED), _of(rows, Measure.MONEY, Series.ANNOUNCED)),
            rate_of("jobs", _of(rows, Measure.JOBS, Series.REALISED), _of(rows, Measure.JOBS, Series.ANNOUNCED)),
        ),
        youngest_months=cohort_age_months(last, cut_off),
        oldest_months=cohort_age_months(date(year, 1, 1), cut_off),
    )


def _of(rows: list[dict[str, Any]], measure: Measure, series: Series) -> Decimal | None:
    column = "krw" if measure == Measure.MONEY else "total"
    found = [row[column] for row in rows if (row["measure"], row["series"]) == (measure, series)]
    known = [value for value in found if value is not None]
    return sum(known, Decimal(0)) if known else None
