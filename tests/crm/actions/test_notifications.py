"""Who is told of requests, approvals and follow-ups: what somebody else did, to those whom it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from crm.actions import (
    approval,
    concurrence,
    delegations,
    follow_up_rules,
    follow_ups,
    handing_over,
    notifications,
    org_units,
    outcomes,
)
from crm.models import Account, Approval, FollowUp, Notification
from crm.notices import told
from crm.queries.content import content_hash
from crm.queries.follow_up_rules import Occasion
from crm.queries.notifications import unread_of
from crm.values.concurrence import Answer, Capacity
from crm.values.follow_up_rules import Trigger
from crm.values.measures import FollowUpStatus, Role
from crm.values.notifications import Notice
from tests.builders import make_follow_up, make_outcome, make_unit, system
from tests.builders_concurrence import Exchange, agree_all, answer, as_caller, person
from tests.builders_notifications import all_told, forget, make_told_exchange, told_to

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 7)


@pytest.fixture
def exchange() -> Exchange:
    return make_told_exchange()


# Concurrence


def test_a_department_is_told_that_it_is_asked_and_who_asks_is_not(exchange: Exchange) -> None:
    forget()
    other = make_unit("관광국")
    worker, lead = person("worker", Role.OFFICER, other), person("lead", Role.DIVISION_HEAD, other)
    concurrence.request_concurrence(as_caller(exchange.drafter), exchange.outcome, other)
    assert told_to(worker) == told_to(lead) == ["concurrence_asked"]
    assert told_to(exchange.drafter) == told_to(exchange.climate_head) == []


def test_a_department_without_a_head_of_its_own_is_answered_for_above_it_and_by_who_stands_in(
    exchange: Exchange,
) -> None:
    bureau = make_unit("문화국")
    team = make_unit("축제팀", parent_unit=bureau)
    head, deputy = person("bureau-head", Role.BUREAU_HEAD, bureau), person("deputy", Role.OFFICER, make_unit("총무과"))
    delegations.give_delegation(system(), head, deputy, capacity=Capacity.DELEGATED, from_on=timezone.localdate())
    concurrence.request_concurrence(as_caller(exchange.drafter), exchange.outcome, team)
    assert told_to(head) == told_to(deputy) == ["concurrence_asked"]


def test_an_answer_is_told_to_those_whose_outcome_it_is_and_the_answerer_has_read_the_request(
    exchange: Exchange,
) -> None:
    concurrence.withdraw_request(as_caller(exchange.head), exchange.asked(exchange.climate), "다시 요청")
    forget()
    asked = concurrence.request_concurrence(as_caller(exchange.head), exchange.now(), exchange.climate)
    assert told_to(exchange.climate_head) == told_to(exchange.climate_officer) == ["concurrence_asked"]
    answer(exchange.climate_head, asked)
    assert told_to(exchange.drafter) == told_to(exchange.head) == ["concurrence_answered"]
    assert told_to(exchange.climate_head) == told_to(exchange.economy_head) == []
    assert told_to(exchange.climate_officer) == ["concurrence_asked"]


def test_a_changed_answer_is_told_anew_and_not_twice(exchange: Exchange) -> None:
    forget()
    answer(exchange.climate_head, exchange.asked(exchange.climate))
    first = unread_of(exchange.drafter).get()
    answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="부지")
    again = unread_of(exchange.drafter).get()
    assert (again.pk, again.kind) == (first.pk, "concurrence_answered") and again.at > first.at
    notifications.mark_read(as_caller(exchange.drafter), again)
    answer(exchange.climate_head, exchange.asked(exchange.climate))
    assert Notification.objects.filter(account=exchange.drafter, kind="concurrence_answered").count() == 2


def test_an_edit_asks_again_who_had_answered(exchange: Exchange) -> None:
    answer(exchange.climate_head, exchange.asked(exchange.climate))
    forget()
    outcomes.update_outcome(as_caller(exchange.drafter), exchange.now(), title="바뀐 협약")
    assert told_to(exchange.climate_head) == ["concurrence_asked_again"]
    assert told_to(exchange.economy_head) == []  # its open request is about what the outcome says now


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (concurrence.override_concurrence, Notice.CONCURRENCE_OVERRIDDEN),
        (concurrence.withdraw_request, Notice.CONCURRENCE_WITHDRAWN),
    ],
)
def test_what_becomes_of_a_request_is_told_to_both_sides(exchange: Exchange, deed: Any, kind: str) -> None:
    forget()
    deed(as_caller(exchange.head), exchange.asked(exchange.climate), "기한 내 미회신")
    assert told_to(exchange.drafter) == told_to(exchange.climate_head) == [kind]
    assert told_to(exchange.head) == told_to(exchange.economy_head) == []


def test_a_unit_that_cooperates_no_more_is_told_so(exchange: Exchange) -> None:
    forget()
    kept = outcomes.Circle(cooperating_units=[exchange.economy])
    outcomes.update_outcome(as_caller(exchange.drafter), exchange.now(), kept)
    assert told_to(exchange.climate_head) == ["concurrence_withdrawn"]


# Approval


@pytest.fixture
def approved(exchange: Exchange) -> Callable[..., Approval]:
    """Brings the outcome as far as asked: submitted, reviewed, returned or approved."""

    def bring(*deeds: str) -> Approval:
        agree_all(exchange)
        forget()
        made = approval.submit(as_caller(exchange.drafter), exchange.now())
        seen = content_hash(exchange.outcome)
        if "reviewed" in deeds:
            approval.review(as_caller(exchange.reviewer), made, content_hash=seen)
        if "returned" in deeds:
            approval.return_draft(as_caller(exchange.head), made, "금액 확인")
        if "approved" in deeds:
            approval.approve(as_caller(exchange.head), made, content_hash=seen)
        return made

    return bring


def test_an_approval_waits_for_the_nearest_heads_and_then_for_who_decides(
    exchange: Exchange, approved: Callable[..., Approval]
) -> None:
    approved("reviewed")
    assert told_to(exchange.head) == ["approval_waits", "approval_waits"]  # by the drafter, by the reviewer
    assert told_to(exchange.reviewer) == []  # has read it by reviewing
    assert told_to(exchange.climate_head) == []


def test_above_the_unit_only_where_nobody_in_it_may(exchange: Exchange) -> None:
    team = make_unit("데이터팀", parent_unit=exchange.lead)
    drafter = person("team-drafter", Role.OFFICER, team)
    outcome = make_outcome(lead_unit=team)
    approval.submit(as_caller(drafter), outcome)
    assert set(all_told()) & {"reviewer", "head"} == {"reviewer", "head"}
    lead = person("team-lead", Role.TEAM_LEAD, team)
    forget()
    approval.submit(as_caller(drafter), make_outcome("둘째", lead_unit=team))
    assert told_to(lead) == ["approval_waits"] and told_to(exchange.head) == []


@pytest.mark.parametrize("deed", ["returned", "approved"])
def test_who_drafted_it_is_told_what_was_decided(
    exchange: Exchange, approved: Callable[..., Approval], deed: str
) -> None:
    approved(deed)
    assert told_to(exchange.drafter) == [{"returned": "approval_returned", "approved": "approval_given"}[deed]]
    assert told_to(exchange.head) == []


def test_an_edit_of_what_was_approved_is_told_to_who_approved_it(
    exchange: Exchange, approved: Callable[..., Approval]
) -> None:
    approved("approved")
    forget()
    outcomes.update_outcome(as_caller(exchange.reviewer), exchange.now(), title="바뀐 협약")
    assert told_to(exchange.head) == ["approval_reopened"]
    assert told_to(exchange.drafter) == ["approval_reopened", "outcome_changed"]


# Follow-ups


@pytest.fixture
def two(exchange: Exchange) -> tuple[Account, Account, FollowUp]:
    """An officer with a follow-up, and a colleague."""
    forget()
    colleague = person("colleague", Role.OFFICER, exchange.lead)
    return exchange.drafter, colleague, FollowUp.objects.get(assignee=exchange.drafter)


def test_an_assignment_is_told_to_whom_it_is_given(two: Any) -> None:
    officer, colleague, _task = two
    outcome = make_outcome()
    follow_ups.plan_follow_up(as_caller(colleague), title="전화", outcome=outcome, assignee=officer)
    follow_ups.plan_follow_up(as_caller(officer), title="내 일", outcome=outcome, assignee=officer)
    free = make_follow_up("빈 일", outcome=outcome)
    follow_ups.update_follow_up(as_caller(colleague), free, assignee=officer)
    assert told_to(officer) == ["follow_up_assigned", "follow_up_assigned"] and told_to(colleague) == []


def test_taking_over_is_told_to_whose_it_was_and_handing_over_to_both(two: Any, exchange: Exchange) -> None:
    officer, colleague, task = two
    follow_ups.update_follow_up(as_caller(colleague), task, assignee=colleague)
    assert told_to(officer) == ["follow_up_taken_away"] and told_to(colleague) == []
    handing_over.hand_over_person(as_caller(exchange.head), colleague, officer)
    assert told_to(officer)[0] == "follow_up_handed_over" and told_to(colleague) == ["follow_up_taken_away"]


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (lambda c, f: follow_ups.complete_follow_up(c, f, DAY, "착공함"), "follow_up_done"),
        (lambda c, f: follow_ups.snooze_follow_up(c, f, date(2090, 1, 1), "회신 대기"), "follow_up_put_off"),
        (lambda c, f: follow_ups.update_follow_up(c, f, due_on=DAY), "follow_up_changed"),
        (lambda c, f: follow_ups.update_follow_up(c, f, status=FollowUpStatus.DROPPED), "follow_up_dropped"),
        (lambda c, f: follow_up_rules.close_settled(replace(c, account=system().account), f, DAY), "follow_up_dropped"),
    ],
)
def test_what_another_does_with_my_follow_up_is_told_and_what_i_do_is_not(two: Any, deed: Any, kind: str) -> None:
    officer, colleague, task = two
    deed(as_caller(colleague), task)
    assert told_to(officer) == [kind] and told_to(colleague) == []


def test_my_own_deed_is_told_to_nobody(two: Any) -> None:
    officer, _colleague, task = two
    follow_ups.update_follow_up(as_caller(officer), task, due_on=DAY)
    follow_ups.complete_follow_up(as_caller(officer), task, DAY, "착공함")
    assert unread_of(officer).count() == 0


def test_a_change_that_changes_nothing_is_told_to_nobody(two: Any) -> None:
    officer, colleague, task = two
    follow_ups.update_follow_up(as_caller(colleague), task, title=task.title)
    assert told_to(officer) == []


def test_what_a_job_does_is_told(two: Any, exchange: Exchange) -> None:
    officer, _colleague, task = two
    planned = Occasion("k", Trigger.CADENCE, "3개월 점검", DAY, outcome=exchange.outcome)
    follow_up_rules.plan_occasion(system(), planned)
    assert told_to(officer) == ["follow_up_assigned"]  # who had the outcome's last one
    follow_up_rules.escalate(system(), task, DAY)
    assert told_to(exchange.reviewer) == ["follow_up_escalated"]
    (line,) = told(officer, list(unread_of(officer)))
    assert line.who == "Ieum" and line.title == "3개월 점검"


# Successors


def test_the_people_of_a_unit_s_successor_are_told(exchange: Exchange) -> None:
    heir = make_unit("기후에너지국")
    newcomer = person("newcomer", Role.OFFICER, heir)
    org_units.record_succession(system(), exchange.climate, heir)
    assert told_to(newcomer) == told_to(exchange.climate_head) == ["concurrence_asked"]
