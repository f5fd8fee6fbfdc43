"""The report on collaboration against numbers worked out by hand; what it is made of is tested with its figures."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm.actions import concurrence, outcomes
from crm.actions.base import Caller
from crm.models import Concurrence, OrgUnit, Outcome
from crm.permissions import Sight
from crm.queries.content import content_hash
from crm.values.concurrence import Answer
from crm.values.measures import Role
from crm.values.periods import Quarter
from reports.building.working_together import build_working_together
from reports.figures.working_together import WorkingTogether, together_in
from tests.builders import make_unit, system
from tests.builders_concurrence import as_caller, person
from tests.builders_figures import tables_of
from tests.reports.traced import traced_sum

pytestmark = pytest.mark.django_db
ASKED = datetime(2023, 2, 1, tzinfo=UTC)
Three = tuple[OrgUnit, OrgUnit, OrgUnit]


def at(days: float) -> datetime:
    return ASKED + timedelta(days=days)


def caller(now: datetime) -> Caller:
    return as_caller(system().account, now)


def record(title: str, lead: OrgUnit | None, *units: OrgUnit, asked: datetime = ASKED) -> Outcome:
    circle, told = outcomes.Circle(cooperating_units=list(units)), outcomes.Testimony("보도자료")
    fields: dict[str, Any] = {"kind": "business_mou", "title": title, "lead_unit": lead, "signed_on": asked.date()}
    return outcomes.record_outcome(caller(asked), told, circle, **fields)


def say(unit: OrgUnit, outcome: Outcome, when: datetime, said: Answer = Answer.AGREE) -> None:
    asked = Concurrence.objects.get(outcome=outcome, org_unit=unit, archived_at=None)
    head = person(f"head-{asked.pk}", Role.DIVISION_HEAD, unit)
    concurrence.concur(as_caller(head, when), asked, said, opinion="의견", content_hash=content_hash(outcome))


@pytest.fixture
def units() -> Three:
    return make_unit("인공지능국"), make_unit("기후국"), make_unit("경제국")


@pytest.fixture
def three(units: Three) -> Three:
    """Two with both, one with climate alone, one led by nobody. Climate answers one after 1 day, economy one after 4;
    one of economy's is overridden on the 9th day; three of climate's and none of economy's are open. The year before
    one was asked and answered after 2 days."""
    lead, climate, economy = units
    first = record("가 협약", lead, climate, economy)
    second = record("나 협약", lead, climate, economy)
    record("다 협약", lead, climate)
    record("라 협약", None, climate)
    say(climate, first, at(1))
    say(economy, first, at(4))
    asked = Concurrence.objects.get(outcome=second, org_unit=economy)
    concurrence.override_concurrence(caller(at(9)), asked, "시급함")
    year_before = ASKED - timedelta(days=365)
    say(climate, record("작년 협약", lead, climate, asked=year_before), year_before + timedelta(days=2))
    return units


def read(day: float = 30) -> WorkingTogether:
    return together_in(Quarter(2023, 1), at(day))


def test_who_works_with_whom(three: Three) -> None:
    told = [(pair.lead_name, pair.cooperating_name, pair.outcomes) for pair in read().pairs]
    assert told == [("인공지능국", "경제국", 2), ("인공지능국", "기후국", 3), ("", "기후국", 1)]


def test_what_counts_no_more_is_no_work_together(three: Three) -> None:
    outcomes.archive_outcome(caller(at(20)), Outcome.objects.get(title="라 협약"), "두 번 기록됨")
    assert [pair.outcomes for pair in read().pairs] == [2, 3]
    assert [pair.outcomes for pair in read(19).pairs] == [2, 3, 1]


def test_beside_the_year_before(three: Three) -> None:
    response, days, across = read().compared
    assert (str(response.now)[:5], response.of_now, response.before, response.of_before) == ("33.33", 6, 100, 1)
    assert str(response.change)[:6] == "-66.66"
    assert (days.now, days.of_now, days.before, days.change) == (Decimal("2.5"), 2, 2, Decimal("0.5"))
    assert (across.now, across.of_now, across.before, across.change) == (100, 4, 100, 0)


def test_the_slowest_the_open_and_the_overridden(three: Three) -> None:
    found = read()
    assert [(line.title, line.unit, line.days) for line in found.slowest] == [
        ("가 협약", "경제국", 4),
        ("가 협약", "기후국", 1),
    ]
    assert {(line.title, line.unit) for line in found.open} == {
        ("나 협약", "기후국"), ("다 협약", "기후국"), ("라 협약", "기후국"),
    }  # fmt: skip
    assert {line.days for line in found.open} == {30}
    assert [(line.title, line.reason, line.days) for line in found.overridden] == [("나 협약", "시급함", 9)]


def test_of_the_past_it_says_what_was_known_then(three: Three) -> None:
    found = read(2)
    assert (len(found.slowest), len(found.open), found.overridden) == (1, 5, ())
    before = read()
    outcomes.update_outcome(
        caller(at(40)), Outcome.objects.get(title="다 협약"), outcomes.Circle(cooperating_units=[]), title="바뀜"
    )
    assert read() == before


def test_every_number_leads_to_what_makes_it(three: Three) -> None:
    found = tables_of(build_working_together(read(), "ko"))
    matrix = found["collaboration_matrix"]
    assert [column.label for column in matrix.columns[1:]] == ["경제국", "기후국"]
    cells = [
        (value, link)
        for row in matrix.rows
        for value, link in zip(row.values[1:], row.links[1:], strict=True)
        if value is not None
    ]
    assert {value for value, _link in cells} == {1, 2, 3} and len(cells) == 3
    assert all(link is not None and traced_sum(link) == value for value, link in cells)
    assert all(row.link for key in ("collaboration_open", "collaboration_overridden") for row in found[key].rows)


def test_with_many_cooperating_units_each_pair_has_a_row(units: Three) -> None:
    record("모두의 협약", units[0], *(make_unit(f"{number}과") for number in range(9)))
    rows = tables_of(build_working_together(read(), "ko"))["collaboration_matrix"].rows
    assert len(rows) == 9
    assert all(row.link is not None and traced_sum(row.link) == 1 == row.values[2] for row in rows)


def test_what_is_kept_from_the_reader_is_masked(three: Three) -> None:
    kept = frozenset([Outcome.objects.get(title="나 협약").pk])
    report = build_working_together(read(), "ko", Sight(kept, kept))
    words = [value for table in tables_of(report).values() for row in table.rows for value in row.values]
    assert "나 협약" not in words and "시급함" not in words and "다 협약" in words


def test_an_empty_quarter_says_so() -> None:
    report = build_working_together(together_in(Quarter(2023, 1), datetime(2023, 5, 1, tzinfo=UTC)), "ko")
    empty = [table.empty for table in tables_of(report).values() if not table.rows]
    assert len(empty) == 6 and all(empty)
    assert date(2023, 5, 1) == report.as_of.date()
