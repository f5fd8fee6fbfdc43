"""What was to be reached and what there was a year before, against numbers worked out by hand; of the past, as it was
known then."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm.actions import org_units, outcomes, targets
from crm.models import OrgUnit, Outcome, Programme
from crm.values.measures import AttributionRole, Measure, OutcomeKind, Standing
from crm.values.periods import Quarter
from reports.building.quarterly import build_quarterly
from reports.building.targets import behind_target
from reports.figures.against_targets import Aimed
from reports.figures.quarterly import quarterly, targets_of
from reports.figures.slices import AskedYear
from reports.figures.year_on_year import Beside
from reports.report import Table
from tests.builders import figure, make_outcome, make_unit, system
from tests.builders_figures import AIM, WON, divide, later, now
from tests.reports.traced import traced_sum

pytestmark = pytest.mark.django_db
PERIOD = Quarter(2023, 2)


def signed(title: str, on: date, won: int, unit: OrgUnit | None = None, **fields: Any) -> Outcome:
    figures = [figure(won, **WON)] if won else []
    return make_outcome(title, figures=figures, signed_on=on, lead_unit=unit, standing=Standing.CONFIRMED, **fields)


@pytest.fixture
def two_years(division: OrgUnit, programme: Programme) -> Outcome:
    """Two signed in the first quarter and two in the second of 2023; in 2022 one in each, and one in the fourth."""
    for year, quarter, won in ((2023, 1, 100), (2023, 2, 200), (2022, 1, 70), (2022, 2, 50), (2022, 4, 999)):
        signed(f"{year}-{quarter}", date(year, quarter * 3 - 1, 1), won, division)
    signed("수출", date(2023, 5, 1), 30, kind=OutcomeKind.EXPORT_CONTRACT)
    other = make_unit("다른 국")
    shared = signed("나눈 협약", date(2023, 3, 1), 400, other)
    divide(shared, (division, AttributionRole.ORIGINATED, 25), (other, AttributionRole.PROGRESSED, 75))
    outcomes.update_outcome(system(), shared, outcomes.Circle(programmes=[programme]))
    shared.refresh_from_db()
    make_outcome("미확인", figures=[figure(9_999, **WON)], signed_on=date(2023, 5, 2), standing=Standing.UNCONFIRMED)
    return shared


@pytest.fixture
def aims(two_years: Outcome, bureau: OrgUnit, programme: Programme) -> None:
    targets.set_target(system(), measure=Measure.COUNT, kind="investment_mou", value=Decimal(10), **AIM)
    targets.set_target(system(), measure=Measure.MONEY, value=Decimal(1000), quarter=2, **WON, **AIM)
    targets.set_target(system(), measure=Measure.MONEY, value=Decimal(99), quarter=3, **WON, **AIM)
    targets.set_target(system(), measure=Measure.MONEY, value=Decimal(800), org_unit=bureau, **WON, **AIM)
    targets.set_target(system(), measure=Measure.COUNT, value=Decimal(4), programme=programme, **AIM)


def told(found: tuple[Aimed, ...]) -> list[tuple[str, int | None, Any, Any, Any]]:
    return [(a.holder, a.quarter, a.achieved.actual, a.before, a.change) for a in found]


def test_targets_of_the_year_and_of_the_quarter_beside_the_year_before(aims: None) -> None:
    assert told(targets_of(PERIOD, now())) == [
        ("", None, 3, 2, 1),
        ("", 2, 230, 50, 180),
        ("경제국", None, 400, 120, 280),
        ("인공지능 사업", None, 1, None, None),
    ]
    percents = [a.achieved.percent for a in targets_of(PERIOD, now())]
    assert percents == [30, 23, 50, 25]


def test_a_promise_of_further_talks_is_no_agreement_and_counts_only_where_it_is_aimed_at() -> None:
    signed("협약", date(2023, 1, 9), 0)
    for n in range(3):
        signed(f"논의 기약 {n}", date(2023, 1, 9), 0, kind=OutcomeKind.PROMISE)
    targets.set_target(system(), measure=Measure.COUNT, value=Decimal(4), **AIM)
    targets.set_target(system(), measure=Measure.COUNT, kind="promise", value=Decimal(4), **AIM)
    found = targets_of(PERIOD, now())
    assert sorted((aimed.achieved.kind, aimed.achieved.actual) for aimed in found) == [("", 1), ("promise", 3)]
    asked = AskedYear(PERIOD.year, PERIOD.last_day, now())
    for aimed in found:
        assert traced_sum(behind_target(aimed, asked)) == aimed.achieved.actual


def test_a_target_of_the_year_is_held_against_what_came_by_the_end_of_the_quarter(aims: None) -> None:
    first = told(targets_of(Quarter(2023, 1), now()))
    assert first == [("", None, 2, 1, 1), ("경제국", None, 200, 70, 130), ("인공지능 사업", None, 1, None, None)]


def test_of_the_past_it_says_what_was_known_then(
    aims: None, two_years: Outcome, bureau: OrgUnit, division: OrgUnit, programme: Programme
) -> None:
    then = now()
    before = targets_of(PERIOD, then)
    targets.set_target(later(2), measure=Measure.COUNT, kind="business_mou", value=Decimal(3), **AIM)
    org_units.update_org_unit(later(3), division, parent_unit=None)
    org_units.update_org_unit(later(3), bureau, name="경제산업국")
    org_units.update_programme(later(3), programme, name="새 사업")
    outcomes.update_outcome(later(4), two_years, outcomes.Circle(programmes=[]))
    assert targets_of(PERIOD, then) == before
    after = told(targets_of(PERIOD, now() + timedelta(days=9)))
    assert ("경제산업국", None, None, None, None) in after, "the division is not below the bureau any more"
    assert ("새 사업", None, 0, None, None) in after
    assert len(after) == len(before) + 1


def compared(found: tuple[Beside, ...]) -> dict[tuple[str, str, str], tuple[Any, Any, Any]]:
    return {(b.measure, b.kind, b.currency): (b.now, b.before, b.change) for b in found}


def test_the_quarter_and_the_year_to_date_beside_those_of_a_year_before(two_years: Outcome) -> None:
    found = quarterly(PERIOD, now()).year_on_year
    assert compared(found.quarter) == {
        ("count", "investment_mou", ""): (1, 1, 0),
        ("count", "export_contract", ""): (1, None, None),
        ("money", "investment_mou", "KRW"): (200, 50, 150),
        ("money", "export_contract", "KRW"): (30, None, None),
    }
    assert compared(found.year_to_date)["count", "investment_mou", ""] == (3, 2, 1)
    assert compared(found.year_to_date)["money", "investment_mou", "KRW"] == (700, 120, 580)


def test_what_was_there_a_year_before_and_is_not_now_is_shown(two_years: Outcome) -> None:
    assert compared(quarterly(Quarter(2023, 4), now()).year_on_year.quarter) == {
        ("count", "investment_mou", ""): (None, 1, None),
        ("money", "investment_mou", "KRW"): (None, 999, None),
    }


def test_the_rate_differs_by_percentage_points() -> None:
    signed("작년", date(2022, 2, 1), 100, stage="invested")
    signed("올해", date(2023, 2, 1), 100)
    rate = quarterly(Quarter(2023, 1), now()).year_on_year.rates[0]
    assert (rate.basis, rate.now, rate.before, rate.change) == ("count", 50, 100, -50)


def tables(as_of: datetime) -> dict[str, Table]:
    report = build_quarterly(quarterly(PERIOD, as_of), "ko")
    (section,) = (one for one in report.sections if one.key == "targets")
    return {table.key: table for table in section.tables}


def test_every_number_leads_to_the_entries_that_add_up_to_it(aims: None) -> None:
    checked = 0
    for key, table in tables(now()).items():
        if key == "targets_yoy_rates":
            continue
        for row in table.rows:
            for value, column, link in zip(row.values, table.columns, row.links, strict=True):
                if column.key in ("actual", "now", "before") and value is not None:
                    assert link is not None and traced_sum(link) == value, (key, row)
                    checked += 1
    assert checked == 7 + 6 + 6


def test_the_section_stands_after_the_year_to_date_and_says_where_there_is_nothing() -> None:
    report = build_quarterly(quarterly(PERIOD, now()), "ko")
    keys = [section.key for section in report.sections]
    assert keys[keys.index("year") + 1] == "targets"
    assert [section.heading[0] for section in report.sections] == list("ⅠⅡⅢⅣⅤⅥⅦⅧ")
    empty = {table.key: table.empty for table in tables(now()).values() if not table.rows}
    assert empty["targets_reached"] == "이 해에 정한 목표가 없습니다."
    assert empty["targets_yoy_counts"] == "두 해 모두 확정된 자료가 없습니다."
