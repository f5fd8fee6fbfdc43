"""The lesson of the golden figures: a rate without the age of its cohort misleads."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.actions import ledger, stages
from crm.actions.accounts import system_caller
from crm.values.evidence import Grade
from crm.values.measures import Measure, OutcomeKind, PartyRole, Series
from crm.values.money import format_percent
from crm.values.periods import Quarter
from crm.values.stages import Stage
from reports.building.triangle import build_triangle
from reports.figures.cohorts import cohorts
from reports.figures.triangle import AGES, CohortRow, age_day, triangle
from tests.builders import Cast, make_cast, make_document, make_organisation, make_outcome, system
from tests.golden.audit import FIGURES

pytestmark = pytest.mark.django_db
PUBLISHED = FIGURES["gyeongbuk_investment_mous_2021"]["by_signing_cohort"]
BILLION = 1_000_000_000


def mou(cast: Cast, signed_on: date, pledged: Decimal, realised: Decimal, on: date) -> None:
    outcome = make_outcome(
        kind=OutcomeKind.INVESTMENT_MOU,
        title=f"투자협약 {signed_on}",
        signed_on=signed_on,
        figures=[ledger.Figure(Measure.MONEY, Series.ANNOUNCED, pledged, "보도", Grade.CITY_STATEMENT, currency="KRW")],
        standing="confirmed",
        lead_unit=cast.unit,
        parties=[(make_organisation(f"㈜투자 {signed_on}"), PartyRole.INVESTOR)],
    )
    paper = make_document(outcome)
    figure = ledger.Figure(
        Measure.MONEY,
        Series.REALISED,
        realised,
        "확인",
        Grade(paper.grade),
        currency="KRW",
        evidence=paper,
        value_date=on,
    )
    ledger.post_figure(system(), outcome, figure)
    stages.take_step(system(), outcome, Stage.INVESTED, taken_on=on, reason="착공", evidence=paper)


def now() -> datetime:
    """After everything that the test has recorded by then."""
    return timezone.now() + timedelta(milliseconds=1)


def row(basis: str, quarter: Quarter) -> CohortRow:
    (found,) = [r for b, rows in triangle(now()).by_basis if b == basis for r in rows if r.signed_in == quarter]
    return found


@pytest.fixture(autouse=True)
def cast(db: None) -> Cast:
    cast = make_cast()
    of_2019 = PUBLISHED[2019]
    pledged, realised = (Decimal(str(of_2019[name])) * BILLION for name in ("pledged_krw_bn", "realised_krw_bn"))
    mou(cast, date(2019, 5, 2), pledged, realised, date(2021, 3, 31))
    return cast


def test_what_was_known_of_an_outcome_before_it_was_on_record_itself_is_of_no_cohort() -> None:
    """A backfill may bring what a figure came to with the day on which the city heard of it."""
    outcome = make_outcome(signed_on=date(2019, 5, 2), standing="confirmed")
    heard = now() - timedelta(days=365)
    paper = make_document(outcome)
    figure = ledger.Figure(
        Measure.MONEY, Series.REALISED, Decimal(BILLION), "확인", Grade(paper.grade), currency="KRW", evidence=paper,
        value_date=date(2021, 3, 31),
    )  # fmt: skip
    ledger.post_figure(system_caller(now(), heard), outcome, figure)
    known = heard + timedelta(days=1)
    assert cohorts(date(2021, 12, 31), known) == ()
    assert triangle(known).by_basis[0] == ("count", ())


def test_the_published_rate_at_the_age_that_it_had() -> None:
    cells = {cell.age: cell for cell in row("money", Quarter(2019, 2)).cells}
    assert format_percent(cells[24].percent) == str(PUBLISHED[2019]["amount_rate_pct"])
    assert cells[24].until == date(2021, 6, 30)
    assert cells[12].percent == 0


def test_by_number_from_the_day_of_the_step_on() -> None:
    cells = {cell.age: cell.percent for cell in row("count", Quarter(2019, 2)).cells}
    assert (cells[18], cells[24], cells[60]) == (0, 100, 100)


def test_an_age_that_has_not_come_is_unknown_not_zero(cast: Cast) -> None:
    today = timezone.localdate()
    mou(cast, today, Decimal(BILLION), Decimal(1), today)
    told = [(cell.percent, cell.fulfilled) for cell in row("money", Quarter.of(today)).cells if cell.age]
    assert told == [(None, None)] * (len(AGES) - 1)


@pytest.mark.parametrize(
    ("months", "day"),
    [(0, date(2019, 6, 30)), (6, date(2019, 12, 31)), (8, date(2020, 2, 29)), (60, date(2024, 6, 30))],
)
def test_the_day_of_an_age(months: int, day: date) -> None:
    assert age_day(Quarter(2019, 2), months) == day


def test_every_cell_opens_the_entries_that_make_it() -> None:
    from tests.reports.traced import traced_sum

    report = build_triangle(triangle(now()), "ko")
    (table,) = report.sections[1].tables
    (line,) = table.rows
    assert len(line.values) == 3 + len(AGES)
    (pledged_link, first_cell) = (line.links[2], line.links[3])
    assert pledged_link is not None and first_cell is not None
    assert traced_sum(pledged_link, in_won=True) == line.values[2]
    assert traced_sum(first_cell, in_won=True) == 0
