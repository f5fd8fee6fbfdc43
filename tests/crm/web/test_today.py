"""The day's page: what is due, what has no owner, what rests on too little; taken and completed in place."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.actions import concurrence
from crm.actions.follow_ups import update_follow_up
from crm.models import Account, Outcome
from crm.values.evidence import Grade
from crm.values.measures import FollowUpStatus, OutcomeKind, Standing
from tests.builders import Cast, make_document, make_follow_up, make_outcome, make_unit, system

Text = Callable[[Any], str]


def days(n: int) -> Any:
    return timezone.localdate() + timedelta(days=n)


def lists(answer: Any) -> dict[str, list[str]]:
    page = answer.context["page"]
    return {p.key: [line.title for line in p.lines] for p in (*page.follow_ups, *(answer.context.get("lists") or ()))}


def test_follow_ups_stand_where_their_day_and_owner_put_them(cast: Cast, officer: Client, text: Text) -> None:
    outcome = make_outcome(lead_unit=cast.unit)
    make_follow_up("지난 일", outcome=outcome, due_on=days(-3), org_unit=cast.unit)
    make_follow_up("오늘 일", outcome=outcome, due_on=days(0), org_unit=cast.unit)
    make_follow_up("두 주 뒤", outcome=outcome, due_on=days(14), assignee=cast.officer)
    make_follow_up("먼 일", outcome=outcome, due_on=days(15), org_unit=cast.unit)
    make_follow_up("주인 없음", outcome=outcome, due_on=days(30))
    make_follow_up("기한 없음", outcome=outcome, assignee=cast.officer)

    answer = officer.get("/")

    found = lists(answer)
    assert found["overdue"] == ["지난 일"]
    assert found["soon"] == ["오늘 일", "두 주 뒤"]
    assert found["unassigned"] == ["주인 없음", "기한 없음"]
    assert "3일 지남" in text(answer) and "오늘까지" in text(answer)


def test_outcomes_that_lack_something_are_listed(cast: Cast, officer: Client) -> None:
    make_outcome("미확인", standing=Standing.UNCONFIRMED, lead_unit=cast.unit)
    whole = make_outcome("온전함", lead_unit=cast.unit)
    make_document(whole, grade=Grade.PARTNER_CONFIRMED)
    make_outcome("주관 없음", kind=OutcomeKind.BUSINESS_MOU, grade=Grade.SIGNED_DOCUMENT)

    found = lists(officer.get("/?whole"))

    assert found["standing-unconfirmed"] == ["미확인"]
    assert found["evidence-missing"] == ["미확인"]
    assert found["unit-none"] == ["주관 없음"]


def test_an_empty_day_says_so(officer: Client, text: Text) -> None:
    assert "기한이 지난 후속조치가 없습니다." in text(officer.get("/"))


def test_a_follow_up_is_taken_in_place(cast: Cast, officer: Client, text: Text) -> None:
    task = make_follow_up(outcome=make_outcome())
    due = days(7)

    answer = officer.post(
        f"/follow-ups/{task.pk}/take/", {"version": task.version, "due_on": due.isoformat(), "next": "/"}
    )

    assert answer["Location"] == "/"
    task.refresh_from_db()
    assert (task.assignee, task.due_on) == (cast.officer, due)
    assert "맡았습니다: 착공 확인" in text(officer.get("/"))


def test_a_follow_up_is_completed_in_place(cast: Cast, officer: Client) -> None:
    task = make_follow_up(outcome=make_outcome(), due_on=days(-1), assignee=cast.officer)

    officer.post(
        f"/follow-ups/{task.pk}/complete/",
        {"version": task.version, "done_on": days(0).isoformat(), "result": "착공함", "next": "/"},
    )

    task.refresh_from_db()
    assert (task.status, task.result) == (FollowUpStatus.DONE, "착공함")
    assert lists(officer.get("/"))["overdue"] == []


def test_what_was_done_by_mistake_is_opened_again(cast: Cast, officer: Client, text: Text) -> None:
    task = make_follow_up("착공 <확인>", outcome=make_outcome(), due_on=days(-1), assignee=cast.officer)
    deeds = {
        "complete": {"done_on": days(0).isoformat(), "result": "착공함"},
        "drop": {"result": "필요 없음"},
    }
    for deed, said in deeds.items():
        sent = {"version": task.version, "next": "/", **said}
        page = officer.post(f"/follow-ups/{task.pk}/{deed}/", sent, follow=True).content.decode()
        assert f'착공 &lt;확인&gt; <a href="/follow-ups/{task.pk}/">다시 열기</a>' in page
        task.refresh_from_db()
        assert "다시 열기" in text(officer.get(f"/follow-ups/{task.pk}/"))
        stale = officer.post(f"/follow-ups/{task.pk}/reopen/", {"version": task.version - 1}, follow=True)
        assert "그사이 이 기록이 변경되었습니다." in text(stale)
        officer.post(f"/follow-ups/{task.pk}/reopen/", {"version": task.version})
        task.refresh_from_db()
        assert (task.status, task.done_on, task.result) == (FollowUpStatus.OPEN, None, "")
        assert lists(officer.get("/"))["overdue"] == ["착공 <확인>"]
    assert {row.result for row in task.history.all()} == {"", "착공함", "필요 없음"}


def test_what_somebody_else_took_meanwhile_is_not_taken_away(cast: Cast, officer: Client, text: Text) -> None:
    task = make_follow_up(outcome=make_outcome())
    seen = task.version
    update_follow_up(system(), task, assignee=cast.outsider)

    refused = officer.post(f"/follow-ups/{task.pk}/take/", {"version": seen, "next": "/"})

    task.refresh_from_db()
    assert task.assignee == cast.outsider
    assert "그사이 이 기록이 변경되었습니다." in text(refused)


BY_HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/"}


@pytest.mark.parametrize("way", [{}, BY_HTMX])
def test_completing_without_a_result_comes_back_open_with_the_error_at_its_field(
    cast: Cast, officer: Client, way: Any
) -> None:
    """In the place of the list where the page asked for it, on the follow-up's own page otherwise; and it still leads
    back to the day's page."""
    task = make_follow_up(outcome=make_outcome(), due_on=days(1), assignee=cast.officer)
    place = f"/follow-ups/{task.pk}/complete/"
    sent = {"version": task.version, "done_on": "어제", "result": "", "next": "/?whose=city", "place": "soon"}

    refused = officer.post(place, sent, **way).content.decode()

    task.refresh_from_db()
    assert task.status == FollowUpStatus.OPEN
    assert ("<html" in refused) == (way == {})
    fold = re.search(rf'<details open>.*?action="{place}".*?</details>', refused, re.DOTALL)
    assert fold and 'role="alert"' in fold[0] and 'name="next" value="/?whose=city"' in fold[0]
    for name in ("done_on", "result"):
        field = f"complete-soon-{task.pk}-{name}"
        assert f'href="#{field}"' in fold[0] and f'id="{field}_error"' in fold[0]
        assert re.search(rf'<(input|textarea)[^>]*aria-invalid="true"[^>]*id="{field}"', fold[0])
        assert re.search(rf'aria-describedby="{field}_error"', fold[0])
    assert 'value="어제"' in fold[0]


