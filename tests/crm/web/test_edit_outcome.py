"""Changing an outcome: reasons, parties, what the ledger makes of it; and what somebody else changed meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.actions import booking, outcomes
from crm.models import Outcome
from crm.values.evidence import Grade
from crm.values.measures import PartyRole
from tests.builders import Cast, figure, make_organisation, make_outcome, system

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, Any]]


@pytest.fixture
def outcome(cast: Cast) -> Outcome:
    sol = make_organisation("㈜솔")
    return make_outcome(parties=[(sol, PartyRole.INVESTOR)], lead_unit=cast.unit, figures=[figure()])


@pytest.fixture
def sent(officer: Client, outcome: Outcome, fields: Fields) -> dict[str, Any]:
    """The form as it comes, with its parties."""
    answer = officer.get(f"/outcomes/{outcome.pk}/edit/")
    parties = {b.html_name: b.value() or "" for row in answer.context["rows"].forms for b in row}
    return {**fields(answer), **parties, "parties-TOTAL_FORMS": "3", "parties-INITIAL_FORMS": "1"}


def test_sent_as_it_came_it_changes_nothing(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    before = outcome.version
    assert officer.post(f"/outcomes/{outcome.pk}/edit/", sent).status_code == 302
    outcome.refresh_from_db()
    assert outcome.version == before
    assert outcome.parties.filter(archived_at=None).count() == 1


def test_a_change_is_saved_with_its_reason(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    officer.post(f"/outcomes/{outcome.pk}/edit/", {**sent, "title": "새 제목", "reason": "오탈자"})
    outcome.refresh_from_db()
    assert outcome.title == "새 제목"
    assert outcome.history.first().history_change_reason == "오탈자"


def test_parties_come_and_go(officer: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    changes = {"parties-0-name": "", "parties-1-name": "새 파트너", "parties-1-role": "partner"}
    officer.post(f"/outcomes/{outcome.pk}/edit/", {**sent, **changes})
    assert [p.organisation.name for p in outcome.parties.filter(archived_at=None)] == ["새 파트너"]


def test_nothing_is_overwritten_that_somebody_else_changed_meanwhile(
    officer: Client, outcome: Outcome, sent: dict[str, Any], text: Text
) -> None:
    outcomes.update_outcome(system(), Outcome.objects.get(pk=outcome.pk), title="남이 바꾼 제목", note="남의 메모")

    answer = officer.post(f"/outcomes/{outcome.pk}/edit/", {**sent, "title": "내 제목"})

    outcome.refresh_from_db()
    assert outcome.title == "남이 바꾼 제목"
    page = text(answer)
    assert "그사이 이 기록이 변경되었습니다." in page
    assert "제목: ㈜솔 투자협약 → 남이 바꾼 제목" in page


def test_sent_again_it_keeps_the_others_changes_and_mine(
    officer: Client, outcome: Outcome, sent: dict[str, Any], fields: Fields
) -> None:
    outcomes.update_outcome(system(), Outcome.objects.get(pk=outcome.pk), title="남이 바꾼 제목", note="남의 메모")
    first = officer.post(f"/outcomes/{outcome.pk}/edit/", {**sent, "title": "내 제목"})

    again = {**sent, **fields(first)}
    assert officer.post(f"/outcomes/{outcome.pk}/edit/", again).status_code == 302

    outcome.refresh_from_db()
    assert (outcome.title, outcome.note) == ("내 제목", "남의 메모")


def test_sent_again_it_keeps_the_parties_and_units_that_others_added_and_what_they_took_away_stays_away(
    cast: Cast, officer: Client, outcome: Outcome, sent: dict[str, Any], fields: Fields
) -> None:
    theirs = booking.Booking(
        "", Grade.VERBAL, [booking.NamedParty("남이 더한 곳", PartyRole.PARTNER)], [cast.outsider.org_unit]
    )
    booking.amend_outcome(system(), Outcome.objects.get(pk=outcome.pk), theirs, also_called=["남이 붙인 이름"])
    mine = {**sent, "parties-1-name": "내가 더한 곳", "parties-1-role": "buyer", "title": "내 제목"}

    refused = officer.post(f"/outcomes/{outcome.pk}/edit/", mine)

    shown = {b.html_name: b.value() or "" for row in refused.context["rows"].forms for b in row}
    again = {**fields(refused), **shown, "parties-TOTAL_FORMS": "4", "parties-INITIAL_FORMS": "2"}
    assert officer.post(f"/outcomes/{outcome.pk}/edit/", again).status_code == 302
    outcome.refresh_from_db()
    parties = {(p.organisation.name, p.role) for p in outcome.parties.filter(archived_at=None)}
    assert parties == {("남이 더한 곳", "partner"), ("내가 더한 곳", "buyer")}
    assert [c.org_unit for c in outcome.cooperating_units.filter(archived_at=None)] == [cast.outsider.org_unit]
    assert (outcome.title, outcome.also_called) == ("내 제목", ["남이 붙인 이름"])


def test_archiving_takes_a_reason_and_the_right_role(
    cast: Cast, officer: Client, signed_in: Any, outcome: Outcome
) -> None:
    address = f"/outcomes/{outcome.pk}/archive/"
    assert officer.post(address, {"reason": "두 번 기록됨"}).status_code == 403
    teamlead = signed_in(cast.teamlead)
    assert teamlead.post(address, {"reason": ""}).context["form"].errors["reason"]
    assert teamlead.post(address, {"reason": "두 번 기록됨"}).status_code == 302
    outcome.refresh_from_db()
    assert outcome.archived_at is not None


def test_leadership_cannot_change(leader: Client, outcome: Outcome, sent: dict[str, Any]) -> None:
    assert leader.post(f"/outcomes/{outcome.pk}/edit/", {**sent, "title": "x"}).status_code == 403


def test_an_archived_outcome_is_brought_back_with_its_figures(cast: Cast, signed_in: Any, outcome: Outcome) -> None:
    outcomes.archive_outcome(system(), outcome, "두 번 기록됨")
    teamlead = signed_in(cast.teamlead)
    assert teamlead.post(f"/outcomes/{outcome.pk}/restore/", {"reason": "따로 있는 협약임"}).status_code == 302
    page = teamlead.get(f"/outcomes/{outcome.pk}/").context["page"]
    assert not page.archived and [v.total for g in page.groups for v in g.values] == ["USD 1,000,000"]
