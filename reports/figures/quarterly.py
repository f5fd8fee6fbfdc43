"""The quarter's figures: a pure function of the ledger, the period and the as-of time."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm.values.evidence import REALISED_GRADES, STRONGEST_FIRST, Grade
from crm.values.measures import Basis, Measure, Series, Standing
from crm.values.periods import Quarter
from crm.values.stages import Stage
from reports.figures import definitions
from reports.figures.against_targets import Aimed, against_targets
from reports.figures.amounts import Amounts
from reports.figures.attribution import Attributed, attributed
from reports.figures.classes import ClassRow, by_class, classes, regrouped
from reports.figures.collaboration import Collaboration, collaboration
from reports.figures.definitions import taken
from reports.figures.entries import EntryFigures, entry_figures
from reports.figures.follow_ups import FollowUpFigures, follow_up_figures
from reports.figures.fulfilment import Fulfilment, confirmed_mous, fulfilment
from reports.figures.ladder import ExpectedFigure, InclusiveRule, expected_among
from reports.figures.listing import Listing
from reports.figures.order import by_kind, by_series
from reports.figures.outcomes import OutcomeListing, outcome_figures
from reports.figures.slices import AskedYear
from reports.figures.standing import entries
from reports.figures.year_on_year import YearOnYear, year_on_year

STAGE_ORDER = [stage.value for stage in Stage]
FX_POLICY = "base_rate_on_value_date"


@dataclass(frozen=True, slots=True)
class CountFigure:
    """Records of one kind: `confirmed` count; `provisional` and `unconfirmed` stand beside. `kind` "" is a
    consultation or an event's own tally."""

    kind: str
    series: str
    confirmed: int
    provisional: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class StageFigure:
    """Records of one kind at one stage, as `CountFigure`."""

    kind: str
    stage: str
    confirmed: int
    provisional: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class MoneyFigure(Amounts):
    """`without_rate`: how many of its standing entries have no KRW value."""

    without_rate: int


@dataclass(frozen=True, slots=True)
class JobsFigure:
    """Heads of one kind and standing: pledged, committed and realised, each on its own. None is unknown."""

    kind: str
    standing: str
    announced: int | None
    committed: int | None
    realised: int | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class SpanFigures:
    """Everything that one span of days brought, first and last day included. `without_rate` standing amounts have no
    KRW value."""

    first_day: date
    last_day: date
    counts: tuple[CountFigure, ...]
    money: tuple[MoneyFigure, ...]
    jobs: tuple[JobsFigure, ...]
    stages: tuple[StageFigure, ...]
    expected: tuple[ExpectedFigure, ...]
    without_rate: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Standing entries of the period by evidence grade (every grade, strongest first); `covered` of them rest on the
    first three."""

    by_grade: tuple[tuple[str, int], ...]
    covered: int
    entries: int


@dataclass(frozen=True, slots=True)
class CoreFigures:
    """The sums of one quarter as known at `as_of`: what the report begins with."""

    period: Quarter
    as_of: datetime
    definition: str
    fx_policy: str
    quarter: SpanFigures
    year_to_date: SpanFigures
    fulfilment: Fulfilment
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class QuarterlyFigures(CoreFigures):
    """One quarter as known at `as_of`, whole. `outcomes` and `entries` are read as far as they are asked for: a quarter
    may have as many as it likes. `entries` are all of the quarter, reversals included."""

    targets: tuple[Aimed, ...]
    year_on_year: YearOnYear
    follow_ups: FollowUpFigures
    collaboration: Collaboration
    attributed: Attributed
    outcomes: OutcomeListing
    entries: Listing[EntryFigures]


def core_figures(period: Quarter, as_of: datetime, definition: str = definitions.VERSION) -> CoreFigures:
    """The sums of a quarter and of its year as they were known at `as_of` (an aware datetime), by that set of
    definitions. Reads only. Raises UnknownDefinitions."""
    return CoreFigures(**_core(period, as_of, definition, confirmed_mous(period.last_day, as_of)))


def quarterly(period: Quarter, as_of: datetime, definition: str = definitions.VERSION) -> QuarterlyFigures:
    """Everything of a quarter as it was known at `as_of` (an aware datetime), by that set of definitions. Reads only.
    Raises UnknownDefinitions."""
    first, last = period.first_day, period.last_day
    mous = confirmed_mous(last, as_of)
    return QuarterlyFigures(
        **_core(period, as_of, definition, mous),
        targets=targets_of(period, as_of),
        year_on_year=year_on_year(period, as_of, mous, definition),
        follow_ups=follow_up_figures(as_of),
        collaboration=collaboration(first, last, as_of),
        attributed=attributed(first, last, as_of),
        outcomes=outcome_figures(first, last, as_of),
        entries=entry_figures(entries(first, last, as_of), as_of, by_class(first, last)),
    )


def targets_of(period: Quarter, as_of: datetime) -> tuple[Aimed, ...]:
    """The targets of the quarter and of its year, reached by the end of the quarter."""
    return against_targets(AskedYear(period.year, period.last_day, as_of), period.number)


def _core(period: Quarter, as_of: datetime, definition: str, mous: list[ClassRow]) -> dict[str, Any]:
    year = classes(period.year_first_day, period.last_day, as_of)
    quarter = [row for row in year if row["value_quarter"] == period.serial]
    return {
        "period": period,
        "as_of": as_of,
        "definition": definition,
        "fx_policy": FX_POLICY,
        "quarter": _span(period.first_day, period.last_day, quarter, definition),
        "year_to_date": _span(period.year_first_day, period.last_day, year, definition),
        "fulfilment": fulfilment(period.last_day, as_of, mous=mous),
        "coverage": coverage(taken(quarter, "coverage", definition)),
    }


def span(first: date, last: date, as_of: datetime, definition: str = definitions.VERSION) -> SpanFigures:
    """Counts, money and jobs of the days from `first` to `last`."""
    return _span(first, last, classes(first, last, as_of), definition)


def _span(first: date, last: date, rows: list[ClassRow], definition: str) -> SpanFigures:
    amounts = money(taken(rows, "money", definition))
    expected = taken(rows, "expected", definition)
    return SpanFigures(
        first,
        last,
        counts=counts(taken(rows, "count", definition)),
        money=amounts,
        jobs=jobs(taken(rows, "jobs", definition)),
        stages=stages(taken(rows, "stages", definition)),
        expected=tuple(figure for rule in InclusiveRule for figure in expected_among(expected, rule)),
        without_rate=sum(figure.without_rate for figure in amounts),
    )


def counts(classed: list[ClassRow]) -> tuple[CountFigure, ...]:
    """The outcomes of the classes, by kind and series."""
    by: dict[tuple[str, str], dict[str, int]] = {}
    for row in regrouped(classed, Measure.COUNT, "kind", "series", "standing"):
        by.setdefault((row["kind"], row["series"]), {})[row["standing"]] = int(row["total"])
    figures = [
        CountFigure(
            kind,
            series,
            counted.get(Standing.CONFIRMED, 0),
            counted.get(Standing.PROVISIONAL, 0),
            counted.get(Standing.UNCONFIRMED, 0),
        )
        for (kind, series), counted in by.items()
    ]
    return tuple(sorted(figures, key=lambda f: (by_kind(f.kind), by_series(f.series))))


def stages(classed: list[ClassRow]) -> tuple[StageFigure, ...]:
    """How far the outcomes of these days have come: the ledger's own counts, not the records as they are now."""
    by: dict[tuple[str, str], dict[str, int]] = {}
    for row in regrouped(classed, Measure.COUNT, "kind", "stage", "standing"):
        if row["stage"]:
            by.setdefault((row["kind"], row["stage"]), {})[row["standing"]] = int(row["total"])
    figures = [
        StageFigure(
            kind,
            stage,
            counted.get(Standing.CONFIRMED, 0),
            counted.get(Standing.PROVISIONAL, 0),
            counted.get(Standing.UNCONFIRMED, 0),
        )
        for (kind, stage), counted in by.items()
    ]
    return tuple(sorted(figures, key=lambda f: (by_kind(f.kind), STAGE_ORDER.index(f.stage))))