def test_what_was_done_through_htmx_leads_to_the_whole_page_again(cast: Cast, officer: Client) -> None:
    task = make_follow_up(outcome=make_outcome(), due_on=days(1), assignee=cast.officer)
    sent = {
        "version": task.version,
        "done_on": days(0).isoformat(),
        "result": "착공함",
        "next": "/?whose=city#list-soon",
    }
    assert officer.post(f"/follow-ups/{task.pk}/complete/", sent, **BY_HTMX)["HX-Redirect"] == "/?whose=city"


def test_a_deed_sent_after_the_session_ended_leads_to_sign_in_and_back_to_the_page(cast: Cast) -> None:
    """A form to sign in does not come in the place of the deed's."""
    task, signed_out = make_follow_up(outcome=make_outcome(), assignee=cast.officer), Client()
    assert signed_out.post(f"/follow-ups/{task.pk}/complete/", {}, **BY_HTMX)["HX-Redirect"] == "/login/?next=/"
    assert signed_out.get("/").status_code == 302


def test_what_was_typed_to_drop_one_that_changed_meanwhile_stays_and_can_be_sent_again(
    cast: Cast, officer: Client, fields: Any
) -> None:
    task = make_follow_up(outcome=make_outcome())
    seen = task.version
    update_follow_up(system(), task, assignee=cast.outsider)
    place = f"/follow-ups/{task.pk}/drop/"

    refused = officer.post(place, {"version": seen, "result": "협약 철회"})

    form = refused.content.decode().split(f'action="{place}"')[1].split("</form>")[0]
    assert 'role="alert"' in form and "협약 철회</textarea>" in form
    officer.post(place, {"version": re.search(r'name="version" value="(\d+)"', form)[1], "result": "협약 철회"})
    task.refresh_from_db()
    assert task.status == FollowUpStatus.DROPPED


