"""The status of follow-ups against numbers worked out by hand; of the past, as it was known then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm.actions import follow_up_rules, follow_ups
from crm.actions.base import Caller
from crm.models import FollowUp, OrgUnit
from crm.permissions import Sight
from crm.queries.follow_up_rules import Occasion
from crm.values.follow_up_rules import Trigger
from crm.values.measures import FollowUpStatus
from crm.values.periods import Quarter
from reports.building.follow_ups import build_follow_ups
from reports.figures.follow_up_status import FollowUpStatusFigures, follow_up_status
from tests.builders import make_outcome, make_unit, system
from tests.builders_figures import tables_of

pytestmark = pytest.mark.django_db
PERIOD = Quarter(2023, 1)
BEGIN = datetime(2023, 1, 2, tzinfo=UTC)
# In Seoul it is 1 March then.
AS_OF = datetime(2023, 3, 1, tzinfo=UTC)


def at(moment: datetime) -> Caller:
    return replace(system(), now=moment)


def plan(title: str, due: date | None, unit: OrgUnit | None = None, **fields: Any) -> FollowUp:
    about = fields if {"outcome", "directive"} & set(fields) else {"outcome": make_outcome(title, lead_unit=unit)}
    return follow_ups.plan_follow_up(at(BEGIN), title=title, due_on=due, org_unit=unit, **about)


def complete(follow_up: FollowUp, on: date) -> None:
    follow_ups.complete_follow_up(at(datetime(on.year, on.month, on.day, tzinfo=UTC)), follow_up, on, "확인함")


@pytest.fixture
def climate() -> OrgUnit:
    return make_unit("기후국")


@pytest.fixture
def five(climate: OrgUnit) -> list[FollowUp]:
    """Of climate's: done in time, done 4 days late, open and 10 days overdue; of nobody's: open without a day, and
    dropped. Before the quarter: one open. After it: one."""
    found = [
        plan("제때", date(2023, 1, 20), climate),
        plan("늦게", date(2023, 1, 20), climate),
        plan("밀림", date(2023, 2, 19), climate),
        plan("날짜 없음", None),
        plan("그만둠", date(2023, 3, 20)),
        plan("작년 것", date(2022, 12, 20), climate),
        plan("다음 분기", date(2023, 4, 1), climate),
    ]
    complete(found[0], date(2023, 1, 20))
    complete(found[1], date(2023, 1, 24))
    follow_ups.update_follow_up(at(datetime(2023, 2, 1, tzinfo=UTC)), found[4], status=FollowUpStatus.DROPPED)
    return found


def read(as_of: datetime = AS_OF) -> FollowUpStatusFigures:
    return follow_up_status(PERIOD, as_of)


def test_the_quarter_is_counted(five: object) -> None:
    c = read().whole
    assert (c.planned, c.done, c.open, c.overdue, c.unassigned, c.dropped) == (5, 2, 2, 1, 1, 1)
    assert (c.on_time, c.due, c.late, c.mean_days_late) == (1, 3, 2, Decimal(7))
    assert str(c.on_time_percent).startswith("33.333")


def test_each_unit(five: object) -> None:
    units = read().units
    assert [(one.name, one.counts.planned, one.counts.open) for one in units] == [("기후국", 3, 1), ("", 2, 1)]


def test_what_is_open_still_from_earlier_quarters_is_listed_too(five: object) -> None:
    found = read()
    assert found.carried == 1
    told = [(line.title, line.days_late, line.is_unassigned) for line in found.open]
    assert told == [("작년 것", 71, False), ("밀림", 10, False), ("날짜 없음", None, True)]
    assert {line.title for line in found.settled} == {"제때", "늦게", "그만둠"}


def test_of_the_past_it_says_what_was_known_then(five: list[FollowUp], climate: OrgUnit) -> None:
    then = read(datetime(2023, 1, 22, tzinfo=UTC))
    assert (then.whole.planned, then.whole.done, then.whole.open, then.whole.dropped) == (5, 1, 4, 0)
    late = {line.title: line.days_late for line in then.open}
    assert late == {"작년 것": 33, "늦게": 2, "밀림": None, "그만둠": None, "날짜 없음": None}
    before = read()
    follow_ups.update_follow_up(at(AS_OF + timedelta(days=1)), five[2], title="바뀜", org_unit=None)
    assert read() == before


def test_by_what_planned_them(climate: OrgUnit) -> None:
    outcome = make_outcome("협약", lead_unit=climate)
    for months in (0, 1):
        key = f"{Trigger.CADENCE}:{outcome.pk}:{months}"
        due = date(2023, 1 + months, 7)
        occasion = Occasion(key, Trigger.CADENCE, "점검", due, outcome=outcome, org_unit=climate)
        follow_up_rules.plan_occasion(at(BEGIN), occasion)
    follow_ups.record_directive(at(BEGIN), text="부지를 찾을 것", given_on=date(2023, 1, 5), lead_unit=climate)
    plan("손으로", date(2023, 3, 1), climate)
    told = [(one.trigger, one.months, one.counts.planned) for one in read().triggers]
    assert told == [("cadence", 0, 1), ("cadence", 1, 1), ("directive", None, 1), ("by_hand", None, 1)]


def test_what_became_of_a_directive(climate: OrgUnit) -> None:
    made = follow_ups.record_directive(at(BEGIN), text="부지를 찾을 것", given_on=date(2022, 12, 5), lead_unit=climate)
    complete(FollowUp.objects.get(directive=made), date(2023, 2, 1))
    follow_ups.record_directive(at(BEGIN), text="보고할 것", given_on=date(2023, 1, 5))
    told = [(one.text, one.done, one.open, one.results) for one in read(datetime(2023, 1, 9, tzinfo=UTC)).directives]
    assert told == [("부지를 찾을 것", 0, 1, ()), ("보고할 것", 0, 1, ())]
    told = [(one.text, one.done, one.open, one.results) for one in read().directives]
    assert told == [("보고할 것", 0, 1, ())], "what was given before and is settled is not told again"


def test_every_count_has_its_lines(five: object) -> None:
    report = tables_of(build_follow_ups(read(), "ko"))
    whole = report["followups_units"].rows[-1].values
    listed = len(report["followups_open"].rows) - 1 + len(report["followups_settled"].rows)
    assert whole[1] == listed == 5, "one of the open ones is of an earlier quarter"
    for key in ("followups_open", "followups_settled"):
        assert all((row.link or "").startswith("/follow-ups/") for row in report[key].rows)


def test_what_is_kept_from_the_reader_is_masked(five: list[FollowUp]) -> None:
    kept = five[2].outcome_id
    assert kept is not None
    report = tables_of(build_follow_ups(read(), "ko", Sight(frozenset([kept]), frozenset([kept]))))
    titles = [row.values[0] for row in report["followups_open"].rows]
    assert "밀림" not in titles and len(titles) == 3


def test_an_empty_quarter_says_so() -> None:
    report = build_follow_ups(read(), "ko")
    assert all(table.empty for table in tables_of(report).values())
    assert "이 분기에 해당하는 후속조치가 없습니다." in [line.text for line in report.summary]
