"""Approval on the pages: submitting, what is missing, deciding, and being told what changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.actions import approval, outcomes
from crm.models import Account, Approval, Outcome
from crm.queries.content import content_hash
from crm.values.measures import Standing
from tests.builders import system
from tests.builders_concurrence import Exchange, agree_all, as_caller, make_exchange

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]
SignIn = Callable[[Account], Client]
BY_HTMX: Any = {"HTTP_HX_REQUEST": "true"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange() -> Exchange:
    return make_exchange()


@pytest.fixture
def found(exchange: Exchange) -> Approval:
    return approval.submit(as_caller(exchange.drafter), exchange.now())


def path_of(found: Approval) -> str:
    return f"/approvals/{found.pk}/"


def test_it_is_submitted_from_the_outcome(exchange: Exchange, signed_in: SignIn, text: Text, fields: Fields) -> None:
    client, path = signed_in(exchange.drafter), f"/outcomes/{exchange.outcome.pk}/submit/"
    assert path in client.get(f"/outcomes/{exchange.outcome.pk}/").content.decode()
    client.post(path, {**fields(client.get(path)), "note": "검토 바랍니다"})
    assert Approval.objects.get().note == "검토 바랍니다"
    shown = client.get(f"/outcomes/{exchange.outcome.pk}/")
    assert path not in shown.content.decode()
    assert "협조: 기후국" in text(shown) or "기후국" in text(shown)


def test_reviewed_and_approved(
    exchange: Exchange, found: Approval, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    agree_all(exchange)
    reviewer, head = signed_in(exchange.reviewer), signed_in(exchange.head)
    reviewer.post(path_of(found), {**fields(reviewer.get(path_of(found))), "deed": "review", "opinion": "이상 없음"})
    page = head.get(path_of(found))
    assert "이상 없음" in text(page)
    head.post(path_of(found), {**fields(page), "deed": "approve", "document_number": "AI국-123"})
    assert Outcome.objects.get().standing == Standing.CONFIRMED
    assert "AI국-123" in text(head.get(f"/outcomes/{exchange.outcome.pk}/"))


def test_missing_concurrences_are_named(
    exchange: Exchange, found: Approval, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    head = signed_in(exchange.head)
    refused = text(head.post(path_of(found), {**fields(head.get(path_of(found))), "deed": "approve"}))
    assert "결재 전에 다음 사항이 필요합니다" in refused
    assert "기후국" in refused
    assert Approval.objects.get().status == "submitted"


def test_a_stale_approval_is_refused_with_what_changed(
    exchange: Exchange, found: Approval, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    agree_all(exchange)
    head = signed_in(exchange.head)
    sent = {**fields(head.get(path_of(found))), "deed": "approve"}
    outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    refused = text(head.post(path_of(found), sent))
    assert "㈜솔 투자협약 → ㈜솔 변경협약" in refused
    assert Approval.objects.get().status == "reopened"


def test_of_two_who_decide_the_second_is_told(
    exchange: Exchange, found: Approval, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    agree_all(exchange)
    head = signed_in(exchange.head)
    sent = {**fields(head.get(path_of(found))), "deed": "approve"}
    approval.return_draft(as_caller(exchange.head), Approval.objects.get(), "금액 확인")
    refused = text(head.post(path_of(found), sent))
    assert "반려" in refused
    assert "금액 확인" in refused


def test_after_the_approval_an_edit_shows_what_changed(
    exchange: Exchange, found: Approval, signed_in: SignIn, text: Text
) -> None:
    agree_all(exchange)
    approval.approve(as_caller(exchange.head), found, content_hash=content_hash(exchange.now()))
    outcomes.update_outcome(system(), exchange.now(), title="㈜솔 변경협약")
    shown = text(signed_in(exchange.drafter).get(f"/outcomes/{exchange.outcome.pk}/"))
    assert "㈜솔 투자협약 → ㈜솔 변경협약" in shown
    assert "결재 올리기" in shown


def test_recalled_and_returned(exchange: Exchange, found: Approval, signed_in: SignIn, fields: Fields) -> None:
    drafter, head = signed_in(exchange.drafter), signed_in(exchange.head)
    drafter.post(path_of(found), {**fields(drafter.get(path_of(found))), "deed": "recall"})
    assert Approval.objects.get().status == "recalled"
    again = approval.submit(as_caller(exchange.drafter), exchange.now())
    head.post(path_of(again), {**fields(head.get(path_of(again))), "deed": "return", "opinion": "금액 확인"})
    assert Approval.objects.get(pk=again.pk).status == "returned"


@pytest.mark.parametrize("deed", ["review", "approve", "return", "recall", "nonsense"])
def test_others_do_nothing(exchange: Exchange, found: Approval, signed_in: SignIn, fields: Fields, deed: str) -> None:
    client = signed_in(exchange.climate_head)
    sent = {**fields(client.get(path_of(found))), "deed": deed, "opinion": "의견"}
    assert client.post(path_of(found), sent).status_code in (200, 403)
    assert Approval.objects.get().status == "submitted"


def test_the_list_is_of_who_may_decide(exchange: Exchange, found: Approval, signed_in: SignIn, text: Text) -> None:
    def listed(who: Account, shown: str) -> int:
        return len(signed_in(who).get("/approvals/", {"show": shown}).context["page"].lines)

    assert (listed(exchange.head, "waiting"), listed(exchange.reviewer, "waiting")) == (1, 1)
    assert (listed(exchange.drafter, "waiting"), listed(exchange.drafter, "mine")) == (0, 1)
    assert listed(exchange.climate_head, "waiting") == 0
    assert "검토·결재를 기다리는 성과 1" in text(signed_in(exchange.head).get("/"))


def test_it_is_decided_in_the_place_of_its_line_on_the_day_s_page(
    exchange: Exchange, found: Approval, signed_in: SignIn
) -> None:
    """What is refused comes back there with the error at its field, what is done leads to the day as it is then."""
    agree_all(exchange)
    head, address = signed_in(exchange.head), path_of(found)
    assert f'hx-get="{address}?next=%2F"' in head.get("/").content.decode()
    shown = head.get(address, {"next": "/"}, **BY_HTMX)
    form, read = shown.content.decode(), shown.context["page"].reading.content_hash
    assert form.startswith('<li class="task opened">') and "<html" not in form and f'value="{read}"' in form
    assert 'value="approve"' in form and 'value="return"' in form and f'hx-post="{address}"' in form
    sent = {"version": shown.context["form"]["version"].value(), "content_hash": read, "next": "/"}
    refused = head.post(address, {**sent, "deed": "return", "opinion": " "}, **BY_HTMX).content.decode()
    assert refused.startswith('<li class="task opened">') and f'id="decide-{found.pk}-opinion_error"' in refused
    other = head.post(address, {**sent, "deed": "approve", "content_hash": "0" * 64}, **BY_HTMX)
    assert other.context["form"].non_field_errors() and Approval.objects.get().status == "submitted"
    done = head.post(address, {**sent, "deed": "approve", "document_number": "AI국-7"}, **BY_HTMX)
    assert done["HX-Redirect"] == "/"
    assert (Approval.objects.get().status, Approval.objects.get().document_number) == ("approved", "AI국-7")
    closed = head.get(address, {"next": "/"}, **BY_HTMX).content.decode()
    assert "<form" not in closed and f'href="{address}"' in closed