def test_leadership_reads_and_cannot_take(cast: Cast, leader: Client, text: Text) -> None:
    task = make_follow_up(outcome=make_outcome())
    page = text(leader.get("/"))
    assert "착공 확인" in page and "내가 맡기" not in page and "성과 기록" not in page
    assert leader.post(f"/follow-ups/{task.pk}/take/", {"version": task.version}).status_code == 403
    assert leader.post(f"/follow-ups/{task.pk}/complete/", {"version": task.version}).status_code == 403


def test_taking_leads_back_to_this_site_only(cast: Cast, officer: Client) -> None:
    task = make_follow_up(outcome=make_outcome())
    for wanted in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = officer.post(f"/follow-ups/{task.pk}/take/", {"version": task.version, "next": wanted})
        task.refresh_from_db()
        assert answer["Location"] == f"/follow-ups/{task.pk}/"


def test_more_data_takes_no_more_queries(cast: Cast, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    """Every list longer than it shows, of outcomes that other units lead."""
    for i in range(8):
        outcome = make_outcome(f"협약 {i}", standing=Standing.UNCONFIRMED, lead_unit=make_unit(f"부서 {i}"))
        make_follow_up(f"할 일 {i}", outcome=outcome, org_unit=cast.other_unit, due_on=days(-1))
        make_follow_up(f"곧 할 일 {i}", outcome=outcome, org_unit=cast.other_unit, due_on=days(1))
        make_follow_up(f"주인 없는 일 {i}", outcome=outcome)
        make_outcome(f"미배정 {i}")
        concurrence.request_concurrence(system(), make_outcome(f"물은 일 {i}", lead_unit=cast.other_unit), cast.unit)
        concurrence.request_concurrence(
            system(), make_outcome(f"물은 우리 일 {i}", lead_unit=cast.unit), outcome.lead_unit
        )
    teamlead = signed_in(cast.teamlead)
    assert teamlead.get("/").context["page"].exchange.requests == "8"
    for address in ("/", "/today/outcomes/"):
        with django_assert_max_num_queries(12):
            assert teamlead.get(address).status_code == 200


def test_an_outcome_that_nobody_leads_is_taken_in_place_and_by_one_only(
    cast: Cast, officer: Client, signed_in: Callable[[Account], Client], text: Text
) -> None:
    outcome = make_outcome("주관 없음")
    assert f'action="/outcomes/{outcome.pk}/lead/"' in officer.get("/?whole").content.decode()
    answer = officer.post(f"/outcomes/{outcome.pk}/lead/", {"next": "/"}, follow=True)
    assert "인공지능산업국" in text(answer) and "주관 없음" in text(answer)
    assert Outcome.objects.get(pk=outcome.pk).lead_unit == cast.unit
    assert signed_in(cast.outsider).post(f"/outcomes/{outcome.pk}/lead/").status_code == 403
    again = officer.post(f"/outcomes/{outcome.pk}/lead/", follow=True)
    assert "이미 주관부서가 있거나" in text(again)


def test_evidence_is_attached_from_the_day_s_page_by_who_may(
    cast: Cast, officer: Client, signed_in: Callable[[Account], Client]
) -> None:
    outcome = make_outcome("증빙 없음", lead_unit=cast.unit)
    address = f"/outcomes/{outcome.pk}/documents/new/"
    assert address in officer.get("/?whole").content.decode()
    assert address not in signed_in(cast.outsider).get("/?whole").content.decode()


def test_evidence_is_attached_in_the_place_of_its_line_and_leads_back_to_the_day(cast: Cast, officer: Client) -> None:
    outcome = make_outcome("증빙 없음", lead_unit=cast.unit)
    address, day = f"/outcomes/{outcome.pk}/documents/new/", "/?whose=city"
    page = officer.get(f"{day}&whole").content.decode()
    assert f'hx-get="{address}?next=%2F%3Fwhose%3Dcity%26whole"' in page
    shown = officer.get(address, {"next": day}, **BY_HTMX)
    form = shown.content.decode()
    assert (
        form.startswith('<li class="opened">')
        and 'hx-encoding="multipart/form-data"' in form
        and f'value="{day}"' in form
    )
    sent = {"id": str(shown.context["form"]["id"].value()), "title": "협약서", "grade": "signed_document", "next": day}
    refused = officer.post(address, sent, **BY_HTMX).content.decode()
    assert refused.startswith('<li class="opened">') and 'role="alert"' in refused and 'value="협약서"' in refused
    done = officer.post(address, {**sent, "document_number": "인공지능정책과-123"}, **BY_HTMX)
    assert done["HX-Redirect"] == day and outcome.documents.count() == 1
    assert officer.post(address, {**sent, "document_number": "인공지능정책과-123"})["Location"] == day


def test_a_concurrence_is_read_and_answered_in_place_for_what_was_read(cast: Cast, signed_in: Any) -> None:
    asked = concurrence.request_concurrence(system(), make_outcome("물은 일", lead_unit=cast.other_unit), cast.unit)
    head, address = signed_in(cast.teamlead), f"/concurrences/{asked.pk}/"
    assert f'hx-get="{address}?next=%2F"' in head.get("/").content.decode()
    shown = head.get(address, {"next": "/"}, **BY_HTMX)
    form = shown.content.decode()
    assert form.startswith('<li class="task opened">') and "<html" not in form
    read = shown.context["page"].reading.content_hash
    assert f'value="{read}"' in form and "물은 일" in form
    sent = {"version": asked.version, "content_hash": read, "answer": "disagree", "next": "/"}
    refused = head.post(address, sent, **BY_HTMX).content.decode()
    assert refused.startswith('<li class="task opened">') and f'id="answer-{asked.pk}-opinion_error"' in refused
    other = head.post(address, {**sent, "answer": "agree", "content_hash": "0" * 64}, **BY_HTMX)
    assert other.context["form"].non_field_errors()
    assert head.post(address, {**sent, "opinion": "부지가 없음"}, **BY_HTMX)["HX-Redirect"] == "/"
    asked.refresh_from_db()
    assert (asked.answer, asked.opinion) == ("disagree", "부지가 없음")


def test_a_provisional_outcome_leads_to_what_it_waits_for_and_back(cast: Cast, officer: Client) -> None:
    outcome = make_outcome("잠정 협약", lead_unit=cast.unit)
    asked = concurrence.request_concurrence(system(), outcome, cast.other_unit)
    line = next(one for one in officer.get("/?whole").context["lists"] if one.key == "standing-provisional").lines[0]
    assert (line.title, line.waits.address) == ("잠정 협약", f"/concurrences/{asked.pk}/")
    assert str(cast.other_unit) in line.waits.text
    assert f'href="/concurrences/{asked.pk}/?next=%2F%3Fwhole"' in officer.get("/?whole").content.decode()


def undo_of(page: str) -> tuple[str, dict[str, str]]:
    """Where the button in the message sends what."""
    form = re.search(r'class="messages".*?<form[^>]*action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    assert form
    return form[1], dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))


