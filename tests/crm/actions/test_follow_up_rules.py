"""Follow-ups by rule: each occasion once, on its day; closed when there is nothing left to do; escalated when late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.actions import documents, follow_up_rules, follow_ups, handing_over, outcomes, realisation, stages
from crm.actions.accounts import open_account, system_caller, update_account
from crm.actions.base import Caller
from crm.actions.concurrence import request_concurrence
from crm.actions.demonstrations import record_demonstration
from crm.actions.org_units import record_org_unit, record_succession
from crm.models import Concurrence, FollowUp, Outcome
from crm.queries.follow_up_rules import add_months
from crm.queries.work_lists import due_soon, overdue, put_off
from crm.values.evidence import Grade
from crm.values.follow_up_rules import Trigger
from crm.values.measures import Basis, Measure, OutcomeKind, Role
from crm.values.stages import Stage
from tests.laws.scenarios import World, figure, make_world

pytestmark = pytest.mark.django_db
SIGNED = date(2023, 1, 7)


@pytest.fixture
def world() -> World:
    return make_world()


def at(day: date) -> Caller:
    return replace(system_caller(datetime(day.year, day.month, day.day, 3, tzinfo=UTC)), channel="job")


def record(world: World, kind: str = OutcomeKind.BUSINESS_MOU, on: date = SIGNED, **fields: Any) -> Outcome:
    figures = fields.pop("figures", [])
    values = {"kind": kind, "title": "㈜솔 협약", "signed_on": SIGNED, "lead_unit": world.unit, **fields}
    return outcomes.record_outcome(at(on), outcomes.Testimony("press", Grade.PRESS, figures=figures), **values)


def run(day: date) -> int:
    return follow_up_rules.plan_by_rules(at(day), day)


def planned(outcome: Outcome, trigger: Trigger = Trigger.CADENCE) -> list[tuple[str, date | None]]:
    found = FollowUp.objects.filter(outcome=outcome, trigger=trigger).order_by("due_on", "id")
    return [(str(follow_up.title), follow_up.due_on) for follow_up in found]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 1, 7), 12, date(2024, 1, 7)),
        (date(2023, 1, 7), 0, date(2023, 1, 7)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_checks_come_on_the_day_and_after_1_3_6_and_12_months_each_once(world: World) -> None:
    outcome = record(world)
    day = SIGNED
    while day < date(2024, 3, 1):
        run(day)
        assert run(day) == 0
        day += timedelta(days=9)
    assert planned(outcome) == [
        ("첫 점검: ㈜솔 협약", SIGNED),
        ("1개월 점검: ㈜솔 협약", date(2023, 2, 7)),
        ("3개월 점검: ㈜솔 협약", date(2023, 4, 7)),
        ("6개월 점검: ㈜솔 협약", date(2023, 7, 7)),
        ("12개월 점검: ㈜솔 협약", date(2024, 1, 7)),
    ]


def test_of_what_was_missed_only_the_latest_is_left_to_do(world: World) -> None:
    outcome = record(world)
    day = date(2023, 9, 1)
    run(day)
    assert planned(outcome) == [("6개월 점검: ㈜솔 협약", day)]


def test_after_a_show_it_is_the_show_s_last_day_that_counts(world: World) -> None:
    outcome = record(world, signed_on=None, event=world.event)
    run(date(2023, 1, 5))
    assert [due for _title, due in planned(outcome)] == [date(2023, 1, 5), date(2023, 2, 5)]


def test_another_cadence_of_the_kind_is_an_administrator_s_to_set(world: World) -> None:
    follow_up_rules.set_rule(at(SIGNED), Trigger.CADENCE, "business_mou", [2])
    outcome = record(world)
    run(date(2023, 3, 1))
    assert planned(outcome) == [("2개월 점검: ㈜솔 협약", date(2023, 3, 7))]


@pytest.mark.parametrize(
    ("trigger", "kind", "offsets"),
    [
        (Trigger.CADENCE, "", [1]),
        (Trigger.CADENCE, "handshake", [1]),
        (Trigger.NO_CONTACT, "promise", [1]),
        (Trigger.NO_CONTACT, "", [-1]),
        (Trigger.NO_CONTACT, "", [99999]),
    ],
)
def test_a_wrong_rule_is_refused(world: World, trigger: Trigger, kind: str, offsets: list[int]) -> None:
    with pytest.raises(ValidationError):
        follow_up_rules.set_rule(at(SIGNED), trigger, kind, offsets)


def test_what_has_ended_is_left_alone_and_what_was_planned_for_it_is_closed(world: World) -> None:
    outcome = record(world)
    run(SIGNED)
    stages.take_step(at(SIGNED), outcome, Stage.WITHDRAWN, taken_on=SIGNED, reason="철회")
    run(date(2023, 4, 1))
    found = FollowUp.objects.filter(outcome=outcome)
    assert {follow_up.status for follow_up in found} == {"dropped"}
    assert all(follow_up.result for follow_up in found)


def test_a_deadline_is_announced_before_it_comes(world: World) -> None:
    outcome = record(world, period_to=2023)
    run(date(2023, 10, 31))
    assert planned(outcome, Trigger.DEADLINE_NEAR) == []
    run(date(2023, 11, 2))
    run(date(2023, 12, 18))
    assert [due for _title, due in planned(outcome, Trigger.DEADLINE_NEAR)] == [date(2023, 12, 31)] * 2


def test_a_department_that_does_not_answer_is_reminded_until_it_does(world: World) -> None:
    outcome = record(world)
    asked = request_concurrence(at(SIGNED), outcome, world.heir)
    run(date(2023, 1, 10))
    assert planned(outcome, Trigger.CONCURRENCE_PENDING) == []
    run(date(2023, 1, 14))
    reminder = FollowUp.objects.get(trigger=Trigger.CONCURRENCE_PENDING)
    assert (reminder.org_unit, reminder.outcome) == (world.heir, outcome)
    lead = open_account(at(SIGNED), None, username="lead", name="팀장", role=Role.TEAM_LEAD, org_unit=world.heir)
    from crm.actions.concurrence import concur

    asked.refresh_from_db()
    concur(Caller(lead, at(date(2023, 1, 15)).now, "page"), asked, "agree", content_hash=asked.content_hash)  # type: ignore[arg-type]
    run(date(2023, 1, 16))
    reminder.refresh_from_db()
    assert reminder.status == "dropped"


def test_missing_evidence_is_asked_for_until_it_is_attached(world: World) -> None:
    outcome = record(world)
    run(date(2023, 2, 5))
    assert planned(outcome, Trigger.EVIDENCE_MISSING) == []
    run(date(2023, 2, 7))
    assert planned(outcome, Trigger.EVIDENCE_MISSING) == [("증빙 확보: ㈜솔 협약", date(2023, 2, 21))]
    documents.attach_document(
        at(date(2023, 2, 8)), title="협약서", grade=Grade.SIGNED_DOCUMENT, outcome=outcome, document_number="1"
    )
    run(date(2023, 2, 9))
    assert FollowUp.objects.get(trigger=Trigger.EVIDENCE_MISSING).status == "dropped"


def test_the_yearly_figure_of_an_annual_contract_is_due_after_the_year(world: World) -> None:
    annual = figure(series="committed", basis=Basis.ANNUAL)
    contract = record(world, OutcomeKind.EXPORT_CONTRACT, figures=[annual])
    run(date(2023, 12, 31))
    assert planned(contract, Trigger.YEARLY_FIGURE_DUE) == []
    run(date(2024, 1, 2))
    assert planned(contract, Trigger.YEARLY_FIGURE_DUE) == [("2023년 실적 확인: ㈜솔 협약", date(2024, 1, 31))]
    realised = realisation.Realised(
        Measure.MONEY, Decimal(980), "USD", Grade.OFFICIAL_RECORD, "세관", date(2023, 12, 31), for_year=2023,
        document_number="수출신고-1",
    )  # fmt: skip
    realisation.record_realisation(at(date(2024, 1, 10)), contract, realised)
    run(date(2024, 1, 11))
    assert FollowUp.objects.get(trigger=Trigger.YEARLY_FIGURE_DUE).status == "dropped"


def test_silence_is_noticed_once_per_half_year(world: World) -> None:
    follow_up_rules.set_rule(at(SIGNED), Trigger.CADENCE, "business_mou", [])
    follow_up_rules.set_rule(at(SIGNED), Trigger.EVIDENCE_MISSING, "", [])
    outcome = record(world)
    run(date(2023, 7, 5))
    assert planned(outcome, Trigger.NO_CONTACT) == []
    for day in (date(2023, 7, 7), date(2023, 7, 8), date(2023, 8, 8)):
        run(day)
    assert len(planned(outcome, Trigger.NO_CONTACT)) == 1


def test_a_permit_near_its_end_is_announced(world: World) -> None:
    demonstration = record_demonstration(
        at(SIGNED), title="자율주행 실증", applicant=world.company, technology="자율주행",
        permit_number="임시-1", permit_expires_on=date(2023, 6, 30), lead_unit=world.unit,
    )  # fmt: skip
    run(date(2023, 3, 31))
    run(date(2023, 4, 1))
    run(date(2023, 6, 1))
    found = FollowUp.objects.filter(demonstration=demonstration, trigger=Trigger.PERMIT_EXPIRING)
    assert [follow_up.due_on for follow_up in found] == [date(2023, 6, 30)] * 2


def test_what_is_late_goes_to_the_lead_of_the_unit_once(world: World) -> None:
    lead = open_account(at(SIGNED), None, username="lead", name="팀장", role=Role.TEAM_LEAD, org_unit=world.unit)
    late = follow_ups.plan_follow_up(
        at(SIGNED), title="착공 확인", outcome=world.outcome, org_unit=world.unit, due_on=SIGNED
    )
    assert follow_up_rules.escalate_overdue(at(SIGNED), date(2023, 1, 13)) == 0
    assert follow_up_rules.escalate_overdue(at(SIGNED), date(2023, 1, 14)) == 1
    assert follow_up_rules.escalate_overdue(at(SIGNED), date(2023, 1, 15)) == 0
    late.refresh_from_db()
    assert (late.escalated_on, late.escalated_to) == (date(2023, 1, 14), lead)


def test_put_off_it_is_due_nowhere_until_the_day_and_is_not_escalated(world: World) -> None:
    soon = follow_ups.plan_follow_up(at(SIGNED), title="전화", outcome=world.outcome, due_on=date(2023, 1, 10))
    for until, reason in ((SIGNED, "회신 대기"), (date(2023, 3, 1), " ")):
        with pytest.raises(ValidationError):
            follow_ups.snooze_follow_up(at(SIGNED), soon, until, reason)
    follow_ups.snooze_follow_up(at(SIGNED), soon, date(2023, 3, 1), "회신 대기")
    today = date(2023, 2, 1)
    assert soon not in overdue(today) and soon not in due_soon(today) and soon in put_off(today)
    assert follow_up_rules.escalate_overdue(at(today), today) == 0
    assert soon in overdue(date(2023, 3, 1))


def test_who_leaves_leaves_open_work_to_the_unit(world: World) -> None:
    officer = open_account(at(SIGNED), None, username="gone", name="담당자", role=Role.OFFICER, org_unit=world.unit)
    mine = follow_ups.plan_follow_up(at(SIGNED), title="전화", outcome=world.outcome, assignee=officer)
    update_account(at(SIGNED), officer, is_active=False)
    mine.refresh_from_db()
    assert (mine.assignee, mine.org_unit) == (None, world.unit)


def test_a_renamed_unit_hands_over_what_is_open_once(world: World) -> None:
    old, new = (record_org_unit(at(SIGNED), name=name) for name in ("경제창업실", "경제창업국"))
    open_ = follow_ups.plan_follow_up(at(SIGNED), title="전화", outcome=world.outcome, org_unit=old)
    outcome = record(world)
    request_concurrence(at(SIGNED), outcome, old)
    record_succession(at(SIGNED), old, new, in_force_from=date(2023, 6, 14))
    assert handing_over.hand_over_to_successors(at(SIGNED), date(2023, 6, 13)) == 0
    assert handing_over.hand_over_to_successors(at(date(2023, 6, 14)), date(2023, 6, 14)) == 2
    assert handing_over.hand_over_to_successors(at(date(2023, 6, 15)), date(2023, 6, 15)) == 0
    open_.refresh_from_db()
    assert open_.org_unit == new
    assert [c.org_unit for c in Concurrence.objects.filter(outcome=outcome, archived_at=None)] == [new]
