"""What became of investment MOUs by the quarter of their signing and by their age: a triangle, since the young ones
have not come to the later ages yet. A cohort is held against others of the same age, never against older ones."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry, StageStep
from crm.values.measures import Basis, DateBasis, Measure, OutcomeKind, Series, Standing
from crm.values.money import format_rate
from crm.values.periods import SEOUL, Quarter, quarter_serial
from crm.values.stages import Stage
from reports.figures.classes import ClassRow, classed, classes, regrouped
from reports.figures.cohorts import looked_up
from reports.figures.standing import parts_as_of, said_by

# Months after the last day of the quarter of signing: whole quarters.
AGES: Final = (0, 6, 12, 18, 24, 36, 48, 60)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cohort at one age: `until` is the day of that age. `percent` is unrounded; None: that day has not come, or
    nothing was pledged."""

    age: int
    until: date
    fulfilled: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """The confirmed investment MOUs that were signed in one quarter. `pledged` is what the cells are held against:
    MOUs, won or jobs; None where nothing of it is known."""

    signed_in: Quarter
    signed: int
    pledged: Decimal | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Triangle:
    """By each basis (count, money in won, jobs), the cohorts in the order of their quarters; `signed` are all MOUs."""

    as_of: datetime
    signed: int
    ages: tuple[int, ...]
    by_basis: tuple[tuple[str, tuple[CohortRow, ...]], ...]


@dataclass(slots=True)
class _Moves:
    """What of one basis was pledged and realised, by the serial of the quarter of signing; realised with the serial of
    its quarter. That tells it from every age, since an age ends where a quarter ends."""

    pledged: dict[int, Decimal] = field(default_factory=dict)
    realised: dict[int, list[tuple[int, Decimal]]] = field(default_factory=dict)

    def pledge(self, signed: int, amount: Decimal) -> None:
        self.pledged[signed] = self.pledged.get(signed, Decimal(0)) + amount

    def realise(self, signed: int, quarter: int, amount: Decimal) -> None:
        self.realised.setdefault(signed, []).append((quarter, amount))


def triangle(as_of: datetime) -> Triangle:
    """As known at `as_of`; an age whose day lies after it is not told."""
    today = as_of.astimezone(SEOUL).date()
    mous = classed(None, today, as_of, [OutcomeKind.INVESTMENT_MOU])
    about = mous.filter(standing=Standing.CONFIRMED, basis=Basis.TOTAL)
    told = Q(measure=Measure.COUNT) | Q(series__in=(Series.ANNOUNCED, Series.REALISED))
    rows = [row for row in classes(None, today, as_of, [OutcomeKind.INVESTMENT_MOU]) if _is_told(row)]
    # What has the outcome's own date has that of the entry that counts it; what has one of its own is looked up.
    own = [row | {"signed": row["value_quarter"]} for row in rows if row["date_basis"] != DateBasis.STATED]
    stated = [row for row in rows if row["date_basis"] == DateBasis.STATED]
    dated = own + looked_up(about.filter(told), stated, as_of, "signed", "value_quarter", "series")
    cohorts = {row["signed"]: int(row["total"]) for row in regrouped(dated, Measure.COUNT, "signed")}
    moves = {measure: _Moves() for measure in Measure}
    for measure in (Measure.MONEY, Measure.JOBS):
        for row in regrouped(dated, measure, "signed", "value_quarter", "series"):
            if row["signed"] in cohorts:
                _move(moves[measure], row["krw" if measure == Measure.MONEY else "total"], row)
    moves[Measure.COUNT].pledged = {quarter: Decimal(number) for quarter, number in cohorts.items()}
    if any(row["stage"] == Stage.INVESTED for row in rows):
        for signed, quarter in _invested(about.filter(measure=Measure.COUNT, stage=Stage.INVESTED), as_of):
            moves[Measure.COUNT].realise(signed, quarter, Decimal(1))
    by_basis = (
        (str(measure), tuple(_row(signed, cohorts[signed], moves[measure], today) for signed in sorted(cohorts)))
        for measure in (Measure.COUNT, Measure.MONEY, Measure.JOBS)
    )
    return Triangle(as_of, sum(cohorts.values()), AGES, tuple(by_basis))


def _is_told(row: ClassRow) -> bool:
    if row["standing"] != Standing.CONFIRMED or row["basis"] != Basis.TOTAL:
        return False
    return row["measure"] == Measure.COUNT or row["series"] in (Series.ANNOUNCED, Series.REALISED)


def _move(moves: _Moves, amount: Decimal | None, row: ClassRow) -> None:
    if amount is None:
        return
    if row["series"] == Series.ANNOUNCED:
        moves.pledge(row["signed"], amount)
    else:
        moves.realise(row["signed"], row["value_quarter"], amount)


def _invested(counted: QuerySet[LedgerEntry], as_of: datetime) -> Iterable[tuple[int, int]]:
    """The quarter of signing and that of the step to `invested`, of each that stands there; of one recorded there, the
    quarter of its signing."""
    ids = counted.order_by().values("outcome_id")
    steps = parts_as_of(StageStep, "outcome", ids, as_of, "stage", "taken_on")
    for outcome, signed, stands in said_by(counted, "outcome_id", "value_quarter"):
        if stands:
            days = [step.taken_on for step in steps.get(outcome, []) if step.stage == Stage.INVESTED]
            yield signed, quarter_serial(max(days)) if days else signed


def _row(serial: int, signed: int, moves: _Moves, today: date) -> CohortRow:
    quarter, pledged = Quarter(serial // 4, serial % 4 + 1), moves.pledged.get(serial)
    cells = []
    for age in AGES:
        until = age_day(quarter, age)
        if until > today:
            cells.append(Cell(age, until, None, None))
            continue
        last = quarter_serial(until)
        fulfilled = sum((value for when, value in moves.realised.get(serial, []) if when <= last), Decimal(0))
        cells.append(Cell(age, until, fulfilled, format_rate(fulfilled, pledged) if pledged else None))
    return CohortRow(quarter, signed, pledged, tuple(cells))


def age_day(quarter: Quarter, months: int) -> date:
    """The last day of the month that many months after the quarter's last."""
    month = quarter.number * 3 + months
    year, last = quarter.year + month // 12, month % 12 + 1
    return date(year, last, 1) - timedelta(days=1)
