"""The export ladder: each rung a fact of its own; what is put together is put together by a named rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from reports.figures.classes import ClassRow, classes, regrouped
from reports.figures.standing import entries, sums


class InclusiveRule(StrEnum):
    """How a publisher counts on-site contracts: beside the expected contracts, or inside them. The stored facts are
    the same under each."""

    DISJOINT = "disjoint"
    ONSITE_INSIDE_EXPECTED = "onsite_inside_expected"


@dataclass(frozen=True, slots=True)
class Rung:
    """Confirmed money of one rung in units of `currency`, totals only. There is no sum of rungs."""

    rung: str
    currency: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """The expected-contract amount as a publisher prints it, by the rule of that name."""

    rule: str
    currency: str
    total: Decimal


_COUNTED: dict[InclusiveRule, tuple[dict[str, str], ...]] = {
    InclusiveRule.DISJOINT: ({"series": Series.EXPECTED},),
    InclusiveRule.ONSITE_INSIDE_EXPECTED: (
        {"series": Series.EXPECTED},
        {"kind": OutcomeKind.ONSITE_CONTRACT, "series": Series.COMMITTED},
    ),
}
_RUNGS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("consultation", {"consultation__isnull": False, "series": Series.CONSULTED}),
    (OutcomeKind.EXPECTED_CONTRACT.value, {"series": Series.EXPECTED}),
    *(
        (kind.value, {"kind": kind, "series": series})
        for kind, series in (
            (OutcomeKind.PURCHASE_LOI, Series.ANNOUNCED),
            (OutcomeKind.ONSITE_CONTRACT, Series.COMMITTED),
            (OutcomeKind.EXPORT_CONTRACT, Series.COMMITTED),
            (OutcomeKind.REALISED_EXPORT, Series.REALISED),
        )
    ),
)


def rungs(first: date | None, last: date, as_of: datetime) -> tuple[Rung, ...]:
    """What stands on each rung, from consultations up, by currency."""
    found: list[Rung] = []
    for name, filters in _RUNGS:
        rows = sums(_confirmed(entries(first, last, as_of)).filter(**filters), Measure.MONEY, "currency")
        found += [Rung(name, row["currency"], row["total"]) for row in rows]
    return tuple(found)


def expected_contracts(
    first: date | None, last: date, as_of: datetime, rule: InclusiveRule
) -> tuple[ExpectedFigure, ...]:
    """The expected contracts: as they are stored, or with the on-site contracts counted inside them."""
    return expected_among(classes(first, last, as_of), rule)


def expected_among(classed: list[ClassRow], rule: InclusiveRule) -> tuple[ExpectedFigure, ...]:
    """The expected contracts that the classes come to by the rule."""
    counted = [row for row in classed if _is_confirmed_total(row) and any(map(_said_of(row), _COUNTED[rule]))]
    rows = sorted(regrouped(counted, Measure.MONEY, "currency"), key=lambda row: str(row["currency"]))
    return tuple(ExpectedFigure(rule, row["currency"], row["total"]) for row in rows)


def counted_by(rule: InclusiveRule) -> Q:
    """Which entries the rule counts."""
    counted = Q()
    for said in _COUNTED[rule]:
        counted |= Q(**said)
    return counted


def _said_of(row: ClassRow) -> Callable[[dict[str, str]], bool]:
    return lambda said: all(row[name] == value for name, value in said.items())


def _is_confirmed_total(row: ClassRow) -> bool:
    return bool(row["standing"] == Standing.CONFIRMED and row["basis"] == Basis.TOTAL)


def _confirmed(found: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    return found.filter(standing=Standing.CONFIRMED, basis=Basis.TOTAL)
