"""What became of investment MOUs by the quarter of their signing and by their age: a triangle, since the young ones
have not come to the later ages yet. A cohort is held against others of the same age, never against older ones."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crm.models import StageStep
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.money import format_rate
from crm.values.periods import SEOUL, Quarter
from crm.values.stages import Stage
from reports.figures.standing import entries, parts_as_of, standing

_TOLD: Final = ("outcome_id", "measure", "series", "stage", "value", "krw_value", "value_date")
# Months after the last day of the quarter of signing.
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
    """What of one basis was pledged and realised, by the quarter of signing; realised with the day."""

    pledged: dict[Quarter, Decimal] = field(default_factory=dict)
    realised: dict[Quarter, list[tuple[date, Decimal]]] = field(default_factory=dict)

    def pledge(self, quarter: Quarter, amount: Decimal) -> None:
        self.pledged[quarter] = self.pledged.get(quarter, Decimal(0)) + amount

    def realise(self, quarter: Quarter, day: date, amount: Decimal) -> None:
        self.realised.setdefault(quarter, []).append((day, amount))


def triangle(as_of: datetime) -> Triangle:
    """As known at `as_of`; an age whose day lies after it is not told."""
    today = as_of.astimezone(SEOUL).date()
    about = entries(None, today, as_of).filter(
        kind=OutcomeKind.INVESTMENT_MOU, standing=Standing.CONFIRMED, outcome__isnull=False
    )
    told = Q(measure=Measure.COUNT) | Q(basis=Basis.TOTAL, series__in=(Series.ANNOUNCED, Series.REALISED))
    # Tens of thousands: as rows of what is told here, not as records.
    live = list(standing(about.filter(told), as_of).values_list(*_TOLD, named=True))
    counted = {entry.outcome_id: entry for entry in live if entry.measure == Measure.COUNT and entry.outcome_id}
    signed = {outcome: Quarter.of(entry.value_date) for outcome, entry in counted.items()}
    moves = {measure: _Moves() for measure in Measure}
    for quarter in signed.values():
        moves[Measure.COUNT].pledge(quarter, Decimal(1))
    stand_there = {pk: entry.value_date for pk, entry in counted.items() if entry.stage == Stage.INVESTED}
    for outcome, day in _invested_on(stand_there, as_of).items():
        moves[Measure.COUNT].realise(signed[outcome], day, Decimal(1))
    for entry in live:
        if entry.outcome_id in signed:
            _move(moves, signed[entry.outcome_id], entry)
    cohorts = Counter(signed.values())
    return Triangle(
        as_of,
        len(signed),
        AGES,
        tuple(
            (str(measure), tuple(_row(quarter, cohorts[quarter], moves[measure], today) for quarter in sorted(cohorts)))
            for measure in (Measure.COUNT, Measure.MONEY, Measure.JOBS)
        ),
    )


def _move(moves: dict[Measure, _Moves], quarter: Quarter, entry: Any) -> None:
    amount = entry.krw_value if entry.measure == Measure.MONEY else entry.value
    if entry.measure == Measure.COUNT or amount is None:
        return
    if entry.series == Series.ANNOUNCED:
        moves[Measure(entry.measure)].pledge(quarter, amount)
    elif entry.series == Series.REALISED:
        moves[Measure(entry.measure)].realise(quarter, entry.value_date, amount)


def _invested_on(counted: dict[UUID, date], as_of: datetime) -> dict[UUID, date]:
    """The day of the step to `invested`, of those that stand there; of one recorded there, the day of its signing."""
    steps = parts_as_of(StageStep, "outcome", counted, as_of)
    found = {}
    for outcome, signed_on in counted.items():
        days = [step.taken_on for step in steps.get(outcome, []) if step.stage == Stage.INVESTED]
        found[outcome] = max(days) if days else signed_on
    return found


def _row(quarter: Quarter, signed: int, moves: _Moves, today: date) -> CohortRow:
    pledged = moves.pledged.get(quarter)
    cells = []
    for age in AGES:
        until = age_day(quarter, age)
        if until > today:
            cells.append(Cell(age, until, None, None))
            continue
        fulfilled = sum((value for day, value in moves.realised.get(quarter, []) if day <= until), Decimal(0))
        cells.append(Cell(age, until, fulfilled, format_rate(fulfilled, pledged) if pledged else None))
    return CohortRow(quarter, signed, pledged, tuple(cells))


def age_day(quarter: Quarter, months: int) -> date:
    """The last day of the month that many months after the quarter's last."""
    month = quarter.number * 3 + months
    year, last = quarter.year + month // 12, month % 12 + 1
    return date(year, last, 1) - timedelta(days=1)
