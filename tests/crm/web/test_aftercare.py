"""Putting off, handing over, rules, calendars and directives on the pages."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from crm.actions.accounts import update_account
from crm.models import Account, CalendarFeed, Directive, FollowUp, FollowUpRule
from tests.builders import Cast, make_event, make_follow_up, make_outcome, system

pytestmark = pytest.mark.django_db
LATER = "2090-01-01"


@pytest.fixture
def teamlead(cast: Cast, signed_in: Callable[[Account], Client]) -> Client:
    return signed_in(cast.teamlead)


@pytest.fixture
def admin(cast: Cast, signed_in: Callable[[Account], Client]) -> Client:
    return signed_in(cast.admin)


@pytest.fixture
def follow_up(cast: Cast) -> FollowUp:
    outcome = make_outcome(lead_unit=cast.unit)
    return make_follow_up("착공 확인", outcome=outcome, assignee=cast.officer, due_on=date(2023, 4, 7))


def test_putting_off_takes_a_reason_and_leaves_the_due_lists(officer: Client, follow_up: FollowUp) -> None:
    address = f"/follow-ups/{follow_up.pk}/snooze/"
    sent = {"version": follow_up.version, "snoozed_until": LATER, "snooze_reason": ""}
    assert officer.post(address, sent).context["form"].errors["snooze_reason"]
    officer.post(address, {**sent, "snooze_reason": "상대 기업 회신 대기"}, follow=True)
    assert "착공 확인" not in officer.get("/follow-ups/?show=overdue").content.decode()
    listed = officer.get("/follow-ups/?show=put-off").content.decode()
    assert "착공 확인" in listed and "상대 기업 회신 대기" in listed


def test_a_stale_form_puts_nothing_off(officer: Client, follow_up: FollowUp) -> None:
    sent = {"version": follow_up.version + 1, "snoozed_until": LATER, "snooze_reason": "회신 대기"}
    answer = officer.post(f"/follow-ups/{follow_up.pk}/snooze/", sent)
    assert answer.context["form"].errors
    follow_up.refresh_from_db()
    assert follow_up.snoozed_until is None


def test_a_lead_hands_over_and_an_officer_does_not(
    officer: Client, teamlead: Client, cast: Cast, follow_up: FollowUp
) -> None:
    sent = {"giver": str(cast.officer.pk), "taker": str(cast.teamlead.pk)}
    assert officer.post("/follow-ups/hand-over/", sent).status_code == 403
    teamlead.post("/follow-ups/hand-over/", sent)
    follow_up.refresh_from_db()
    assert follow_up.assignee == cast.teamlead


def test_rules_are_read_by_all_and_set_by_administrators(officer: Client, admin: Client) -> None:
    assert "0, 1, 3, 6, 12" in officer.get("/follow-ups/rules/").content.decode()
    address = "/follow-ups/rules/cadence/?kind=promise"
    assert officer.get(address).status_code == 403
    assert admin.post(address, {"offsets": "1, 두달", "version": ""}).context["form"].errors["offsets"]
    admin.post(address, {"offsets": "6, 2", "version": ""})
    assert FollowUpRule.objects.get().offsets == [2, 6]
    assert "2, 6" in officer.get("/follow-ups/rules/").content.decode()
    assert admin.get("/follow-ups/rules/nothing/").status_code == 404


def test_a_calendar_reads_the_follow_ups_until_it_is_closed(officer: Client, cast: Cast, follow_up: FollowUp) -> None:
    page = officer.post("/calendar/").context["page"]
    path = page.address.partition("testserver")[2]
    anybody = Client()
    answer = anybody.get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    (entry,) = Calendar.from_ical(answer.content).events
    assert (entry["summary"], entry["dtstart"].dt) == ("착공 확인", date(2023, 4, 7))
    assert page.address not in officer.get("/calendar/").content.decode()
    officer.post(f"/calendar/{CalendarFeed.objects.get().pk}/close/")
    assert anybody.get(path).status_code == 404


def test_another_address_closes_the_first_and_an_account_that_is_closed_reads_nothing(
    officer: Client, cast: Cast
) -> None:
    first, second = (officer.post("/calendar/").context["page"].address.partition("testserver")[2] for _i in "ab")
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    update_account(system(), cast.officer, is_active=False)
    assert Client().get(second).status_code == 404


def test_a_directive_becomes_a_follow_up_that_stands_out_until_it_is_taken(teamlead: Client, cast: Cast) -> None:
    event = make_event("보고회", kind="briefing", starts_on=date(2023, 2, 7), ends_on=None)
    form = teamlead.get(f"/events/{event.pk}/directives/new/").context["form"]
    sent = {"id": str(form["id"].value()), "text": "실증 방안 마련", "given_on": "2023-02-07", "lead_unit": ""}
    for _twice in range(2):
        teamlead.post(f"/events/{event.pk}/directives/new/", sent)
    directive = Directive.objects.get()
    assert "실증 방안 마련" in teamlead.get("/").content.decode()
    assert "실증 방안 마련" in teamlead.get("/follow-ups/?show=unassigned").content.decode()
    (follow_up,) = directive.follow_ups.all()
    teamlead.get("/")
    taken = {"version": follow_up.version, "due_on": "2090-03-01"}
    teamlead.post(f"/follow-ups/{follow_up.pk}/take/", taken, follow=True)
    assert "실증 방안 마련" not in teamlead.get("/follow-ups/?show=unassigned").content.decode()


def test_mails_are_an_administrator_s_to_see(officer: Client, admin: Client) -> None:
    assert officer.get("/follow-ups/mails/").status_code == 403
    assert admin.get("/follow-ups/mails/").status_code == 200
