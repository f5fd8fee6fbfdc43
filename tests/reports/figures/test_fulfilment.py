"""The fulfilment rate: statuses, three bases, what is left out, how old the cohort is; unknown is None, not zero."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm.actions import ledger, outcomes, stages
from crm.values.evidence import Grade
from crm.values.measures import Basis, Measure, Series
from crm.values.stages import Stage
from reports.figures.fulfilment import Fulfilment, Rate, fulfilment
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db
CUT_OFF = date(2023, 12, 31)


@pytest.fixture
def world() -> World:
    return make_world()


def read(cut_off: date = CUT_OFF, signed_from: date | None = None) -> Fulfilment:
    return fulfilment(cut_off, NOW + timedelta(days=300), signed_from)


def rate(basis: str) -> Rate:
    return next(r for r in read().rates if r.basis == basis)


def post(world: World, series: Series, value: int, measure: Measure = Measure.MONEY, **changes: object) -> None:
    currency = "KRW" if measure == Measure.MONEY else ""
    realised = {"evidence_grade": Grade.SIGNED_DOCUMENT, "evidence": world.document} if series == "realised" else {}
    changes = {
        "measure": measure,
        "series": series,
        "value": Decimal(value),
        "currency": currency,
        **realised,
        **changes,
    }
    ledger.post_figure(world.caller, world.outcome, figure(**changes))


@pytest.mark.parametrize(("status", "percent"), [("planned", 0), ("invested", 100)])
def test_by_count(world: World, status: str, percent: int) -> None:
    if status == "invested":
        post(world, Series.REALISED, 1)
        stages.take_step(world.caller, world.outcome, Stage.INVESTED, taken_on=date(2023, 3, 1))
    assert dict(read().by_status)[status] == 1
    assert sum(dict(read().by_status).values()) == 1
    assert rate("count") == Rate("count", Decimal(percent // 100), Decimal(1), Decimal(percent))


def test_unknown_is_none(world: World) -> None:
    assert [(r.numerator, r.percent) for r in read().rates if r.basis != "count"] == [(None, None)] * 2


def test_by_amount_and_jobs(world: World) -> None:
    post(world, Series.ANNOUNCED, 1000)
    post(world, Series.REALISED, 312)
    post(world, Series.ANNOUNCED, 20, Measure.JOBS)
    post(world, Series.REALISED, 5, Measure.JOBS)
    assert (rate("money").percent, rate("jobs").percent) == (Decimal("31.2"), Decimal(25))


def test_what_the_amount_leaves_out_is_counted(world: World) -> None:
    assert read().left_out == 1  # in dollars, without a rate
    post(world, Series.ANNOUNCED, 5, basis=Basis.ANNUAL)
    post(world, Series.ANNOUNCED, 5, basis=Basis.UNSTATED)
    post(world, Series.ANNOUNCED, 1000)
    assert (read().left_out, rate("money").denominator) == (3, 1000)


def test_the_cohort_s_age(world: World) -> None:
    found = read()
    assert (found.first_signed, found.oldest_months, found.youngest_months) == (date(2023, 1, 7), 11, 11)


def test_signed_after_the_cut_off_or_before_the_start_is_no_part(world: World) -> None:
    for found in (read(date(2022, 12, 31)), read(signed_from=date(2023, 2, 1))):
        assert {n for _status, n in found.by_status} == {0}
        assert (found.oldest_months, found.left_out) == (None, 0)


def test_unconfirmed_is_no_part(world: World) -> None:
    outcomes.update_outcome(world.caller, world.outcome, standing="unconfirmed")
    assert rate("count") == Rate("count", None, None, None)
