"""What was put away is listed with who and why, and comes back from there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from crm.actions.base import Caller
from crm.actions.calendars import open_calendar
from crm.actions.delegations import give_delegation
from crm.actions.demonstrations import archive_demonstration, update_demonstration
from crm.actions.outcomes import archive_outcome, update_outcome
from crm.actions.pitches import advance_pitch, archive_pitch, update_pitch
from crm.actions.schedules import set_schedule
from crm.actions.webhooks import open_webhook
from crm.models import Delegation, Demonstration, FollowUp, Outcome, PitchEntry
from crm.values.concurrence import Capacity
from crm.values.demonstrations import PitchRound
from crm.values.measures import Disclosure
from crm.web.pages.archive import archive_page
from tests.builders import Cast, make_follow_up, make_outcome, system
from tests.builders_concurrence import as_caller
from tests.builders_demonstrations import make_competition, make_demonstration, make_pitch
from tests.crm.web.conftest import SignIn

Text = Callable[[Any], str]


def test_it_is_found_in_the_archive_and_brought_back(cast: Cast, signed_in: SignIn, text: Text) -> None:
    outcome = make_outcome("잘못 올린 협약", lead_unit=cast.unit)
    archive_outcome(Caller(cast.teamlead, system().now, "page", reason="중복 등록"), outcome, "중복 등록")
    teamlead = signed_in(cast.teamlead)
    page = teamlead.get("/outcomes/archive/")
    (line,) = page.context["page"].lines
    assert (line.record.text, line.who, line.reason) == ("잘못 올린 협약", "팀장", "중복 등록")
    assert "없습니다" in text(teamlead.get("/outcomes/archive/?q=다른"))
    teamlead.post(line.restore, {"reason": "다시 확인"})
    assert Outcome.objects.get().archived_at is None
    assert "보관된 성과가 없습니다." in text(teamlead.get("/outcomes/archive/"))


def test_who_may_not_restore_sees_no_button_and_what_is_closed_is_not_there(
    cast: Cast, officer: Client, signed_in: SignIn
) -> None:
    archive_outcome(system(), make_outcome("가", lead_unit=cast.unit), "오기")
    closed = make_outcome("나", lead_unit=cast.other_unit)
    update_outcome(system(), closed, disclosure_level=Disclosure.CLOSED)
    archive_outcome(system(), closed, "오기")
    (line,) = officer.get("/outcomes/archive/").context["page"].lines
    assert (line.record.text, line.restore) == ("가", "")
    assert len(signed_in(cast.admin).get("/outcomes/archive/").context["page"].lines) == 2


def test_a_long_archive_takes_no_more_queries(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(7):
        archive_outcome(system(), make_outcome(f"협약 {number}", lead_unit=cast.other_unit), "오기")
    teamlead = signed_in(cast.teamlead)
    with django_assert_max_num_queries(12):
        assert teamlead.get("/outcomes/archive/").status_code == 200


def a_follow_up(cast: Cast, client: Client) -> tuple[str, str]:
    task = make_follow_up("착공 확인", outcome=make_outcome(lead_unit=cast.unit))
    client.post(f"/follow-ups/{task.pk}/drop/", {"version": task.version, "result": "이미 착공됨"})
    return "착공 확인", "follow-up-reopen"


def a_delegation(cast: Cast, client: Client) -> tuple[str, str]:
    giver = as_caller(cast.admin)
    for until in (date(2090, 1, 1), None):
        told = {"capacity": Capacity.DELEGATED, "from_on": date(2023, 3, 1), "until_on": until}
        given = give_delegation(giver, cast.teamlead, cast.officer, **told)
    client.post(f"/delegations/{given.pk}/end/", {"version": given.version})
    return str(cast.officer), "delegation-resume"


def a_calendar(cast: Cast, client: Client) -> tuple[str, str]:
    feed, _token = open_calendar(as_caller(cast.admin))
    open_calendar(as_caller(cast.teamlead))
    client.post(f"/calendar/{feed.pk}/close/")
    return "내 일정표", "calendar-reopen"


def a_schedule(cast: Cast, client: Client) -> tuple[str, str]:
    told = {"name": "분기 보고", "report": "quarterly", "rhythm": "quarterly", "day": 5, "formats": ["pdf"]}
    schedule = set_schedule(system(), **told)
    client.post(f"/reports/schedules/{schedule.pk}/stop/")
    return "분기 보고", "reports:schedule-resume"


def a_webhook(cast: Cast, client: Client) -> tuple[str, str]:
    webhook = open_webhook(system(), cast.client, "자료실", "http://127.0.0.1:9/")
    client.post(f"/webhooks/{webhook.pk}/off/")
    return "자료실", "webhook-on"


ENDED = {
    "follow-ups": a_follow_up,
    "delegations": a_delegation,
    "calendars": a_calendar,
    "schedules": a_schedule,
    "webhooks": a_webhook,
}


@pytest.mark.parametrize("show", ENDED)
def test_what_was_ended_or_stopped_is_found_there_and_taken_up_again(cast: Cast, signed_in: SignIn, show: str) -> None:
    admin = signed_in(cast.admin)
    called, deed = ENDED[show](cast, admin)
    place = f"/outcomes/archive/?show={show}"
    page = admin.get(place)
    (line,) = page.context["page"].lines
    assert (line.record.text, line.who) == (called, cast.admin.name) and line.archived != "–"
    assert line.restore == reverse(deed, args=[line.id]) and f'action="{line.restore}"' in page.content.decode()
    assert admin.get(line.record.address).status_code == 200
    told = admin.post(line.restore, {**dict(line.sends), "next": place}, follow=True).content.decode()
    assert 'class="notice success"' in told and not admin.get(place).context["page"].lines


def test_the_latest_end_is_told_and_not_an_earlier_one(cast: Cast, signed_in: SignIn) -> None:
    admin, teamlead = signed_in(cast.admin), signed_in(cast.teamlead)
    a_follow_up(cast, admin)
    for client in (admin, teamlead):
        (line,) = admin.get("/outcomes/archive/?show=follow-ups").context["page"].lines
        admin.post(line.restore, dict(line.sends))
        version = FollowUp.objects.get().version
        client.post(f"/follow-ups/{line.id}/drop/", {"version": version, "result": "이미 착공됨"})
    assert admin.get("/outcomes/archive/?show=follow-ups").context["page"].lines[0].who == cast.teamlead.name


def test_nobody_is_shown_what_another_ended_and_may_take_up_again(cast: Cast, signed_in: SignIn) -> None:
    admin = signed_in(cast.admin)
    for make in ENDED.values():
        make(cast, admin)
    teamlead, officer = signed_in(cast.teamlead), signed_in(cast.officer)
    own = {show: len(teamlead.get(f"/outcomes/archive/?show={show}").context["page"].lines) for show in ENDED}
    assert own == {"follow-ups": 1, "delegations": 1, "calendars": 0, "schedules": 0, "webhooks": 0}
    tabs = {key for key, _name, _shown in officer.get("/outcomes/archive/").context["page"].tabs}
    assert tabs & ENDED.keys() == {"follow-ups", "calendars"}
    assert officer.get("/outcomes/archive/?show=webhooks").context["page"].show == "outcomes"


def test_a_delegation_whose_last_day_is_past_is_told_and_does_not_go_on(cast: Cast, signed_in: SignIn) -> None:
    a_delegation(cast, admin := signed_in(cast.admin))
    (line,) = archive_page("", "delegations", "", cast.admin, date(2090, 1, 2)).lines
    assert line.restore
    given = Delegation.objects.get(until_on=date(2090, 1, 1))
    admin.post(f"/delegations/{given.pk}/end/", {"version": given.version})
    lines = archive_page("", "delegations", "", cast.admin, date(2090, 1, 2)).lines
    assert {one.id: bool(one.restore) for one in lines} == {line.id: True, given.pk: False}
    resume = f"/delegations/{given.pk}/resume/"
    assert resume in admin.get("/delegations/").content.decode()


def test_a_demonstration_is_put_away_and_brought_back(cast: Cast, signed_in: SignIn, text: Text) -> None:
    trial = make_demonstration(lead_unit=cast.unit)
    teamlead, path = signed_in(cast.teamlead), f"/demonstrations/{trial.pk}/"
    assert path + "archive/" in teamlead.get(path).content.decode()
    assert teamlead.post(path + "archive/", {"reason": " "}).status_code == 200
    assert Demonstration.objects.get().archived_at is None
    teamlead.post(path + "archive/", {"reason": "두 번 기록됨"})
    assert trial.title not in text(teamlead.get("/demonstrations/"))
    page = teamlead.get(path)
    assert path + "edit/" not in page.content.decode() and path + "restore/" in page.content.decode()
    (line,) = teamlead.get("/outcomes/archive/?show=demonstrations").context["page"].lines
    assert (line.record.text, line.who, line.reason) == (trial.title, "팀장", "두 번 기록됨")
    teamlead.post(line.restore, {"reason": "다른 실증임"})
    assert trial.title in text(teamlead.get("/demonstrations/"))


def test_a_pitch_is_put_away_and_brought_back(cast: Cast, signed_in: SignIn, text: Text) -> None:
    pitch = make_pitch(make_competition())
    teamlead, path = signed_in(cast.teamlead), f"/pitches/{pitch.pk}/"
    assert path + "archive/" in teamlead.get(path).content.decode()
    teamlead.post(path + "archive/", {"reason": "다른 대회의 출품"})
    assert teamlead.get("/pitches/").context["page"].lines == ()
    (line,) = teamlead.get("/outcomes/archive/?show=pitches").context["page"].lines
    assert (line.record.text, line.reason) == (str(pitch), "다른 대회의 출품")
    teamlead.post(line.restore, {"reason": "이 대회의 출품임"})
    assert len(teamlead.get("/pitches/").context["page"].lines) == 1


def test_what_stands_in_its_place_keeps_a_pitch_in_the_archive(cast: Cast, signed_in: SignIn) -> None:
    pitch = make_pitch(event := make_competition())
    archive_pitch(system(), pitch, "두 번 기록됨")
    make_pitch(event, organisation=pitch.organisation)
    page = signed_in(cast.admin).post(f"/pitches/{pitch.pk}/restore/", {"reason": "되돌림"})
    assert page.context["form"].errors and PitchEntry.objects.get(pk=pitch.pk).archived_at is not None


def test_what_is_put_away_is_not_changed(cast: Cast) -> None:
    trial, pitch = make_demonstration(), make_pitch(make_competition())
    archive_demonstration(system(), trial, "두 번 기록됨")
    archive_pitch(system(), pitch, "두 번 기록됨")
    for change in (
        lambda: update_demonstration(system(), trial, note="연장"),
        lambda: update_pitch(system(), pitch, technology="로봇"),
        lambda: advance_pitch(system(), pitch, round=PitchRound.SCREENED),
    ):
        with pytest.raises(ValidationError):
            change()


def test_an_officer_puts_neither_away(cast: Cast, officer: Client) -> None:
    trial, pitch = make_demonstration(lead_unit=cast.unit), make_pitch(make_competition())
    for path in (f"/demonstrations/{trial.pk}/", f"/pitches/{pitch.pk}/"):
        assert "/archive/" not in officer.get(path).content.decode().split("<footer")[0]
        assert officer.post(path + "archive/", {"reason": "오기"}).status_code == 403
