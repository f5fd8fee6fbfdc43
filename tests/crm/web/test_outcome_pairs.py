"""Outcomes that may be one are found by the day's run, and told apart or put away by a person."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from crm.actions.outcomes import update_outcome
from crm.jobs.daily import run_daily
from crm.models import Outcome, SimilarOutcomes
from crm.queries.alike_outcomes import alike_outcomes
from crm.values.measures import Disclosure, OutcomeKind, PartyRole
from tests.builders import Cast, figure, make_event, make_organisation, make_outcome, system
from tests.crm.web.conftest import SignIn

LIST = "/outcomes/duplicates/"


@pytest.fixture
def two(cast: Cast) -> tuple[Outcome, Outcome]:
    sides = {"parties": [(make_organisation("㈜솔"), PartyRole.INVESTOR)]}
    return make_outcome("㈜솔 투자협약", lead_unit=cast.unit, **sides), make_outcome(
        "㈜솔 투자 협약서", signed_on=date(2023, 1, 20), lead_unit=cast.other_unit, **sides
    )


def test_of_near_title_or_the_same_amount_with_a_party_in_common(cast: Cast, two: tuple[Outcome, Outcome]) -> None:
    """Not where the day, the kind or the party is another, nor where the numbers in the titles are."""
    sol, other = Outcome.objects.all()[0].parties.get().organisation, make_organisation("㈜물")
    sides = {"parties": [(sol, PartyRole.INVESTOR)]}
    make_outcome("㈜솔 투자협약", signed_on=date(2023, 6, 1), **sides)
    make_outcome("㈜솔 투자협약", kind=OutcomeKind.BUSINESS_MOU, **sides)
    make_outcome("㈜솔 투자협약", parties=[(other, PartyRole.INVESTOR)])
    assert alike_outcomes() == [(min(o.pk for o in two), max(o.pk for o in two))]
    stage = {"signed_on": date(2024, 1, 1), **sides}
    make_outcome("연구동 1단계", **stage, figures=[figure(5)])
    make_outcome("연구동 2단계", **stage, figures=[figure(7)])
    assert len(alike_outcomes()) == 1
    same = make_outcome("새 공장", **stage, figures=[figure(7)])
    assert len(found := alike_outcomes()) == 2 and any(same.pk in pair for pair in found)
    fair = make_event(starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 3))
    for day in (date(2025, 1, 1), date(2025, 3, 3)):
        make_outcome("물류 거점", signed_on=day, event=fair, **sides)
    assert len(alike_outcomes()) == 3


def test_a_party_to_everything_says_nothing(two: tuple[Outcome, Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as the city itself: to hold thousands of outcomes against one another would never end."""
    assert len(alike_outcomes()) == 1
    monkeypatch.setattr("crm.queries.alike_outcomes.MOST_OF_A_PARTY", 1)
    assert alike_outcomes() == []


def test_they_are_listed_told_apart_and_asked_about_again(
    cast: Cast, officer: Client, leader: Client, two: tuple[Outcome, Outcome], text: Any
) -> None:
    for found in (1, 0):  # what was left once is not left again
        assert run_daily(only="alike") == {"alike": found}
    (line,) = leader.get(LIST).context["page"].lines
    assert not line.deed and leader.post(f"{LIST}{line.id}/").status_code == 403
    shown = officer.get(LIST)
    assert LIST in officer.get("/outcomes/").content.decode() and "제목 비슷함" in text(shown)
    assert "다른 성과" in text(shown) and "다른 기관 사유" not in text(shown)
    told = officer.post(f"{LIST}{line.id}/", {"next": LIST}, follow=True)
    assert told.context["page"].lines == () and 'name="again" value="1"' in told.content.decode()
    run_daily(only="alike")
    assert officer.get(LIST).context["page"].lines == ()
    (decided,) = officer.get(f"{LIST}?show=apart").context["page"].lines
    assert "담당자" in decided.apart
    officer.post(f"{LIST}{line.id}/", {"again": "1"})
    assert len(officer.get(LIST).context["page"].lines) == 1


def test_the_double_one_is_put_away_from_the_list(cast: Cast, signed_in: SignIn, two: tuple[Outcome, Outcome]) -> None:
    run_daily(only="alike")
    teamlead = signed_in(cast.teamlead)
    (line,) = teamlead.get(LIST).context["page"].lines
    own, others = sorted(line.both, key=lambda one: not one.archive)
    assert own.archive == f"/outcomes/{two[0].pk}/archive/" and others.archive == ""
    answer = teamlead.post(own.archive, {"reason": "두 번 기록됨", "next": LIST})
    assert answer["Location"] == LIST and teamlead.get(LIST).context["page"].lines == ()


def test_what_is_closed_to_the_reader_is_in_no_pair(cast: Cast, officer: Client, two: tuple[Outcome, Outcome]) -> None:
    update_outcome(system(), two[1], disclosure_level=Disclosure.CLOSED)
    run_daily(only="alike")
    assert officer.get(LIST).context["page"].lines == ()
    assert officer.post(f"{LIST}{SimilarOutcomes.objects.get().pk}/").status_code == 404


def test_more_pairs_take_no_more_queries(cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Any) -> None:
    sides = {"parties": [(make_organisation("㈜솔"), PartyRole.INVESTOR)], "lead_unit": cast.other_unit}
    for _n in range(4):
        make_outcome("㈜솔 투자협약", **sides)
    assert run_daily(only="alike") == {"alike": 6}
    for account in (cast.officer, cast.teamlead):
        reader = signed_in(account)
        with django_assert_max_num_queries(12):
            assert len(reader.get(LIST).context["page"].lines) == 6
