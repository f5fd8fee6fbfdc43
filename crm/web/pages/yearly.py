"""A contract by the year, and what was realised beside what was agreed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from crm.models import LedgerEntry, Outcome
from crm.models.labels import label
from crm.queries.yearly import due_among, years_among
from crm.values.measures import Measure, Series
from crm.web.text import UNKNOWN, value_text
from reports.charts import FontMissing, svg
from reports.figures.progress import by_year, ladders, progress
from reports.report import Chart, ChartSeries


@dataclass(frozen=True, slots=True)
class YearLine:
    """`entry` leads to the ledger's entry of what was realised. `is_due`: the year has ended and nothing is told."""

    year: int
    agreed: str
    realised: str
    entry: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class ProgressLine:
    measure: str
    agreed: str
    realised: str
    remaining: str


@dataclass(frozen=True, slots=True)
class Yearly:
    """`pictures` are drawings of the ladders, one a measure and currency; none where the server has no font."""

    pictures: tuple[SafeString, ...]
    years: tuple[YearLine, ...]
    progress: tuple[ProgressLine, ...]


def yearly(outcome: Outcome, live: list[LedgerEntry], today: date) -> Yearly:
    """`live` are the outcome's entries that stand."""
    due = set(due_among(outcome, live, today))
    years = tuple(
        YearLine(
            figures.year,
            _text(figures.agreed, figures.currency),
            _text(figures.realised, figures.currency),
            f"#entry-{figures.entries[0]}" if figures.entries else "",
            figures.year in due,
        )
        for figures in by_year(live, years_among(outcome, live, today))
    )
    lines = tuple(
        ProgressLine(label(Measure(p.measure)), *(_text(v, p.currency) for v in (p.agreed, p.realised, p.remaining)))
        for p in progress(live)
    )
    return Yearly(tuple(_pictures(live)), years, lines)


def _pictures(live: list[LedgerEntry]) -> Iterator[SafeString]:
    for ladder in ladders(live):
        steps = tuple(label(Series(series)) for series, _value in ladder.steps)
        values = ChartSeries(label(Measure(ladder.measure)), tuple(value for _series, value in ladder.steps))
        unit = ladder.currency or _("people")
        chart = Chart("ladder", _("From promise to realised value"), unit, steps, (values,), "yearly")
        try:
            yield mark_safe(svg(chart, 560, 220))
        except FontMissing:
            return


def _text(value: object, currency: str) -> str:
    return UNKNOWN if value is None else value_text(value, currency)  # type: ignore[arg-type]
