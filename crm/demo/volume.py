"""Synthetic outcomes in any number, made by the actions and marked as such: to try out volume, never for reports."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from crm.actions.base import Caller, action
from crm.actions.ledger import Figure
from crm.actions.organisations import record_organisation
from crm.actions.outcomes import Circle, Testimony, record_outcome
from crm.models import Organisation
from crm.values.evidence import Grade
from crm.values.measures import KIND_RULES, Basis, Measure, OutcomeKind, PartyRole, Series

BATCH = 500
_SOURCE = "합성 자료"
_KINDS = (OutcomeKind.EXPORT_CONTRACT, OutcomeKind.INVESTMENT_MOU, OutcomeKind.BUSINESS_MOU, OutcomeKind.PURCHASE_LOI)
_FIRST_DAY = date(2018, 1, 1)
_DAYS = 2900
_COMPANIES_A_BATCH = 25


def seed_volume(caller: Caller, outcomes: int) -> Iterator[int]:
    """Records that many synthetic outcomes, the same ones for the same number. Yields how many there are so far;
    each batch is a transaction of its own."""
    random = Random(2023)
    done = 0
    while done < outcomes:
        size = min(BATCH, outcomes - done)
        record_synthetic_batch(caller, random, done, size)
        done += size
        yield done


@action("record.make_synthetic")
def record_synthetic_batch(caller: Caller, /, random: Random, first: int, size: int) -> int:
    companies = [
        record_organisation(caller, name=f"합성기업 {first + i}", country="KR", region="합성 자료")
        for i in range(min(_COMPANIES_A_BATCH, size))
    ]
    for i in range(first, first + size):
        _record(caller, random, i, companies)
    return size


def _record(caller: Caller, random: Random, i: int, companies: list[Organisation]) -> None:
    kind = random.choice(_KINDS)
    figure = Figure(
        Measure.MONEY,
        KIND_RULES[kind].count_series,
        Decimal(random.randrange(1, 5000)) * 10_000,
        _SOURCE,
        Grade.CITY_STATEMENT,
        currency=random.choice(("USD", "KRW", "EUR")),
        basis=random.choice((Basis.TOTAL, Basis.TOTAL, Basis.ANNUAL)),
    )
    jobs = Figure(Measure.JOBS, Series.ANNOUNCED, Decimal(random.randrange(1, 200)), _SOURCE, Grade.CITY_STATEMENT)
    figures = [figure, jobs] if kind == OutcomeKind.INVESTMENT_MOU else [figure]
    record_outcome(
        caller,
        Testimony(_SOURCE, Grade.CITY_STATEMENT, figures=figures),
        Circle(parties=[(random.choice(companies), PartyRole.PARTNER)]),
        kind=kind,
        title=f"합성 성과 {i + 1}",
        signed_on=_FIRST_DAY + timedelta(days=random.randrange(_DAYS)),
        is_synthetic=True,
    )
