"""Contracts by the year: which years' figures are agreed, realised, due."""

from datetime import date

from crm.models import LedgerEntry, Outcome
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Basis, Measure, Series


def years_of(outcome: Outcome, today: date) -> range:
    """The years for which a yearly figure is expected: from the first of the period, else of the rate's value date, to
    the last of the period or the term; without either, to the present year. Empty where there is no yearly rate."""
    rates = standing_entries().filter(outcome=outcome, measure=Measure.MONEY, basis=Basis.ANNUAL)
    rate = rates.order_by("value_date", "id").first()
    if rate is None:
        return range(0)
    first = outcome.period_from or rate.value_date.year
    last = outcome.period_to or (first + outcome.term_years - 1 if outcome.term_years else today.year)
    return range(first, last + 1)


def realised_years(outcome: Outcome) -> set[int]:
    return {e.for_year for e in _yearly(outcome) if e.series == Series.REALISED and e.for_year}


def years_due(outcome: Outcome, today: date) -> list[int]:
    """The years that have ended and have no realised figure."""
    told = realised_years(outcome)
    return [year for year in years_of(outcome, today) if year < today.year and year not in told]


def _yearly(outcome: Outcome) -> list[LedgerEntry]:
    found = standing_entries().filter(outcome=outcome, measure=Measure.MONEY, for_year__isnull=False)
    return list(found.order_by("for_year", "id"))
