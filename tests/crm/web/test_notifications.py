"""The page of what others did to what is one's own, and the number of it that every page shows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.actions import approval, concurrence, follow_ups, merges, outcomes, stages
from crm.models import Account, Concurrence, FollowUp, Notification, Outcome, guard
from crm.queries.notifications import unread_of
from crm.values.measures import Disclosure, PartyRole
from crm.values.stages import Stage
from crm.web.pages.paging import A_PAGE
from tests.builders import Cast, make_follow_up, make_organisation, make_outcome, system
from tests.builders_concurrence import as_caller

Text = Callable[[Any], str]
PLACE = "/notifications/"


@pytest.fixture
def outcome(cast: Cast) -> Outcome:
    """The officer's, by a follow-up that the officer gave to nobody else."""
    made = make_outcome("㈜솔 투자협약", lead_unit=cast.unit)
    follow_ups.plan_follow_up(as_caller(cast.officer), title="착공 확인", outcome=made, assignee=cast.officer)
    return made


@pytest.fixture
def teamlead(cast: Cast, signed_in: Callable[[Account], Client]) -> Client:
    return signed_in(cast.teamlead)


def change(outcome: Outcome, by: Account, **fields: Any) -> None:
    outcomes.update_outcome(as_caller(by), Outcome.objects.get(pk=outcome.pk), **(fields or {"note": str(uuid4())}))


