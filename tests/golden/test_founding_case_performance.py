"""The founding case as the city announced it, event by event: the report of the show and that of the trip around it."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from crm.demo.accounts import open_demo_accounts
from crm.models import Account, Event
from crm.values.periods import end_of_day
from reports.building.annual_contracts import build_annual_contracts
from reports.building.performance import build_performance
from reports.figures.annual_contracts import annual_contracts
from reports.figures.performance import Performance, performance
from reports.report import Report, Row
from tests import founding_case
from tests.reports.traced import traced_sum

pytestmark = pytest.mark.django_db
AS_OF = end_of_day(date(2023, 3, 31))


@pytest.fixture(autouse=True)
def case() -> None:
    founding_case.load()


def figures(code: str) -> Performance:
    return performance(Event.objects.get(code=code).pk, AS_OF)


def report(code: str) -> Report:
    return build_performance(figures(code), "ko")


def rows(found: Report, key: str) -> dict[object, Row]:
    return {row.values[0]: row for s in found.sections for t in s.tables if t.key == key for row in t.rows}


def told(found: Report, section: str) -> str:
    return "\n".join(next(s for s in found.sections if s.key == section).paragraphs)


def test_the_show_brought_one_contract_by_the_year_and_one_investment_mou() -> None:
    shares = figures("ces-2023").shares
    counts = {one.kind: (one.confirmed, one.provisional, one.unconfirmed) for one in shares.counts}
    assert counts == {"export_contract": (1, 0, 0), "investment_mou": (1, 0, 0), "pavilion_operation": (1, 0, 0)}
    (money,) = shares.money
    assert (money.kind, money.series, money.currency) == ("export_contract", "committed", "USD")
    assert (money.annual, money.total, money.krw_total) == (Decimal(10_000_000), None, None)
    (jobs,) = shares.jobs
    assert (jobs.kind, jobs.announced, jobs.realised, jobs.approximate) == ("investment_mou", 20, None, True)
    assert shares.promises is None


def test_the_trip_brought_one_business_mou_one_unconfirmed_and_two_promises() -> None:
    shares = figures("us-trip-2023").shares
    counts = {one.kind: (one.confirmed, one.provisional, one.unconfirmed) for one in shares.counts}
    assert counts == {"business_mou": (1, 0, 1)}
    assert shares.promises is not None and shares.promises.confirmed == 2
    assert (shares.money, shares.jobs) == ((), ())


def test_every_count_opens_its_entries() -> None:
    for code in ("ces-2023", "us-trip-2023"):
        found = report(code)
        for row in (*rows(found, "event_counts").values(), *rows(found, "event_promises").values()):
            for value, link in zip(row.values[1:], row.links[1:], strict=True):
                assert traced_sum(link or "") == value
    (money,) = rows(report("ces-2023"), "event_money").values()
    assert traced_sum(money.links[4] or "") == money.values[4] == 10_000_000
    assert money.values[3] is None, "the total is unknown, not ten million"


def test_contradicting_claims_stand_side_by_side() -> None:
    show, trip = told(report("ces-2023"), "overview"), told(report("us-trip-2023"), "overview")
    assert "8 (press before the show, 2023. 1. 3. 기준 · 대체됨)" in show
    assert "9 (press at the show, 2023. 1. 6. 기준 · 확정)" in show
    assert "광주테크노파크" in show
    assert "6박 9일 (press · 확정)" in trip and "6박 8일 (mayor's speech · 이견)" in trip


def test_what_the_source_said_stands_beside_the_figure() -> None:
    found = report("ces-2023")
    assert "“연간 1천만 달러”" in told(found, "details")
    agreements = rows(found, "event_agreements")
    (contract,) = [row for title, row in agreements.items() if "수출계약" in str(title)]
    assert contract.values[3] == "계약 체결 연간 USD 10,000,000 (총액 미상)"


def test_what_is_not_proved_or_not_confirmed_is_named_as_a_problem() -> None:
    problems = {
        (row.values[0], row.values[1]) for s in report("us-trip-2023").sections for t in s.tables
        if t.key == "event_problems" for row in t.rows
    }  # fmt: skip
    assert ("미확인", "라이징타이드펀드 업무협약") in problems
    assert ("증빙 미비", "ESTV 업무협약") in problems


def test_instructions_without_an_owner_stay_unassigned() -> None:
    plans = rows(report("briefing-2023-02"), "event_plans")
    assert len(plans) == 4
    assert {row.values[1] for row in plans.values()} == {"미지정"}
    assert {row.values[3] for row in plans.values()} == {None}


def test_the_yearly_contract_has_a_rate_no_total_and_no_year_reported() -> None:
    found = annual_contracts(2024, end_of_day(date(2025, 1, 15)))
    (contract,) = found.contracts
    assert (contract.rate, contract.currency, contract.total) == (10_000_000, "USD", None)
    years = [(one.year, one.realised, one.state) for one in contract.years]
    assert years == [(2023, None, "overdue"), (2024, None, "due")]
    assert "연간 USD 10,000,000(계약 1건, 총액에 포함하지 않음)" in [
        line.text for line in build_annual_contracts(found, "ko").summary
    ]


def test_the_page_of_the_event_leads_to_its_report() -> None:
    open_demo_accounts(AS_OF)
    client = Client(headers={"accept-language": "ko"})
    client.force_login(Account.objects.get(username="officer"), "django.contrib.auth.backends.ModelBackend")
    event = Event.objects.get(code="ces-2023")
    page = client.get(f"/events/{event.pk}/").content.decode()
    address = f"/reports/performance/?event={event.pk}"
    assert f'href="{address}">성과보고서</a>' in page
    shown = client.get(f"{address}&whole").content.decode()
    for part in ("CES 2023", "Ⅰ. 추진개요", "Ⅱ. 추진성과", "Ⅲ. 세부내용", "Ⅳ. 문제점 및 개선방안", "Ⅴ. 향후계획"):
        assert part in shown
