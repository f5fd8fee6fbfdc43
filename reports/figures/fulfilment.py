"""The fulfilment rate of investment MOUs, always with its basis, cut-off, numerator, denominator and cohort age."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.money import format_rate
from crm.values.periods import cohort_age_months
from crm.values.stages import FULFILMENT, Stage
from reports.figures.standing import entries, standing, sums


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


def fulfilment(cut_off: date, as_of: datetime, signed_from: date | None = None) -> Fulfilment:
    """What became of the investment MOUs signed up to `cut_off`, as known at `as_of`."""
    cohort = entries(None, cut_off, as_of).filter(
        kind=OutcomeKind.INVESTMENT_MOU, standing=Standing.CONFIRMED, outcome__isnull=False
    )
    signed = entries(signed_from, cut_off, as_of).filter(
        kind=OutcomeKind.INVESTMENT_MOU, standing=Standing.CONFIRMED, measure=Measure.COUNT
    )
    if signed_from is not None:
        # Realised values come later than the signing: the cohort is the outcomes, not the entries' dates.
        cohort = cohort.filter(outcome_id__in=standing(signed, as_of).values("outcome_id"))
    status = {row["stage"]: int(row["total"]) for row in sums(signed, Measure.COUNT, "stage")}
    dates = sorted(standing(signed, as_of).values_list("value_date", flat=True))
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    return Fulfilment(
        signed_from=signed_from,
        cut_off=cut_off,
        by_status=tuple((s.value, status.get(s, 0)) for s in FULFILMENT),
        rates=(_count_rate(status), _money_rate(cohort), _jobs_rate(cohort)),
        left_out=_left_out(cohort, as_of),
        first_signed=first,
        last_signed=last,
        oldest_months=None if first is None else cohort_age_months(first, cut_off),
        youngest_months=None if last is None else cohort_age_months(last, cut_off),
    )


def rate_of(basis: str, numerator: Decimal | None, denominator: Decimal | None) -> Rate:
    known = numerator is not None and denominator is not None
    return Rate(basis, numerator, denominator, format_rate(numerator, denominator) if known else None)  # type: ignore[arg-type]


def _count_rate(status: dict[str, int]) -> Rate:
    if not status:
        return rate_of("count", None, None)
    return rate_of("count", Decimal(status.get(Stage.INVESTED, 0)), Decimal(sum(status.values())))


def _money_rate(cohort: QuerySet[LedgerEntry]) -> Rate:
    totals = cohort.filter(basis=Basis.TOTAL, krw_value__isnull=False)
    by = {row["series"]: row["krw"] for row in sums(totals, Measure.MONEY, "series")}
    return rate_of("money", by.get(Series.REALISED), by.get(Series.ANNOUNCED))


def _jobs_rate(cohort: QuerySet[LedgerEntry]) -> Rate:
    by = {row["series"]: row["total"] for row in sums(cohort, Measure.JOBS, "series")}
    return rate_of("jobs", by.get(Series.REALISED), by.get(Series.ANNOUNCED))


def _left_out(cohort: QuerySet[LedgerEntry], as_of: datetime) -> int:
    """A yearly rate whose total is derived is not left out: its total is there."""
    money = standing(cohort, as_of).filter(measure=Measure.MONEY)
    derived = money.filter(derived_from__isnull=False).values("derived_from_id")
    return money.exclude(pk__in=derived).exclude(basis=Basis.TOTAL, krw_value__isnull=False).count()
