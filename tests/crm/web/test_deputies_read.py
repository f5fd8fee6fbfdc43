"""Who is to decide in another's place reads what is to be decided, closed or not; and nothing besides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.actions import approval, delegations
from crm.models import Account, Approval
from crm.values.concurrence import Capacity
from crm.values.measures import Role
from tests.builders import make_outcome, make_unit
from tests.builders_concurrence import Exchange, agree_all, as_caller, make_exchange, person

SignIn = Callable[[Account], Client]
Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["partly", "closed"])
def exchange(request: pytest.FixtureRequest) -> Exchange:
    return make_exchange(disclosure_level=request.param)


@pytest.fixture
def deputy(exchange: Exchange) -> Account:
    """A head of a department that has no part in it."""
    return person("deputy", Role.BUREAU_HEAD, make_unit("도시국"))


def delegate(giver: Account, deputy: Account, begins: int = 0, ends: int = 1) -> None:
    now, today = timezone.now(), timezone.localdate()
    delegations.give_delegation(
        as_caller(giver, now - timedelta(days=9)), giver, deputy, capacity=Capacity.ACTING,
        from_on=today + timedelta(days=begins), until_on=today + timedelta(days=ends),
    )  # fmt: skip


def test_the_deputy_answers_for_the_department(
    exchange: Exchange, deputy: Account, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    delegate(exchange.climate_head, deputy)
    asked = exchange.asked(exchange.climate)
    path, client = f"/concurrences/{asked.pk}/", signed_in(deputy)
    assert [line.id for line in client.get("/concurrences/").context["page"].lines] == [asked.pk]
    page = client.get(path)
    assert page.status_code == 200 and "USD 1,000,000" in text(page)
    assert client.post(path, {**fields(page), "answer": "agree"})["Location"] == path
    assert exchange.asked(exchange.climate).on_behalf_of == exchange.climate_head
    assert client.get(path).status_code == 200  # what it has answered it may read again


def test_the_deputy_approves(
    exchange: Exchange, deputy: Account, signed_in: SignIn, text: Text, fields: Fields
) -> None:
    delegate(exchange.head, deputy)
    agree_all(exchange)
    found = approval.submit(as_caller(exchange.drafter), exchange.now())
    path, client = f"/approvals/{found.pk}/", signed_in(deputy)
    page = client.get(path)
    assert page.status_code == 200 and "USD 1,000,000" in text(page)
    assert client.post(path, {**fields(page), "deed": "approve"})["Location"] == path
    assert Approval.objects.get().on_behalf_of == exchange.head
    assert text(client.get(f"/outcomes/{exchange.outcome.pk}/")).count("USD 1,000,000") > 0


def test_it_changes_nothing_of_the_outcome_itself(exchange: Exchange, deputy: Account, signed_in: SignIn) -> None:
    delegate(exchange.climate_head, deputy)
    client, path = signed_in(deputy), f"/outcomes/{exchange.outcome.pk}/"
    assert client.get(path).status_code == 200
    for below in ("edit/", "figures/new/", "archive/"):
        assert client.get(path + below).status_code == 403, below


@pytest.mark.parametrize(("begins", "ends"), [(1, 2), (-5, -1)])
def test_not_before_the_delegation_nor_after_it(
    exchange: Exchange, deputy: Account, signed_in: SignIn, begins: int, ends: int
) -> None:
    delegate(exchange.climate_head, deputy, begins, ends)
    client = signed_in(deputy)
    assert client.get(f"/concurrences/{exchange.asked(exchange.climate).pk}/").status_code == 404
    assert client.get("/concurrences/?show=all").context["page"].lines == ()


def test_nothing_else_of_the_giver_s_department_is_shown(
    exchange: Exchange, deputy: Account, signed_in: SignIn
) -> None:
    level = exchange.outcome.disclosure_level
    other = make_outcome("다른 협약", lead_unit=exchange.climate, disclosure_level=level)
    delegate(exchange.climate_head, deputy)
    page = signed_in(deputy).get(f"/outcomes/{other.pk}/")
    assert page.status_code == (404 if level == "closed" else 200)
    listed = signed_in(deputy).get("/outcomes/").content.decode()
    assert "㈜솔 투자협약" in listed and ("다른 협약" in listed) == (level != "closed")
