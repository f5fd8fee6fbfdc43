"""What became of each year's investment MOUs."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from crm.models import LedgerEntry
from crm.values.measures import Basis, DateBasis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import cohort_age_months
from crm.values.stages import FULFILMENT, Stage
from reports.figures.classes import ClassRow, classed, classes, regrouped
from reports.figures.fulfilment import Rate, rate_of
from reports.figures.standing import sums

_TOTALS = (Standing.CONFIRMED, Basis.TOTAL)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The confirmed investment MOUs signed in one year, as they stand at the cut-off. `by_status` counts them by their
    six statuses; `rates` are by count, KRW and jobs. Ages in months at the cut-off: a young cohort has not failed."""

    year: int
    by_status: tuple[tuple[str, int], ...]
    rates: tuple[Rate, ...]
    youngest_months: int
    oldest_months: int


def cohorts(cut_off: date, as_of: datetime) -> tuple[Cohort, ...]:
    """The year of a cohort is that of the entry that counts the outcome; realised values come later than it."""
    found = classes(None, cut_off, as_of, [OutcomeKind.INVESTMENT_MOU])
    confirmed = [row for row in found if (row["standing"], row["basis"]) == (Standing.CONFIRMED, Basis.TOTAL)]
    # What has the outcome's own date has that of the entry that counts it; what has one of its own is looked up.
    own = [row for row in confirmed if row["date_basis"] != DateBasis.STATED]
    stated = [row for row in confirmed if row["date_basis"] == DateBasis.STATED]
    entries = classed(None, cut_off, as_of, [OutcomeKind.INVESTMENT_MOU])
    looked = looked_up(entries, stated, as_of, "signed", "stage", "series")
    # What was not counted yet at that time is of no cohort, though something of it was known.
    dated = [row | {"year": row["value_quarter"] // 4} for row in own] + [
        row | {"year": row["signed"] // 4} for row in looked if row["signed"] is not None
    ]
    by = ("year", "stage", "series")
    rows = [row | {"measure": measure} for measure in Measure for row in regrouped(dated, measure, *by)]
    years = sorted({row["year"] for row in rows if row["measure"] == Measure.COUNT})
    return tuple(_cohort(year, [row for row in rows if row["year"] == year], cut_off) for year in years)


def looked_up(found: QuerySet[LedgerEntry], stated: list[ClassRow], as_of: datetime, *by: str) -> list[dict[str, Any]]:
    """The sums of these classes of the entries again, by `signed`, the quarter in which their outcomes count (a
    serial), among others."""
    if not stated:
        return []
    names = ("standing", "basis", "date_basis", "measure", "series", "value_quarter")
    among = {f"{name}__in": sorted({row[name] for row in stated}) for name in names}
    counted = LedgerEntry.objects.filter(outcome=OuterRef("outcome"), measure=Measure.COUNT, recorded_at__lte=as_of)
    signed = Subquery(counted.order_by("-recorded_at", "-id").values("value_quarter")[:1])
    return sums(found.filter(**among).annotate(signed=signed), None, *by)


def _cohort(year: int, rows: list[ClassRow], cut_off: date) -> Cohort:
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


def _of(rows: list[ClassRow], measure: Measure, series: Series) -> Decimal | None:
    column = "krw" if measure == Measure.MONEY else "total"
    found = [row[column] for row in rows if (row["measure"], row["series"]) == (measure, series)]
    known = [value for value in found if value is not None]
    return sum(known, Decimal(0)) if known else None
