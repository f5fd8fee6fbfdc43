"""The quarter's figures: counted by standing, annual and unstated apart, unknown never zero, the past fixed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from crm.actions import fx, ledger, outcomes
from crm.actions.base import Caller
from crm.values.measures import Basis, Measure, Series
from crm.values.periods import Quarter
from reports.figures.quarterly import MoneyFigure, QuarterlyFigures, quarterly
from reports.figures.trace import Trace, trace
from tests.laws.scenarios import NOW, World, figure, make_world

pytestmark = pytest.mark.django_db
Q1 = Quarter(2023, 1)
THEN, LATER = NOW + timedelta(hours=1), NOW + timedelta(days=200)


@pytest.fixture
def world() -> World:
    return make_world()


def at(world: World, days: int) -> Caller:
    return replace(world.caller, now=NOW + timedelta(days=days))


def read(as_of: datetime = LATER, period: Quarter = Q1) -> QuarterlyFigures:
    return quarterly(period, as_of)


def money(kind: str = "investment_mou", series: str = "announced") -> MoneyFigure:
    (found,) = [m for m in read().quarter.money if (m.kind, m.series) == (kind, series)]
    return found


def counts(figures: QuarterlyFigures) -> dict[tuple[str, str], tuple[int, int, int]]:
    return {(c.kind, c.series): (c.confirmed, c.provisional, c.unconfirmed) for c in figures.quarter.counts}


@pytest.mark.parametrize(
    ("standing", "counted"), [("confirmed", (1, 0, 0)), ("provisional", (0, 1, 0)), ("unconfirmed", (0, 0, 1))]
)
def test_counted_by_standing(world: World, standing: str, counted: tuple[int, int, int]) -> None:
    outcomes.update_outcome(world.caller, world.outcome, standing=standing)
    assert counts(read())["investment_mou", "announced"] == counted


def test_annual_and_unstated_are_in_no_total(world: World) -> None:
    for basis, value in ((Basis.ANNUAL, 7), (Basis.UNSTATED, 3)):
        ledger.post_figure(world.caller, world.outcome, figure(basis=basis, value=Decimal(value)))
    found = money()
    assert (found.total, found.annual, found.unstated) == (1_000_000, 7, 3)


def test_won_are_unknown_while_any_rate_is_missing(world: World) -> None:
    fx.import_rates(world.caller, [fx.Rate("USD", date(2023, 1, 6), Decimal(1000), 1, "x")])
    assert (money().krw_total, money().without_rate) == (Decimal(1_000_000_000), 0)
    ledger.post_figure(world.caller, world.outcome, figure(value_date=date(2023, 3, 1)))
    assert (money().krw_total, money().without_rate, money().total) == (None, 1, Decimal(2_000_000))


def test_consulted_and_expected_stand_apart(world: World) -> None:
    assert (money("", "consulted").total, money("", "expected").total) == (5000, 1000)
    assert counts(read())["", "consulted"] == (1, 0, 0)


def test_an_event_s_own_tally(world: World) -> None:
    tally = figure(measure=Measure.COUNT, series=Series.CONSULTED, value=Decimal(40), currency="")
    ledger.post_figure(world.caller, world.event, tally)
    assert counts(read())["", "consulted"] == (41, 0, 0)


def test_an_archived_outcome_vanishes_from_now_and_not_from_the_past(world: World) -> None:
    before = read(THEN)
    outcomes.archive_outcome(at(world, 5), world.outcome, "두 번 기록됨")
    assert read(THEN) == before
    assert ("investment_mou", "announced") not in counts(read())
    assert read().outcomes == ()


def test_a_correction_and_a_reclassification_leave_the_past(world: World) -> None:
    before = read(THEN)
    ledger.correct_figure(at(world, 5), world.money, figure(value=Decimal(5)), "오기")
    outcomes.update_outcome(at(world, 6), world.outcome, kind="business_mou", title="업무협약")
    assert read(THEN) == before
    assert (money("business_mou").total, read().outcomes[0].title) == (5, "업무협약")


def test_the_year_runs_up_to_the_quarter(world: World) -> None:
    outcomes.update_outcome(world.caller, world.outcome, signed_on=date(2023, 5, 1))
    second = read(period=Quarter(2023, 2))
    assert {c.kind for c in second.quarter.counts} == {"investment_mou"}
    assert {c.kind for c in second.year_to_date.counts} == {"investment_mou", ""}


def test_an_empty_quarter_is_empty(world: World) -> None:
    found = read(period=Quarter(2022, 1))
    assert (found.quarter.counts, found.quarter.money, found.quarter.jobs, found.entries) == ((), (), (), ())
    assert [(r.numerator, r.denominator, r.percent) for r in found.fulfilment.rates] == [(None, None, None)] * 3


def test_sums_past_64_bits_stay_exact(world: World) -> None:
    """Two clumsy amounts must not take every report of the quarter down for good."""
    huge = Decimal("900000000000000.0001")
    for _i in range(2):
        ledger.post_figure(world.caller, world.outcome, figure(value=huge, currency="KRW"))
    (won,) = [m for m in read().quarter.money if m.currency == "KRW"]
    assert (won.total, won.krw_total) == (huge * 2, huge * 2)


def test_the_trace_adds_up_to_every_number(world: World) -> None:
    ledger.correct_figure(at(world, 5), world.money, figure(value=Decimal(5)), "오기")
    for found in read().quarter.money:
        names = ("kind", "series", "standing", "currency")
        filters = {"measure": "money", "basis": "total"} | {n: getattr(found, n) for n in names}
        listed = trace(Trace(Q1.first_day, Q1.last_day, LATER, filters)).entries
        assert sum(e.value for e in listed) == found.total


def test_a_number_s_trace_names_reversals_too(world: World) -> None:
    ledger.correct_figure(at(world, 5), world.money, figure(value=Decimal(5)), "오기")
    found = trace(Trace(None, Q1.last_day, LATER, {"measure": "money", "kind": "investment_mou"})).entries
    assert [e.value for e in found] == [1_000_000, -1_000_000, 5]
