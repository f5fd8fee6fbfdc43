"""The lesson of the golden figures: one MOU that two departments report is one MOU."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from crm.actions.attribution import Share, attribute_outcome
from crm.models import Outcome
from crm.values.measures import AttributionRole, Measure, OutcomeKind, PartyRole
from crm.values.periods import Quarter
from reports.figures.attribution import together
from reports.figures.quarterly import QuarterlyFigures, quarterly
from tests.builders import Cast, figure, make_cast, make_event, make_organisation, make_outcome, system
from tests.golden.audit import FIGURES

pytestmark = pytest.mark.django_db
AMOUNT = 50_000_000_000


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def agreement(cast: Cast) -> Outcome:
    return make_outcome(
        figures=[figure(AMOUNT, currency="KRW")],
        parties=[(make_organisation("㈜솔"), PartyRole.INVESTOR)],
        event=make_event(),
        lead_unit=cast.unit,
        standing="confirmed",
    )


def read() -> QuarterlyFigures:
    return quarterly(Quarter(2023, 1), datetime.now(UTC) + timedelta(seconds=1))


def the_second_report(cast: Cast, **more: str) -> Client:
    """The other department types the same agreement in, in its own words and spelling."""
    client = Client()
    client.force_login(cast.outsider, "django.contrib.auth.backends.ModelBackend")
    typed = {
        "id": str(uuid7()), "kind": OutcomeKind.INVESTMENT_MOU, "title": "솔 투자유치 MOU", "signed_on": "2023-01-08", "amount": "500억원",
        "basis": "total", "source": "부서 보고", "grade": "city_statement", "disclosure_level": "open",
        "parties-TOTAL_FORMS": "1", "parties-INITIAL_FORMS": "0", "parties-0-name": "주식회사 솔",
        "parties-0-role": "investor", **more,
    }  # fmt: skip
    client.answer = client.post("/outcomes/new/", typed)  # type: ignore[attr-defined]
    return client


def test_the_lesson_is_the_one_that_is_tested() -> None:
    assert "is one MOU" in FIGURES["double_counting"]["lesson"]


def test_a_second_department_is_shown_the_first_one_s_record_and_nothing_is_counted_twice(
    cast: Cast, agreement: Outcome
) -> None:
    client = the_second_report(cast)
    answer = client.answer  # type: ignore[attr-defined]
    page = answer.content.decode()
    assert "이미 등록되었을 수 있습니다" in page and f"/outcomes/{agreement.pk}/" in page and "다른 성과입니다" in page
    assert Outcome.objects.count() == 1
    (count,), (money,) = read().quarter.counts, read().quarter.money
    assert (count.confirmed, money.total) == (1, AMOUNT)


def test_what_is_another_agreement_can_be_recorded_with_a_tick(cast: Cast, agreement: Outcome) -> None:
    the_second_report(cast, is_another="on")
    assert Outcome.objects.count() == 2


def test_a_year_later_the_same_company_signs_another_one(cast: Cast, agreement: Outcome) -> None:
    the_second_report(cast, signed_on="2024-01-08")
    assert Outcome.objects.count() == 2
    assert Outcome.objects.filter(signed_on=date(2024, 1, 8)).exists()


def test_two_departments_share_one_agreement_and_the_city_counts_it_once(cast: Cast, agreement: Outcome) -> None:
    halves = [Share(AttributionRole.ORIGINATED, Decimal(50), org_unit=cast.unit)]
    halves += [Share(AttributionRole.PROGRESSED, Decimal(50), org_unit=cast.other_unit)]
    attribute_outcome(system(), agreement, halves)
    found = read()
    (count,), (money,) = found.quarter.counts, found.quarter.money
    assert (count.confirmed, money.total) == (1, AMOUNT)
    parts = {(f.name, f.measure): f.value for f in found.attributed.units}
    for unit in (cast.unit.name, cast.other_unit.name):
        assert parts[unit, Measure.COUNT] == Decimal("0.5")
        assert parts[unit, Measure.MONEY] == AMOUNT / 2
    assert {f.measure: f.value for f in together(found.attributed.units)} == {"count": 1, "money": AMOUNT}