def test_what_was_taken_is_given_back(cast: Cast, officer: Client, text: Text) -> None:
    task = make_follow_up(outcome=make_outcome(), assignee=cast.outsider)
    taken = {"version": task.version, "due_on": days(7).isoformat(), "next": "/?whose=city"}
    address, sent = undo_of(officer.post(f"/follow-ups/{task.pk}/take/", taken, follow=True).content.decode())
    assert officer.post(address, sent)["Location"] == "/?whose=city"
    task.refresh_from_db()
    assert (task.assignee, task.due_on) == (cast.outsider, None)
    assert "되돌릴" in text(officer.post(address, {**sent, "version": ""}, follow=True))
    assert "그사이" in text(officer.post(address, sent, follow=True))


def test_a_lead_that_was_taken_is_given_back_and_the_way_keeps_whose_day_it_is(cast: Cast, officer: Client) -> None:
    outcome = make_outcome("주관 없음")
    page = officer.get("/?whose=city&whole").content.decode()
    form = page.split(f'action="/outcomes/{outcome.pk}/lead/"')[1].split("</form>")[0]
    assert 'name="next" value="/?whose=city&amp;whole"' in form
    taken = officer.post(f"/outcomes/{outcome.pk}/lead/", {"next": "/?whose=city"}, follow=True)
    address, sent = undo_of(taken.content.decode())
    assert officer.post(address, sent)["Location"] == "/?whose=city"
    outcome.refresh_from_db()
    assert outcome.lead_unit is None


