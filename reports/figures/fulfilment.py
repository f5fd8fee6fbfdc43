"""The fulfilment rate of investment MOUs, always with its basis, cut-off, numerator, denominator and cohort age."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.money import format_rate
from crm.values.periods import cohort_age_months
from crm.values.stages import FULFILMENT, Stage
from reports.figures.classes import ClassRow, classes, regrouped
from reports.figures.standing import entries, standing, sums

_COUNTING = {"kind": OutcomeKind.INVESTMENT_MOU, "standing": Standing.CONFIRMED, "measure": Measure.COUNT}


@dataclass(frozen=True, slots=True)
class Rate:
    """`percent` is unrounded; None where numerator or denominator is unknown or nothing was pledged.
    `basis` is count, money (KRW) or jobs."""

    basis: str
    numerator: Decimal | None
    denominator: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """The confirmed investment MOUs signed from `signed_from` (None: from the first) to `cut_off`.

    `by_status` counts them by their six statuses. `left_out` are the standing money entries that the amount rate
    leaves out: annual, without a stated basis, or without a KRW value. Ages in months at the cut-off."""

    signed_from: date | None
    cut_off: date
    by_status: tuple[tuple[str, int], ...]
    rates: tuple[Rate, ...]
    left_out: int
    first_signed: date | None
    last_signed: date | None
    oldest_months: int | None
    youngest_months: int | None


def confirmed_mous(cut_off: date, as_of: datetime) -> list[ClassRow]:
    """What the entries about confirmed investment MOUs up to `cut_off` add up to, by class."""
    return _confirmed(classes(None, cut_off, as_of, [OutcomeKind.INVESTMENT_MOU]))


def rates_of(mous: list[ClassRow]) -> tuple[Rate, ...]:
    """The rates of the investment MOUs of these classes: by count, money and jobs."""
    return _count_rate(_by_status(mous)), _money_rate(mous), _jobs_rate(mous)


def fulfilment(
    cut_off: date, as_of: datetime, signed_from: date | None = None, mous: list[ClassRow] | None = None
) -> Fulfilment:
    """What became of the investment MOUs signed up to `cut_off`, as known at `as_of`. `mous`: `confirmed_mous` up to
    there, where they were read."""
    cohort = confirmed_mous(cut_off, as_of) if mous is None else mous
    signed = cohort
    if signed_from is not None:
        # Realised values come later than the signing: the cohort is the outcomes, not the entries' dates.
        since = entries(signed_from, cut_off, as_of).filter(**_COUNTING)
        outcomes = standing(since, as_of).values("outcome_id")
        cohort = _confirmed(classes(None, cut_off, as_of, [OutcomeKind.INVESTMENT_MOU], outcome_id__in=outcomes))
        signed = _confirmed(classes(signed_from, cut_off, as_of, [OutcomeKind.INVESTMENT_MOU]))
    status = _by_status(signed)
    first, last = _signing_days(signed, signed_from, cut_off, as_of)
    return Fulfilment(
        signed_from=signed_from,
        cut_off=cut_off,
        by_status=tuple((s.value, status.get(s, 0)) for s in FULFILMENT),
        rates=(_count_rate(status), _money_rate(cohort), _jobs_rate(cohort)),
        left_out=_left_out(cohort),
        first_signed=first,
        last_signed=last,
        oldest_months=None if first is None else cohort_age_months(first, cut_off),
        youngest_months=None if last is None else cohort_age_months(last, cut_off),
    )


def _confirmed(classed: list[ClassRow]) -> list[ClassRow]:
    return [row for row in classed if row["standing"] == Standing.CONFIRMED]


def _by_status(signed: list[ClassRow]) -> dict[str, int]:
    return {row["stage"]: int(row["total"]) for row in regrouped(signed, Measure.COUNT, "stage")}


def _signing_days(
    signed: list[ClassRow], signed_from: date | None, cut_off: date, as_of: datetime
) -> tuple[date | None, date | None]:
    """The first and the last day on which one that counts was signed: looked for in its quarter only."""
    quarters = sorted(row["value_quarter"] for row in regrouped(signed, Measure.COUNT, "value_quarter"))
    found = entries(signed_from, cut_off, as_of).filter(**_COUNTING, value_quarter__in=[*quarters[:1], *quarters[-1:]])
    days = [row["value_date"] for row in sums(found, Measure.COUNT, "value_date")] if quarters else []
    return (days[0], days[-1]) if days else (None, None)


def rate_of(basis: str, numerator: Decimal | None, denominator: Decimal | None) -> Rate:
    known = numerator is not None and denominator is not None
    return Rate(basis, numerator, denominator, format_rate(numerator, denominator) if known else None)  # type: ignore[arg-type]


def _count_rate(status: dict[str, int]) -> Rate:
    if not status:
        return rate_of("count", None, None)
    return rate_of("count", Decimal(status.get(Stage.INVESTED, 0)), Decimal(sum(status.values())))


def _money_rate(cohort: list[ClassRow]) -> Rate:
    totals = regrouped([row for row in cohort if row["basis"] == Basis.TOTAL], Measure.MONEY, "series")
    by = {row["series"]: row["krw"] for row in totals if row["standing_entries"] != row["without_rate"]}
    return rate_of("money", by.get(Series.REALISED), by.get(Series.ANNOUNCED))


def _jobs_rate(cohort: list[ClassRow]) -> Rate:
    by = {row["series"]: row["total"] for row in regrouped(cohort, Measure.JOBS, "series")}
    return rate_of("jobs", by.get(Series.REALISED), by.get(Series.ANNOUNCED))


def _left_out(cohort: list[ClassRow]) -> int:
    """A yearly rate whose total is derived is not left out: its total is there, one for each such rate."""
    money = [row for row in cohort if row["measure"] == Measure.MONEY]
    unknown = sum(row["without_rate" if row["basis"] == Basis.TOTAL else "standing_entries"] for row in money)
    return int(unknown - sum(row["derived_entries"] for row in money))
