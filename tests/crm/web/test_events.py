"""Events: the list, what one brought, what sources claim, recording and changing one."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from uuid_utils.compat import uuid7

from crm.actions import events, follow_ups, outcomes
from crm.models import Event, EventClaim, Outcome
from crm.values.measures import OutcomeKind, Standing
from tests.builders import Cast, make_event, make_follow_up, make_organisation, make_outcome, system
from tests.crm.web.test_putting_right import undo

Text = Callable[[Any], str]


def claim(event: Event, value: str, **fields: Any) -> EventClaim:
    return events.state_claim(system(), event, measure="exhibitors", value=value, source=f"출처 {value}", **fields)


def test_the_list_shows_days_place_and_how_many_outcomes(officer: Client, text: Text) -> None:
    make_outcome(event=make_event(country="US", city="Las Vegas"))
    page = text(officer.get("/events/"))
    assert "CES 2023" in page and "2023. 1. 5. – 2023. 1. 8." in page and "Las Vegas · 미국" in page


def test_what_an_event_brought_by_kind_counted_by_the_ledger(officer: Client) -> None:
    event = make_event()
    make_outcome("가", event=event)
    make_outcome("나", event=event, standing=Standing.UNCONFIRMED)
    make_outcome("구글", event=event, kind=OutcomeKind.PROMISE)
    make_outcome("다른 행사")

    page = officer.get(f"/events/{event.pk}/").context["page"]

    shown = {g.kind: ([b.text for b in g.counts], sorted(o.title for o in g.outcomes)) for g in page.groups}
    assert shown == {"투자협약": (["확정 1", "미확인 1"], ["가", "나"]), "논의 기약": (["확정 1"], ["구글"])}


def test_contradicting_claims_stand_side_by_side_with_source_and_status(officer: Client, text: Text) -> None:
    event = make_event()
    claim(event, "8", status="superseded", as_of=date(2023, 1, 3))
    claim(event, "9", status="confirmed", as_of=date(2023, 1, 6))
    answer = officer.get(f"/events/{event.pk}/")
    (group,) = answer.context["page"].claims
    assert group.is_contradiction
    assert [(c.value, c.source, c.status.text) for c in group.claims] == [
        ("8", "출처 8", "대체됨"),
        ("9", "출처 9", "확정"),
    ]
    assert "출처 간 불일치" in text(answer)


def test_a_claim_is_added_and_another_confirmed(officer: Client) -> None:
    event = make_event()
    nine = claim(event, "9", status="confirmed")
    sent = {"id": str(uuid7()), "measure": "exhibitors", "value": "8", "source": "연설"}
    for _twice in range(2):
        assert officer.post(f"/events/{event.pk}/claims/new/", sent).status_code == 302
    eight = EventClaim.objects.get(value="8")

    officer.post(f"/claims/{eight.pk}/confirm/")

    eight.refresh_from_db()
    nine.refresh_from_db()
    assert (eight.status, nine.status) == ("confirmed", "superseded")


def test_a_claim_that_nobody_made_is_put_away_and_comes_back(officer: Client, leader: Client, text: Text) -> None:
    event = make_event()
    eight, page = claim(event, "8"), f"/events/{event.pk}/"
    claim(event, "9")
    archive = f"/claims/{eight.pk}/archive/"
    assert archive in officer.get(page).content.decode() and archive not in leader.get(page).content.decode()
    assert leader.post(archive, {"reason": "다른 행사의 것"}).status_code == 403
    assert officer.post(archive, {"reason": " "}).context["form"].errors["reason"]

    told = officer.post(archive, {"reason": "다른 행사의 것"}, follow=True)

    (group,) = told.context["page"].claims
    assert [c.value for c in group.claims] == ["9"] and not group.is_contradiction
    assert "다른 행사의 것" in text(officer.get(f"/events/{event.pk}/history/"))
    officer.post(f"/claims/{eight.pk}/confirm/")  # from a page that was opened before
    assert EventClaim.objects.get(value="8").status == "unreviewed"
    address, sent = undo(told)
    assert officer.post(address, sent).status_code == 302
    assert EventClaim.objects.get(value="8").archived_at is None

    officer.post(f"/claims/{eight.pk}/confirm/")
    officer.post(archive, {"reason": "다른 행사의 것"})
    (line,) = officer.get("/outcomes/archive/?show=claims").context["page"].lines
    assert line.record.text.endswith(": 8") and line.reason == "다른 행사의 것"
    claim(event, "10", status="confirmed")
    assert 'class="notice error"' in officer.post(line.restore, follow=True).content.decode()
    assert EventClaim.objects.get(value="8").archived_at is not None


def test_exhibitors_consultations_directives_and_follow_ups_stand_on_the_page(officer: Client, text: Text) -> None:
    event, sol, buyer = make_event(), make_organisation("㈜솔"), make_organisation("Virus Xbuster")
    events.record_participation(system(), event=event, organisation=sol, products="바이오센서")
    talk = outcomes.Talk("참가기업", "USD", Decimal(5000), Decimal(1000))
    outcomes.record_consultation(system(), talk, event=event, exhibitor=sol, buyer=buyer, met_on=date(2023, 1, 6))
    follow_ups.record_directive(system(), text="실증 방안 마련", event=event, given_on=date(2023, 2, 7))
    make_follow_up("감사 서한", event=event)
    page = text(officer.get(f"/events/{event.pk}/?whole"))
    for said in ("바이오센서", "Virus Xbuster", "USD 5,000", "USD 1,000", "실증 방안 마련", "감사 서한"):
        assert said in page


def test_what_nobody_was_at_says_so_and_to_an_archived_event_nothing_is_added(officer: Client, text: Text) -> None:
    event = make_event()
    whole = f"/events/{event.pk}/?whole"
    page = text(officer.get(whole))
    assert "기록된 참가기업이 없습니다." in page and "기록된 상담이 없습니다." in page
    ways = ("participations/new", "consultations/new", "costs/new", "claims/new")

    def offered() -> list[str]:
        parts = [officer.get(at).content.decode() for at in (whole, f"/events/{event.pk}/result/")]
        return [way for way in ways if any(way in part for part in parts)]

    assert offered() == list(ways)
    events.archive_event(system(), event, "두 번 기록됨")
    assert offered() == []


def test_a_form_that_was_open_when_an_event_was_archived_adds_nothing_to_it(officer: Client, fields: Any) -> None:
    event = make_event()
    address = f"/events/{event.pk}/claims/new/"
    typed = {"measure": "visitors", "value": "115,000", "source": "보도자료"}
    sent = fields(officer.get(address)) | typed
    events.archive_event(system(), event, "두 번 기록됨")
    answer = officer.post(address, sent)
    assert answer.status_code == 200 and "CES 2023: 보관된 기록입니다." in answer.content.decode()
    assert fields(answer).items() >= typed.items() and not EventClaim.objects.exists()


def test_nothing_is_tied_to_an_archived_event(db: None) -> None:
    event, sol = make_event(), make_organisation("㈜솔")
    part = events.record_participation(system(), event=event, organisation=sol)
    archived = events.archive_event(system(), make_event("두 번 적은 CES"), "두 번 기록됨")
    for tie in (
        lambda: events.record_participation(system(), event=archived, organisation=sol),
        lambda: events.update_participation(system(), part, event=archived),
        lambda: make_outcome("새 협약", event=archived),
    ):
        with pytest.raises(ValidationError, match="두 번 적은 CES: 보관된 기록입니다"):
            tie()
    part.refresh_from_db()
    assert part.event == event and not Outcome.objects.exists()


def test_an_event_is_recorded_once(officer: Client) -> None:
    sent = {"id": str(uuid7()), "kind": "trade_show", "name": "MWC 2023", "starts_on": "2023-02-27", "country": "ES"}
    first, second = (officer.post("/events/new/", sent) for _i in range(2))
    assert first["Location"] == second["Location"] == f"/events/{Event.objects.get().pk}/"


def test_host_operator_and_sponsor_are_typed_shown_listed_and_remembered(
    officer: Client, fields: Any, text: Text
) -> None:
    event = make_event(host="CTA")
    sent = fields(officer.get(f"/events/{event.pk}/edit/"))
    assert sent["host"] == "CTA"
    changed = {**sent, "operator": "광주테크노파크", "sponsor": "<b>KOTRA</b>"}
    assert officer.post(f"/events/{event.pk}/edit/", changed).status_code == 302
    page = text(officer.get(f"/events/{event.pk}/?whole"))
    for said in ("주최 CTA", "주관 광주테크노파크", "후원 <b>KOTRA</b>"):
        assert said in page, said
    assert "주관 – 광주테크노파크" in text(officer.get(f"/events/{event.pk}/history/"))
    officer.cookies["django_language"] = "en"
    assert "Host CTA" in text(officer.get(f"/events/{event.pk}/"))
    listed = officer.get("/events/export/", {"format": "csv", "columns": ["name", "host", "operator", "sponsor"]})
    assert "CES 2023,CTA,광주테크노파크,<b>KOTRA</b>" in listed.content.decode()
    too_long = officer.post(
        f"/events/{event.pk}/edit/", {**fields(officer.get(f"/events/{event.pk}/edit/")), "host": "가" * 201}
    )
    assert too_long.context["form"].errors["host"]


def test_an_event_that_ends_before_it_begins_is_refused(officer: Client) -> None:
    sent = {"id": str(uuid7()), "kind": "trade_show", "name": "x", "starts_on": "2023-02-27", "ends_on": "2023-02-01"}
    answer = officer.post("/events/new/", sent)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not Event.objects.exists()


def test_an_unknown_time_zone_is_refused_at_its_field(officer: Client) -> None:
    sent = {"id": str(uuid7()), "kind": "trade_show", "name": "x", "starts_on": "2023-02-27", "timezone": "Mars/Base"}
    assert officer.post("/events/new/", sent).context["form"].errors["timezone"]


def test_a_stale_edit_overwrites_nothing(officer: Client, fields: Any, text: Text) -> None:
    event = make_event()
    sent = fields(officer.get(f"/events/{event.pk}/edit/"))
    events.update_event(system(), Event.objects.get(pk=event.pk), city="Las Vegas")
    answer = officer.post(f"/events/{event.pk}/edit/", {**sent, "name": "내 이름"})
    assert "– → Las Vegas" in text(answer)
    assert officer.post(f"/events/{event.pk}/edit/", {**sent, **fields(answer)}).status_code == 302
    event.refresh_from_db()
    assert (event.name, event.city) == ("내 이름", "Las Vegas")


def test_a_very_long_event_leads_to_the_list(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm.web.pages.events.LONGEST", 2)
    event = make_event()
    for i in range(3):
        make_outcome(f"협약 {i}", event=event)
    (group,) = officer.get(f"/events/{event.pk}/").context["page"].groups
    assert len(group.outcomes) == 2 and [b.text for b in group.counts] == ["확정 3"]
    assert officer.get(group.all).context["page"].paging.count == 3


def test_leadership_reads_only(cast: Cast, leader: Client) -> None:
    event = make_event()
    made = claim(event, "9")
    assert leader.get(f"/events/{event.pk}/").status_code == 200
    for address in ("/events/new/", f"/events/{event.pk}/edit/", f"/claims/{made.pk}/confirm/"):
        assert leader.post(address, {}).status_code == 403


def test_a_large_event_takes_no_more_queries(officer: Client, django_assert_max_num_queries: Any) -> None:
    event = make_event()
    for i in range(8):
        make_outcome(f"협약 {i}", event=event)
        claim(event, str(i))
        make_follow_up(f"할 일 {i}", event=event)
        events.record_participation(system(), event=event, organisation=make_organisation(f"기업 번호 {i}"))
    for part in ("", "result/", "part/", "history/"):
        with django_assert_max_num_queries(12):
            assert officer.get(f"/events/{event.pk}/{part}").status_code == 200
    with django_assert_max_num_queries(8):
        officer.get("/events/")