def money(classed: list[ClassRow]) -> tuple[MoneyFigure, ...]:
    """Money of the classes, by kind, series, standing and currency."""
    by: dict[tuple[str, str, str, str], dict[str, dict[str, object]]] = {}
    rows = regrouped(classed, Measure.MONEY, "kind", "series", "standing", "currency", "basis")
    for row in rows:
        by.setdefault((row["kind"], row["series"], row["standing"], row["currency"]), {})[row["basis"]] = row
    figures = [_money_figure(*key, bases) for key, bases in by.items()]
    return tuple(sorted(figures, key=lambda f: (by_kind(f.kind), by_series(f.series), f.standing, f.currency)))


def _money_figure(
    kind: str, series: str, standing: str, currency: str, bases: dict[str, dict[str, object]]
) -> MoneyFigure:
    def of(basis: Basis, name: str) -> Decimal | None:
        row = bases.get(basis)
        if row is None or (name == "krw" and row["without_rate"]):
            return None
        return row[name]  # type: ignore[return-value]

    return MoneyFigure(
        kind,
        series,
        standing,
        currency,
        total=of(Basis.TOTAL, "total"),
        annual=of(Basis.ANNUAL, "total"),
        unstated=of(Basis.UNSTATED, "total"),
        krw_total=of(Basis.TOTAL, "krw"),
        krw_annual=of(Basis.ANNUAL, "krw"),
        krw_unstated=of(Basis.UNSTATED, "krw"),
        without_rate=sum(int(row["without_rate"]) for row in bases.values()),  # type: ignore[call-overload]
        approximate=any(row["approximate_entries"] for row in bases.values()),
        derived=any(row["derived_entries"] for row in bases.values()),
    )


def jobs(classed: list[ClassRow]) -> tuple[JobsFigure, ...]:
    """Heads of the classes, by kind and standing."""
    by: dict[tuple[str, str], dict[str, dict[str, object]]] = {}
    for row in regrouped(classed, Measure.JOBS, "kind", "standing", "series"):
        by.setdefault((row["kind"], row["standing"]), {})[row["series"]] = row

    def heads(rows: dict[str, dict[str, object]], series: Series) -> int | None:
        return int(rows[series]["total"]) if series in rows else None  # type: ignore[call-overload]

    figures = [
        JobsFigure(
            kind,
            standing,
            heads(rows, Series.ANNOUNCED),
            heads(rows, Series.COMMITTED),
            heads(rows, Series.REALISED),
            any(row["approximate_entries"] for row in rows.values()),
        )
        for (kind, standing), rows in by.items()
    ]
    return tuple(sorted(figures, key=lambda f: (by_kind(f.kind), f.standing)))


def coverage(classed: list[ClassRow]) -> Coverage:
    """The standing entries of the classes by evidence grade."""
    tally = {grade.value: 0 for grade in STRONGEST_FIRST}
    for row in classed:
        tally[row["evidence_grade"]] += row["standing_entries"]
    covered = sum(n for grade, n in tally.items() if Grade(grade) in REALISED_GRADES)
    return Coverage(tuple(tally.items()), covered, sum(tally.values()))
