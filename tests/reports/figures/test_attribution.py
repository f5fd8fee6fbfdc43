"""What falls to events and units: the parts of a figure add to the figure, whatever the shares."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.actions.attribution import Share, attribute_outcome
from crm.models import Event, OrgUnit
from crm.values.measures import AttributionRole, Basis, Measure
from crm.values.periods import Quarter
from reports.figures.attribution import AttributedFigure, attributed, together
from reports.figures.quarterly import quarterly
from tests.builders import figure, make_cast, make_event, make_outcome, make_unit, system
from tests.builders_figures import divide, now

pytestmark = pytest.mark.django_db
DAYS = date(2023, 1, 1), date(2023, 3, 31)


def of(figures: tuple[AttributedFigure, ...], measure: Measure) -> dict[tuple[str, str], Decimal]:
    return {(f.name, f.role): f.value for f in figures if f.measure == measure}


def test_an_outcome_of_two_events_is_divided_between_them() -> None:
    ces, briefing = make_event(), make_event("투자설명회", kind="briefing")
    outcome = make_outcome(figures=[figure(900_000)], event=ces, lead_unit=make_unit("투자유치과"))
    divide(outcome, (ces, AttributionRole.ORIGINATED, "33.3"), (briefing, AttributionRole.SIGNED_AT, "66.7"))
    found = attributed(*DAYS, now())
    money = of(found.events, Measure.MONEY)
    assert money == {("CES 2023", "originated"): Decimal("299700"), ("투자설명회", "signed_at"): Decimal("600300")}
    assert of(found.events, Measure.COUNT) == {
        ("CES 2023", "originated"): Decimal("0.333"),
        ("투자설명회", "signed_at"): Decimal("0.667"),
    }
    assert of(found.units, Measure.COUNT) == {("투자유치과", ""): 1}


def test_without_event_and_unit_it_stands_as_not_attributed() -> None:
    make_outcome()
    found = attributed(*DAYS, now())
    assert [(f.holder, f.value) for f in found.events if f.measure == Measure.COUNT] == [(None, 1)]
    assert [(f.holder, f.value) for f in found.units if f.measure == Measure.COUNT] == [(None, 1)]


def test_unconfirmed_outcomes_fall_to_nobody() -> None:
    make_outcome(standing="unconfirmed", event=make_event())
    assert attributed(*DAYS, now()).events == ()


def test_a_later_division_does_not_change_what_was_known_before() -> None:
    ces, briefing = make_event(), make_event("투자설명회", kind="briefing")
    outcome = make_outcome(event=ces)
    before = now()
    first = attributed(*DAYS, before)
    later = replace(system(), now=before + timedelta(hours=1))
    attribute_outcome(later, outcome, [Share(AttributionRole.ORIGINATED, Decimal(100), event=briefing)])
    assert attributed(*DAYS, before) == first
    assert of(attributed(*DAYS, later.now).events, Measure.COUNT) == {("투자설명회", "originated"): 1}


@st.composite
def divisions(draw: st.DrawFn) -> list[Decimal]:
    """Shares of two decimals that add to 100."""
    cuts = sorted(set(draw(st.lists(st.integers(1, 9999), max_size=4))))
    return [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, 10000], strict=True)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(by_event=divisions(), by_unit=divisions(), value=st.decimals("0.01", "99999999999", places=2))
def test_the_parts_of_every_figure_add_to_the_figure(
    transactional_world: tuple[list[Event], list[OrgUnit]], by_event: list[Decimal], by_unit: list[Decimal],
    value: Decimal,
) -> None:  # fmt: skip
    events, units = transactional_world
    undo = transaction.savepoint()
    jobs = figure(7, measure=Measure.JOBS, currency="")
    rate = figure(value, basis=Basis.ANNUAL, currency="EUR")
    outcome = make_outcome(figures=[figure(value), jobs, rate], event=events[0], term_years=3)
    make_outcome("지분이 없는 협약", figures=[figure(value * 3)])
    shares = [Share(AttributionRole.ORIGINATED, s, event=e) for s, e in zip(by_event, events, strict=False)]
    shares += [Share(AttributionRole.PROGRESSED, s, org_unit=u) for s, u in zip(by_unit, units, strict=False)]
    attribute_outcome(system(), outcome, shares)
    found = quarterly(Quarter(2023, 1), now())
    whole: dict[tuple[str, str, str, str, str], Decimal] = {}
    for count in found.quarter.counts:
        whole[count.kind, count.series, "count", "", "total"] = Decimal(count.confirmed)
    for money in found.quarter.money:
        for basis, total in (("total", money.total), ("annual", money.annual), ("unstated", money.unstated)):
            if total is not None:
                whole[money.kind, money.series, "money", money.currency, basis] = total
    for heads in found.quarter.jobs:
        whole[heads.kind, "announced", "jobs", "", "total"] = Decimal(heads.announced or 0)
    for parts in (found.attributed.events, found.attributed.units):
        assert {(f.kind, f.series, f.measure, f.currency, f.basis): f.value for f in together(parts)} == whole
    transaction.savepoint_rollback(undo)


@pytest.fixture
def transactional_world() -> tuple[list[Event], list[OrgUnit]]:
    return [make_event(f"행사 {n}") for n in range(5)], [make_unit(f"부서 {n}") for n in range(5)]


def test_behind_a_share_stand_the_entries_with_their_share() -> None:
    ces, briefing = make_event(), make_event("투자설명회", kind="briefing")
    outcome = make_outcome(figures=[figure(900_000)], event=ces)
    make_outcome("다른 협약", figures=[figure(5)], event=ces)
    divide(outcome, (ces, AttributionRole.ORIGINATED, "40"), (briefing, AttributionRole.SIGNED_AT, "60"))
    client = Client()
    client.force_login(make_cast().leader, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/reports/quarterly/", {"period": "2023Q1", "whole": ""}).content.decode()
    address = next(
        line for line in page.split('"')
        if "/reports/entries/" in line and str(briefing.pk) in line and "money" in line
    )  # fmt: skip
    entries = client.get(address.replace("&amp;", "&")).content.decode()
    assert "900,000" in entries and "귀속 비율(%)" in entries and ">60<" in entries.replace("\n", "")
    assert "다른 협약" not in entries
    assert client.get(address.replace("&amp;", "&").replace(str(briefing.pk), "no-event")).status_code == 422
