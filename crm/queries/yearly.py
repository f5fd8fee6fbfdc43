"""Contracts by the year: which years' figures are agreed, realised, due."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from crm.models import LedgerEntry, Outcome
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Basis, Measure, Series


class Terms(Protocol):
    """For how long a contract runs; None where no source states it. An outcome, as it is or as it was known."""

    @property
    def term_years(self) -> int | None: ...
    @property
    def period_from(self) -> int | None: ...
    @property
    def period_to(self) -> int | None: ...


def years_of(outcome: Outcome, today: date) -> range:
    """The years for which a yearly figure is expected: from the first of the period, else of the rate's value date, to
    the last of the period or the term; without either, to the present year. Empty where there is no yearly rate."""
    return years_among(outcome, _yearly(outcome), today)


def years_due(outcome: Outcome, today: date) -> list[int]:
    """The years that have ended and have no realised figure."""
    return due_among(outcome, _yearly(outcome), today)


def years_among(outcome: Outcome, live: Iterable[LedgerEntry], today: date) -> range:
    """`years_of`, from the outcome's standing entries."""
    rates = [e for e in live if e.measure == Measure.MONEY and e.basis == Basis.ANNUAL]
    if not rates:
        return range(0)
    rate = min(rates, key=lambda e: (e.value_date, e.pk))
    return years_agreed(outcome, rate.value_date, today)


def years_agreed(terms: Terms, rate_from: date, today: date) -> range:
    """`years_of`, from the terms of the contract and the first value date of its yearly rate."""
    first = terms.period_from or rate_from.year
    last = terms.period_to or (first + terms.term_years - 1 if terms.term_years else today.year)
    return range(first, last + 1)


def due_among(outcome: Outcome, live: Collection[LedgerEntry], today: date) -> list[int]:
    """`years_due`, from the outcome's standing entries."""
    told = {e.for_year for e in live if e.measure == Measure.MONEY and e.series == Series.REALISED}
    return [year for year in years_among(outcome, live, today) if year < today.year and year not in told]


def _yearly(outcome: Outcome) -> list[LedgerEntry]:
    """What of the ledger says anything about years."""
    return list(standing_entries().filter(outcome=outcome, measure=Measure.MONEY))
