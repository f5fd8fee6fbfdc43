"""Follow-ups: the list and its views, planning, changing, dropping."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from uuid_utils.compat import uuid7

from crm.actions.follow_ups import update_follow_up
from crm.models import FollowUp
from crm.values.measures import FollowUpStatus
from tests.builders import Cast, make_follow_up, make_outcome, system

Text = Callable[[Any], str]


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("open", {"내 것", "부서 것", "남의 것", "주인 없음"}),
        ("mine", {"내 것"}),
        ("unit", {"부서 것"}),
        ("overdue", {"내 것"}),
        ("soon", {"부서 것"}),
        ("unassigned", {"주인 없음"}),
        ("done", {"끝난 것"}),
        ("nonsense", {"내 것", "부서 것", "남의 것", "주인 없음"}),
    ],
)
def test_the_list_shows(cast: Cast, officer: Client, shown: str, found: set[str]) -> None:
    today, outcome = timezone.localdate(), make_outcome()
    make_follow_up("내 것", outcome=outcome, assignee=cast.officer, due_on=today - timedelta(1))
    make_follow_up("부서 것", outcome=outcome, org_unit=cast.unit, due_on=today + timedelta(1))
    make_follow_up("남의 것", outcome=outcome, assignee=cast.outsider, due_on=today + timedelta(90))
    make_follow_up("주인 없음", outcome=outcome)
    make_follow_up("끝난 것", outcome=outcome, status=FollowUpStatus.DONE, done_on=today)
    page = officer.get("/follow-ups/", {"show": shown}).context["page"]
    assert {line.main.text for line in page.lines} == found


def test_one_is_planned_for_an_outcome_once(cast: Cast, officer: Client) -> None:
    outcome = make_outcome()
    sent = {"id": str(uuid7()), "title": "착공 확인", "assignee": str(cast.officer.pk), "due_on": "2023-04-07"}
    for _twice in range(2):
        assert officer.post(f"/outcomes/{outcome.pk}/follow-ups/new/", sent)["Location"] == f"/outcomes/{outcome.pk}/"
    assert FollowUp.objects.get().outcome == outcome


def test_the_same_form_that_says_something_else_is_not_told_saved_and_makes_another_when_sent_again(
    cast: Cast, officer: Client, fields: Any, text: Text
) -> None:
    """As after the browser's Back: what was typed since stays, and nobody is told that it was saved."""
    place = f"/outcomes/{make_outcome().pk}/follow-ups/new/"
    sent = {"id": str(uuid7()), "title": "착공 확인", "assignee": str(cast.officer.pk), "due_on": "2023-04-07"}
    officer.post(place, sent)
    changed = {**sent, "title": "착공과 준공 확인"}

    refused = officer.post(place, changed)

    assert "그 뒤에 고친 내용은 저장되지 않았습니다" in text(refused)
    assert [task.title for task in FollowUp.objects.all()] == ["착공 확인"]
    again = fields(refused)
    assert again["title"] == "착공과 준공 확인" and again["id"] != sent["id"]
    assert officer.post(place, again).status_code == 302
    assert {task.title for task in FollowUp.objects.all()} == {"착공 확인", "착공과 준공 확인"}


def test_one_is_changed_and_its_history_shown(cast: Cast, officer: Client, fields: Any, text: Text) -> None:
    task = make_follow_up(outcome=make_outcome())
    sent = fields(officer.get(f"/follow-ups/{task.pk}/"))
    officer.post(f"/follow-ups/{task.pk}/", {**sent, "title": "준공 확인"})
    page = text(officer.get(f"/follow-ups/{task.pk}/history/"))
    assert "착공 확인 준공 확인" in page


def test_a_stale_change_overwrites_nothing(cast: Cast, officer: Client, fields: Any, text: Text) -> None:
    task = make_follow_up(outcome=make_outcome())
    sent = fields(officer.get(f"/follow-ups/{task.pk}/"))
    update_follow_up(system(), FollowUp.objects.get(pk=task.pk), assignee=cast.outsider)
    answer = officer.post(f"/follow-ups/{task.pk}/", {**sent, "title": "내 제목"})
    assert "– → 다른 부서" in text(answer)
    task.refresh_from_db()
    assert task.title == "착공 확인"


def test_one_is_dropped_with_its_reason(officer: Client) -> None:
    task = make_follow_up(outcome=make_outcome())
    officer.post(f"/follow-ups/{task.pk}/drop/", {"result": "", "version": task.version})
    task.refresh_from_db()
    assert task.status == FollowUpStatus.OPEN
    officer.post(f"/follow-ups/{task.pk}/drop/", {"result": "협약 철회", "version": task.version})
    task.refresh_from_db()
    assert (task.status, task.result) == (FollowUpStatus.DROPPED, "협약 철회")


def test_a_title_is_needed(officer: Client) -> None:
    answer = officer.post(f"/outcomes/{make_outcome().pk}/follow-ups/new/", {"id": str(uuid7()), "title": ""})
    assert answer.context["form"].errors["title"]


def test_leadership_reads_and_changes_nothing(leader: Client, text: Text) -> None:
    task = make_follow_up(outcome=make_outcome())
    assert "저장" not in text(leader.get(f"/follow-ups/{task.pk}/"))
    assert leader.post(f"/follow-ups/{task.pk}/", {"title": "x"}).status_code == 403
    assert leader.post(f"/follow-ups/{task.pk}/drop/", {}).status_code == 403


def test_a_long_list_takes_no_more_queries(cast: Cast, officer: Client, django_assert_max_num_queries: Any) -> None:
    for i in range(12):
        make_follow_up(f"할 일 {i}", outcome=make_outcome(f"협약 {i}"), assignee=cast.officer)
    with django_assert_max_num_queries(8):
        officer.get("/follow-ups/")
