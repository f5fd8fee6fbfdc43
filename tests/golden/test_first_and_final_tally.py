"""A procurement expo told twice: the first tally and the final one are both true, each at its own time, and the bridge
between them is what was published."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest

from crm.actions import ledger, outcomes
from crm.actions.accounts import system_caller
from crm.actions.base import Caller
from crm.models import LedgerEntry, Outcome
from crm.permissions import EVERYTHING
from crm.values.evidence import Grade
from crm.values.measures import Cause, Measure, OutcomeKind, Series
from crm.values.periods import Quarter
from reports.documents import render
from reports.figures.ladder import InclusiveRule, expected_contracts
from reports.figures.restatement import restatement
from reports.web.pages.restatement import AskedRestatement, restatement_report
from tests.golden.audit import FIGURES

pytestmark = pytest.mark.django_db
EXPO = FIGURES["procurement_expo_2018"]
FIRST_TOLD, FINAL_TOLD = datetime(2018, 11, 20, tzinfo=UTC), datetime(2019, 2, 20, tzinfo=UTC)
PERIOD, DAY = Quarter(2018, 4), date(2018, 11, 14)


def millions(name: str) -> Decimal:
    return Decimal(str(EXPO[name])) * 1_000_000


def tally(caller: Caller, value: Decimal) -> Outcome:
    told = ledger.Figure(Measure.MONEY, Series.EXPECTED, value, "주최자 집계", Grade.CITY_STATEMENT, currency="USD")
    return outcomes.record_outcome(
        caller, outcomes.Testimony("주최자 집계", Grade.CITY_STATEMENT, figures=[told]),
        kind=OutcomeKind.EXPECTED_CONTRACT, title="공공조달 수출상담회 계약추진액", signed_on=DAY,
    )  # fmt: skip


@pytest.fixture(params=["corrected", "added"])
def told_twice(request: pytest.FixtureRequest) -> Cause:
    """The final tally replaces the first, or the rest of it comes in late."""
    caller = system_caller(FIRST_TOLD)
    expo = tally(caller, millions("first_usd_m"))
    later = replace(caller, now=FINAL_TOLD)
    if request.param == "added":
        tally(later, millions("bridge_usd_m"))
        return Cause.LATE_ENTRY
    entry = LedgerEntry.objects.get(outcome=expo, measure=Measure.MONEY)
    final = ledger.Figure(
        Measure.MONEY, Series.EXPECTED, millions("final_usd_m"), "최종 집계", Grade.CITY_STATEMENT, currency="USD"
    )
    ledger.correct_figure(later, entry, final, "최종 집계")
    return Cause.CORRECTION


def test_each_tally_is_true_at_its_time_and_the_bridge_is_the_published_one(told_twice: Cause) -> None:
    earlier, later = FIRST_TOLD + timedelta(days=1), FINAL_TOLD + timedelta(days=1)
    days = PERIOD.first_day, PERIOD.last_day
    for moment, name in ((earlier, "first_usd_m"), (later, "final_usd_m")):
        (expected,) = expected_contracts(*days, moment, InclusiveRule.DISJOINT)
        assert expected.total == millions(name)
    (bridge,) = [one for one in restatement(*days, earlier, later).bridges if one.measure == Measure.MONEY]
    assert (bridge.opening, bridge.closing) == (millions("first_usd_m"), millions("final_usd_m"))
    assert bridge.by_cause == ((told_twice, millions("bridge_usd_m")),)


def test_the_bridge_is_printed_to_the_last_dollar(told_twice: Cause) -> None:
    asked = AskedRestatement(PERIOD, FIRST_TOLD + timedelta(days=1), FINAL_TOLD + timedelta(days=1), "ko")
    book = openpyxl.load_workbook(io.BytesIO(render(restatement_report(asked, EVERYTHING), "xlsx")))
    sheet, area = book.defined_names["restatement_money"].attr_text.split("!")
    _header, row = book[sheet.strip("'")][area]
    numbers = [cell.value for cell in row if isinstance(cell.value, int | float)]
    assert numbers == [29_700_000, 6_000_000, 35_700_000]