def test_the_day_is_that_of_the_reader_s_department_unless_he_asks_for_the_city_s(cast: Cast, officer: Client) -> None:
    other = make_unit("다른국")
    below = make_unit("소속팀", parent_unit=cast.unit)
    for title, unit in (("우리 일", cast.unit), ("아래 일", below), ("남의 일", other)):
        outcome = make_outcome(f"{title} 협약", lead_unit=unit, standing=Standing.UNCONFIRMED)
        make_follow_up(title, outcome=outcome, due_on=days(-1), org_unit=unit)
        make_follow_up(f"{title}, 주인 없음", outcome=outcome, due_on=days(-1))
    make_follow_up("남의 일, 내가 맡음", outcome=outcome, due_on=days(-1), assignee=cast.officer)
    ours = {"우리 일", "아래 일", "우리 일, 주인 없음", "아래 일, 주인 없음", "남의 일, 내가 맡음"}

    page = officer.get("/?whole")
    assert set(lists(page)["overdue"]) == ours
    assert set(lists(page)["standing-unconfirmed"]) == {"우리 일 협약", "아래 일 협약"}
    # What the page counts is what its address lists.
    for listed in page.context["page"].follow_ups:
        if listed.lines:
            found = officer.get(listed.all).context["page"]
            assert {line.main.text for line in found.lines} == {line.title for line in listed.lines}
    assert "우리 일 협약" in officer.get(page.context["lists"][1].all).content.decode()
    assert "남의 일 협약" not in officer.get(page.context["lists"][1].all).content.decode()

    city = officer.get("/?whole&whose=city")
    assert {page.key: page.count for page in city.context["page"].follow_ups}["overdue"] == "7"
    assert set(lists(city)["standing-unconfirmed"]) == {"우리 일 협약", "아래 일 협약", "남의 일 협약"}


def test_leadership_sees_the_city_s_day(cast: Cast, text: Text) -> None:
    outcome = make_outcome(lead_unit=make_unit("다른국"))
    make_follow_up("남의 일", outcome=outcome, due_on=days(-1), org_unit=outcome.lead_unit)
    leader = Client()
    leader.force_login(cast.leader, "django.contrib.auth.backends.ModelBackend")
    assert "남의 일" in text(leader.get("/"))
    assert "남의 일" not in text(leader.get("/?whose=ours"))
