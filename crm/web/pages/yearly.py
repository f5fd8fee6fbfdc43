"""A contract by the year, and what was realised beside what was agreed."""

from dataclasses import dataclass
from datetime import date

from crm.models import LedgerEntry, Outcome
from crm.models.labels import label
from crm.queries.yearly import years_due, years_of
from crm.values.measures import Measure
from crm.web.text import UNKNOWN, value_text
from reports.figures.progress import by_year, progress


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
    years: tuple[YearLine, ...]
    progress: tuple[ProgressLine, ...]


def yearly(outcome: Outcome, entries: list[LedgerEntry], today: date) -> Yearly:
    """`entries` are all of the outcome's; those that stand are counted."""
    undone = {entry.reverses_id for entry in entries if entry.reverses_id}
    live = [entry for entry in entries if entry.reverses_id is None and entry.pk not in undone]
    due = set(years_due(outcome, today))
    years = tuple(
        YearLine(
            figures.year,
            _text(figures.agreed, figures.currency),
            _text(figures.realised, figures.currency),
            f"#entry-{figures.entries[0]}" if figures.entries else "",
            figures.year in due,
        )
        for figures in by_year(live, years_of(outcome, today))
    )
    lines = tuple(
        ProgressLine(label(Measure(p.measure)), *(_text(v, p.currency) for v in (p.agreed, p.realised, p.remaining)))
        for p in progress(live)
    )
    return Yearly(years, lines)


def _text(value: object, currency: str) -> str:
    return UNKNOWN if value is None else value_text(value, currency)  # type: ignore[arg-type]
