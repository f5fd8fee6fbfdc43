"""Collaboration figures against numbers worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from crm.actions import concurrence, outcomes
from crm.actions.base import Caller
from crm.models import Concurrence, OrgUnit, Outcome
from crm.queries.content import content_hash
from crm.values.concurrence import Answer
from crm.values.measures import Role
from crm.values.periods import Quarter
from reports.building.quarterly import build_quarterly
from reports.figures.collaboration import Collaboration, collaboration
from reports.figures.quarterly import quarterly
from tests.builders import make_unit, system
from tests.builders_concurrence import as_caller, person

pytestmark = pytest.mark.django_db
ASKED = datetime(2023, 2, 1, 0, 0, tzinfo=UTC)


def at(days: float) -> datetime:
    return ASKED + timedelta(days=days)


def caller(now: datetime) -> Caller:
    return as_caller(system().account, now)


def record(title: str, lead: OrgUnit | None, *units: OrgUnit, signed: date = date(2023, 2, 1)) -> Outcome:
    circle = outcomes.Circle(cooperating_units=list(units))
    return outcomes.record_outcome(
        caller(ASKED), outcomes.Testimony("보도자료"), circle, kind="business_mou", title=title, lead_unit=lead,
        signed_on=signed,
    )  # fmt: skip


def say(unit: OrgUnit, outcome: Outcome, day: float, said: Answer = Answer.AGREE, opinion: str = "") -> None:
    asked = Concurrence.objects.get(outcome=outcome, org_unit=unit, archived_at=None)
    head = person(f"head-{asked.pk}", Role.DIVISION_HEAD, unit)
    concurrence.concur(as_caller(head, at(day)), asked, said, opinion=opinion, content_hash=content_hash(outcome))


def read(day: float = 30) -> Collaboration:
    return collaboration(date(2023, 1, 1), date(2023, 3, 31), at(day))


@pytest.fixture
def four() -> tuple[OrgUnit, OrgUnit, OrgUnit]:
    """Four outcomes, five requests: two answered by climate (after 1 and 2.5 days), one by economy (after 4), one of
    economy's overridden, and one of climate's open."""
    lead, climate, economy = make_unit("인공지능국"), make_unit("기후국"), make_unit("경제국")
    first = record("가 협약", lead, climate, economy)
    second = record("나 협약", lead, climate, economy)
    third = record("다 협약", lead, climate)
    record("라 협약", lead)
    say(climate, first, 1)
    say(climate, second, 2.5, Answer.DISAGREE, "부지 미정")
    say(economy, first, 4)
    asked = Concurrence.objects.get(outcome=second, org_unit=economy)
    concurrence.override_concurrence(caller(at(9)), asked, "시급함")
    assert Concurrence.objects.get(outcome=third).is_open
    return lead, climate, economy


def test_all_departments(four: object) -> None:
    found = read().answering
    assert (found.asked, found.answered, found.overridden, found.overdue) == (5, 3, 1, 1)
    assert found.response_percent == Decimal(60)
    assert found.mean_days == Decimal("2.5")


def test_each_department(four: tuple[OrgUnit, OrgUnit, OrgUnit]) -> None:
    by = {unit.name: unit for unit in read().units}
    climate, economy = by["기후국"].answering, by["경제국"].answering
    assert (climate.asked, climate.answered, climate.mean_days) == (3, 2, Decimal("1.75"))
    assert str(climate.response_percent).startswith("66.666")
    assert (economy.asked, economy.answered, economy.mean_days, economy.overdue) == (2, 1, Decimal(4), 0)
    assert by["인공지능국"].answering.response_percent is None


def test_the_share_across_departments(four: object) -> None:
    crossing = read().crossing
    assert (crossing.outcomes, crossing.across, crossing.percent) == (4, 3, Decimal(75))
    lead = next(unit for unit in read().units if unit.name == "인공지능국")
    assert (lead.crossing.outcomes, lead.crossing.across) == (4, 3)


def test_of_the_past_it_says_what_was_known_then(four: object) -> None:
    found = read(2).answering
    assert (found.asked, found.answered, found.overridden, found.overdue, found.mean_days) == (5, 1, 0, 0, Decimal(1))


def test_where_nobody_was_asked_there_is_no_rate() -> None:
    found = read()
    assert (found.answering.asked, found.answering.response_percent, found.answering.mean_days) == (0, None, None)
    assert (found.crossing.percent, found.units) == (None, ())


def test_what_was_taken_back_unanswered_was_not_asked(four: object) -> None:
    open_one = Concurrence.objects.get(outcome__title="다 협약")
    concurrence.withdraw_request(caller(at(10)), open_one, "관련 없음")
    assert read().answering.asked == 4


def test_another_period_has_none_of_it(four: object) -> None:
    found = collaboration(date(2023, 4, 1), date(2023, 6, 30), at(90))
    assert (found.answering.asked, found.crossing.outcomes) == (0, 0)


def test_an_outcome_that_only_its_lead_unit_works_on_is_not_across(four: tuple[OrgUnit, ...]) -> None:
    record("마 협약", four[0], four[0])
    assert (read().crossing.outcomes, read().crossing.across) == (5, 3)


def test_what_nobody_leads_stands_last(four: object) -> None:
    record("바 협약", None)
    assert [unit.name for unit in read().units] == ["경제국", "기후국", "인공지능국", ""]


def test_the_report_says_it(four: object) -> None:
    report = build_quarterly(quarterly(Quarter(2023, 1), at(30)), "ko")
    assert all(row.link for s in report.sections for t in s.tables if s.key == "collaboration" for row in t.rows)
    section = next(s for s in report.sections if s.key == "collaboration")
    answers, shares = section.tables
    assert [row.values[:5] for row in answers.rows][-1][1:] == (5, 3, Decimal(60), Decimal("2.5"))
    assert shares.rows[-1].values[1:] == (4, 3, Decimal(75))
