"""What was put away is listed with who and why, and comes back from there."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from crm.actions.base import Caller
from crm.actions.outcomes import archive_outcome, update_outcome
from crm.models import Outcome
from crm.values.measures import Disclosure
from tests.builders import Cast, make_outcome, system
from tests.crm.web.conftest import SignIn

Text = Callable[[Any], str]


def test_it_is_found_in_the_archive_and_brought_back(cast: Cast, signed_in: SignIn, text: Text) -> None:
    outcome = make_outcome("잘못 올린 협약", lead_unit=cast.unit)
    archive_outcome(Caller(cast.teamlead, system().now, "page", reason="중복 등록"), outcome, "중복 등록")
    teamlead = signed_in(cast.teamlead)
    page = teamlead.get("/outcomes/archive/")
    (line,) = page.context["page"].lines
    assert (line.outcome.text, line.who, line.reason) == ("잘못 올린 협약", "팀장", "중복 등록")
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
    assert (line.outcome.text, line.restore) == ("가", "")
    assert len(signed_in(cast.admin).get("/outcomes/archive/").context["page"].lines) == 2


def test_a_long_archive_takes_no_more_queries(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(7):
        archive_outcome(system(), make_outcome(f"협약 {number}", lead_unit=cast.other_unit), "오기")
    teamlead = signed_in(cast.teamlead)
    with django_assert_max_num_queries(12):
        assert teamlead.get("/outcomes/archive/").status_code == 200