def bell(answer: Any) -> str:
    """What the link in the header is called, read aloud."""
    found = re.search(r'<a class="bell".*?</a>', answer.content.decode(), re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", "", found.group()).split())


def lines(client: Client, **query: str) -> list[tuple[str, str, str, bool]]:
    page = client.get(PLACE, query).context["page"]
    return [(line.title, line.what, line.who, line.is_unread) for day in page.days for line in day.lines]


def test_every_page_says_how_much_is_unread_in_words(cast: Cast, officer: Client, outcome: Outcome) -> None:
    assert bell(officer.get("/")) == "알림"
    change(outcome, cast.teamlead)
    for address in ("/", "/outcomes/", f"/outcomes/{outcome.pk}/", "/reports/dashboard/", PLACE):
        assert bell(officer.get(address)) == "알림 1 건 안 읽음", address
    officer.cookies["django_language"] = "en"
    assert bell(officer.get("/")) == "Notifications 1 unread"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_number_costs_no_page_and_no_part_a_query_of_its_own(
    officer: Client, outcome: Outcome, headers: dict[str, str]
) -> None:
    with CaptureQueriesContext(connection) as queries:
        officer.get(f"/outcomes/{outcome.pk}/history/", headers=headers)
    asked = [query["sql"] for query in queries if "crm_notification" in query["sql"]]
    assert len(asked) == 1
    assert "crm_orgunit" in asked[0]  # along with the units, which every page asks


def test_what_who_and_when_the_latest_first_by_day(cast: Cast, officer: Client, outcome: Outcome, text: Text) -> None:
    early = timezone.now() - timedelta(days=1)
    outcomes.update_outcome(as_caller(cast.teamlead, early), Outcome.objects.get(pk=outcome.pk), note="어제 일")
    task = FollowUp.objects.get(assignee=cast.officer)
    follow_ups.complete_follow_up(as_caller(cast.teamlead), task, timezone.localdate(), "착공함")
    assert lines(officer) == [
        ("착공 확인", "내 후속조치를 완료했습니다", "팀장", True),
        ("㈜솔 투자협약", "성과를 수정했습니다", "팀장", True),
    ]
    page = officer.get(PLACE)
    names = [day.name.partition(" ·")[0] for day in page.context["page"].days]
    assert names == ["오늘", "어제"]
    assert text(page).count("안 읽음으로") == 0 and "완료" in text(page)
    officer.cookies["django_language"] = "en"
    assert "Your follow-up was completed" in text(officer.get(PLACE))


def test_opening_reads_it_and_leads_to_the_record(cast: Cast, officer: Client, outcome: Outcome) -> None:
    change(outcome, cast.teamlead)
    row = unread_of(cast.officer).get()
    body = officer.get(PLACE).content.decode()
    assert f'formaction="/notifications/{row.pk}/open/"' in body
    assert officer.get(f"/notifications/{row.pk}/open/").status_code == 405  # following a link reads nothing
    assert unread_of(cast.officer).exists()
    answer = officer.post(f"/notifications/{row.pk}/open/")
    assert answer["Location"] == f"/outcomes/{outcome.pk}/#history"
    assert bell(officer.get("/")) == "알림"
    assert f'<a href="/outcomes/{outcome.pk}/#history">' in officer.get(PLACE).content.decode()


def test_one_is_marked_read_and_unread_in_place(cast: Cast, officer: Client, outcome: Outcome) -> None:
    change(outcome, cast.teamlead)
    row = unread_of(cast.officer).get()
    here = f"{PLACE}?show=unread"
    assert officer.post(f"/notifications/{row.pk}/read/", {"next": here})["Location"] == f"{here}#told-{row.pk}"
    assert lines(officer, show="unread") == [] and len(lines(officer)) == 1
    officer.post(f"/notifications/{row.pk}/unread/", {"next": here})
    assert len(lines(officer, show="unread")) == 1


def test_all_are_read_at_once_but_for_what_came_meanwhile_and_made_unread_again(
    cast: Cast, officer: Client, outcome: Outcome, text: Text
) -> None:
    change(outcome, cast.teamlead)
    page = officer.get(PLACE).context["page"]
    stages.take_step(
        as_caller(cast.teamlead),
        Outcome.objects.get(pk=outcome.pk),
        Stage.WITHDRAWN,
        taken_on=timezone.localdate(),
        reason="철회",
    )
    answer = officer.post("/notifications/read/", {"until": page.until}, follow=True)
    assert "알림 1건을 읽음으로 표시했습니다." in text(answer)
    assert [line[3] for line in lines(officer)] == [True, False]
    undo = re.search(r'name="read" value="([^"]+)"', answer.content.decode())
    assert undo is not None
    again = officer.post("/notifications/unread/", {"read": undo[1]}, follow=True)
    assert "다시 안 읽음으로 표시했습니다." in text(again)
    assert [line[3] for line in lines(officer)] == [True, True]


@pytest.mark.parametrize("sent", [{}, {"until": "soon"}, {"until": "2023-01-01T00:00:00"}])
def test_a_moment_that_is_none_is_now(cast: Cast, officer: Client, outcome: Outcome, sent: dict[str, str]) -> None:
    change(outcome, cast.teamlead)
    officer.post("/notifications/read/", sent)
    assert not unread_of(cast.officer).exists()
    assert officer.post("/notifications/unread/", {"read": "soon"}, follow=True).status_code == 200


def test_somebody_else_s_is_not_there(cast: Cast, teamlead: Client, outcome: Outcome) -> None:
    change(outcome, cast.teamlead)
    row = unread_of(cast.officer).get()
    assert lines(teamlead) == []
    for deed in ("open", "read", "unread"):
        assert teamlead.post(f"/notifications/{row.pk}/{deed}/").status_code == 404
    assert unread_of(cast.officer).exists()


def test_a_record_that_is_kept_from_the_reader_since_is_neither_named_nor_led_to(
    cast: Cast, signed_in: Callable[[Account], Client], outcome: Outcome, text: Text
) -> None:
    make_follow_up("비밀 일", outcome=outcome, assignee=cast.outsider)
    change(outcome, cast.teamlead)
    change(outcome, cast.teamlead, disclosure_level=Disclosure.CLOSED)
    outsider = signed_in(cast.outsider)
    said = text(outsider.get(PLACE))
    assert said.count("더 이상 볼 수 없는 기록") == 2
    assert "㈜솔" not in said and "비밀 일" not in said and "팀장" not in said
    row = unread_of(cast.outsider).latest("at")
    answer = outsider.post(f"/notifications/{row.pk}/open/", follow=True)
    assert "이 기록은 더 이상 볼 수 없습니다." in text(answer)


def test_an_empty_page_says_so(officer: Client, leader: Client, text: Text) -> None:
    assert "다른 사람이 내 업무에 한 일이 여기에 표시됩니다." in text(officer.get(PLACE))
    assert "안 읽은 알림이 없습니다." in text(officer.get(PLACE, {"show": "unread"}))
    assert leader.get(PLACE).status_code == 200
    assert "모두 읽음으로 표시" not in text(officer.get(PLACE))


def test_who_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    assert client.get(PLACE)["Location"].startswith("/login/")
    assert client.post("/notifications/read/")["Location"].startswith("/login/")


@pytest.fixture
def everything(cast: Cast, outcome: Outcome) -> None:
    """One of every kind of record, for the team lead."""
    mine = as_caller(cast.teamlead)
    gone = make_organisation("주식회사 솔")
    follow_ups.plan_follow_up(mine, title="부지 확인", outcome=outcome, assignee=cast.teamlead)
    change(outcome, cast.officer)
    outcomes.update_outcome(system(), Outcome.objects.get(pk=outcome.pk), outcomes.Circle([(gone, PartyRole.INVESTOR)]))
    merges.merge_organisations(system(), make_organisation(), gone, reason="같은 회사")
    make_follow_up(outcome=outcome, assignee=cast.teamlead)
    asked = make_outcome("물은 일", lead_unit=cast.other_unit)
    concurrence.request_concurrence(system(), asked, cast.unit)
    approval.submit(as_caller(cast.officer), Outcome.objects.get(pk=outcome.pk))


def test_every_kind_of_record_leads_to_its_page(everything: None, cast: Cast, teamlead: Client) -> None:
    days = teamlead.get(PLACE).context["page"].days
    addresses = {line.address for day in days for line in day.lines}
    assert {address.split("/")[1] for address in addresses} == {
        "outcomes", "organisations", "follow-ups", "concurrences", "approvals"
    }  # fmt: skip
    for address in addresses:
        assert teamlead.get(address).status_code == 200, address
    states = {line.state.text for day in days for line in day.lines if line.state}
    assert {"회신 대기", "기안"} <= states


def test_a_long_list_comes_in_pages_and_takes_no_more_queries(
    everything: None, cast: Cast, teamlead: Client, django_assert_max_num_queries: Any
) -> None:
    asked = Concurrence.objects.get(outcome__title="물은 일")
    rows = [
        Notification(
            account=cast.teamlead,
            who=cast.officer,
            kind="concurrence_asked",
            record_type="concurrence",
            record_id=asked.pk,
            at=timezone.now() - timedelta(hours=n),
        )
        for n in range(120)
    ]
    with guard.declared("crm_notification"):
        Notification.objects.bulk_create(rows)
    assert bell(teamlead.get("/")) == "알림 99+ 건 안 읽음"
    with django_assert_max_num_queries(12):
        page = teamlead.get(PLACE).context["page"]
    assert sum(len(day.lines) for day in page.days) == A_PAGE
    assert page.paging.pages == -(-page.paging.count // A_PAGE) and page.paging.later == "?page=2"
    assert teamlead.get(PLACE, {"page": "3", "show": "unread"}).context["page"].paging.earlier == "?show=unread&page=2"
