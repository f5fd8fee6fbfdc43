"""Targets and costs: setting them, and an event beside what it was to bring and what it cost."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from crm.actions import attribution, fx, targets
from crm.models import EventCost, Target
from crm.values.measures import AttributionRole, Measure, OutcomeKind, Series, Standing
from tests.builders import Cast, figure, make_event, make_outcome, system
from tests.crm.web.conftest import SignIn

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]


def target(**fields: Any) -> Target:
    said = {"measure": Measure.COUNT, "series": Series.ANNOUNCED, "value": Decimal(4), "source": "추진계획"}
    return targets.set_target(system(), **{**said, **fields})


@pytest.fixture
def teamlead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.teamlead)


def test_an_event_stands_beside_its_targets(officer: Client) -> None:
    event, other = make_event(), make_event("MWC")
    make_outcome("가", event=event, standing=Standing.CONFIRMED, figures=[figure(6_000_000_000, currency="KRW")])
    shared = make_outcome(
        "나", event=event, standing=Standing.CONFIRMED, figures=[figure(8_000_000_000, currency="KRW")]
    )
    shares = [attribution.Share(AttributionRole.ORIGINATED, Decimal(50), event=e) for e in (event, other)]
    attribution.attribute_outcome(system(), shared, shares)
    make_outcome("미확인", event=event, standing=Standing.UNCONFIRMED)
    money = {"measure": Measure.MONEY, "value": Decimal(20_000_000_000), "currency": "KRW"}
    target(event=event, kind=OutcomeKind.INVESTMENT_MOU)
    target(event=event, **money)
    target(event=event, measure=Measure.JOBS)

    lines = officer.get(f"/events/{event.pk}/result/").context["result"].targets

    assert [(line.what, line.target, line.actual, line.rate and line.rate.text) for line in lines] == [
        ("투자협약 · 건수 · 협약·발표", "4", "1.5", "37.5"),
        ("모든 유형 · 금액 · 협약·발표", "KRW 20,000,000,000", "KRW 10,000,000,000", "50.0"),
        ("모든 유형 · 고용 · 협약·발표", "4", "–", None),
    ]


def test_a_target_in_won_is_unknown_while_a_part_has_no_rate(officer: Client) -> None:
    event = make_event()
    make_outcome(event=event, standing=Standing.CONFIRMED, figures=[figure(1_000_000, currency="USD")])
    target(event=event, measure=Measure.MONEY, value=Decimal(10_000_000_000), currency="KRW")
    target(event=event, measure=Measure.MONEY, value=Decimal(2_000_000), currency="USD")
    shown = lambda: [line.actual for line in officer.get(f"/events/{event.pk}/result/").context["result"].targets]  # noqa: E731
    assert shown() == ["–", "USD 1,000,000"]
    day = date(2023, 1, 6)
    fx.import_rates(system(), [fx.Rate("USD", day, Decimal("1268.4"), 1, "서울외국환중개")])
    assert shown() == ["KRW 1,268,400,000", "USD 1,000,000"]


def test_what_it_cost_is_added_by_currency_and_by_who_bears_it(officer: Client, fields: Fields, text: Text) -> None:
    event = make_event()
    for item, amount, payer in (
        ("공동관 임차", "1억 2천만원", "city"),
        ("통역", "3천만원", "state"),
        ("운송", "USD 1,500", "own"),
    ):
        form = fields(officer.get(f"/events/{event.pk}/costs/new/"))
        sent = {**form, "item": item, "amount": amount, "payer": payer, "source": "정산서"}
        for _twice in range(2):
            assert officer.post(f"/events/{event.pk}/costs/new/", sent).status_code == 302
    assert EventCost.objects.count() == 3
    totals = [fact.text for fact in officer.get(f"/events/{event.pk}/result/").context["result"].totals]
    assert totals == ["KRW 150,000,000 (시비 KRW 120,000,000 · 국비 KRW 30,000,000)", "USD 1,500"]

    cost = EventCost.objects.get(item="운송")
    officer.post(f"/costs/{cost.pk}/remove/")
    page = text(officer.get(f"/events/{event.pk}/result/"))
    assert "USD 1,500" not in page and "통역" in page


def test_a_team_lead_sets_changes_and_removes_a_target_of_a_year(teamlead: Client, fields: Fields, text: Text) -> None:
    form = fields(teamlead.get("/targets/new/"))
    sent = {
        **form,
        "year": "2023",
        "quarter": "1",
        "measure": "money",
        "series": "announced",
        "amount": "1,500억원",
        "source": "업무계획",
    }
    assert teamlead.post("/targets/new/", sent)["Location"] == "/targets/2023/"
    teamlead.post("/targets/new/", sent)
    page = text(teamlead.get("/targets/2023/"))
    assert "KRW 150,000,000,000" in page and "시 전체" in page and "2023년 1분기" in page
    found = Target.objects.get()
    again = {**fields(teamlead.get("/targets/new/")), **{k: v for k, v in sent.items() if k != "id"}}
    assert "이미 정한 목표" in text(teamlead.post("/targets/new/", again))

    edit = fields(teamlead.get(f"/targets/{found.pk}/"))
    assert edit["amount"] == "KRW 150,000,000,000"
    teamlead.post(f"/targets/{found.pk}/", {**edit, "amount": "2,000억원"})
    stale = teamlead.post(f"/targets/{found.pk}/", {**edit, "source": "늦은 수정"})
    assert stale.status_code == 200
    teamlead.post(f"/targets/{found.pk}/remove/")
    assert "목표가 없습니다" in text(teamlead.get("/targets/2023/"))
    # Removed, the same may be set anew.
    target(year=2023, quarter=1)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"measure": "money", "amount": "500"}, "amount"),
        ({"measure": "count", "amount": "1.5"}, "amount"),
        ({"measure": "money", "amount": "5억원", "kind": "promise"}, "kind"),
        ({"measure": "count", "amount": "0"}, "amount"),
        ({"measure": "count", "amount": "5", "year": "1066"}, "__all__"),
    ],
)
def test_what_cannot_be_a_target_is_said_at_its_field(
    teamlead: Client, fields: Fields, wrong: dict[str, str], place: str
) -> None:
    sent = {
        **fields(teamlead.get("/targets/new/")),
        "year": "2023",
        "series": "announced",
        "source": "업무계획",
        **wrong,
    }
    answer = teamlead.post("/targets/new/", sent)
    assert answer.status_code == 200 and list(answer.context["form"].errors) == [place]
    assert not Target.objects.exists()


def test_officers_read_targets_and_do_not_set_them(officer: Client, leader: Client) -> None:
    found = target(year=2023)
    assert officer.get("/targets/2023/").status_code == 200
    assert officer.get("/targets/new/").status_code == 403
    assert officer.post(f"/targets/{found.pk}/remove/").status_code == 403
    assert leader.get("/targets/new/").status_code == 200


def test_a_target_is_of_one_holder_and_set_once(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="한 부서"):
        target(event=make_event(), org_unit=cast.unit)
    assert not Target.objects.exists()
    target(org_unit=cast.unit, year=2023)
    with pytest.raises(ValidationError, match="이미 정한 목표"):
        target(org_unit=cast.unit, year=2023, value=Decimal(9))
