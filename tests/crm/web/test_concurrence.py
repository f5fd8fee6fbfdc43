"""Concurrence on the pages: asking, reading and answering, refusals that say what changed, the work list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.actions import delegations, outcomes
from crm.models import Account, Concurrence, Outcome
from crm.values.concurrence import Answer, Capacity
from crm.values.measures import Role, Standing
from tests.builders import make_outcome, make_unit, system
from tests.builders_concurrence import Exchange, answer, as_caller, make_exchange, person

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]
SignIn = Callable[[Account], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange() -> Exchange:
    return make_exchange()


def path_of(asked: Concurrence) -> str:
    return f"/concurrences/{asked.pk}/"


def test_the_outcome_shows_who_is_asked_and_how_it_stands(exchange: Exchange, signed_in: SignIn, text: Text) -> None:
    answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="부지가 정해지지 않음")
    shown = text(signed_in(exchange.drafter).get(f"/outcomes/{exchange.outcome.pk}/"))
    for word in ("기후국", "부동의", "부지가 정해지지 않음", "경제국", "회신 대기", "잠정"):
        assert word in shown, word


def test_the_work_list_is_the_unit_s(exchange: Exchange, signed_in: SignIn) -> None:
    def units(who: Account, shown: str) -> list[str]:
        return [line.unit for line in signed_in(who).get("/concurrences/", {"show": shown}).context["page"].lines]

    assert units(exchange.climate_head, "waiting") == ["기후국"]
    assert sorted(units(exchange.drafter, "asked")) == ["경제국", "기후국"]
    assert units(exchange.drafter, "waiting") == []
    assert units(exchange.drafter, "overdue") == []
    answer(exchange.climate_head, exchange.asked(exchange.climate))
    assert units(exchange.climate_head, "waiting") == []


def test_more_requests_take_no_more_queries(
    exchange: Exchange, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(exchange.climate_head)

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get("/concurrences/")
        return len(counted.captured_queries)

    before = queries()
    for i in range(8):
        make_outcome(f"협약 {i}", cooperating=[exchange.climate], lead_unit=exchange.lead)
    assert queries() <= before + 1


def test_the_requests_behind_a_report_s_number_are_found(exchange: Exchange, signed_in: SignIn) -> None:
    answer(exchange.climate_head, exchange.asked(exchange.climate))
    outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    today = timezone.localdate().isoformat()
    query = {"show": "all", "unit": str(exchange.climate.pk), "asked_from": today, "asked_to": today}
    client = signed_in(exchange.drafter)
    assert len(client.get("/concurrences/", query).context["page"].lines) == 2
    assert client.get("/concurrences/", {**query, "asked_to": "2020-01-01"}).context["page"].lines == ()
    assert client.get("/concurrences/", {"show": "all", "unit": "x"}).status_code == 200


@pytest.mark.parametrize("level", ["partly", "closed"])
def test_what_is_not_open_is_kept_from_other_departments(signed_in: SignIn, text: Text, level: str) -> None:
    exchange = make_exchange(disclosure_level=level)
    other = signed_in(person("other", Role.TEAM_LEAD, make_unit("도시국")))
    answer(exchange.climate_head, exchange.asked(exchange.climate), Answer.DISAGREE, opinion="부지가 정해지지 않음")
    assert other.get("/concurrences/", {"show": "all"}).context["page"].lines == ()
    assert other.get(path_of(exchange.asked(exchange.climate))).status_code == 404
    assert "부지가 정해지지 않음" not in text(other.get(f"/outcomes/{exchange.outcome.pk}/"))
    assert "부지가 정해지지 않음" in text(signed_in(exchange.economy_head).get(f"/outcomes/{exchange.outcome.pk}/"))


def test_the_day_s_page_shows_what_waits(exchange: Exchange, signed_in: SignIn, text: Text) -> None:
    assert "우리 부서의 협조를 기다리는 성과 1" in text(signed_in(exchange.climate_head).get("/"))
    assert "우리 부서의 협조를 기다리는 성과" not in text(signed_in(exchange.drafter).get("/"))


def test_it_is_read_in_full_words_and_answered(
    exchange: Exchange, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    client, asked = signed_in(exchange.climate_head), exchange.asked(exchange.climate)
    page = client.get(path_of(asked))
    for word in ("㈜솔 투자협약", "2023. 1. 7.", "USD 1,000,000", "인공지능국"):
        assert word in text(page), word
    sent = {**fields(page), "answer": "agree_with_conditions", "opinion": "환경영향평가 후"}
    assert client.post(path_of(asked), sent)["Location"] == path_of(asked)
    assert "조건부 동의" in text(client.get(path_of(asked)))
    assert exchange.asked(exchange.climate).answered_by == exchange.climate_head


def test_others_read_it_and_have_no_form(exchange: Exchange, signed_in: SignIn) -> None:
    page = signed_in(exchange.economy_head).get(path_of(exchange.asked(exchange.climate)))
    assert page.context["form"] is None


def test_an_answer_by_others_is_refused_in_words(exchange: Exchange, signed_in: SignIn, text: Text) -> None:
    asked = exchange.asked(exchange.climate)
    sent = {"answer": "agree", "content_hash": asked.content_hash, "version": asked.version}
    refused = signed_in(exchange.economy_head).post(path_of(asked), sent)
    assert refused.status_code == 403 or "기후국의 부서장" in text(refused)
    assert exchange.asked(exchange.climate).is_open


def test_what_was_edited_meanwhile_is_shown_and_may_then_be_answered(
    exchange: Exchange, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    client, asked = signed_in(exchange.climate_head), exchange.asked(exchange.climate)
    sent = {**fields(client.get(path_of(asked))), "answer": "agree"}
    outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    refused = client.post(path_of(asked), sent)
    assert "㈜솔 투자협약 → ㈜솔 변경협약" in text(refused)
    assert exchange.asked(exchange.climate).is_open
    client.post(path_of(asked), {**fields(refused), "answer": "agree"})
    assert exchange.asked(exchange.climate).answer == "agree"


def test_of_two_who_answer_the_second_is_told_what_the_first_said(
    exchange: Exchange, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    client, asked = signed_in(exchange.climate_head), exchange.asked(exchange.climate)
    sent = {**fields(client.get(path_of(asked))), "answer": "agree"}
    answer(exchange.climate_head, asked, Answer.DISAGREE, opinion="부지 미정")
    refused = text(client.post(path_of(asked), sent))
    assert "부동의" in refused
    assert "부지 미정" in refused
    assert exchange.asked(exchange.climate).answer == "disagree"


def test_what_is_asked_again_shows_what_changed_since(exchange: Exchange, signed_in: SignIn, text: Text) -> None:
    answer(exchange.climate_head, exchange.asked(exchange.climate))
    outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    page = text(signed_in(exchange.climate_head).get(path_of(exchange.asked(exchange.climate))))
    assert "㈜솔 투자협약 → ㈜솔 변경협약" in page


def test_a_deputy_chooses_in_whose_place(exchange: Exchange, signed_in: SignIn, text: Text, fields: Fields) -> None:
    today = timezone.localdate()
    delegations.give_delegation(
        as_caller(exchange.climate_head), exchange.climate_head, exchange.climate_officer,
        capacity=Capacity.ACTING, from_on=today, until_on=today,
    )  # fmt: skip
    client, asked = signed_in(exchange.climate_officer), exchange.asked(exchange.climate)
    sent = {**fields(client.get(path_of(asked))), "answer": "agree"}
    client.post(path_of(asked), {**sent, "on_behalf_of": str(exchange.climate_head.pk)})
    assert "climate-officer (climate-head 대결)" in text(client.get(path_of(asked)))


def test_another_department_is_asked_once(exchange: Exchange, signed_in: SignIn, fields: Fields) -> None:
    unit, client = make_unit("도시국"), signed_in(exchange.drafter)
    path = f"/outcomes/{exchange.outcome.pk}/concurrences/new/"
    sent = {**fields(client.get(path)), "org_unit": str(unit.pk), "mandatory": "on", "question": "부지"}
    for _twice in range(2):
        assert client.post(path, sent)["Location"] == f"/outcomes/{exchange.outcome.pk}/"
    assert Concurrence.objects.filter(org_unit=unit, question="부지", mandatory=True).count() == 1


def test_overridden_with_a_reason(exchange: Exchange, signed_in: SignIn, text: Text, fields: Fields) -> None:
    answer(exchange.economy_head, exchange.asked(exchange.economy))
    client, path = signed_in(exchange.head), path_of(exchange.asked(exchange.climate)) + "override/"
    sent = fields(client.get(path))
    assert "필수" in text(client.post(path, {**sent, "override_reason": " "}))
    client.post(path, {**sent, "override_reason": "시장 지시로 시급함"})
    assert Outcome.objects.get().standing == Standing.CONFIRMED
    assert "시장 지시로 시급함" in text(client.get(f"/outcomes/{exchange.outcome.pk}/"))


def test_taken_back_with_a_reason(exchange: Exchange, signed_in: SignIn, fields: Fields) -> None:
    client, asked = signed_in(exchange.drafter), exchange.asked(exchange.climate)
    path = path_of(asked) + "withdraw/"
    client.post(path, {**fields(client.get(path)), "reason": "잘못 요청함"})
    assert not Concurrence.objects.filter(pk=asked.pk, archived_at=None).exists()


class TestDelegations:
    def test_given_and_ended(self, exchange: Exchange, signed_in: SignIn, text: Text, fields: Fields) -> None:
        client = signed_in(exchange.climate_head)
        page = client.get("/delegations/new/")
        sent = {**fields(page), "deputy": str(exchange.climate_officer.pk), "capacity": "delegated"}
        assert client.post("/delegations/new/", sent)["Location"] == "/delegations/"
        line = client.get("/delegations/").context["page"].lines[0]
        assert (line.deputy, line.capacity, line.may_end) == ("climate-officer", "전결", True)
        client.post(f"/delegations/{line.id}/end/", {"version": line.version})
        assert "종료" in text(client.get("/delegations/"))

    def test_a_head_gives_the_own_right_only(self, exchange: Exchange, signed_in: SignIn) -> None:
        form = signed_in(exchange.climate_head).get("/delegations/new/").context["form"]
        assert list(form.fields["giver"].queryset) == [exchange.climate_head]

    def test_officers_have_none_to_give(self, exchange: Exchange, signed_in: SignIn) -> None:
        assert signed_in(exchange.drafter).get("/delegations/new/").status_code == 403
        assert signed_in(exchange.drafter).get("/delegations/").status_code == 200


def test_the_history_says_that_the_content_changed_and_not_how_it_is_kept(
    exchange: Exchange, signed_in: SignIn, text: Text
) -> None:
    asked = exchange.asked(exchange.climate)
    outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    told = signed_in(exchange.climate_head).get(f"{path_of(asked)}history/")
    assert "내용" in text(told) and "title" not in text(told) and asked.content_hash not in text(told)
